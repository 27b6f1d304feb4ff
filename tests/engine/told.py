"""What a story asks afterwards: messages, questions, runs, logs, timelines, as short lists of lines."""

import time
from typing import Any

from storage import journal
from tests.engine.world import World

_MESSAGES = """
    SELECT to_char(m.handed_at AT TIME ZONE d.zone, 'YYYY-MM-DD HH24:MI'), m.stage, m.channel, m.recipient
    FROM message m JOIN customer d ON d.id = m.customer_id
    WHERE m.state = 'confirmed' AND d.number = :customer ORDER BY m.handed_at, m.id
"""
_QUESTIONS = """
    SELECT to_char(q.asked_at AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD HH24:MI'), q.kind, q.stage, q.state
    FROM question q JOIN customer d ON d.id = q.customer_id WHERE d.number = :customer ORDER BY q.id
"""
_PASSED = """
    SELECT s.done_on::text, s.step, s.how FROM step_done s JOIN cases c ON c.id = s.case_id
    JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :invoice ORDER BY s.id
"""


def messages(world: World, customer: str) -> list[str]:
    """Every message that left to or about a customer: moment (Paris), stage, channel, recipient."""
    return [f"{at} {stage} by {channel} to {to}" for at, stage, channel, to in world.rows(_MESSAGES, customer=customer)]


def questions(world: World, customer: str) -> list[str]:
    """Every question ever put about a customer: moment (Paris), kind, stage, what became of it."""
    rows = world.rows(_QUESTIONS, customer=customer)
    return [" ".join(part for part in row if part) for row in rows]


def steps(world: World, invoice: str) -> list[str]:
    """Every step behind an invoice's case: day, step, how."""
    return [" ".join(row) for row in world.rows(_PASSED, invoice=invoice)]


def case_of(world: World, invoice: str) -> int:
    """The number of an invoice's case."""
    rows = world.rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=invoice)
    return int(rows[0][0])


def broken_place(world: World, invoice: str) -> int | None:
    """Where the journal of a case is broken; None: it is whole."""
    chain = world.run(journal.entries("case", case_of(world, invoice)))
    assert chain, "every case has a journal"
    return journal.first_broken(chain)


def state(world: World, invoice: str) -> str:
    """What the run list shows: `Waiting`, `Suspended`, `Paid`…"""
    return str(world.case_run(invoice)["state"]["name"])


def comes_to(world: World, invoice: str, name: str, seconds: float = 15) -> None:
    """Wait until the run of an invoice shows this state, and nothing is left to do."""
    deadline = time.monotonic() + seconds
    while state(world, invoice) != name:
        assert time.monotonic() < deadline, f"{invoice} stays {state(world, invoice)}, not {name}"
        time.sleep(0.1)
    world.settle(seconds)


def asked_run(world: World, run: str, seconds: float = 15) -> dict[str, Any]:
    """The run a question hangs on, once it stands in the inbox."""
    deadline = time.monotonic() + seconds
    while True:
        found: dict[str, Any] = world.api("GET", f"/flow_runs/{run}").json()
        if found.get("state", {}).get("name") == "Suspended":
            return found
        assert time.monotonic() < deadline, f"the question's run is not suspended: {found}"
        time.sleep(0.1)


def task_runs(world: World, run: str) -> list[str]:
    """The names of a run's task runs, oldest first."""
    found = _filter(world, "task_runs", {"flow_runs": {"id": {"any_": [run]}}, "sort": "EXPECTED_START_TIME_ASC"})
    return [one["name"] for one in found]


def logs(world: World, run: str, lines: int) -> list[tuple[int, str]]:
    """The Logs tab of a run: level and line, oldest first. Lines travel in batches: `lines` are waited for."""
    for _ in range(50):
        found = _filter(world, "logs", {"logs": {"flow_run_id": {"any_": [run]}}, "sort": "TIMESTAMP_ASC"})
        if len(found) >= lines:
            break
        time.sleep(0.2)
    return [(one["level"], one["message"]) for one in found]


def timeline(world: World, invoice: str) -> str:
    """The newest timeline artifact of an invoice."""
    key = f"case-{case_of(world, invoice)}"
    body = {"artifacts": {"key": {"any_": [key]}}}
    found: list[dict[str, Any]] = world.api("POST", "/artifacts/latest/filter", body).json()
    assert len(found) == 1, found
    return str(found[0]["data"])


def runs_of(world: World, invoice: str) -> list[tuple[str, str]]:
    """Every run that was ever made for an invoice's case and still exists: (id, state name)."""
    case = case_of(world, invoice)
    found = _filter(world, "flow_runs", {"flows": {"name": {"any_": ["collect-invoice"]}}, "sort": "START_TIME_ASC"})
    return [(one["id"], one["state"]["name"]) for one in found if one["parameters"].get("case") == case]


def agreed(world: World) -> bool:
    """Whether sink and ledger tell the same: what was confirmed arrived, once, and nothing else did."""
    sent = world.rows("SELECT sha256 FROM message WHERE state = 'confirmed' AND route = 'sink' ORDER BY sha256")
    return sent == world.rows(
        "SELECT sha256 FROM sink_message s WHERE NOT EXISTS (SELECT FROM staff_message m WHERE m.sha256 = s.sha256) ORDER BY sha256"
    )


def _filter(world: World, what: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = world.api("POST", f"/{what}/filter", {**body, "limit": 200, "offset": len(found)})
        page.raise_for_status()
        found += page.json()
        if len(page.json()) < 200:
            return found
