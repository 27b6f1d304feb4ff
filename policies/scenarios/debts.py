"""Reading the invoices of a scenario."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from policies.interest.debt import Terms
from policies.play.world import Owed
from policies.scenarios.parties import Party
from policies.scenarios.scoping import one_or_more
from policies.scenarios.values import day, moment, money, percent
from policies.stages import Stage
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import flag, one_of, text, whole

INVOICE_KEYS = (
    "number", "customer", "amount", "due", "issued", "known", "draft", "instalments", "policy", "reached", "reached_on",
    "delivered", "terms",
)  # fmt: skip
BEFORE_EVERYTHING = datetime(2, 1, 1, tzinfo=UTC)
"""An invoice is in our books from the beginning, unless the scenario says since when."""


def read_invoice(table: Table, found: list[Section], parties: Mapping[str, Party], place: int) -> list[Owed]:
    """One invoice as its due items: none of a draft, several of one paid in instalments."""
    table.refuse_others(INVOICE_KEYS)
    party = whose(table, parties)
    number = table.take("number", text, f"FA-{place + 1}")
    amount, currency = table.require("amount", money(), (0, "EUR"))
    zone = party.calendar.zone if party else UTC
    due: date | None = table.take("due", day, None)
    owed = Owed(
        number=number,
        due=due,
        amount=amount,
        currency=currency,
        known=table.take("known", moment(zone), BEFORE_EVERYTHING),
        issued=table.take("issued", day, None),
        policy=table.take("policy", text, ""),
        reached=table.take("reached", one_of(Stage), None),
        reached_on=table.take("reached_on", day, None),
        delivered_on=table.take("delivered", day, None),
        terms=_terms(table, found, currency),
    )
    items = list(_instalments(table, found, owed)) or [owed]
    if table.take("draft", flag, False):
        return []
    if party is not None:
        party.owed += items
    return items


def whose(table: Table, parties: Mapping[str, Party]) -> Party | None:
    """The customer named, or the only one."""
    if "customer" not in table.values and len(parties) == 1:
        return next(iter(parties.values()))
    number = table.require("customer", text, "")
    if number and number not in parties:
        table.note("customer", f"There is no customer {number} here; known are {', '.join(parties)}.")
    return parties.get(number)


def _instalments(table: Table, found: list[Section], whole: Owed) -> Iterator[Owed]:
    """Each instalment is a due item of its own, called FA-1/1, FA-1/2…"""
    tables = one_or_more(table, "instalments", found)
    left = whole.amount
    for place, one in enumerate(tables, start=1):
        one.refuse_others(("due", "amount"))
        amount, _ = one.require("amount", money(whole.currency), (0, whole.currency))
        left -= amount
        yield Owed(
            number=f"{whole.number}/{place}", due=one.require("due", day, date.max), amount=amount,
            currency=whole.currency, known=whole.known, issued=whole.issued, invoice=whole.number, policy=whole.policy,
            reached=whole.reached, reached_on=whole.reached_on, terms=whole.terms, delivered_on=whole.delivered_on,
        )  # fmt: skip
    if tables and left:
        table.note("instalments", "The instalments do not add up to the amount of the invoice.")


def _terms(table: Table, found: list[Section], currency: str) -> Terms | None:
    """What was agreed: a rate a year, a flat sum, a limitation period in years."""
    terms = table.table("terms", found)
    if terms is None:
        return None
    terms.refuse_others(("rate", "flat", "limitation_years", "record"))
    rate, flat = terms.take("rate", percent, ""), terms.take("flat", money(currency), None)
    return Terms(
        rate=Decimal(rate) if rate else None,
        flat=None if flat is None else flat[0],
        flat_currency=currency,
        limitation_years=terms.take("limitation_years", whole(1, 30), None),
        record=terms.take("record", text, "the terms of the scenario"),
    )
