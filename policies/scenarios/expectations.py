"""Reading what a scenario expects: acts, questions, steps gone past, ends, and what stands at moments in between."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from policies.play.days import start_of
from policies.scenarios.checking import LOOKED_AT, OF_INVOICE
from policies.scenarios.parties import Party
from policies.scenarios.scenario import Check, Named
from policies.scenarios.scoping import one_or_more
from policies.scenarios.values import moment
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import Wrong, shown, text, whole

CHECK_KEYS = ("on", "customer", "invoice", *LOOKED_AT)
ENDS = ("paid", "credited", "written off", "withdrawn", "open", "not chased")


def read_outcome(table: Table, found: list[Section], items: tuple[str, ...]) -> tuple[Named, ...]:
    """`outcome`: one word where there is one item, else a table of them."""
    written = table.values.get("outcome")
    if written is None:
        return ()
    if not isinstance(written, dict):
        word = table.take("outcome", _end, "")
        if len(items) != 1:
            table.note("outcome", f'There are several; write outcome = {{ {items[0] if items else "FA-1"} = "…", … }}.')
            return ()
        return ((items[0], word),)
    inner = table.table("outcome", found)
    if inner is None:
        return ()
    inner.refuse_others(items)
    return tuple((item, inner.take(item, _end, "")) for item in items if item in inner.values)


def _end(value: object) -> str:
    """How an item ends, with its day where that is expected too."""
    written = value if isinstance(value, str) else ""
    for end in ENDS:
        if written == end:
            return written
        if written.startswith(f"{end} ") and _is_day(written.removeprefix(f"{end} ")):
            return written
    raise Wrong(
        f'{shown(value)} is no end; write one of {", ".join(ENDS)}, with its day if you like: "paid 2026-03-20".'
    )


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def read_checks(table: Table, found: list[Section], parties: Mapping[str, Party]) -> tuple[Check, ...]:
    """Each `[[check]]`."""
    read = (_check(one, parties) for one in one_or_more(table, "check", found))
    return tuple(one for one in read if one is not None)


def _check(table: Table, parties: Mapping[str, Party]) -> Check | None:
    table.refuse_others(CHECK_KEYS)
    party, item = _whose(table, parties)
    if party is None:
        return None
    wanted = tuple((word, _wanted(table, word)) for word in LOOKED_AT if word in table.values)
    if not wanted:
        table.note("on", f"It looks at nothing; add one of {', '.join(LOOKED_AT)}.")
    if not item and any(word in OF_INVOICE for word, _ in wanted):
        table.note("invoice", "Say which invoice is looked at.")
        return None
    at, written = _moment(table, party)
    return Check(at, written, parties[party.parent].number if party.parent else party.number, item, wanted)


def _moment(table: Table, party: Party) -> tuple[datetime, str]:
    """A day is looked at when it is over, an hour when it has come."""
    zone, written = party.calendar.zone, table.values.get("on")
    at = table.require("on", moment(zone), datetime(1, 1, 2, tzinfo=zone))
    if isinstance(written, datetime):
        return at, f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
    return start_of(party.calendar, at.date() + timedelta(days=1)) - timedelta(seconds=1), at.date().isoformat()


def _whose(table: Table, parties: Mapping[str, Party]) -> tuple[Party | None, str]:
    """The customer and the item looked at: those named, or the only ones."""
    item, number = table.take("invoice", text, ""), table.take("customer", text, "")
    if item:
        owner = next((one for one in parties.values() if any(owed.number == item for owed in one.owed)), None)
        if owner is None:
            known = ", ".join(owed.number for one in parties.values() for owed in one.owed)
            table.note("invoice", f"There is no {item} here; known are {known or 'none'}.")
        return owner, item
    if number and number not in parties:
        table.note("customer", f"There is no customer {number} here; known are {', '.join(parties)}.")
        return None, ""
    if not number and len(parties) > 1:
        table.note("customer", f"Say whom it looks at, one of {', '.join(parties)}.")
        return None, ""
    party = parties[number] if number else next(iter(parties.values()))
    return party, party.owed[0].number if len(party.owed) == 1 else ""


def _wanted(table: Table, word: str) -> str:
    if word == "overdue_invoices":
        return str(table.take(word, whole(0), 0))
    return " ".join(table.take(word, text, "").split())
