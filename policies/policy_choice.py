"""Which ladder an invoice climbs: the nearest choice wins, and of equal ones the gentler (design 4.9).

Invoice before customer before segment before creditor before the default of the debtor's country. A ladder that is not
written for the debtor is set aside, whoever chose it: a consumer never climbs a ladder for businesses. A country the
ladder names is kept to as well, but where a person chose the ladder for this very invoice or customer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policies.facts import DebtorKind
from policies.gentleness import gentleness
from policies.ladder import Ladder


class ChosenBy(StrEnum):
    """Who chose a ladder; members are listed from the nearest to the farthest."""

    INVOICE = "invoice"
    CUSTOMER = "customer"
    SEGMENT = "segment"
    CREDITOR = "creditor"
    COUNTRY = "country"


IN_PERSON = (ChosenBy.INVOICE, ChosenBy.CUSTOMER)
"""Choices made for this very debtor."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One choice: who chose the ladder, and the name of the segment where a segment did."""

    by: ChosenBy
    ladder: Ladder
    name: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The ladder, who chose it, why in a sentence, and which nearer choices were set aside."""

    ladder: Ladder
    by: ChosenBy
    because: str
    set_aside: tuple[str, ...] = ()


def choose(wishes: Iterable[Wish], kind: DebtorKind, law: str) -> Choice | tuple[str, ...]:
    """The ladder for a debtor of this kind under this law (`FR`, `UK-EW`; empty: none is known).

    Where no wish can be followed: the sentences why. Nothing is then collected before a person chooses.
    """
    ordered = sorted(wishes, key=_order)
    refusals = [(wish, _unfit(wish, kind, law)) for wish in ordered]
    best = next((wish for wish, reason in refusals if reason is None), None)
    reasons = tuple(reason for wish, reason in refusals if reason is not None and (best is None or _nearer(wish, best)))
    if best is None:
        return reasons or ("Nobody chose a ladder, and the law of the customer's country names none.",)
    rivals = [wish for wish, reason in refusals if reason is None and wish.by is best.by and wish is not best]
    return Choice(best.ladder, best.by, _because(best, rivals), reasons)


def _order(wish: Wish) -> tuple[int, tuple[object, ...], str]:
    return list(ChosenBy).index(wish.by), gentleness(wish.ladder), wish.name


def _nearer(wish: Wish, best: Wish) -> bool:
    return list(ChosenBy).index(wish.by) <= list(ChosenBy).index(best.by)


def _unfit(wish: Wish, kind: DebtorKind, law: str) -> str | None:
    """Why the wish cannot be followed for this debtor; None: it can."""
    ladder = wish.ladder
    if ladder.kinds and kind not in ladder.kinds:
        kinds = ", ".join(sorted(ladder.kinds))
        return f"{ladder.id}, chosen {_by(wish)}, is for the kinds {kinds}, and the customer's is {kind.value}."
    elsewhere = ladder.country and ladder.country != law
    if elsewhere and wish.by not in IN_PERSON and wish.by is not ChosenBy.COUNTRY:
        here = law or "not known"
        return f"{ladder.id}, chosen {_by(wish)}, is for {ladder.country}, and the customer's law is {here}."
    return None


def _because(best: Wish, rivals: list[Wish]) -> str:
    said = f"{best.ladder.id} is chosen {_by(best)}"
    others = sorted({wish.ladder.id for wish in rivals} - {best.ladder.id})
    return f"{said}; it is gentler than {', '.join(others)}." if others else f"{said}."


def _by(wish: Wish) -> str:
    words = {
        ChosenBy.INVOICE: "for this invoice",
        ChosenBy.CUSTOMER: "for this customer",
        ChosenBy.SEGMENT: f"for the segment {wish.name}",
        ChosenBy.CREDITOR: "by the creditor for everybody",
        ChosenBy.COUNTRY: "by the law of the customer's country",
    }
    return words[wish.by]
