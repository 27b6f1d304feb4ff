"""Staff open a court file by hand, and record what happens to one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.court_event import EVENT_WORDS, CourtEvent, event_named
from policies.court_life import STATE_WORDS
from policies.court_proposal import CourtProposal
from policies.court_told import Told
from policies.form_days import day_of
from policies.law.contact_rules import Route
from policies.problems import Problem
from policies.said import full_day
from policies.stages import Channel
from policies.sum_written import read_sum
from storage.court_events import Heard, record_in
from storage.court_files import NewFile, open_file
from storage.court_proposals import proposal_for
from storage.court_routes import plain_route
from storage.dossier import Dossier, load
from storage.facts import lock, touch
from storage.hold_deeds import Deed
from storage.session import reading, transaction
from storage.whom import SOURCE, Whom, find

NO_CHANNELS: frozenset[Channel] = frozenset()
_CURRENCY = text("SELECT currency FROM legal_file WHERE id = :file")
_STANDS = text(
    "SELECT f.id FROM legal_file f JOIN legal_file_case k ON k.legal_file_id = f.id "
    "WHERE k.case_id = ANY(:cases) AND f.ended_on IS NULL LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event as it is written down; empty text means none."""

    event: str
    date: str = ""
    last_day: str = ""
    article: str = ""
    amount: str = ""
    words: str = ""
    docket: str = ""
    court: str = ""


@dataclass(frozen=True, slots=True)
class FileWords:
    """A file as it is written down; `invoices` with commas between them, empty: all that is open."""

    route: str
    date: str = ""
    invoices: str = ""
    court: str = ""
    docket: str = ""


async def record_event(file: int, words: EventWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """Record what happened to a court file, or say everything that is wrong with it."""
    async with reading() as connection:
        currency = str(await connection.scalar(_CURRENCY, {"file": file}) or "")
    heard = _heard(words, currency)
    if isinstance(heard, list):
        return heard
    async with transaction() as connection:
        done = await record_in(connection, file, heard, actor, at)
    if isinstance(done, list):
        return done
    told = f"court file {file}, {EVENT_WORDS[heard.told.event]} on {full_day(heard.told.on)}: {STATE_WORDS[done.follows.state]}"
    return Deed("court", done.customer_number, done.customer_name, told, done.cases)


def _heard(words: EventWords, currency: str) -> Heard | list[Problem]:
    problems: list[Problem] = []
    event = event_named(words.event)
    if event is None:
        known = ", ".join(one.value for one in CourtEvent)
        problems.append(_wrong("event", f"“{words.event}” is no such event; choose one of: {known}."))
    on, last = _day("date", words.date, problems), _day("last_day", words.last_day, problems, empty=True)
    amount = read_sum(words.amount, currency) if words.amount.strip() and currency else None
    if isinstance(amount, str):
        problems.append(_wrong("amount", amount))
    if problems or event is None or on is None or isinstance(amount, str):
        return problems
    return Heard(Told(event, on, last, words.article), amount, words.words, words.docket, words.court)


def _day(field: str, said: str, problems: list[Problem], *, empty: bool = False) -> date | None:
    if empty and not said.strip():
        return None
    found = day_of(said.strip())
    if found is None:
        problems.append(_wrong(field, "Write the day as YYYY-MM-DD, for example 2026-10-15."))
    return found


async def open_by_hand(customer: str, words: FileWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """A file was given to a court or an officer by us or by counsel: it is followed from here on."""
    async with transaction() as connection:
        whom = await find(connection, customer)
        if isinstance(whom, list):
            return whom
        await lock(connection, whom.cases)
        members = list((await load(connection, whom.cases, at, NO_CHANNELS)).values())
        chosen = await _chosen(connection, members, words)
        if isinstance(chosen, list):
            return chosen
        opened = await _open(connection, whom, chosen, words, actor, at)
        if isinstance(opened, list):
            return opened
        await touch(connection, [one.case.id for one in chosen])
    number, title = opened
    cases = tuple(one.case.id for one in chosen)
    return Deed("court", whom.number, whom.name, f"court file {number} opened: {title}", cases)


async def _chosen(
    connection: AsyncConnection, members: list[Dossier], words: FileWords
) -> tuple[Dossier, ...] | list[Problem]:
    """The cases of the file: those named, of one currency, that no other file holds."""
    named = [one.strip() for one in words.invoices.split(",") if one.strip()]
    unknown = [one for one in named if one not in {each.case.invoice for each in members}]
    if unknown:
        return [_wrong("invoices", f"Nothing is collected under {', '.join(unknown)}.")]
    found = tuple(one for one in members if not named or one.case.invoice in named)
    if not found:
        return [_wrong("customer", "Nothing is open of this customer.")]
    if len({one.case.currency for one in found}) > 1:
        return [_wrong("invoices", "They are in several currencies: name those of one.")]
    standing = await connection.scalar(_STANDS, {"cases": [one.case.id for one in found]})
    return [_wrong("invoices", f"Court file {standing} holds one of them: end it first.")] if standing else found


async def _open(
    connection: AsyncConnection, whom: Whom, members: tuple[Dossier, ...], words: FileWords, actor: str, at: datetime
) -> tuple[int, str] | list[Problem]:
    proposed = await proposal_for(connection, members, at)
    route = plain_route(words.route.strip() or "Court") if proposed is None else _route(proposed[1], words.route)
    if isinstance(route, str):
        return [_wrong("route", route)]
    today, problems = whom.today(at), list[Problem]()
    on = _day("date", words.date, problems) if words.date.strip() else today
    if problems or on is None:
        return problems
    if on > today:
        return [_wrong("date", "The day is still to come: open the file when it has been handed over.")]
    if early := _too_early(members, on):
        return [_wrong("date", early)]
    claimed = {one.case.id: one.case.principal for one in members}
    law = "" if proposed is None else proposed[0].id
    new = NewFile(
        whom.customer, members[0].case.currency, law, route, words.court.strip(), claimed, on, actor,
        docket=words.docket.strip(),
    )  # fmt: skip
    return await open_file(connection, new, at), route.title


def _too_early(members: tuple[Dossier, ...], on: date) -> str:
    """The sentence that refuses a day on which an invoice of the file did not stand yet; empty: they all did."""
    found = [(one.case.issued or one.case.due, one.case.invoice) for one in members]
    day, number = max(found)
    return f"Invoice {number} is of {day}: the file cannot have been handed over before." if on < day else ""


def _route(found: CourtProposal, said: str) -> Route | str:
    """The open route meant, or the sentence why it is none."""
    name = said.strip().casefold()
    meant = [one.route for one in found.open if name in (one.route.id, one.route.title.casefold())]
    if meant:
        return meant[0]
    closed = next((why for one, why in found.closed if name in (one.id, one.title.casefold())), "")
    open_ones = ", ".join(one.route.id for one in found.open)
    return closed or found.none or f"“{said}” is no way that is open here; choose one of: {open_ones}."


def _wrong(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
