"""What every rule of a law file has: the kinds of debtor it is for, and where it comes from."""

from dataclasses import dataclass
from decimal import Decimal

from policies.facts import DebtorKind
from policies.law.provenance import Confidence, Provenance
from policies.rates.rate_cells import day, percent
from policies.toml_amounts import amount
from policies.toml_table import Table
from policies.toml_values import listed, one_of, text

WHERE_KEYS = ("kinds", "source", "as_of", "confidence", "valid_to")


@dataclass(frozen=True, slots=True)
class Page:
    """What is the same for a whole law file."""

    currency: str
    confirmed_by: str = ""
    """The user's own file; empty: the file came with Relance."""


def read_kinds(table: Table) -> tuple[DebtorKind, ...]:
    """The kinds of debtor the rule is for."""
    return table.require("kinds", listed(one_of(DebtorKind)), ())


def read_where(table: Table, page: Page) -> Provenance:
    """The source of the rule. A rule a user wrote down is confirmed by that."""
    where = Provenance(
        source=table.require("source", text, ""),
        as_of=table.require("as_of", day, None),
        confidence=table.require("confidence", one_of(Confidence), Confidence.GAP),
        valid_to=table.take("valid_to", day, None),
        confirmed_by=page.confirmed_by,
    )
    if where.as_of and where.valid_to and where.valid_to < where.as_of:
        table.note("valid_to", f"{where.valid_to} is before {where.as_of}, the day the rule was read.")
    return where


def read_percent(table: Table, key: str, otherwise: Decimal | None = None) -> Decimal | None:
    """A percentage or a number of points, where the file gives it."""
    return table.take(key, percent, otherwise)


def read_amount(table: Table, key: str, page: Page) -> int | None:
    """An amount in the law's currency, in minor units, where the file gives it."""
    return table.take(key, lambda value: amount(page.currency, value), None)
