"""A message in words: facts put into the template of their law, text, debtor and language."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from policies.accessories import AccessoriesFacts
from policies.epc_code import NoCode, Transfer, epc_code
from policies.facts import DebtorKind
from policies.message import CreditorFacts, MessageFacts, Picture, Rendered
from policies.opt_out import is_notice
from policies.stages import Stage
from policies.told_lines import shown_lines
from tasks import wording
from tasks.account_table import has_table
from tasks.court_way import way_named
from tasks.marked_text import ITEM, figure, plain
from tasks.message_html import message_html
from tasks.pay_code import PayCode, pay_code
from tasks.required_content import lacking
from tasks.template_choice import written_in
from tasks.template_sandbox import one_message, spaced, written
from tasks.template_source import BadTemplate, is_there
from tasks.tidy_facts import marked_facts, tidied

DEADLINES = frozenset({"formal_notice", "free_reminder", "after_judgment_notice"})
"""Texts that say within how many days to pay."""

FOR_OTHERS = frozenset({Stage.FOLLOW_UP_CALL, Stage.AGENCY, Stage.LEGAL})
"""Stages whose words are for our own people or those we entrust: no debtor gets them, and they are plain text."""


class NoDeadline(ValueError):
    """A formal notice, or a reminder the law gives a delay to, without a time to pay is not one."""


class NotKnown(ValueError):
    """The law wants something named that nobody has told us; the sentence says which setting is missing."""


def render(facts: MessageFacts, *, on_paper: bool = False) -> Rendered:
    """The message in words; `on_paper`: without HTML and its picture, half of what words cost. A stage without a short message (a call, a file handed over) has an empty `sms`.

    Raises NoDeadline, NoWords, NotKnown, or BadTemplate where a file of the company's own cannot be used: the shipped
    words never take its place.
    """
    text = facts.text or facts.stage.value
    if text in DEADLINES and facts.pay_within is None:
        raise NoDeadline(f"The text “{text}” needs the days within which to pay (pay_within).")
    with one_message() as own:
        folder, language = written_in(facts.law, text, facts.debtor, facts.language)
        tidy = tidied(replace(facts, language=language))
        rendered = _rendered(folder, tidy, in_html=tidy.stage not in FOR_OTHERS and not on_paper)
    if own and (missing := lacking(tidy, rendered, folder)):
        raise BadTemplate(f"Templates of your own ({', '.join(sorted(own))}): {' '.join(missing)}")
    return rendered


def _rendered(folder: str, tidy: MessageFacts, *, in_html: bool) -> Rendered:
    words = vocabulary(marked_facts(tidy), attached=in_html)
    subject, body = wording.one_line(plain(_words(folder, "subject", words))), spaced(_words(folder, "body", words))
    code = _pay_code(tidy, words) if in_html else None
    html = message_html(body, subject, tidy.language, code) if in_html else ""
    return Rendered(
        subject=subject,
        text=plain(body),
        html=html,
        sms=wording.gsm(wording.one_line(plain(_words(folder, "sms", words)))),
        pictures=(Picture(code.id, code.png),) if code and html else (),
    )


def lines_told(facts: MessageFacts) -> str:
    """The items as the plain part lists them, three lines each: a letter shows a table in their place."""
    text = facts.text or facts.stage.value
    language = written_in(facts.law, text, facts.debtor, facts.language)[1]
    words = vocabulary(marked_facts(tidied(replace(facts, language=language))))
    with one_message():
        return plain(spaced(written(f"_base/{language}/lines.txt", words)))


def _words(folder: str, part: str, words: dict[str, Any]) -> str:
    name = f"{folder}/{part}.txt"
    if part == "sms" and not is_there(name):
        return ""
    return written(name, words)


def _pay_code(facts: MessageFacts, words: dict[str, Any]) -> PayCode | None:
    """The QR code of the transfer the message asks for; None where there is no account, or no code for it."""
    creditor = facts.creditor
    transfer = Transfer(creditor.name, creditor.iban, creditor.bic, _payable(facts), facts.currency, reference(facts))
    content = epc_code(transfer)
    if isinstance(content, NoCode):
        return None
    alt, caption, *_ = plain(written(f"{words['partials']}/code.txt", words)).splitlines()
    return pay_code(content, alt, caption)


def _payable(facts: MessageFacts) -> int:
    """What is asked for altogether, in minor units: with interest and flat sums where they are claimed."""
    claimed = _claimed(facts)
    return facts.demanded if claimed is None or claimed.total_with is None else claimed.total_with


def vocabulary(facts: MessageFacts, *, attached: bool = False) -> dict[str, Any]:
    """Everything a template may say: the facts, the lines it shows and how to write amounts and days; `attached`: what is
    attached to an e-mail goes with it."""
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
        "payable": _payable(facts),
        "table": attached and has_table(facts),
        "way_out": attached and not is_notice(facts.stage, facts.text),
        "item": ITEM,
        "court_way": way_named(facts.court, facts.language),
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
        "amount": lambda minor: figure(wording.amount(minor, currency, language)),
        "sms_amount": lambda minor: wording.sms_amount(minor, currency, language),
        "percent": lambda rate: wording.percent(rate, language),
        "day": lambda date: wording.day(date, language),
        "account": wording.account,
        "either": lambda *words: wording.either([word for word in words if word], language),
    }


def reference(facts: MessageFacts) -> str:
    """What the customer is asked to quote: the invoice when there is one, else the customer number."""
    shown = shown_lines(facts)
    return shown[0].invoice if len(shown) == 1 or not facts.customer_number else facts.customer_number
