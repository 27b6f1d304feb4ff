"""On Monday morning the manager finds one run with one page: what was done last week, what waits, what comes. On every
working day whoever has something to do, or something new at a customer, gets one e-mail."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from storage.session import transaction
from tests.engine.world import World

REPORTS = {"flow_runs": {"tags": {"all_": ["report"]}}, "sort": "START_TIME_ASC", "limit": 50}


@dataclass
class Monday:
    """The world, and what was found on the way."""

    world: World
    before: list[str] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
def monday(begin: Callable[..., World]) -> Monday:
    """From Monday, 16 November 2026, to Wednesday of the week after next; the report is due on the 23rd and the 30th."""
    world = begin("2026-11-16")
    monday = Monday(world)
    world.run(marie_works_here())
    customer = world.customer("W1", "Weber SARL")
    world.invoice(customer, "FW-1", "2026-11-12", 125_000)
    world.invoice(customer, "FW-2", "2026-11-12", 40_000)
    world.until("2026-11-19")
    world.pay("FW-2")
    world.until("2026-11-23", 5)
    monday.before = [run["name"] for run in reports(world)]
    world.until("2026-12-02")
    world.settle()
    monday.runs = reports(world)
    body = {"artifacts": {"flow_run_id": {"any_": [run["id"] for run in monday.runs]}}}
    monday.pages = world.api("POST", "/artifacts/filter", body).json()
    return monday


async def marie_works_here() -> None:
    """She owns every customer, and reads e-mail."""
    async with transaction() as connection:
        await connection.execute(
            text(
                "INSERT INTO person (login, name, email, role, language) "
                "VALUES ('marie', 'Marie Durand', 'marie@atelier-nord.example', 'manager', 'fr') "
                "ON CONFLICT (login) DO UPDATE SET name = excluded.name, email = excluded.email, language = excluded.language"
            )
        )


def reports(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.api("POST", "/flow_runs/filter", REPORTS).json()
    return found


def test_each_monday_has_one_run_and_no_other_day_has(monday: Monday) -> None:
    assert monday.before == []
    assert [(run["name"], run["state"]["name"]) for run in monday.runs] == [
        ("Collections · week 47", "Completed"),
        ("Collections · week 48", "Completed"),
    ]


def test_a_run_has_one_page_whose_key_has_dashes_only(monday: Monday) -> None:
    assert sorted(page["key"] for page in monday.pages) == [
        f"week-{monday.world.creditor}-2026-w{week}" for week in (47, 48)
    ]
    assert sorted(page["flow_run_id"] for page in monday.pages) == sorted(run["id"] for run in monday.runs)


def test_the_page_says_what_was_done_and_each_line_leads_somewhere(monday: Monday) -> None:
    [page] = [page["data"] for page in monday.pages if page["key"].endswith("w47")]
    assert "# Collections · week 47" in page
    assert "| [Courtesy reminder](/desk/sent?day=" in page
    assert "| [Courtesy reminder](/v2/runs?tab=flow-runs&tags=outcome%3Apaid) | 1 | 400,00\u00a0€ |" in page
    assert "| [Weber SARL](/desk/customers/W1) | 1\u202f250,00\u00a0€ |" in page


def test_the_report_is_written_once_whatever_starts_again(monday: Monday) -> None:
    world = monday.world
    world.api("POST", f"/flow_runs/{monday.runs[0]['id']}/set_state", {"state": {"type": "SCHEDULED"}, "force": True})
    world.until("2026-12-03")
    world.settle()
    assert [run["name"] for run in reports(world)] == ["Collections · week 47", "Collections · week 48"]
    body = {"artifacts": {"flow_run_id": {"any_": [monday.runs[0]["id"]]}}}
    assert len(world.api("POST", "/artifacts/filter", body).json()) == 1


def test_marie_hears_of_money_on_the_next_working_day_and_of_questions_while_they_wait(monday: Monday) -> None:
    rows = monday.world.rows(
        "SELECT key, state, route, recipient FROM staff_message WHERE key NOT LIKE 'seal-%' ORDER BY id"
    )
    days = ["2026-11-20"]
    assert [(row[0], *row[1:]) for row in rows] == [
        (f"digest-marie-{day}", "confirmed", "sink", "marie@atelier-nord.example") for day in days
    ]


def test_the_sink_has_each_digest_once_and_the_ledger_still_agrees(monday: Monday) -> None:
    world = monday.world
    kept = world.rows("SELECT s.sha256 FROM sink_message s JOIN staff_message m ON m.sha256 = s.sha256 ORDER BY m.id")
    assert kept == world.rows("SELECT sha256 FROM staff_message ORDER BY id")
