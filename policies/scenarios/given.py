"""One event of a scenario while it is read: when it is, when it is known, and whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from policies.play.world import Owed
from policies.scenarios.parties import Party
from policies.scenarios.values import moment
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import listed, text


@dataclass(frozen=True, slots=True)
class Given:
    """The table of an event, with what every event says."""

    table: Table
    found: list[Section]
    at: datetime
    """When it happens, on the customer's clock."""
    known: datetime
    """From when anybody knows of it."""
    party: Party
    invoices: tuple[str, ...]
    owed: tuple[Owed, ...]
    """The due items it names; where it names none, all of the account."""
    key: str
    """Tells events apart: its own id, or its place in the file."""

    @property
    def on(self) -> date:
        """Its day."""
        return self.at.date()

    @property
    def currency(self) -> str:
        """That of the invoices it is about; empty where they differ."""
        found = {one.currency for one in self.owed}
        return found.pop() if len(found) == 1 else ""

    @property
    def each(self) -> tuple[str, ...]:
        """The invoices it is about, one by one."""
        return self.invoices or tuple(dict.fromkeys(one.invoice or one.number for one in self.owed))

    @property
    def invoice(self) -> str:
        """The one invoice it names; empty: the whole customer."""
        return self.invoices[0] if self.invoices else ""


def given(table: Table, found: list[Section], parties: Mapping[str, Party], place: int) -> Given | None:
    """What the event says about when and whom; None where that cannot be read."""
    invoices = _invoices(table)
    party = _party(table, parties, invoices)
    if party is None:
        return None
    zone = party.calendar.zone
    before = len(table.problems)
    never = datetime(1, 1, 2, tzinfo=zone)
    at = table.require("on", moment(zone), never)
    known = table.take("known", moment(zone), at)
    if known < at and len(table.problems) == before:
        table.note("known", "It would be known before it happens; leave `known` out, or put it later.")
    account = _account(party, parties)
    owed = tuple(one for one in account if one.number in invoices or one.invoice in invoices) if invoices else account
    key = table.take("id", text, f"event {place:04d}")
    return Given(table, found, at.astimezone(zone), known, party, invoices, owed, key)


def _account(party: Party, parties: Mapping[str, Party]) -> tuple[Owed, ...]:
    """What is owed by the customer and by everybody for whom the same one pays."""
    payer = party.parent or party.number
    return tuple(owed for one in parties.values() if payer in (one.number, one.parent) for owed in one.owed)


def _invoices(table: Table) -> tuple[str, ...]:
    several: tuple[str, ...] = table.take("invoices", listed(text), ())
    one = table.take("invoice", text, "")
    if one and several:
        table.note("invoice", "Say either invoice or invoices.")
    return several or ((one,) if one else ())


def _party(table: Table, parties: Mapping[str, Party], invoices: tuple[str, ...]) -> Party | None:
    """Whom it concerns: the customer named, that of the invoices, or the only one."""
    owners = {invoice: next((one for one in parties.values() if _owes(one, invoice)), None) for invoice in invoices}
    strangers = [invoice for invoice, owner in owners.items() if owner is None]
    if strangers:
        known = ", ".join(sorted({one.invoice or one.number for party in parties.values() for one in party.owed}))
        key = "invoice" if "invoice" in table.values else "invoices"
        table.note(key, f"There is no invoice {', '.join(strangers)} here; known are {known or 'none'}.")
        return None
    if "customer" in table.values:
        named = table.take("customer", text, "")
        if named not in parties:
            table.note("customer", f"There is no customer {named} here; known are {', '.join(parties)}.")
        return parties.get(named)
    concerned = {one.number: one for one in owners.values() if one is not None} or dict(parties)
    if len(concerned) == 1:
        return next(iter(concerned.values()))
    reason = "belong to several customers; write an event for each" if owners else "are not named"
    table.note("customer", f"Say whom it concerns, one of {', '.join(parties)}: the invoices {reason}.")
    return None


def _owes(party: Party, invoice: str) -> bool:
    return any(invoice in (one.number, one.invoice) for one in party.owed)
