"""Dispatchers side by side under a rain of wakes, and what shows whether a case was ever run twice at once."""

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from uuid import UUID

import asyncpg

from cli.home import CHECKOUT
from storage import wakes
from tests.engine.stack import Stack
from tests.engine.world import World

_PROBE = """
    CREATE TABLE IF NOT EXISTS lease_probe (id bigserial, case_id bigint, token uuid, taken boolean);
    TRUNCATE lease_probe;
    GRANT SELECT ON lease_probe TO PUBLIC;
    CREATE OR REPLACE FUNCTION note_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN INSERT INTO lease_probe (case_id, token, taken) VALUES (NEW.case_id, NEW.token, true);
        ELSE INSERT INTO lease_probe (case_id, token, taken) VALUES (OLD.case_id, OLD.token, false); END IF;
        RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER lease_noted AFTER INSERT OR DELETE ON lease FOR EACH ROW EXECUTE FUNCTION note_lease();
"""
_UNPROBE = "DROP TRIGGER lease_noted ON lease; DROP FUNCTION note_lease; DROP TABLE lease_probe"
_LEASES = "SELECT case_id, token, taken FROM lease_probe WHERE case_id IS NOT NULL ORDER BY id"
_STATES = "SELECT s.type FROM flow_run_state s WHERE s.flow_run_id = $1 ORDER BY s.timestamp, s.id"


@contextmanager
def probe(stack: Stack) -> Iterator[None]:
    """The database itself writes down who takes and gives back the lease of which case."""
    asyncio.run(_execute(stack.superuser_url, _PROBE))
    try:
        yield
    finally:
        asyncio.run(_execute(stack.superuser_url, _UNPROBE))


@contextmanager
def rivals(stack: Stack) -> Iterator[int]:
    """Two dispatchers with stale poll lists; answers how many runs they have in hand."""
    with (stack.home.log / "rivals.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.rivals"], cwd=CHECKOUT, env=stack.environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    assert process.stdin is not None, "made with pipes"
    assert process.stdout is not None, "made with pipes"
    try:
        yield int(process.stdout.readline() or "0")
    finally:
        process.stdin.close()
        process.wait(20)


def rain(
    world: World, wakes_wanted: int, seed: int, at_once: int = 4, say: Callable[[str], None] = lambda _: None
) -> None:
    """So many wakes at cases chosen at random, whatever their runs are doing."""
    world.run(_rain(wakes_wanted, random.Random(seed), at_once, say))


async def _rain(wanted: int, chance: random.Random, at_once: int, say: Callable[[str], None]) -> None:
    cases = [case.case for case in (*await wakes.all_open(), *await wakes.closed_with_run())]
    began = time.monotonic()
    for fired in range(0, wanted, at_once):
        for case in chance.choices(cases, k=at_once):
            await wakes.wake(case)
        await asyncio.sleep(chance.uniform(0, 0.1))
        if fired % 500 < at_once:
            say(f"{fired} wakes after {time.monotonic() - began:.0f} s")


def executed_twice(world: World) -> list[str]:
    """Cases whose lease was taken while somebody had it, or whose run was claimed while it was running."""
    found: list[str] = []
    holder: dict[int, UUID] = {}
    for case, token, taken in world.rows(_LEASES):
        if taken and case in holder:
            found.append(f"the lease of case {case} was taken twice")
        if taken:
            holder[case] = token
        elif holder.pop(case, None) != token:
            found.append(f"the lease of case {case} was given back by somebody else")
    return found + asyncio.run(_claimed_while_running(world))


async def _claimed_while_running(world: World) -> list[str]:
    connection = await asyncpg.connect(world.stack.urls[2])
    found = []
    for (run,) in await _runs(world):
        states = [row["type"] for row in await connection.fetch(_STATES, run)]
        pairs = set(pairwise(states))
        bad = pairs & {("RUNNING", "PENDING"), ("RUNNING", "RUNNING"), ("PENDING", "PENDING")}
        found += [f"run {run}: {after} right after {before}" for before, after in bad]
    await connection.close()
    return found


async def _runs(world: World) -> list[tuple[UUID]]:
    connection = await asyncpg.connect(world.stack.superuser_url)
    rows = await connection.fetch("SELECT run_id FROM cases WHERE run_id IS NOT NULL")
    await connection.close()
    return [(row["run_id"],) for row in rows]


async def _execute(url: str, statements: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statements)
    await connection.close()
