"""Building one scenario from its table: customers, invoices, events, policy, answers, expectations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from policies.ladder import Ladder
from policies.play.world import Answers, House, Outage
from policies.scenarios.cast import check_numbers, debtors, read_parties
from policies.scenarios.dated_events import PolicyChange, read_event
from policies.scenarios.debts import read_invoice
from policies.scenarios.expectations import read_checks, read_outcome
from policies.scenarios.fitting import check_fit, named_ladders
from policies.scenarios.known import Known
from policies.scenarios.ladders import POLICY, find, read_policy
from policies.scenarios.parties import Party
from policies.scenarios.saying import ANSWERS, read_answers
from policies.scenarios.scenario import Change, Scenario
from policies.scenarios.scoping import one_or_more
from policies.scenarios.values import day, lines
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import text

SCENARIO_KEYS = (
    "name", "about", POLICY, "step", "customer", "invoice", "event", ANSWERS, "until", "expect", "outcome",
    "asked", "passed", "check",
)  # fmt: skip
POLICIES = "policies"
TO_THE_END = timedelta(days=3 * 366)
"""How long a scenario is played after the last day it names, unless it says until when: longer than any ladder here."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the scenarios of a file have in common."""

    named: Mapping[str, Ladder]
    ladder: Ladder | None
    answers: Answers
    whole_file: bool = False
    """The file is one scenario: it may name policies itself."""


def read_scenario(table: Table, found: list[Section], known: Known, shared: Shared) -> Scenario | None:
    """One scenario; None where something is wrong with it, which is then noted."""
    before = len(table.problems)
    table.refuse_others((*SCENARIO_KEYS, POLICIES) if shared.whole_file else SCENARIO_KEYS)
    name = table.require("name", text, "")
    parties = read_parties(table, found, known)
    for place, one in enumerate(one_or_more(table, "invoice", found)):
        read_invoice(one, found, parties, place)
    check_numbers(table, parties)
    read = [
        read_event(one, found, parties, place) for place, one in enumerate(one_or_more(table, "event", found), start=1)
    ]
    ladder = read_policy(table, found, known, shared.named, shared.ladder)
    changes = _changes(read, known, shared.named)
    answers = read_answers(table, found, shared.answers)
    items = tuple(owed.number for party in parties.values() for owed in party.owed)
    outcome, checks = read_outcome(table, found, items), read_checks(table, found, parties)
    expect, asked, passed = (table.take(key, lines, None) for key in ("expect", "asked", "passed"))
    named = named_ladders(table, parties, known, shared.named)
    if ladder is not None:
        check_fit(table, parties, known, (ladder, *(one.ladder for one in changes)), named)
    if expect is None and not outcome and not checks and asked is None and passed is None:
        table.note("expect", "It expects nothing; list the acts expected, `expect = []` for none.")
    if len(table.problems) > before or ladder is None:
        return None
    outages = tuple(one for one in read if isinstance(one, Outage))
    house = House(answers, outages, known.rates, tuple(one.moment for one in changes))
    return Scenario(
        name, table.section.line, debtors(parties), ladder, named, _until(table, parties), house, changes, expect, asked,
        passed, outcome, checks, {one.number: known.law_id(one.country, one.region) for one in parties.values()},
    )  # fmt: skip


def _changes(
    read: Iterable[Outage | PolicyChange | None], known: Known, named: Mapping[str, Ladder]
) -> tuple[Change, ...]:
    found = []
    for one in read:
        if isinstance(one, PolicyChange):
            ladder = find(one.at.table, POLICY, one.policy, known, named)
            if ladder is not None:
                found.append(Change(one.at.at, ladder))
    return tuple(sorted(found, key=lambda change: change.moment))


def _until(table: Table, parties: Mapping[str, Party]) -> datetime:
    """The end of the day said; else long after the last day the scenario names."""
    zone = next(iter(parties.values())).calendar.zone
    last = table.take("until", day, None)
    if last is not None:
        return datetime.combine(last, datetime.max.time().replace(microsecond=0), tzinfo=zone)
    days = [date(1, 1, 2)]
    for party in parties.values():
        days += [owed.due for owed in party.owed if owed.due is not None]
        days += [event.known.date() for event in party.events]
        days += [owed.known.date() for owed in party.owed]
    return datetime.combine(max(days), datetime.min.time(), tzinfo=UTC) + TO_THE_END
