"""Who appears in a scenario: its customers, who pays for whom, and who is asked in the end."""

from collections.abc import Mapping

from policies.play.world import Debtor
from policies.scenarios.known import Known
from policies.scenarios.parties import Party, read_party
from policies.scenarios.scoping import one_or_more
from policies.toml_lines import Section
from policies.toml_table import Table


def read_parties(table: Table, found: list[Section], known: Known) -> dict[str, Party]:
    """The customers by their numbers; without any in the file there is one."""
    tables = one_or_more(table, "customer", found)
    if not tables:
        empty = Table({}, table.section, table.source, table.problems, "customer")
        return {"C1": read_party(empty, known, "C1")}
    parties: dict[str, Party] = {}
    places: dict[str, Table] = {}
    for place, one in enumerate(tables, start=1):
        party = read_party(one, known, f"C{place}")
        if party.number in parties:
            one.note("number", f"There is a customer {party.number} already.")
        parties.setdefault(party.number, party)
        places.setdefault(party.number, one)
    _check_parents(parties, places)
    return parties


def check_numbers(table: Table, parties: Mapping[str, Party]) -> None:
    """Lines name invoices by their numbers alone: two of one number could not be told apart."""
    seen: set[str] = set()
    for owed in (owed for party in parties.values() for owed in party.owed):
        if owed.number in seen:
            table.note("invoice", f"There are two invoices {owed.number}; give each its own number.")
        seen.add(owed.number)


def _check_parents(parties: Mapping[str, Party], tables: Mapping[str, Table]) -> None:
    """A parent is a customer of the scenario, and has none itself: who pays must be plain."""
    for party in parties.values():
        if not party.parent:
            continue
        parent = parties.get(party.parent)
        if parent is None or parent is party:
            known = ", ".join(sorted(parties))
            tables[party.number].note("parent", f"There is no other customer {party.parent} here; known are {known}.")
        elif parent.parent:
            reason = f"{party.parent} has a parent itself; name the account that pays, {parent.parent}."
            tables[party.number].note("parent", reason)


def debtors(parties: Mapping[str, Party]) -> tuple[Debtor, ...]:
    """Who is asked: an account that another pays for is part of the one that pays."""
    found = []
    for party in parties.values():
        if party.parent:
            continue
        mine = [party, *(one for one in parties.values() if one.parent == party.number)]
        found.append(
            Debtor(
                number=party.number, kind=party.kind, calendar=party.calendar, country=party.country, region=party.region,
                law=party.law, reach=party.reach, policy=party.policy, payer=party.payer,
                first_lateness=party.first_lateness,
                owed=tuple(owed for one in mine for owed in one.owed),
                events=tuple(event for one in mine for event in one.events),
            )
        )  # fmt: skip
    return tuple(found)
