"""Opening cases: each unpaid invoice gets its case on the first day of its ladder, once (design 4.1)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.calendar import Calendar
from policies.calendar_days import days_after
from policies.case import DoneHow
from policies.ladder import Ladder
from policies.play.days import start_of
from policies.policy_choice import Choice
from policies.stages import HARDNESS, Stage
from storage import insolvency_holds, instrument_holds, journal, ledger, ledger_closings, policy_store
from storage.after_judgment import LADDER_OF
from storage.bulk import append_to_cases, arrays
from storage.dossier_queries import PRINCIPAL
from storage.facts import lock, touch
from storage.ladder_choice import OF_CUSTOMER, UNOPENED, Chooser, Chosen, alike_from, chooser
from storage.session import reading, transaction

Ready = tuple[RowMapping, Choice]
"""An invoice whose day has come, and the ladder it will climb."""
PAGE = 1_000
"""Unopened invoices looked at at once."""


@dataclass(frozen=True, slots=True)
class Unstarted:
    """An open case that has no Prefect run of its generation yet."""

    case: int
    generation: int
    invoice: str
    customer_number: str
    customer_name: str
    principal: int
    currency: str
    owner: str


_FOUND = f"""
    SELECT i.id, i.customer_id, i.currency, i.due, i.reached_stage, i.reached_on, coalesce(nullif({LADDER_OF}, ''), i.policy) AS own, {OF_CUSTOMER},
           (CAST(:as_of AS timestamptz) AT TIME ZONE d.zone)::date AS today, d.zone"""
_WINDOW = text(
    f"""
    {_FOUND} FROM (SELECT * FROM invoice i WHERE {UNOPENED} AND i.creditor_id = :creditor AND i.due <= :latest
            AND (i.due, i.id) > (CAST(:due AS date), CAST(:id AS bigint)) ORDER BY i.due, i.id LIMIT :page) i
    JOIN customer d ON d.id = i.customer_id JOIN creditor r ON r.id = i.creditor_id ORDER BY i.due, i.id
    """  # noqa: S608 - no outside text
)
"""So many unopened invoices after one of them, in the order of their due dates: the index alone finds them."""
_NAMED = text(
    f"""
    {_FOUND} FROM invoice i JOIN customer d ON d.id = i.customer_id JOIN creditor r ON r.id = i.creditor_id
    WHERE {UNOPENED} AND i.creditor_id = :creditor AND i.id = ANY(:ids) ORDER BY i.due, i.id
    """
)
_LOCK = text(f"SELECT i.id FROM invoice i WHERE i.id = ANY(:ids) AND {UNOPENED} ORDER BY i.id FOR UPDATE SKIP LOCKED")  # noqa: S608
_OPEN = text(
    """
    INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, policy_hash, opened_at, opened_on)
    SELECT d.creditor_id, d.id, g.invoice, g.currency, g.hash, :at, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date
    FROM unnest(CAST(:customer_id AS bigint[]), CAST(:id AS bigint[]), CAST(:currency AS text[]), CAST(:hash AS text[]))
         WITH ORDINALITY AS g(customer, invoice, currency, hash, place)
    JOIN customer d ON d.id = g.customer ORDER BY g.place RETURNING id, invoice_id
    """
)
_UNSTARTED = text(
    f"""
    SELECT c.id AS case, c.generation, i.number AS invoice, d.number AS customer_number, d.name AS customer_name,
           {PRINCIPAL} AS principal, c.currency, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    JOIN creditor r ON r.id = c.creditor_id
    WHERE c.run_id IS NULL AND c.closed_at IS NULL ORDER BY c.id LIMIT :limit
    """  # noqa: S608 - no outside text
)
_CARRY = text(
    "UPDATE cases SET run_id = :run, wake_at = clock_timestamp() WHERE id = :case AND generation = :generation"
)
_REGENERATE = text(
    "UPDATE cases SET generation = generation + 1, run_id = NULL, shown = '' "
    "WHERE id = :case AND generation = :generation RETURNING generation"
)
_POLICY = text("SELECT policy_hash FROM cases WHERE id = :case")
_CREDITORS = text("SELECT id, policy FROM creditor WHERE collecting ORDER BY id")


async def open_due(as_of: datetime, limit: int = 500) -> tuple[int, ...]:
    """Open a case for every invoice whose first step's day has come; the schema forbids a second one.

    Each climbs the ladder chosen for it. An invoice for which nobody knows a ladder waits for a person's choice.
    """
    opened: list[int] = []
    async with transaction() as connection:
        for creditor in (await connection.execute(_CREDITORS)).mappings().all():
            found: list[Ready] = []
            choosing = await chooser(connection, creditor["id"], creditor["policy"])
            latest = days_after(as_of.date(), 1 - await choosing.earliest())  # east of Greenwich it is tomorrow
            async for row, chosen in _unopened(connection, choosing, creditor["id"], latest, as_of):
                if chosen.choice and days_after(row["due"], chosen.first_day) <= row["today"]:
                    found.append((row, chosen.choice))
                    if len(found) == limit:
                        break
            opened += await _open(connection, found, as_of) if found else []
    return tuple(opened)


async def open_early(
    connection: AsyncConnection, creditor: int, policy: str, invoices: Sequence[int], as_of: datetime
) -> list[int]:
    """Open the cases of these invoices before their first day, in the caller's transaction: something was agreed about them.

    One for which nobody knows a ladder is left unopened. `policy` is the creditor's.
    """
    choosing = await chooser(connection, creditor, policy)
    values = {"creditor": creditor, "ids": list(invoices), "as_of": as_of}
    found: list[Ready] = []
    for row in (await connection.execute(_NAMED, values)).mappings().all():
        if choice := (await choosing.chosen(alike_from(row))).choice:
            found.append((row, choice))
    return await _open(connection, found, as_of) if found else []


async def _unopened(
    connection: AsyncConnection, choosing: Chooser, creditor: int, latest: date, as_of: datetime
) -> AsyncIterator[tuple[RowMapping, Chosen]]:
    """The invoices that have no case, by due date up to `latest`, each with what is chosen for it."""
    values: dict[str, Any] = {
        "creditor": creditor, "as_of": as_of, "latest": latest, "due": date.min, "id": 0, "page": PAGE,
    }  # fmt: skip
    while page := (await connection.execute(_WINDOW, values)).mappings().all():
        for row in page:
            yield row, await choosing.chosen(alike_from(row))
        values |= {"due": page[-1]["due"], "id": page[-1]["id"]}
        if len(page) < PAGE:
            return


async def _open(connection: AsyncConnection, ready: Sequence[Ready], as_of: datetime) -> list[int]:
    ours = set(await connection.scalars(_LOCK, {"ids": [row["id"] for row, _ in ready]}))
    rows = [
        {**row, "hash": choice.ladder.hash, "chosen_by": choice.by.value} for row, choice in ready if row["id"] in ours
    ]
    values = arrays(rows, ("customer_id", "id", "currency", "hash")) | {"at": as_of}
    cases = {row.invoice_id: row.id for row in await connection.execute(_OPEN, values)}
    entries = [(cases[row["id"]], _opened(row)) for row in rows]
    await append_to_cases(connection, "opened", entries, as_of)
    for row in rows:
        if row["reached_stage"]:
            ladder = await policy_store.pinned(connection, row["hash"])
            on = row["reached_on"] or as_of.date()
            await _reached(connection, cases[row["id"]], ladder, Stage(row["reached_stage"]), on, as_of)
    await instrument_holds.follow(connection, list(cases.values()), as_of)
    await insolvency_holds.follow(connection, list(cases.values()), as_of)
    await ledger_closings.follow(connection, list(cases), as_of)
    return [cases[row["id"]] for row in rows]


def _opened(row: Mapping[str, Any]) -> dict[str, object]:
    return {"invoice": row["id"], "due": row["due"], "policy": row["hash"], "chosen_by": row["chosen_by"]}


async def _reached(
    connection: AsyncConnection, case: int, ladder: Ladder, stage: Stage, on: date, as_of: datetime
) -> None:
    """What the old system already sent counts as done on its date; nothing gentler ever leaves (design 4.1)."""
    for step in ladder.steps:
        if HARDNESS[step.stage] <= HARDNESS[stage]:
            why = "done before us"
            await ledger.step_behind(connection, case, ladder, step.id, 1, on, DoneHow.ELSEWHERE, why)
            facts = {"step": step.id, "how": DoneHow.ELSEWHERE.value, "on": on}
            await journal.append(connection, "case", case, "step_behind", facts, as_of)


async def reached_later(connection: AsyncConnection, case: int, stage: Stage, on: date, as_of: datetime) -> None:
    """A file says, after the case was opened, what the old system had already sent."""
    await lock(connection, [case])
    ladder = await policy_store.pinned(connection, await connection.scalar(_POLICY, {"case": case}))
    await _reached(connection, case, ladder, stage, on, as_of)
    await touch(connection, [case])


async def unstarted(limit: int = 500) -> tuple[Unstarted, ...]:
    """Open cases that still need a run."""
    async with reading() as connection:
        rows = (await connection.execute(_UNSTARTED, {"limit": limit})).mappings()
        return tuple(Unstarted(**row) for row in rows)


async def carry(case: int, generation: int, run: UUID) -> None:
    """The case's current run."""
    async with transaction() as connection:
        await connection.execute(_CARRY, {"case": case, "generation": generation, "run": run})


