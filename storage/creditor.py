"""The company that is owed: its settings, and its two switches, `live` and `collecting`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.creditor_letters import costs, letters_wrong
from policies.creditor_limits import limits, limits_wrong, switched
from policies.four_eyes import signatures_wrong
from policies.problems import Problem
from policies.question_deadlines import deadlines_wrong
from policies.staff_text.languages import language_wrong
from storage import bank_positions, journal, policy_store, question_deadlines, sink_only
from storage.facts import lock_cases_of, touch
from storage.session import reading, transaction

UNNAMED = "My company"
"""What the creditor is called until somebody says its name."""


@dataclass(frozen=True, slots=True)
class Creditor:
    """The creditor as messages and switches see it; texts are empty when nothing is known."""

    id: int
    name: str
    country: str
    language: str
    staff_language: str
    """What questions, runs and timelines are written in."""
    zone: str
    email: str
    reply_to: str
    phone: str
    address: str
    mentions: str
    iban: str
    bic: str
    payment_url: str
    company_number: str
    mediator: str
    agency_email: str
    legal_email: str
    owner: str
    manager: str
    """Who is told when an owner lets a reply lie."""
    policy: str
    bank_max_age: int | None
    """Bank days the bank's files may be old before messages about what is late wait; None: not limited."""
    courtesy_max_age: int | None
    """The same for courtesy messages."""
    review_months: int | None
    """Months after which a customer's data are to be checked again; None: nobody is asked."""
    sms_max_segments: int | None
    """Parts an SMS may be cut into; None: as many as the provider takes."""
    sms_smart_encoding: bool
    """Whether signs of an SMS are replaced by plain ones that read the same."""
    letters: str
    """`queue`: letters are put into the print queue; `off`: there are none."""
    registered_letters: str
    """Which formal notices go registered: `law`, `notices`, `never` (`policies.posting`)."""
    letter_cost: int | None
    """What posting a letter costs, in minor units of `cost_currency`; None: not known."""
    registered_cost: int | None
    cost_currency: str
    desk_url: str
    """Where people reach the desk, for links in e-mails to them; empty: on this machine."""
    digest_hour: int | None
    """From which hour of a working day on its people get their digest, and the weekly report is written; None: neither."""
    keep_contract_years: int | None
    """Years after which a settled consumer's data may be erased; None: never (`policies.retention`)."""
    keep_accounts_years: int | None
    deadlines: str
    """Business days until a question is passed on, by kind: `approve=2/4/10, reply=1/2/5`; empty: the usual ones."""
    second_signature_write_off: str
    """Above which amount two people sign, by currency: `10000 EUR, 9000 GBP`; empty: never (`policies.four_eyes`)."""
    second_signature_settlement: str
    second_signature_agency: str
    second_signature_court: str
    good_news: bool
    """Whether customers are told when something got better."""
    live: bool
    collecting: bool


SETTINGS = tuple(one.name for one in fields(Creditor) if one.name not in ("id", "live", "collecting"))
"""What `update` may change; the switches have functions of their own."""

_COLUMNS = ", ".join(one.name for one in fields(Creditor))
_READ = text(f"SELECT {_COLUMNS} FROM creditor WHERE id = :id")  # noqa: S608 - our own field names
_ALL = text(f"SELECT {_COLUMNS} FROM creditor ORDER BY id")  # noqa: S608 - our own field names
_NAMED = text("SELECT id FROM creditor WHERE CAST(:name AS text) IS NULL OR name = :name ORDER BY id LIMIT 1")
_INSERT = text("INSERT INTO creditor (name) VALUES (:name) ON CONFLICT (name) DO NOTHING")
_LIVE = text(
    "UPDATE creditor SET live = :on, live_only = false WHERE id = :id AND (live <> :on OR live_only) RETURNING id"
)
_COLLECTING = text("UPDATE creditor SET collecting = :on WHERE id = :id AND collecting <> :on RETURNING id")
_OPENED = text(
    "SELECT id FROM cases WHERE creditor_id = :id AND closed_at IS NULL AND NOT id = ANY(:known) ORDER BY id"
)


async def ensure_creditor(name: str | None = None) -> Creditor:
    """The creditor called `name`, or the first one when no name is given; made if there is none yet."""
    async with transaction() as connection:
        found = await connection.scalar(_NAMED, {"name": name})
        if found is None:
            await connection.execute(_INSERT, {"name": name or UNNAMED})
            found = await connection.scalar(_NAMED, {"name": name})
        return Creditor(**(await connection.execute(_READ, {"id": found})).mappings().one())


