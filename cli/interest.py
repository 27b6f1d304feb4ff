"""`relance interest`: what may be claimed for a late debt besides the principal, line by line."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from cli.debt_options import Reading, Typed, read_debt
from cli.printing import clean, money, print_json, print_table
from cli.refusal import Refusal
from policies.facts import DebtorKind
from policies.interest.claim import claim
from policies.interest.day_count import DayCount
from policies.interest.debt import Debt
from policies.interest.rate_plan import Turn
from policies.interest.reminder import runs_out
from policies.interest.rounding import Rounding
from policies.interest.statement import Flag, Statement
from policies.law.freshness import all_on_day
from policies.law.jurisdiction import Jurisdiction
from policies.money import plain


@dataclass(frozen=True, slots=True)
class How:
    """The conventions a person chose for the calculation."""

    rounding: Rounding
    turn: Turn
    basis: DayCount | None


Notice = Annotated[str | None, typer.Option(metavar="DATE", help="Day the formal notice or free reminder came.")]
Basis = Annotated[
    DayCount | None, typer.Option(help="How the days of a year are counted, where the parties agreed; else by the law.")
]


def interest(
    country: Annotated[str, typer.Option(help="Whose law counts: FR, BE, DE, UK, UK-SCT…")],
    amount: Annotated[str, typer.Option(metavar="AMOUNT", help="What was due, VAT included, for example 15000.00.")],
    due: Annotated[str, typer.Option(metavar="DATE", help="The due date, YYYY-MM-DD.")],
    debtor: Annotated[DebtorKind, typer.Option(help="Who owes.")] = DebtorKind.BUSINESS,
    region: Annotated[str, typer.Option(help="Part of the country with a law of its own, such as QC.")] = "",
    currency: Annotated[str, typer.Option(help="The country's own without it.")] = "",
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day counted; today without it.")] = None,
    notice: Notice = None,
    posted: Annotated[bool, typer.Option("--posted", help="The free reminder left on that day by post (BE).")] = False,
    delivered: Annotated[str | None, typer.Option(metavar="DATE", help="Day of delivery (LU consumers).")] = None,
    stopped: Annotated[str | None, typer.Option(metavar="DATE", help="Last day interest runs: a judgment.")] = None,
    payment: Annotated[list[str] | None, typer.Option(metavar="DATE=AMOUNT", help="A payment, by value date.")] = None,
    credit: Annotated[list[str] | None, typer.Option(metavar="DATE=AMOUNT", help="A credit note.")] = None,
    returned: Annotated[list[str] | None, typer.Option(metavar="DATE=AMOUNT", help="A payment that went back.")] = None,
    instalments: Annotated[int, typer.Option(min=1, max=1000, help="Late instalments the debt is made of.")] = 1,
    rate: Annotated[str | None, typer.Option(help="Percent a year the parties agreed on.")] = None,
    flat: Annotated[str | None, typer.Option(metavar="AMOUNT", help="Flat sum the parties agreed on.")] = None,
    rounding: Annotated[Rounding, typer.Option("--round", help="Once at the end, or each day.")] = Rounding.ONCE,
    turn: Annotated[Turn, typer.Option(help="The day from which a new half-year's rate counts.")] = Turn.SAME_DAY,
    basis: Basis = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Interest and flat sum for a late debt, as a statement a person can check by hand."""
    law = all_on_day(_law(country, region), datetime.now(UTC).date())
    typed = Typed(
        amount, due, notice, delivered, stopped, payment or [], credit or [], returned or [], instalments, rate, flat
    )
    how = How(rounding, turn, basis)
    debt, statement = _state(law, debtor, typed, currency, until, how, posted=posted)
    if json:
        print_json({"country": law.id, "debtor": debtor.value, **as_json(statement)})
    else:
        _print(f"Statement of calculation · {law.name} · {debtor.value}", debt, statement)


def _state(
    law: Jurisdiction, debtor: DebtorKind, typed: Typed, currency: str, until: str | None, how: How, *, posted: bool
) -> tuple[Debt, Statement]:
    """The debt that was typed and its statement; refused with every mistake in it."""
    from cli.rates_at_hand import rates_at_hand

    reading = Reading((currency.strip() or law.currency).upper())
    debt, terms = read_debt(typed, reading)
    day = reading.day("--until", until) or datetime.now(UTC).date()
    reading.check()
    if debtor not in law.kinds:
        raise Refusal(f"{law.name}: there is no law for {debtor.value} here.")
    debt = _after_delay(debt, law, debtor, posted=posted)
    return debt, claim(
        debt, law.for_kind(debtor), rates_at_hand(), day, terms=terms, rounding=how.rounding, turn=how.turn,
        count=how.basis,
    )  # fmt: skip


