"""Reading the top of a ladder file: for whom it is, when anything leaves, what is claimed."""

from policies.facts import DebtorKind
from policies.ladder import Entry, Ladder, Season
from policies.ladder_parts import chosen, hours, read_cap
from policies.problems import Problem
from policies.step import Accessories, Hours
from policies.toml_lines import Section, nth
from policies.toml_places import jurisdiction
from policies.toml_table import Table
from policies.toml_values import flag, identifier, listed, month_day, one_of, text, whole

LADDER_KEYS = (
    "id", "title", "country", "kinds", "send_from", "send_until", "send_days", "valid_days", "retry_minutes",
    "call_again_days", "call_attempts", "promise_grace", "no_rest_after_broken_promise",
    "ask_at_end_after", "entry", "entry_after", "accessories", "flat_sum",
    "limitation_warnings", "after_judgment", "spread", "season", "quiet", "cap", "step", "measure",
)  # fmt: skip
SEASON_KEYS = ("first", "last")
MOST = 200
"""Steps, caps or seasons of the longest policy that is read."""

OFFICE_HOURS = Hours(9, 18, frozenset({0, 1, 2, 3, 4}))
"""Monday to Friday from nine to six, where the file names nothing else."""
RESTS: tuple[int, ...] = (1, 5, 15, 60, 240)
"""Minutes of rest after temporary refusals where the file names none."""
WARNINGS: tuple[int, ...] = (90, 30)
"""Days before a claim dies on which a person is asked, where the file names none."""


def read_head(top: Table, found: list[Section], hash: str) -> Ladder:
    """The ladder without its steps. Every problem is noted in the table's list."""
    top.refuse_others(LADDER_KEYS)
    seasons = tuple(_season(table) for table in tables(top, "season", found))
    quiet = tuple(_season(table) for table in tables(top, "quiet", found))
    caps = tuple(read_cap(table) for table in tables(top, "cap", found))
    open_hours = hours(top, OFFICE_HOURS)
    return Ladder(
        id=top.require("id", identifier, ""),
        title=top.require("title", text, ""),
        hash=hash,
        steps=(),
        seasons=seasons,
        quiet=quiet,
        spread=top.take("spread", whole(0, 1440), 0),
        send_from=open_hours.send_from,
        send_until=open_hours.send_until,
        send_days=open_hours.send_days,
        valid_days=top.take("valid_days", whole(1, 365), 7),
        retry_minutes=top.take("retry_minutes", listed(whole(1, 10080), differ=False), RESTS),
        call_again_days=top.take("call_again_days", whole(1, 365), 2),
        call_attempts=top.take("call_attempts", whole(1, 20), 0),
        promise_grace=top.take("promise_grace", whole(0, 30), 0),
        no_rest_after_broken_promise=top.take("no_rest_after_broken_promise", flag, False),
        ask_at_end_after=top.take("ask_at_end_after", whole(0), 0),
        country=top.take("country", jurisdiction, ""),
        kinds=chosen(top, "kinds", one_of(DebtorKind)),
        entry=top.take("entry", one_of(Entry), Entry.FROM_START),
        entry_after=top.take("entry_after", whole(1), 30),
        accessories=top.take("accessories", one_of(Accessories), Accessories.NEVER),
        flat_sum=top.take("flat_sum", flag, False),
        caps=caps,
        after_judgment=top.take("after_judgment", flag, False),
        limitation_warnings=_latest_last(top.take("limitation_warnings", listed(whole(1), 0), WARNINGS)),
    )


def tables(top: Table, name: str, found: list[Section], *, required: bool = False) -> list[Table]:
    """The tables written `[[name]]`, each with its place in the file."""
    written = top.values.get(name, [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        reason = f"Write each {name} under a line [[{name}]]."
        top.problems.append(Problem(top.source, nth(found, name, 0).line, name, reason))
        return []
    if len(written) > MOST:
        reason = f"There are {len(written)}; a policy holds at most {MOST}."
        top.problems.append(Problem(top.source, nth(found, name, MOST).line, name, reason))
        return []
    if required and not written:
        top.note(name, f"There is none; write at least one under a line [[{name}]].")
    return [_table(top, name, found, place, values) for place, values in enumerate(written)]


def _table(top: Table, name: str, found: list[Section], place: int, values: dict[str, object]) -> Table:
    id = values.get("id")
    called = id if isinstance(id, str) and id else f"{name} {place + 1}"
    return Table(values, nth(found, name, place), top.source, top.problems, called)


def _season(table: Table) -> Season:
    table.refuse_others(SEASON_KEYS)
    return Season(table.require("first", month_day, (1, 1)), table.require("last", month_day, (1, 1)))


def _latest_last(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(days, reverse=True))
