"""What a message must hold, and what it may not say: held against the facts it was written from."""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from policies.courtesy import harsh_words, words_for_unpaid
from policies.facts import DebtorKind
from policies.message import MessageFacts, Rendered
from policies.told_lines import shown_lines
from tasks import wording
from tasks.template_source import TEMPLATES

COURTEOUS = frozenset({"upcoming", "courtesy_reminder", "statement"})
"""Texts that cannot be mistaken for collection."""

NAMES: dict[str, str] = {
    "creditor": "the creditor's name", "address": "the creditor's address", "debtor": "the customer's name",
    "written": "the date of the message", "items": "of each invoice its number, date, due date and amounts",
    "demanded": "the amount asked for", "total": "the total of the account", "pay": "how to pay, with the reference",
    "position": "the day of the bank data (position.txt)", "mentions": "the company's mentions and address (footer.txt)",
    "contact": "whom to talk to (contact.txt)", "question": "that a question is welcome",
    "dispute": "how to disagree (talk.txt)", "plan": "how to ask for time or instalments (talk.txt)",
    "crossed": "what to do if it is paid already (crossed.txt)", "within": "within how many days to pay",
    "claim": "the interest and flat sums claimed, with their calculation (accessories.txt)",
    "mediator": "the mediator for consumers", "company_number": "the enterprise number",
    "indemnity": "the indemnity that may be claimed later",
}  # fmt: skip
AMOUNT = re.compile(r"\d[.,]\d\d\b|€|\b(EUR|GBP|USD|CHF|CAD)\b")


def lacking(facts: MessageFacts, rendered: Rendered, folder: str) -> list[str]:
    """A sentence for each thing the message lacks or may not say; `folder` is that of its words, as in `written_in`."""
    text, place = facts.text or facts.stage.value, "/".join(folder.split("/")[:3])
    wanted, law = content()["needs"].get(text, []), content()["law"].get(place, {})
    said = f"{rendered.subject}\n{rendered.text}"
    missing = [name for name in dict.fromkeys((*wanted, *law.get("needs", ()))) if not _holds(name, facts, said)]
    found = [f"It does not say {NAMES[name]}." for name in missing]
    found += [f"It does not name {words}, which its law wants." for words in law.get("says", ()) if words not in said]
    return [*found, *too_hard(facts, rendered)]


def too_hard(facts: MessageFacts, rendered: Rendered) -> Iterator[str]:
    """What a first message, or a short one, says that it may not."""
    text = facts.text or facts.stage.value
    if text in COURTEOUS:
        said = _without_names(f"{rendered.subject}\n{rendered.text}\n{rendered.sms}", facts)
        for each in harsh_words(said, facts.language, before_due=text == "upcoming"):
            yield f"It says “{each.word}”: a first message cannot be mistaken for collection."
    for each in words_for_unpaid(rendered.sms):
        yield f"The short message says “{each.word}”: a telephone is read over shoulders."
    sms = _without_names(rendered.sms, facts)
    if facts.debtor not in (DebtorKind.BUSINESS, DebtorKind.PUBLIC) and (amount := AMOUNT.search(sms)):
        yield f"The short message names an amount (“{amount[0]}”): only a company is told one there."


@lru_cache(maxsize=1)
def content() -> dict[str, Any]:
    """The lists of `_required/content.toml`."""
    return tomllib.loads((TEMPLATES / "_required" / "content.toml").read_text(encoding="utf-8"))


def _holds(name: str, facts: MessageFacts, said: str) -> bool:
    """Whether the message says what `name` stands for; what the facts do not know cannot be missing."""
    if phrase := content()["phrases"][facts.language].get(name):
        return re.search(phrase, said.replace("’", "'"), re.IGNORECASE) is not None
    return all(value in said for value in _VALUES[name](facts) if value)


def _items(facts: MessageFacts) -> Iterator[str]:
    for line in shown_lines(facts):
        yield line.invoice
        yield from (wording.day(on, facts.language) for on in (line.issued, line.due) if on)
        yield from (_money(sum_, facts) for sum_ in (line.original, line.paid, line.open))
        yield from (_money(sum_, facts) for sum_ in (line.credited, line.disputed) if sum_)


def _pay(facts: MessageFacts) -> Iterator[str]:
    yield wording.account(facts.creditor.iban) if facts.creditor.iban else ""
    yield facts.creditor.payment_url
    yield shown_lines(facts)[0].invoice if len(shown_lines(facts)) == 1 else facts.customer_number


def _claim(facts: MessageFacts) -> Iterator[str]:
    claimed = facts.accessories
    if claimed is None or claimed.reserved:
        return
    yield from (
        _money(sum_, facts) for sum_ in (claimed.interest, claimed.flat, claimed.total_with) if sum_ is not None
    )
    for part in (each for line in claimed.lines for each in line.segments):
        yield from (_money(part.principal, facts), _money(part.interest, facts))
        yield from (wording.percent(part.rate, facts.language), f"{part.days} / {part.year}")


def _money(minor: int, facts: MessageFacts) -> str:
    return wording.amount(minor, facts.currency, facts.language)


_VALUES: dict[str, Callable[[MessageFacts], Any]] = {
    "creditor": lambda facts: [facts.creditor.name],
    "address": lambda facts: [facts.creditor.address],
    "debtor": lambda facts: [facts.customer_name],
    "written": lambda facts: [wording.day(facts.written_on, facts.language)],
    "items": _items,
    "demanded": lambda facts: [_money(facts.demanded, facts)],
    "total": lambda facts: [_money(facts.total_open, facts)],
    "pay": _pay,
    "position": lambda facts: [wording.day(facts.position_on or facts.written_on, facts.language)],
    "mentions": lambda facts: [facts.creditor.mentions, facts.creditor.address],
    "contact": lambda facts: [facts.agent_email or facts.creditor.reply_to or facts.creditor.email],
    "within": lambda facts: [str(facts.pay_within or "")],
    "claim": _claim,
    "mediator": lambda facts: [facts.creditor.mediator],
    "company_number": lambda facts: [facts.creditor.company_number],
    "indemnity": lambda facts: [_money(facts.indemnity, facts)] if facts.indemnity else [],
}


def _without_names(text: str, facts: MessageFacts) -> str:
    """The text without what comes from outside: a company may be called Recovery Ltd."""
    creditor = facts.creditor
    outside = {
        creditor.name, creditor.address, creditor.mentions, creditor.payment_url, creditor.email, creditor.reply_to,
        creditor.phone, facts.customer_name, facts.customer_number, facts.contact_name, facts.agent_name, facts.agent_email,
        *(line.invoice for line in facts.lines),
    }  # fmt: skip
    for name in sorted(outside - {""}, key=len, reverse=True):
        text = text.replace(name, "·").replace(wording.gsm(name), "·")
    return text
