"""A message in words: facts put into the template of their law, text, debtor and language."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from policies.accessories import AccessoriesFacts
from policies.facts import DebtorKind
from policies.message import CreditorFacts, Line, MessageFacts, Rendered, tells_everything
from tasks import wording
from tasks.template_choice import TEMPLATES, written_in

DEADLINES = frozenset({"formal_notice", "free_reminder"})
"""Texts that say within how many days to pay."""

ADDRESS_LINES = re.compile(r"[ \t]*[\r\n]+[ \t]*")


class NoDeadline(ValueError):
    """A formal notice, or a reminder the law gives a delay to, without a time to pay is not one."""


class NotKnown(ValueError):
    """The law wants something named that nobody has told us; the sentence says which setting is missing."""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    """Templates as written: an unknown name is an error, never an empty space in a letter."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(facts: MessageFacts) -> Rendered:
    """The message in words. A stage without a short message (a call, a file handed over) has an empty `sms`."""
    text = facts.text or facts.stage.value
    if text in DEADLINES and facts.pay_within is None:
        raise NoDeadline(f"The text “{text}” needs the days within which to pay (pay_within).")
    folder, language = written_in(facts.law, text, facts.debtor, facts.language)
    words = _vocabulary(_tidied(replace(facts, language=language)))
    return Rendered(
        subject=wording.one_line(_words(folder, "subject", words)),
        text=_spaced(_words(folder, "body", words)),
        html="",
        sms=wording.gsm(wording.one_line(_words(folder, "sms", words))),
    )


def lines_told(facts: MessageFacts) -> str:
    """The items as the plain part lists them, three lines each: a letter shows a table in their place."""
    text = facts.text or facts.stage.value
    language = written_in(facts.law, text, facts.debtor, facts.language)[1]
    words = _vocabulary(_tidied(replace(facts, language=language)))
    return _spaced(_templates().get_template(f"_base/{language}/lines.txt").render(words))


def _words(folder: str, part: str, words: dict[str, Any]) -> str:
    name = f"{folder}/{part}.txt"
    if part == "sms" and not (TEMPLATES / name).exists():
        return ""
    return _templates().get_template(name).render(words)


def _vocabulary(facts: MessageFacts) -> dict[str, Any]:
    """Everything a template may say: the facts, the lines it shows and how to write amounts and days."""
    shown = shown_lines(facts)
    return {
        "facts": facts,
        "creditor": facts.creditor,
        "lines": shown,
        "one": shown[0] if len(shown) == 1 else None,
        "oldest": min(line.due for line in shown),
        "company": facts.debtor in (DebtorKind.BUSINESS, DebtorKind.PUBLIC),
        "claimed": _claimed(facts),
        "ahead": {stage.value for stage in facts.ahead},
        "reference": reference(facts),
        "partials": f"_base/{facts.language}",
        **_writers(facts),
        **_must_be_known(facts.creditor),
    }


def _claimed(facts: MessageFacts) -> AccessoriesFacts | None:
    """Interest and flat sums a message asks for, with their figures; None: there are none to state."""
    return None if facts.accessories is None or facts.accessories.reserved else facts.accessories


def _must_be_known(creditor: CreditorFacts) -> dict[str, Callable[[], str]]:
    """What the law wants named in some texts: asked for by those alone, and never left out."""
    return {
        "mediator": lambda: _known(creditor.mediator, "mediator", "A consumer must be told the mediator (L616-1)"),
        "company_number": lambda: _known(creditor.company_number, "company_number", "The enterprise number is missing"),
    }


def _known(value: str, setting: str, reason: str) -> str:
    if not value:
        raise NotKnown(f"{reason}: say it once with relance creditor set {setting}=…")
    return value


def _writers(facts: MessageFacts) -> dict[str, Callable[..., str]]:
    language, currency = facts.language, facts.currency
    return {
        "amount": lambda minor: wording.amount(minor, currency, language),
        "sms_amount": lambda minor: wording.sms_amount(minor, currency, language),
        "percent": lambda rate: wording.percent(rate, language),
        "day": lambda date: wording.day(date, language),
        "account": wording.account,
        "either": lambda *words: wording.either([word for word in words if word], language),
    }


def shown_lines(facts: MessageFacts) -> tuple[Line, ...]:
    """What the message tells of: everything, or only what it demands."""
    if tells_everything(facts.stage, facts.text):
        return facts.lines
    return tuple(line for line in facts.lines if line.demanded) or facts.lines


def reference(facts: MessageFacts) -> str:
    """What the customer is asked to quote: the invoice when there is one, else the customer number."""
    shown = shown_lines(facts)
    return shown[0].invoice if len(shown) == 1 or not facts.customer_number else facts.customer_number


def _tidied(facts: MessageFacts) -> MessageFacts:
    """Names from other programs on one line each, so that none can add a line to our letter."""
    tidy = wording.one_line
    return replace(
        facts,
        creditor=_tidied_creditor(facts.creditor),
        customer_number=tidy(facts.customer_number),
        customer_name=tidy(facts.customer_name),
        contact_name=tidy(facts.contact_name),
        agent_name=tidy(facts.agent_name),
        agent_email=tidy(facts.agent_email),
        lines=tuple(replace(line, invoice=tidy(line.invoice)) for line in facts.lines),
    )


def _tidied_creditor(creditor: CreditorFacts) -> CreditorFacts:
    address = ADDRESS_LINES.sub(", ", creditor.address.strip())
    names = {name: wording.one_line(getattr(creditor, name)) for name in CreditorFacts.__slots__}
    return CreditorFacts(**{**names, "address": wording.one_line(address)})


def _spaced(text: str) -> str:
    """At most one empty line in a row, no blanks at line ends, one line end at the end."""
    stripped = "\n".join(line.rstrip(" ") for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", stripped).strip("\n") + "\n"
