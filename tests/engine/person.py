"""A person at the desk: signed in, with a browser's headers, using the buttons of the run page."""

from typing import Any

import httpx

from policies.staff import Role
from tests.engine.stack import Stack
from tests.engine.staff import in_a_thread, session
from web.callers import COOKIE


class Person:
    """Does through the desk what Prefect's UI does when somebody uses its buttons."""

    def __init__(self, stack: Stack, name: str, role: Role = Role.ADMIN) -> None:
        key = in_a_thread(session(name, role))
        headers = {"Cookie": f"{COOKIE}={key}", "Origin": stack.desk_url, "Sec-Fetch-Site": "same-origin"}
        self._desk = httpx.Client(base_url=f"{stack.desk_url}/api", headers=headers, timeout=30)

    def answer(self, run: str, values: dict[str, str]) -> httpx.Response:
        """*Resume*, with the form filled in."""
        return self._desk.post(f"/flow_runs/{run}/resume", json={"run_input": values})

    def cancel(self, run: str) -> None:
        """*Cancel*: the UI asks for CANCELLING."""
        self._set_state(run, {"type": "CANCELLING", "name": "Cancelling"})

    def complete(self, run: str) -> None:
        """*Change state* to Completed."""
        self._set_state(run, {"type": "COMPLETED", "name": "Completed", "message": "State manually set"})

    def retry(self, run: str) -> None:
        """*Retry*."""
        self._set_state(run, {"type": "SCHEDULED", "name": "AwaitingRetry", "message": "Retry from the UI"})

    def again(self, run: str) -> None:
        """What the API allows a manager beside the buttons: a run that has ended is scheduled once more, by force."""
        body = {"state": {"type": "SCHEDULED", "name": "AwaitingRetry"}, "force": True}
        self._desk.post(f"/flow_runs/{run}/set_state", json=body).raise_for_status()

    def delete(self, *runs: str) -> None:
        """*Delete*, one or several."""
        if len(runs) == 1:
            self._desk.delete(f"/flow_runs/{runs[0]}").raise_for_status()
        else:
            body = {"flow_runs": {"id": {"any_": list(runs)}}}
            self._desk.post("/flow_runs/bulk_delete", json=body).raise_for_status()

    def copy(self, run: dict[str, Any]) -> str:
        """*Copy to new run*; answers the copy's id."""
        body = {"parameters": run["parameters"], "name": run["name"], "state": {"type": "SCHEDULED"}}
        answer = self._desk.post(f"/deployments/{run['deployment_id']}/create_flow_run", json=body)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def start(self, deployment: str, **parameters: str) -> str:
        """Fill in the short form of an act; answers the run's id."""
        found = self._desk.get(f"/deployments/name/{deployment}/{deployment}").json()
        answer = self._desk.post(f"/deployments/{found['id']}/create_flow_run", json={"parameters": parameters})
        answer.raise_for_status()
        return str(answer.json()["id"])

    def pause_pool(self, paused: bool) -> None:
        """The switch of the work pool."""
        self._desk.patch("/work_pools/relance", json={"is_paused": paused}).raise_for_status()

    def _set_state(self, run: str, state: dict[str, str]) -> None:
        answer = self._desk.post(f"/flow_runs/{run}/set_state", json={"state": state})
        answer.raise_for_status()
        done = answer.json()["state"]["type"] in (
            state["type"],
            "CANCELLED",
        )  # cancelling a run at rest ends it at once
        assert done, answer.json()
