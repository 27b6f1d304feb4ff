"""What a person does to a run is written down in the person's name, and only what the desk knows may be done."""

from typing import Any

import pytest

from policies.staff import Role
from tests.web.house import House, Visitor, deployment, suspended_run


def deeds(house: House, since: int) -> list[tuple[str, str, str]]:
    """Who did what to which run, since."""
    return [(row["actor"], row["deed"], row["run"]) for row in house.events()[since:] if row["event"] == "deed"]


def test_setting_a_state_is_noted_before_it_is_done(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", {})
    since = len(house.events())
    state = {"type": "CANCELLING", "name": "Cancelling"}
    reply = person.ask("POST", f"/api/flow_runs/{run}/set_state", {"state": state, "force": True})
    assert reply.json["state"]["name"] == "Cancelled"
    assert [event["event"] for event in house.events()[since:]] == ["deed", "forward"]
    assert house.events()[since]["detail"] == "CANCELLING · Cancelling"


def test_deleting_a_run_is_noted(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", {})
    since = len(house.events())
    assert person.ask("DELETE", f"/api/flow_runs/{run}").status == 204
    assert deeds(house, since) == [("admin", "delete", str(run))]


def test_deleting_many_runs_is_noted_for_each(house: House, person: Visitor) -> None:
    runs = [str(suspended_run(house, "Dupont SARL", {})) for _ in range(2)]
    since = len(house.events())
    reply = person.ask("POST", "/api/flow_runs/bulk_delete", {"flow_runs": {"id": {"any_": runs}}})
    assert sorted(reply.json["deleted"]) == sorted(runs)
    assert deeds(house, since) == [("admin", "delete", run) for run in runs]


@pytest.mark.parametrize(
    "body", [{}, {"flow_runs": {}}, {"flow_runs": {"id": {"any_": []}}}, {"flow_runs": {"name": {"like_": "a"}}}]
)
def test_runs_are_never_deleted_by_a_search(person: Visitor, body: dict[str, Any]) -> None:
    assert person.ask("POST", "/api/flow_runs/bulk_delete", body).status == 422


def test_a_start_is_noted_with_the_new_run(house: House, person: Visitor) -> None:
    since = len(house.events())
    path = f"/api/deployments/{deployment(house)}/create_flow_run"
    since = len(house.events())
    reply = person.ask(
        "POST", path, {"parameters": {"note": "called"}, "job_variables": {}, "parent_task_run_id": None}
    )
    assert reply.status == 201
    assert deeds(house, since) == [("admin", "start", reply.json["id"])]


def test_an_act_that_cannot_be_noted_is_done_all_the_same(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", {})
    body = {"state": {"type": "CANCELLING", "message": "unwritable"}, "force": True}
    assert person.ask("POST", f"/api/flow_runs/{run}/set_state", body).json["state"]["name"] == "Cancelled"


def test_what_our_own_processes_do_is_no_persons_deed(house: House, service: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", {})
    since = len(house.events())
    service.ask("POST", f"/api/flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}, "force": True})
    assert deeds(house, since) == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        (
            "POST",
            "/api/flow_runs/{run}/set_state",
            {"state": {"type": "SCHEDULED", "state_details": {"pause_key": "q1"}}},
        ),
        ("POST", "/api/flow_runs/{run}/set_state", {"state": {"type": "COMPLETED", "data": {"type": "pickle"}}}),
        ("POST", "/api/flow_runs/{run}/set_state", {"state": "COMPLETED"}),
        ("PATCH", "/api/deployments/{deployment}", {"entrypoint": "evil.py:flow"}),
        ("PATCH", "/api/deployments/{deployment}", {"parameters": {"note": "changed"}}),
        ("PATCH", "/api/work_pools/collecting", {"base_job_template": {"job_configuration": {"command": "evil"}}}),
        ("POST", "/api/deployments/{deployment}/create_flow_run", {"idempotency_key": "taken"}),
        ("POST", "/api/deployments/{deployment}/create_flow_run", {"job_variables": {"command": "evil"}}),
        (
            "POST",
            "/api/deployments/{deployment}/create_flow_run",
            {"parameters": {"note": {"__prefect_kind": "jinja"}}},
        ),
    ],
)
def test_a_person_changes_nothing_but_what_the_buttons_change(
    house: House, person: Visitor, method: str, path: str, body: dict[str, Any]
) -> None:
    run = suspended_run(house, "Dupont SARL", {})
    place = path.format(run=run, deployment=deployment(house))
    since = len(house.events())
    assert person.ask(method, place, body).status == 422
    assert house.events()[since:] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/work_pools/collecting", {"is_paused": False}),
        ("/api/work_pools/collecting/queues/default", {"is_paused": False}),
        ("/api/deployments/{deployment}", {"paused": False}),
    ],
)
def test_a_person_pauses_and_resumes_collecting(house: House, person: Visitor, path: str, body: dict[str, Any]) -> None:
    assert person.ask("PATCH", path.format(deployment=deployment(house)), body).status == 204


def test_a_start_is_written_down_and_its_run_carries_the_key_of_that_row(house: House) -> None:
    path = f"/api/deployments/{deployment(house).upper()}/create_flow_run"
    reply = house.person(Role.AGENT).ask("POST", path, {"parameters": {"note": "called"}})
    row = house.rows("SELECT id, actor, role, deployment FROM desk_start ORDER BY id DESC LIMIT 1")[0]
    assert (reply.status, reply.json["idempotency_key"]) == (201, f"desk:{row[0]}")
    assert row[1:] == ("agent", "agent", "note")


def test_tags_and_queues_by_which_runs_are_known_are_never_a_persons(house: House) -> None:
    path = f"/api/deployments/{deployment(house)}/create_flow_run"
    body = {"parameters": {"note": "called"}, "tags": ["arrived:abc", "todo:marie"], "work_queue_name": "nowhere"}
    reply = house.person(Role.AGENT).ask("POST", path, body)
    assert (reply.status, reply.json["tags"], reply.json["work_queue_name"]) == (201, [], "default")


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"note": 12}, "“note” is not written as this form wants it."),
        ({"note": "a", "actor": "marie"}, "This form has no field “actor”."),
        ({"note": {"deep": "a"}}, "“note” is not written as this form wants it."),
        (["note"], "The parameters must be an object with one value for each field of the form."),
    ],
)
def test_an_act_is_started_with_what_its_form_knows_and_nothing_else(
    house: House, person: Visitor, parameters: Any, sentence: str
) -> None:
    before = house.rows("SELECT count(*) FROM desk_start")
    path = f"/api/deployments/{deployment(house)}/create_flow_run"
    body = {"parameters": parameters, "enforce_parameter_schema": False}
    reply = person.ask("POST", path, body)
    assert (reply.status, reply.json["detail"]) == (422, sentence)
    assert house.rows("SELECT count(*) FROM desk_start") == before