def as_json(statement: Statement) -> dict[str, Any]:
    """The statement for other programs; amounts as text, None where nothing can be stated."""
    return {
        "currency": statement.currency,
        "until": statement.until,
        "principal": plain(statement.open, statement.currency),
        "interest": _plain(statement.interest, statement.currency),
        "flat": _plain(statement.flat, statement.currency),
        "total": _plain(_total(statement), statement.currency),
        "segments": [
            {
                "from": one.start,
                "to": one.end,
                "days": one.days,
                "year": one.year,
                "rate": f"{one.rate:f}",
                "principal": plain(one.principal, statement.currency),
                "interest": plain(one.interest, statement.currency),
            }
            for one in statement.segments
        ],
        "basis": statement.basis,
        "flags": [flag.value for flag in statement.flags],
        "notes": list(statement.notes),
        "known_until": statement.known_until,
        "known_part": _plain(statement.known_part, statement.currency),
    }


def _law(country: str, region: str) -> Jurisdiction:
    """The law of a country as it is typed: an id of ours (UK-SCT), or a country (GB) with its region."""
    from storage import law_store

    wanted, part = country.strip().upper(), region.strip().upper()
    if wanted in law_store.ids() and not part:
        return law_store.jurisdiction(wanted)
    return law_store.for_country({"UK": "GB"}.get(wanted, wanted), part)


def _after_delay(debt: Debt, law: Jurisdiction, debtor: DebtorKind, *, posted: bool) -> Debt:
    """The debt with the day its free reminder's delay ran out, where the law gives the debtor one."""
    from storage.holiday_sets import holidays_around

    notice = law.for_kind(debtor).notice
    if debt.notice_on is None or not debt.noticed or notice is None or not notice.reminder_days:
        return debt
    country, _, part = law.holidays.partition("-")
    holidays = holidays_around(country or None, debt.notice_on, part)
    return replace(debt, notice_on=runs_out(debt.notice_on, notice.reminder_days, posted=posted, holidays=holidays))


def _total(statement: Statement) -> int | None:
    """What is left of the principal, interest and flat sum together; None where the interest cannot be stated."""
    return None if statement.interest is None else statement.open + statement.interest + (statement.flat or 0)


def _plain(minor: int | None, currency: str) -> str | None:
    return None if minor is None else plain(minor, currency)


def _print(title: str, debt: Debt, statement: Statement) -> None:
    currency = statement.currency
    print(f"{title}\n{money(debt.principal, currency)} due on {debt.due}, as at {statement.until}")
    for movement in sorted(debt.movements, key=lambda one: one.on):
        what = "went back" if movement.amount < 0 else "paid or credited"
        print(f"{money(abs(movement.amount), currency)} {what}, value date {movement.on}")
    print()
    rows = [
        (one.start, one.end, one.days, plain(one.principal, currency), f"{one.rate:f}", plain(one.interest, currency))
        for one in statement.segments
    ]
    headers = ["From", "To", "Days", "Principal", "Percent", "Interest"]
    print_table(headers, rows, "No day bears interest." if statement.interest is not None else "No interest is stated.")
    if rows:
        years = sorted({100 * one.year for one in statement.segments})
        leap = " (in a leap year)" if len(years) > 1 else ""
        print(f"Each line: principal × percent × days ÷ {' or '.join(str(one) for one in years)}{leap}.")
    print()
    for name, value in _sums(statement):
        print(f"{name:<32}{value:>20}")
    print("\n" + clean(statement.basis.replace("; ", "\n")))
    for note in statement.notes:
        print(f"! {clean(note)}")


def _sums(statement: Statement) -> list[tuple[str, str]]:
    """The figures under the lines."""
    currency, total = statement.currency, _total(statement)
    nothing = "reserved" if Flag.RATE_MISSING in statement.flags else "none"
    sums = [("Interest", nothing if statement.interest is None else money(statement.interest, currency))]
    if statement.known_part is not None:
        sums.append((f"  known up to {statement.known_until}", money(statement.known_part, currency)))
    sums.append(("Flat sum", "none" if statement.flat is None else money(statement.flat, currency)))
    sums.append(("Principal still open", money(statement.open, currency)))
    return [*sums, ("Total", "not stated" if total is None else money(total, currency))]