async def the_creditor(id: int) -> Creditor:
    """The creditor of this row."""
    async with reading() as connection:
        return Creditor(**(await connection.execute(_READ, {"id": id})).mappings().one())


async def all_creditors() -> tuple[Creditor, ...]:
    """Every creditor, the first one first."""
    async with reading() as connection:
        return tuple(Creditor(**row) for row in (await connection.execute(_ALL)).mappings())


async def update(creditor: int, settings: Mapping[str, str], actor: str, at: datetime) -> list[Problem]:
    """Change settings by name; nothing is changed when one of them is unknown. Journalled by name, never by value."""
    unknown = [name for name in settings if name not in SETTINGS]
    if unknown or not settings:
        known = ", ".join(SETTINGS)
        return [Problem("settings", None, name, f"There is no such setting; known are {known}.") for name in unknown]
    if wrong_values := [
        *limits_wrong(settings),
        *letters_wrong(settings),
        *language_wrong(settings),
        *deadlines_wrong(settings),
        *signatures_wrong(settings),
    ]:
        return wrong_values
    assignments = ", ".join(f"{name} = :{name}" for name in settings)
    async with transaction() as connection:
        if wrong := await _unknown_policy(connection, settings.get("policy")):
            return [Problem("settings", None, "policy", wrong)]
        moves = "letters" in settings or bool(limits(settings))
        cases = await lock_cases_of(connection, creditor) if moves else ()
        await connection.execute(
            text(f"UPDATE creditor SET {assignments} WHERE id = :id"),  # noqa: S608 - names checked above
            {**settings, **limits(settings), **switched(settings), **costs(settings), "id": creditor},
        )
        if "letters" in settings:  # another channel may carry what waits
            await touch(connection, cases)
        if limits(settings):
            await bank_positions.look_again(connection, creditor)
        facts = {"settings": sorted(settings), "actor": actor}
        await journal.append(connection, "creditor", creditor, "settings_changed", facts, at)
    if "letters" in settings:
        await _wake_others(creditor, cases)
    if "deadlines" in settings:
        await question_deadlines.date_anew(creditor)
    return []


async def _unknown_policy(connection: AsyncConnection, policy: str | None) -> str:
    """Why nobody can follow this policy; empty: it is there, or none is named."""
    try:
        if policy is None or await policy_store.named(connection, policy) is not None:
            return ""
    except policy_store.BadLadder as wrong:
        return str(wrong)
    known = ", ".join(policy_store.shipped_names())
    return f"There is no policy “{policy}”; {known} come with Relance, others are pinned: ./relance policy pin FILE."


async def set_live(creditor: int, on: bool, actor: str, at: datetime) -> bool:
    """Send to every debtor (on) or to the local sink only (off). Answers whether that changed anything.

    `going_live` switches on with a list of customers and a number for the first day.
    """
    async with transaction() as connection:
        cases = await lock_cases_of(connection, creditor)
        silent = await sink_only.silent(connection, creditor)
        changed = await connection.scalar(_LIVE, {"id": creditor, "on": on})
        if changed is None:
            return False
        await sink_only.begin_again(connection, silent, at)
        await journal.append(connection, "creditor", creditor, "live_on" if on else "live_off", {"actor": actor}, at)
        await touch(connection, cases)
    await _wake_others(creditor, cases)
    return True


async def set_collecting(creditor: int, on: bool, actor: str, at: datetime) -> bool:
    """Collect (on) or let every case rest (off). Answers whether that changed anything."""
    async with transaction() as connection:
        cases = await lock_cases_of(connection, creditor)
        changed = await connection.scalar(_COLLECTING, {"id": creditor, "on": on})
        if changed is None:
            return False
        kind = "collecting_on" if on else "collecting_off"
        await journal.append(connection, "creditor", creditor, kind, {"actor": actor}, at)
        await touch(connection, cases)
    await _wake_others(creditor, cases)
    return True


async def _wake_others(creditor: int, known: Sequence[int]) -> None:
    """Wake what was opened while the known ones were waited for. By itself: nobody waits for a case holding the creditor."""
    async with transaction() as connection:
        await touch(connection, list(await connection.scalars(_OPENED, {"id": creditor, "known": list(known)})))