def test_a_viewer_starts_no_act_but_what_is_for_everybody(house: House) -> None:
    path = f"/api/deployments/{deployment(house)}/create_flow_run"
    viewer, since = house.person(Role.VIEWER), len(house.events())
    reply = viewer.ask("POST", path, {"parameters": {"note": "called"}})
    sentence = "As viewer you may not start this; it is for: agent, manager, legal, admin."
    assert (reply.status, reply.json["detail"]) == (403, sentence)
    assert [event["method"] for event in house.events()[since:]] == ["GET"]


def test_what_relance_starts_by_itself_is_started_by_nobody(house: House, person: Visitor) -> None:
    service = house.service()
    flow = service.ask("POST", "/api/flows/", {"name": "reconcile"}).json["id"]
    made = service.ask("POST", "/api/deployments/", {"name": "reconcile", "flow_id": flow}).json["id"]
    reply = person.ask("POST", f"/api/deployments/{made}/create_flow_run", {})
    assert (reply.status, reply.json["detail"]) == (
        403, "Relance starts this by itself; nobody starts it by hand.",
    )  # fmt: skip


def test_a_person_starts_no_run_that_is_ended_already(house: House, person: Visitor) -> None:
    path = f"/api/deployments/{deployment(house)}/create_flow_run"
    assert person.ask("POST", path, {"state": {"type": "COMPLETED"}}).status == 422