async def regenerate(case: int, generation: int) -> int | None:
    """The run is gone: the case needs a new one. Compare-and-set, so that only one is made."""
    async with transaction() as connection:
        got = await connection.scalar(_REGENERATE, {"case": case, "generation": generation})
    return int(got) if got is not None else None


async def next_opening(as_of: datetime) -> datetime | None:
    """When the next invoice reaches its first step's day, at that day's start where its customer is; None: none does."""
    async with transaction() as connection:
        creditors = (await connection.execute(_CREDITORS)).mappings().all()
        found = [await _first_moment(connection, one["id"], one["policy"], as_of) for one in creditors]
    first = min((moment for moment in found if moment is not None), default=None)
    return None if first is None else max(first, as_of + timedelta(minutes=1))


async def _first_moment(connection: AsyncConnection, creditor: int, policy: str, as_of: datetime) -> datetime | None:
    """The first moment at which an unopened invoice of the creditor reaches the first step of its ladder."""
    choosing, first = await chooser(connection, creditor, policy), None
    earliest = await choosing.earliest()
    async for row, chosen in _unopened(connection, choosing, creditor, date.max, as_of):
        if first is not None and days_after(row["due"], earliest - 1) > first.date():
            break  # whatever comes now is due later, in every zone
        if chosen.choice is not None:
            moment = start_of(Calendar(ZoneInfo(row["zone"])), days_after(row["due"], chosen.first_day))
            first = moment if first is None else min(first, moment)
    return first
