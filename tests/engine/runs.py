"""Runs of services and acts: started, and waited for."""

import time
from typing import Any

from tests.engine import told
from tests.engine.staff import MARIE
from tests.engine.world import World

FINAL = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})


def start(world: World, deployment: str, **parameters: Any) -> dict[str, Any]:
    """Start a deployment with the service credential and wait until its run has ended."""
    return ended(world, _made(world, deployment, parameters, ""))


def act(world: World, deployment: str, **parameters: Any) -> dict[str, Any]:
    """Marie starts an act and waits until its run has ended: what a person does needs a person."""
    return ended(world, _made(world, deployment, parameters, MARIE.name))


def _made(world: World, deployment: str, parameters: dict[str, Any], actor: str) -> str:
    found = registered(world, deployment)
    made = world.api("POST", f"/deployments/{found['id']}/create_flow_run", {"parameters": parameters}, actor)
    made.raise_for_status()
    return str(made.json()["id"])


def registered(world: World, deployment: str, seconds: float = 30) -> dict[str, Any]:
    """The deployment, as soon as the dispatcher has registered it."""
    deadline = time.monotonic() + seconds
    while (found := world.api("GET", f"/deployments/name/{deployment}/{deployment}")).status_code != 200:
        assert time.monotonic() < deadline, found.text
        time.sleep(0.1)
    answer: dict[str, Any] = found.json()
    return answer


def ended(world: World, run: str, seconds: float = 30) -> dict[str, Any]:
    """The run once it has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found: dict[str, Any] = world.api("GET", f"/flow_runs/{run}").json()
        if found["state"]["type"] in FINAL:
            return found
        time.sleep(0.1)
    raise AssertionError(f"the run stays {found['state']['name']}\n{world.stack.log('dispatchers')[-3000:]}")


def reconcile(world: World) -> str:
    """One pass of `reconcile`, and everything that follows from it done; answers what it said."""
    run = start(world, "reconcile")
    assert run["state"]["type"] == "COMPLETED", run["state"]
    world.settle()
    return " ".join(line for _, line in told.logs(world, run["id"], 1))
