"""What 10,000 waiting cases cost while nothing happens: memory, processes, and the share of one processor core.

Their runs are copied from one real run inside Prefect's database: making them one by one would take half an hour.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
from sqlalchemy import text

from benchmarks.house import Meter, count, furnish, go, house
from storage import session
from tests.engine.stack import Stack

Say = Callable[[str], None]
CASES, CUSTOMERS = 10_000, 2_500
SETTLING, SECONDS = 15, 60
LIMIT = 5.0
"""Per cent of one core, server and dispatcher together."""

_COPY_RUNS = """
    WITH made AS (
        INSERT INTO flow_run SELECT (jsonb_populate_record(model, jsonb_build_object(
            'id', gen_random_uuid(), 'state_id', NULL, 'idempotency_key', 'copy-' || g.number,
            'name', 'Client · FA-' || g.number, 'parameters', jsonb_build_object('case', g.number, 'generation', 1)))).*
        FROM flow_run model, unnest($2::bigint[]) AS g(number) WHERE model.id = $1 RETURNING *
    ),
    stated AS (
        INSERT INTO flow_run_state SELECT (jsonb_populate_record(s, jsonb_build_object(
            'id', gen_random_uuid(), 'flow_run_id', made.id))).*
        FROM made, flow_run_state s JOIN flow_run model ON s.id = model.state_id WHERE model.id = $1 RETURNING *
    )
    SELECT made.id, (made.parameters ->> 'case')::bigint AS number, stated.id AS state
    FROM made JOIN stated ON stated.flow_run_id = made.id
"""
_STATE = "UPDATE flow_run SET state_id = g.state FROM unnest($1::uuid[], $2::uuid[]) AS g(run, state) WHERE id = g.run"
_CARRY = """
    UPDATE cases SET run_id = g.run, next_at = m.next_at, wake_at = NULL
    FROM unnest($1::bigint[], $2::uuid[]) AS g(number, run), cases m WHERE cases.id = g.number AND m.id = $3
"""


def run(say: Say) -> dict[str, Any]:
    """Ten thousand cases wait on the real clock; a minute is measured, and one pass of `reconcile`."""
    with house() as stack:
        go(furnish(CASES, CUSTOMERS, datetime.now(UTC).date() + timedelta(days=3), None))
        model = _one_that_waits(stack)
        go(_open_the_rest(say))
        asyncio.run(_copy(stack, model))
        dispatcher = stack.start_dispatcher()
        time.sleep(SETTLING)
        measured = _measure(stack, dispatcher.pid) | {"reconcile_cpu_s": _reconcile(stack, dispatcher.pid)}
    say(
        f"{CASES} waiting cases: server {measured['server_percent']} %, dispatcher {measured['dispatcher_percent']} %, "
        f"PostgreSQL {measured['database_percent']} % of a core; server {measured['server_mb']} MB, dispatcher "
        f"{measured['dispatcher_mb']} MB; {measured['processes']} processes besides PostgreSQL's; "
        f"reconcile (every 5 minutes) costs {measured['reconcile_cpu_s']} CPU-s"
    )
    return measured


def _one_that_waits(stack: Stack) -> int:
    """A case that a real dispatcher has put to waiting: collecting is switched off meanwhile, so that nothing else is opened."""
    case = go(_open_one())
    dispatcher = stack.start_dispatcher()
    go(_until("SELECT count(*) FROM cases WHERE next_at IS NOT NULL AND wake_at IS NULL"))
    go(_until("SELECT 1 - count(*) FROM lease"))
    stack.stop_dispatchers()
    assert dispatcher.poll() is not None, "stopped"
    go(_collecting("true"))
    return case


async def _open_one() -> int:
    from storage import clock, opening

    [case] = await opening.open_due(await clock.now(), limit=1)
    await _collecting("false")
    return case


async def _collecting(on: str) -> None:
    async with session.transaction() as connection:
        await connection.execute(text(f"UPDATE creditor SET collecting = {on}"))


async def _open_the_rest(say: Say) -> None:
    from storage import clock, opening

    while await opening.open_due(await clock.now()):
        say(f"… {await count('SELECT count(*) FROM cases')} cases opened")


async def _copy(stack: Stack, model: int) -> None:
    """Every case gets a copy of the model's run."""
    ours, prefect = await asyncpg.connect(stack.superuser_url), await asyncpg.connect(stack.urls[2])
    run = await ours.fetchval("SELECT run_id FROM cases WHERE id = $1", model)
    cases = [row["id"] for row in await ours.fetch("SELECT id FROM cases WHERE run_id IS NULL")]
    made = await prefect.fetch(_COPY_RUNS, run, cases)
    await prefect.execute(_STATE, [row["id"] for row in made], [row["state"] for row in made])
    await ours.execute(_CARRY, [row["number"] for row in made], [row["id"] for row in made], model)
    for connection in (ours, prefect):
        await connection.execute("ANALYZE")
        await connection.close()


async def _until(statement: str) -> None:
    while not await count(statement):
        await asyncio.sleep(0.1)


def _reconcile(stack: Stack, dispatcher: int) -> float:
    """Processor seconds of one pass, server and dispatcher together."""
    meters = Meter(stack.desk_pid), Meter(dispatcher)
    asyncio.run(_pass())
    return round(sum(meter.spent() for meter in meters), 2)


async def _pass() -> None:
    from prefect import get_client
    from prefect.states import Scheduled

    async with get_client() as client:
        deployment = await client.read_deployment_by_name("reconcile/reconcile")
        run = await client.create_flow_run_from_deployment(deployment.id, state=Scheduled(name="Queued"))
        while not (state := (await client.read_flow_run(run.id)).state) or not state.is_final():
            await asyncio.sleep(0.2)


def _measure(stack: Stack, dispatcher: int) -> dict[str, Any]:
    meters = {"server": Meter(stack.desk_pid), "dispatcher": Meter(dispatcher), "database": Meter(stack.database_pid)}
    time.sleep(SECONDS)
    percent = {f"{name}_percent": round(100 * meter.spent() / SECONDS, 2) for name, meter in meters.items()}
    total = round(percent["server_percent"] + percent["dispatcher_percent"], 2)
    return {
        "cases": CASES, **percent, "core_percent": total, "limit_percent": LIMIT,
        "server_mb": meters["server"].memory(), "dispatcher_mb": meters["dispatcher"].memory(),
        "processes": meters["server"].processes() + meters["dispatcher"].processes(),
    }  # fmt: skip
