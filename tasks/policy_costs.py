"""What lateness may cost under a ladder, by kind of debtor, with a rate and an example a customer can check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from policies.facts import DebtorKind
from policies.interest.claim import claim
from policies.interest.debt import Debt
from policies.interest.statement import Statement
from policies.law.rules import FlatRule, InterestRule, KindLaw, Starts
from policies.rates.half_year import eve, first_day
from policies.rates.series import Rates

EXAMPLE = 100_000
"""The invoice of the example, minor units."""
DAYS = 30
HALF_YEARS_BACK = 4
"""How far back the last rate that is known may lie and still be worth telling."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The claims of the law against these kinds of debtor. None: there is nothing of the kind, or it is not known."""

    kinds: tuple[DebtorKind, ...]
    interest: InterestRule | None
    flat: FlatRule | None
    half: date
    """First day of the half-year `percent` is of."""
    current: bool
    """Whether that is the half-year the page is written in."""
    percent: Decimal | None
    example: int | None
    """Interest on `EXAMPLE` for `DAYS` days, minor units."""
    example_flat: int | None


def costs(
    kinds: Iterable[DebtorKind], laws: Mapping[DebtorKind, KindLaw], rates: Rates, currency: str, day: date
) -> tuple[Cost, ...]:
    """The claims against each kind of debtor; kinds with the same law stand together."""
    groups: dict[tuple[InterestRule | None, FlatRule | None], list[DebtorKind]] = {}
    for kind in kinds:
        if kind in laws:
            groups.setdefault((laws[kind].interest, laws[kind].flat), []).append(kind)
    return tuple(_cost(tuple(some), laws[some[0]], rates, currency, day) for some in groups.values())


def _cost(kinds: tuple[DebtorKind, ...], law: KindLaw, rates: Rates, currency: str, day: date) -> Cost:
    half, statement = first_day(day), None
    for _ in range(HALF_YEARS_BACK):
        statement = _example(law, rates, currency, half)
        if statement.interest is not None:
            break
        half = first_day(eve(half))
    known = statement is not None and statement.interest is not None
    segments = statement.segments if known and statement is not None else ()
    return Cost(
        kinds=kinds,
        interest=law.interest,
        flat=law.flat,
        half=half,
        current=half == first_day(day),
        percent=segments[0].rate if segments else None,
        example=statement.interest if known and statement is not None else None,
        example_flat=statement.flat if known and statement is not None else None,
    )


def _example(law: KindLaw, rates: Rates, currency: str, half: date) -> Statement:
    """`EXAMPLE` paid `DAYS` days after interest began to run, all of them in the half-year `half` begins."""
    waits = law.interest is not None and law.interest.starts in (Starts.NOTICE, Starts.REMINDER_EXPIRED)
    debt = Debt(EXAMPLE, currency, eve(half), notice_on=half) if waits else Debt(EXAMPLE, currency, half)
    return claim(debt, law, rates, half + timedelta(days=DAYS))
