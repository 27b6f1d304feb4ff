"""Reading the tables inside a step (`only_if`, `repeat`, `hours`) and the caps of a ladder."""

from collections.abc import Callable
from typing import TypeVar

from policies.condition import Condition
from policies.facts import DebtorKind
from policies.law.contact_rules import Cap
from policies.payer import Payer
from policies.stages import Channel
from policies.step import Hours, Repeat
from policies.toml_amounts import amounts
from policies.toml_places import country
from policies.toml_table import Table
from policies.toml_values import flag, listed, one_of, weekday, whole

T = TypeVar("T")

CONDITION_KEYS = (
    "invoice_above", "overdue_up_to", "overdue_invoices", "kinds", "countries", "payers", "first_lateness", "opened_late",
)  # fmt: skip
REPEAT_KEYS = ("every", "most")
HOURS_KEYS = ("send_from", "send_until", "send_days")
CAP_KEYS = ("channels", "most", "days")

MOST_TIMES = 52
"""Once a week for a year: whoever has not answered by then will not."""
FARTHEST_CAP = 100
"""Days a cap may look back: contacts are remembered for a quarter of a year."""
ADDRESSED = tuple(channel for channel in Channel if channel is not Channel.HANDOVER)
"""Channels by which the debtor hears from us; a file handed over is no contact."""


def read_condition(table: Table | None) -> Condition | None:
    """`only_if`: everything that is given must hold."""
    if table is None:
        return None
    table.refuse_others(CONDITION_KEYS)
    condition = Condition(
        invoice_above=table.take("invoice_above", amounts, None),
        overdue_up_to=table.take("overdue_up_to", amounts, None),
        overdue_invoices=table.take("overdue_invoices", whole(1), 0),
        kinds=chosen(table, "kinds", one_of(DebtorKind)),
        countries=chosen(table, "countries", country),
        payers=chosen(table, "payers", one_of(Payer)),
        first_lateness=table.take("first_lateness", flag, None),
        opened_late=table.take("opened_late", whole(1), 0),
    )
    if (condition.payers or condition.first_lateness) and condition.kinds == {DebtorKind.CONSUMER}:
        key = "payers" if condition.payers else "first_lateness"
        table.note(key, "Consumers are never scored (CNIL deliberation 2021-130); this would never hold.")
    return condition


def read_repeat(table: Table | None) -> Repeat | None:
    """`repeat = { every = 14, most = 3 }`: three times in all, fourteen days apart."""
    if table is None:
        return None
    table.refuse_others(REPEAT_KEYS)
    return Repeat(table.require("every", whole(1), 1), table.require("most", whole(2, MOST_TIMES), 2))


def read_hours(table: Table | None, ladder: Hours) -> Hours | None:
    """`hours`: what it does not say is the ladder's."""
    if table is None:
        return None
    table.refuse_others(HOURS_KEYS)
    return hours(table, ladder)


def hours(table: Table, otherwise: Hours) -> Hours:
    """The hours and days named in `table`."""
    found = Hours(
        send_from=table.take("send_from", whole(0, 23), otherwise.send_from),
        send_until=table.take("send_until", whole(1, 24), otherwise.send_until),
        send_days=frozenset(table.take("send_days", listed(weekday), tuple(otherwise.send_days))),
    )
    if found.send_from >= found.send_until:
        table.note("send_until", f"Sending would stop at {found.send_until} before it starts at {found.send_from}.")
    return found


def read_cap(table: Table) -> Cap:
    """One `[[cap]]`: at most so many contacts in so many days."""
    table.refuse_others(CAP_KEYS)
    if "channels" not in table.values:
        table.note("channels", "The key is missing.")
    channels = chosen(table, "channels", one_of(Channel, ADDRESSED))
    return Cap(channels, table.require("most", whole(1), 1), table.require("days", whole(1, FARTHEST_CAP), 1))


def chosen(table: Table, key: str, read: Callable[[object], T]) -> frozenset[T]:
    """The values listed under `key`; none where the file does not give it."""
    none: tuple[T, ...] = ()
    return frozenset(table.take(key, listed(read), none))
