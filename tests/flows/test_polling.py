"""What Prefect is asked, and how often: every request costs the server, day and night."""

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from flows import registered, runs
from flows.polling import IDLE_SECONDS, MOST_RUNS, POLL_SECONDS, Polling

COLLECT, HOLD = uuid4(), uuid4()


class Prefect:
    """A server that answers from two queues and notes what it was asked."""

    def __init__(self, *, acts: int = 0, cases: int = 0, paused: bool = False) -> None:
        self.queues = {"acts": [HOLD] * acts, "cases": [COLLECT] * cases}
        self.paused = paused
        self.asked: list[str] = []

    async def get_scheduled_flow_runs_for_work_pool(self, pool: str, *, work_queue_names: list[str], **_: Any) -> Any:
        self.asked.append(" and ".join(work_queue_names))
        found: list[UUID] = [one for name in reversed(work_queue_names) for one in self.queues[name]]
        return [SimpleNamespace(flow_run=SimpleNamespace(deployment_id=one)) for one in found[:MOST_RUNS]]

    async def read_work_pool(self, pool: str) -> Any:
        self.asked.append(pool)
        return SimpleNamespace(is_paused=self.paused)


@pytest.fixture(autouse=True)
def _registered() -> None:
    registered.remember({runs.COLLECT: COLLECT, "hold": HOLD})


def due(polling: Polling, prefect: Any) -> list[str]:
    found = asyncio.run(polling.due(prefect))
    return [registered.name_of(run.deployment_id) or "" for run in found]


def test_an_idle_house_makes_one_request_a_poll_and_polls_less_often() -> None:
    polling, prefect = Polling(), Prefect()
    assert (due(polling, prefect), prefect.asked) == ([], ["acts and cases"])
    assert polling.rest() == IDLE_SECONDS


def test_where_something_is_due_the_next_poll_comes_soon() -> None:
    polling = Polling()
    assert due(polling, Prefect(cases=1)) == [runs.COLLECT]
    assert polling.rest() == POLL_SECONDS


def test_what_a_person_started_comes_before_cases() -> None:
    assert due(Polling(), Prefect(acts=1, cases=2)) == ["hold", runs.COLLECT, runs.COLLECT]


def test_behind_two_hundred_cases_what_a_person_started_is_asked_for_by_itself() -> None:
    prefect = Prefect(acts=1, cases=300)
    assert due(Polling(), prefect)[0] == "hold"
    assert prefect.asked == ["acts and cases", "acts"]


def test_whether_the_pool_is_paused_is_asked_once_a_poll() -> None:
    async def twice() -> list[bool]:
        return [await polling.is_paused(prefect), await polling.is_paused(prefect)]  # type: ignore[arg-type]

    polling, prefect = Polling(), Prefect(paused=True)
    assert (asyncio.run(twice()), prefect.asked) == ([True, True], ["relance"])
