"""A measure as a person proposes it, read and checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from policies.credit_exposure import CreditExposure
from policies.facts import DebtorKind
from policies.form_days import coming_day_wrong, day_of
from policies.measure import LiftedBy, MeasureKind, is_met, why_not_for
from policies.money import plain
from policies.problems import Problem
from policies.sum_written import read_sum

SOURCE = "form"
LONGEST = 2000  # characters


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A measure as it was written down; empty text means none."""

    measure: str
    why: str
    clause: str = ""
    """The clause of the contract it rests on; the customer reads it."""
    limit: str = ""
    """Of a lower limit: the amount."""
    lifted_by: str = LiftedBy.OVERDUE_PAID.value
    review: str = ""
    """The day on which a person looks at it again."""


@dataclass(frozen=True, slots=True)
class MeasureAsked:
    """A measure that can be put to a manager. `limit` in minor units."""

    kind: MeasureKind
    lifted_by: LiftedBy
    limit: int | None
    clause: str
    why: str
    review_on: date | None


def read_measure(
    words: MeasureWords, debtor: DebtorKind, owed: CreditExposure, today: date
) -> MeasureAsked | list[Problem]:
    """The measure meant, or everything that is wrong with it. `owed`: what the customer owes in the currency it is about."""
    kind = _one(MeasureKind, words.measure)
    lifted_by = _one(LiftedBy, words.lifted_by or LiftedBy.OVERDUE_PAID.value)
    limit = read_sum(words.limit, owed.currency) if words.limit.strip() else None
    wrong = [*_wrong_words(words, debtor, kind, lifted_by, today), *_wrong_limit(kind, limit)]
    if not wrong and lifted_by is not None:
        wrong = list(_wrong_owed(lifted_by, owed, limit if isinstance(limit, int) else None))
    if wrong or kind is None or lifted_by is None or isinstance(limit, str):
        return [Problem(SOURCE, None, name, reason) for name, reason in wrong]
    return MeasureAsked(kind, lifted_by, limit, words.clause.strip(), words.why.strip(), day_of(words.review.strip()))


E = TypeVar("E", MeasureKind, LiftedBy)


def _one(known: type[E], text: str) -> E | None:
    said = text.strip().replace(" ", "_").replace("-", "_").lower()
    return next((one for one in known if one.value == said), None)


def _wrong_words(
    words: MeasureWords, debtor: DebtorKind, kind: MeasureKind | None, lifted_by: LiftedBy | None, today: date
) -> Iterator[tuple[str, str]]:
    if refused := why_not_for(debtor):
        yield "customer", refused
    if kind is None:
        yield "measure", f"“{words.measure}” is no measure; choose one of: {', '.join(MeasureKind)}."
    if lifted_by is None:
        yield "lifted_by", f"“{words.lifted_by}” lifts nothing; choose one of: {', '.join(LiftedBy)}."
    if not words.why.strip():
        yield "why", "Say why: whoever decides reads it."
    for name, text in (("why", words.why), ("clause", words.clause)):
        if len(text) > LONGEST:
            yield name, f"At most {LONGEST} characters."
    if reason := coming_day_wrong(words.review.strip(), today):
        yield "review", reason


def _wrong_limit(kind: MeasureKind | None, limit: int | str | None) -> Iterator[tuple[str, str]]:
    if isinstance(limit, str):
        yield "limit", limit
    elif kind is MeasureKind.LOWER_LIMIT and limit is None:
        yield "limit", "Name the new limit, such as 5000.00."
    elif kind is not None and kind is not MeasureKind.LOWER_LIMIT and limit is not None:
        yield "limit", "A limit is only named to lower it; leave it empty."


def _wrong_owed(lifted_by: LiftedBy, owed: CreditExposure, lower: int | None) -> Iterator[tuple[str, str]]:
    """A measure that would be lifted at once makes no sense."""
    if lifted_by is LiftedBy.UNDER_LIMIT and owed.limit is None and lower is None:
        yield "lifted_by", f"No credit limit in {owed.currency} is known of the customer: lift it by overdue_paid."
    elif is_met(lifted_by, owed, lower):
        total = f"{plain(owed.total, owed.currency)} {owed.currency}"
        now = "nothing is overdue" if lifted_by is LiftedBy.OVERDUE_PAID else f"{total} is within the limit"
        yield "measure", f"It would be lifted at once: {now}."
