"""Which holds stand on a day, how long each still holds, and about which its owner is asked."""

from dataclasses import dataclass
from datetime import date

from policies.case import Case, Hold
from policies.dispute_hold import waiting_hold
from policies.facts import HoldKind
from policies.hold_laws import Contacting, Ending, law_of
from policies.known_word import known_word
from policies.ladder import Ladder
from policies.promise import Word, waited_for
from policies.spared import is_spared


@dataclass(frozen=True, slots=True)
class Standing:
    """A hold that stands."""

    hold: Hold
    named: date | None
    """The day it names: its last, or the next one for which money was agreed."""
    last: date | None
    """The last day held; None: until a person ends it."""
    asks: bool = False
    """Its owner is asked what becomes of it."""


def standing_holds(case: Case, ladder: Ladder, today: date) -> tuple[Standing, ...]:
    """The holds because of which nothing may leave on the debtor's day `today`.

    A hold counts from the moment it is known, whatever day it is dated from (design 4.5).
    """
    disputed = waiting_hold(case)
    holds = case.holds if disputed is None else (*case.holds, disputed)
    if not holds:
        return ()
    found = (_standing(case, hold, ladder, today) for hold in holds)
    return tuple(one for one in found if one is not None)


def _standing(case: Case, hold: Hold, ladder: Ladder, today: date) -> Standing | None:
    law = law_of(hold.kind)
    if is_spared(hold, ladder, case.issued):
        return None
    if law.contacting is Contacting.OTHER_WAYS:
        return None
    if law.ending is Ending.BY_PAYMENT and (hold.until is not None or hold.instalments):
        return _until_paid(case, hold, ladder, today)
    passed = hold.until is not None and hold.until < today
    if not passed:
        return Standing(hold, hold.until, hold.until, asks=hold.must_answer)
    return Standing(hold, hold.until, None, asks=True) if law.ending is Ending.BY_PERSON else None


def _until_paid(case: Case, hold: Hold, ladder: Ladder, today: date) -> Standing | None:
    """A promise or a plan: it stands until its word is decided.

    A plan of which only the first day was said goes on after it, if money came: its owner is asked for the next day. A
    settlement whose money came in time stands until what is left is written off, which is a matter of moments. While the
    bank's files do not reach its last day, an agreement is looked at again tomorrow.
    """
    word = known_word(hold, case.principal, ladder, case.calendar, today, case.bank)
    if word is Word.KEPT and hold.agreement is not None and hold.agreement.settles:
        return Standing(hold, None, None)
    if word is not None:
        return None
    agreed = waited_for(hold, case.principal, ladder, case.calendar)
    if agreed is not None:
        return Standing(hold, agreed.on, max(agreed.last, today), asks=hold.must_answer)
    return Standing(hold, hold.until, None, asks=hold.kind is HoldKind.PLAN)
