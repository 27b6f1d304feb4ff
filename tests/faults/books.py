"""The audit after a fault: what the sink holds against what the ledger says, and whether the history is whole."""

import hashlib
import time
from collections import Counter
from pathlib import Path

from storage import journal
from storage.journal import Entry
from tests.engine.world import World


def disagreements(world: World) -> list[str]:
    """Everything that is not as it must be once nothing moves any more; empty when all is well."""
    return [*_sink_and_ledger(world), *_twice(world), *_files(world), *_effects(world), *_chains(world)]


def _sink_and_ledger(world: World) -> list[str]:
    """A confirmed message is in the sink; what is in the sink is confirmed, or is a question for a person."""
    ledger = dict(world.rows("SELECT sha256, state FROM message WHERE route = 'sink' AND state <> 'draft'"))
    ours = "SELECT FROM staff_message m WHERE m.sha256 = s.sha256"
    sunk = {row[0] for row in world.rows(f"SELECT sha256 FROM sink_message s WHERE NOT EXISTS ({ours})")}
    lost = [
        f"{sha[:8]} is confirmed and not in the sink"
        for sha, state in ledger.items()
        if state == "confirmed" and sha not in sunk
    ]
    wild = [
        f"{sha[:8]} is in the sink and {ledger.get(sha, 'unknown')}"
        for sha in sunk
        if ledger.get(sha) not in ("confirmed", "ambiguous")
    ]
    moving = [f"{sha[:8]} is still {state}" for sha, state in ledger.items() if state in ("reserved", "handing_over")]
    return [*lost, *wild, *moving]


def _twice(world: World) -> list[str]:
    """No Message-ID reaches anybody twice."""
    seen = Counter(world.rows("SELECT message_id, recipient FROM sink_message"))
    return [f"{recipient} got {message} {count} times" for (message, recipient), count in seen.items() if count > 1]


def _files(world: World, seconds: float = 10) -> list[str]:
    """Every row of the sink has its file, byte for byte, and no file is without a row. The sink writes the file first, and mail to
    the creditor may be on its way when the cases rest: that row is waited for."""
    deadline = time.monotonic() + seconds
    while (wrong := _files_now(world)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return wrong


def _files_now(world: World) -> list[str]:
    rows = {Path(path): sha for path, sha in world.rows("SELECT path, sha256 FROM sink_message")}
    on_disk = set(world.stack.home.outbox.glob("*.eml"))
    wrong = [f"{path.name} differs" for path, sha in rows.items() if path in on_disk and _sha(path) != sha]
    return [*wrong, *(f"{path.name} is on one side only" for path in on_disk ^ set(rows))]


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _effects(world: World) -> list[str]:
    """Effects share the outcome of their message; each ambiguous one is in front of a person."""
    split = world.rows(
        "SELECT e.id, e.state, m.state FROM effect e JOIN message m ON m.id = e.message_id "
        "WHERE e.state <> m.state AND e.state NOT IN ('refused', 'voided')"
    )
    unasked = world.rows(
        "SELECT e.id FROM effect e WHERE e.state = 'ambiguous' AND NOT EXISTS (SELECT FROM question q "
        "JOIN question_case c ON c.question_id = q.id WHERE c.case_id = e.case_id AND q.kind = 'ambiguous' AND q.state = 'open')"
    )
    return [f"effect {row[0]} is {row[1]}, its message {row[2]}" for row in split] + [
        f"effect {row[0]} is ambiguous and nobody was asked" for row in unasked
    ]


def _chains(world: World) -> list[str]:
    """Every case's history is whole, and its head is where the case says."""
    broken = []
    for case, length, head in world.rows("SELECT id, chain_length, chain_head FROM cases ORDER BY id"):
        chain = world.run(_entries(case))
        if journal.first_broken(chain) is not None or (len(chain), chain[-1].hash if chain else "") != (length, head):
            broken.append(f"the history of case {case} is broken")
    return broken


async def _entries(case: int) -> tuple[Entry, ...]:
    return await journal.entries("case", case)


def stuck_runs(world: World) -> list[str]:
    """Runs that Prefect still shows as Pending or Running although nothing runs them any more."""
    body = {"flow_runs": {"state": {"type": {"any_": ["PENDING", "RUNNING"]}}}, "limit": 200}
    found = world.api("POST", "/flow_runs/filter", body).json()
    held = {str(row[0]) for row in world.rows("SELECT run_id FROM lease")}
    return [f"{run['name']} is {run['state']['name']}" for run in found if run["id"] not in held]
