"""`relance rates list|set`: the reference rates interest is counted with, each value with its source."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

from cli.at_work import actor, at_work
from cli.debt_options import Reading
from cli.printing import print_json, print_table
from cli.refusal import Refusal
from policies.rates.half_year import first_day, last_day
from policies.rates.series import Rates, RateValue, Series

app = typer.Typer(help="Reference rates: list, set.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
LONGEST_SOURCE = 500


@app.command(name="list")
def list_rates(
    series: Annotated[str, typer.Argument(help="One rate with all its values; every rate without it.")] = "",
    json: Json = False,
) -> None:
    """The rates, their newest values, and until when they are known."""
    from cli.rates_at_hand import rates_at_hand

    rates = rates_at_hand()
    if series:
        _show(_named(rates, series), json)
        return
    if json:
        print_json([_summary(one) | (_value(one.newest) if one.newest else {}) for one in rates.values()])
        return
    rows = [
        (one.id, f"{newest.percent:f}", newest.start, one.usable_until, one.title)
        for one in rates.values()
        if (newest := one.newest)
    ]
    print_table(["Rate", "Percent", "From", "Known until", "Title"], rows, "There are no rates.")


@app.command(name="set", context_settings={"ignore_unknown_options": True})  # so that -0.50 is a percentage
def set_rate(
    series: Annotated[str, typer.Argument(help="The rate, as `rates list` names it.")],
    start: Annotated[str, typer.Argument(metavar="FROM", help="The day it starts, YYYY-MM-DD.")],
    percent: Annotated[str, typer.Argument(help="Percent a year, for example 2.15.")],
    source: Annotated[str, typer.Option("--source", help="Where it was published: page, order, gazette.")],
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who adds it.", show_default="you")] = "",
) -> None:
    """Add a value with its source; it is known to the end of its half-year."""
    from policies.rates.added import serves
    from storage import clock
    from storage.creditor import ensure_creditor
    from storage.rate_store import add_rate, shipped_rates

    known = _named(shipped_rates(), series)
    day, rate, words = _read(known, start, percent, source)

    async def work() -> Rates:
        creditor = await ensure_creditor()
        return await add_rate(creditor.id, series, day, rate, words, actor(by), await clock.now())

    rates = at_work(work, first_import=True)
    print(f"{known.title}: {rate:f} % from {day} ({words}). Known for debts up to {rates[series].usable_until}.")
    if serves(known, day) is None:
        print(f"No half-year takes its rate from {day}: {_reference(known, day)} that counts.")


def _read(series: Series, start: str, percent: str, source: str) -> tuple[date, Decimal, str]:
    """What was typed, or every mistake in it."""
    reading = Reading("EUR")
    day, rate = reading.day("FROM", start), reading.rate("PERCENT", percent)
    if not source.strip() or len(source) > LONGEST_SOURCE:
        reading.problems.append(f"--source: say in at most {LONGEST_SOURCE} signs where the value was published.")
    if day is not None and not series.set_each.begins(day):
        each = series.set_each.value.replace("_", "-")
        first = "1 January" if each == "year" else "1 January or 1 July"
        reading.problems.append(f"FROM: {series.id} is set for each {each}: it starts on {first}.")
    reading.check()
    assert day is not None, "checked"
    assert rate is not None, "checked"
    return day, rate, source.strip()


def _reference(series: Series, day: date) -> str:
    """Which day's value the half-year of `day` takes."""
    first = first_day(day)
    return f"for {first} to {last_day(day)} it is the value on {series.reference_day(first)}"


def _named(rates: Rates, series: str) -> Series:
    if series not in rates:
        raise Refusal(f"There is no rate “{series}”; there are {', '.join(sorted(rates))}.")
    return rates[series]


def _show(series: Series, json: bool) -> None:
    if json:
        print_json(_summary(series) | {"values": [_value(one) for one in series.values]})
        return
    print(f"{series.title} · {series.id} · known until {series.usable_until} · published by {series.ask}\n")
    rows = [(one.start, f"{one.percent:f}", _standing(one), one.where.source) for one in series.values]
    print_table(["From", "Percent", "Confidence", "Source"], rows, "There are no values.")


def _standing(value: RateValue) -> str:
    if value.where.confirmed_by:
        return "yours"
    return value.where.confidence.value if value.where.usable else f"{value.where.confidence.value}: not used"


def _summary(series: Series) -> dict[str, object]:
    known = {"series": series.id, "title": series.title, "known_until": series.usable_until, "ask": series.ask}
    return known | {"counted_on": series.counted_on.value, "set_each": series.set_each.value}


def _value(value: RateValue) -> dict[str, object]:
    return {
        "from": value.start,
        "percent": f"{value.percent:f}",
        "source": value.where.source,
        "as_of": value.where.as_of,
        "confidence": value.where.confidence.value,
        "used": value.where.usable,
        "yours": bool(value.where.confirmed_by),
    }
