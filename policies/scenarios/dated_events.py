"""Reading the events of a scenario: each says when, whom it concerns, and exactly one thing that happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from policies.play.events import Event
from policies.play.world import Outage
from policies.scenarios import deed_events, hold_events
from policies.scenarios.given import Given, given
from policies.scenarios.money_events import moved
from policies.scenarios.parties import Party
from policies.scenarios.values import moment
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import text


@dataclass(frozen=True, slots=True)
class Action:
    """How one thing that happens is read, and which keys may stand beside it."""

    read: Callable[[Given], list[Event]]
    beside: tuple[str, ...] = ()


COMMON = ("on", "known", "invoice", "invoices", "customer", "id")
ACTIONS: Mapping[str, Action] = {
    "paid": Action(moved("paid"), ("reference",)),
    "credited": Action(moved("credited", credit=True), ("reference",)),
    "returned": Action(moved("returned", sign=-1), ("reference",)),
    "refunded": Action(moved("refunded", sign=-1), ("reference",)),
    "hold": Action(hold_events.hold, ("kind", "until", "channels")),
    "release": Action(hold_events.release),
    "promise": Action(hold_events.promise, ("amount",)),
    "plan": Action(hold_events.plan),
    "dispute": Action(hold_events.dispute, ("until",)),
    "write_off": Action(deed_events.write_off),
    "withdraw": Action(deed_events.withdraw),
    "undo": Action(deed_events.undo),
    "fails": Action(deed_events.fails, ("channel", "times")),
    "reach": Action(deed_events.reach),
    "answer": Action(deed_events.answer, ("question", "date", "email", "note")),
    "skip": Action(deed_events.skip),
    "act": Action(deed_events.act),
}
OF_THE_HOUSE = ("policy", "outage_until", "collecting")
"""Things that concern every customer."""


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """From a moment on, cases are opened on the policy of this name."""

    at: Given
    policy: str


def read_event(
    table: Table, found: list[Section], parties: Mapping[str, Party], place: int
) -> Outage | PolicyChange | None:
    """One event. What concerns a customer goes to that customer, what concerns everybody is the answer."""
    named = [one for one in (*ACTIONS, *OF_THE_HOUSE) if one in table.values]
    if len(named) != 1:
        said = f"It says {' and '.join(named)}" if named else "It says nothing that happens"
        table.note(
            named[0] if named else "on",
            f"{said}; each event has exactly one of {', '.join((*ACTIONS, *OF_THE_HOUSE))}.",
        )
        return None
    beside = ACTIONS[named[0]].beside if named[0] in ACTIONS else ()
    table.refuse_others((*COMMON, named[0], *beside))
    whole_house = named[0] in OF_THE_HOUSE
    read = given(table, found, dict(list(parties.items())[:1]) if whole_house else parties, place)
    if read is None:
        return None
    if whole_house:
        return _of_the_house(read, named[0], parties)
    read.party.events.extend(ACTIONS[named[0]].read(read))
    return None


def _of_the_house(given: Given, name: str, parties: Mapping[str, Party]) -> Outage | PolicyChange | None:
    if name == "collecting":
        for party in parties.values():
            party.events += deed_events.collecting(given)
        return None
    if name == "policy":
        return PolicyChange(given, given.table.require("policy", text, ""))
    zone = given.party.calendar.zone
    until = given.table.require("outage_until", moment(zone), given.at)
    if until <= given.at:
        given.table.note("outage_until", "The outage would end before it begins.")
    return Outage(given.at, until)
