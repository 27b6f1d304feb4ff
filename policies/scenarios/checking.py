"""What can be looked at in the middle of a scenario (`[[check]]`), each as one word and how it is worked out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from policies.decisions import Ask, Reason, Wait
from policies.money import plain
from policies.play.counted import is_overdue
from policies.play.debtor import play_debtor
from policies.play.item import Item
from policies.play.world import AGREE
from policies.scenarios.lines import dated
from policies.scenarios.looking import Looked
from policies.scenarios.sums import flat, interest, open_amount, total


def _late(looked: Looked, currency: str) -> list[Item]:
    """Items in our books that are overdue, whether or not a step of theirs has come."""
    account = looked.account
    today = account.day(looked.at)
    return [
        item
        for item in account.items
        if item.known and is_overdue(item, today, account.holds) and currency in ("", item.owed.currency)
    ]


def overdue(looked: Looked, wanted: str) -> str:
    """The customer's overdue total in the currency asked about."""
    currency = wanted.rsplit(maxsplit=1)[-1]
    return f"{plain(sum(item.principal for item in _late(looked, currency)), currency)} {currency}"


def overdue_invoices(looked: Looked, wanted: str) -> str:
    """How many of the customer's items are overdue."""
    return str(len(_late(looked, "")))


def state(looked: Looked, wanted: str) -> str:
    """How the invoice stands: waits, held, asked, or how it ended."""
    item = looked.one
    if item.outcome is not None:
        return item.outcome.value.replace("_", " ")
    decision = item.decision
    if item.ladder is None or decision is None:
        return "not chased"
    if isinstance(decision, Ask):
        return f"asked {decision.question.value}"
    held = isinstance(decision, Wait) and decision.because.code is Reason.ON_HOLD
    return "held" if held else "waits"


def last(looked: Looked, wanted: str) -> str:
    """The last step of the invoice that reached the customer, with its day."""
    done = [one for one in looked.one.done if one.is_contact]
    return f"{done[-1].on.isoformat()} {done[-1].step}" if done else "nothing"


def next_act(looked: Looked, wanted: str) -> str:
    """The next step if nothing more becomes known and everybody agrees, with its day."""
    account = looked.account
    known = tuple(event for event in account.debtor.events if event.known <= looked.at)
    house = replace(account.house, answers=AGREE)
    far = looked.at + timedelta(days=3 * 366)
    played = play_debtor(replace(account.debtor, events=known), looked.choose, far, house)
    coming = (act for act in played.acts if act.at > looked.at and looked.one.name in act.items)
    act = next(coming, None)
    if act is None:
        return "nothing"
    step = next(one.step for one in act.taken if one.item == looked.one.name)
    spellings = dated(act.at, account.debtor.calendar.zone, step)
    return next((one for one in spellings if one == wanted), spellings[0])


OF_INVOICE: Mapping[str, Callable[[Looked, str], str]] = {
    "state": state, "open": open_amount, "last": last, "next": next_act, "interest": interest, "flat": flat,
    "total": total,
}  # fmt: skip
OF_CUSTOMER: Mapping[str, Callable[[Looked, str], str]] = {"overdue": overdue, "overdue_invoices": overdue_invoices}
LOOKED_AT: Mapping[str, Callable[[Looked, str], str]] = {**OF_CUSTOMER, **OF_INVOICE}
