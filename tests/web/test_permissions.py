"""Every operation of Prefect's API is classed, and each class holds for nobody, a person and our own processes."""

import json
import re
from typing import Any
from uuid import UUID

import pytest

from policies.staff import Role
from tests.web.house import House, Visitor, suspended_run
from web.routes import RouteClass, classes

SOME_ID = "11111111-2222-4333-8444-555555555555"
REFUSED = {401, 403, 404, 405}


def described(house: House) -> list[str]:
    """Operations of the installed Prefect's own public description."""
    return list(json.loads((house.home / "routes.json").read_text())["described"])


def target(template: str) -> str:
    """A path of this operation, about something that does not exist."""
    return "/api" + re.sub(r"\{[^}]*\}", SOME_ID, template)


def test_every_operation_of_the_installed_prefect_is_classed_and_none_else(house: House) -> None:
    known = json.loads((house.home / "routes.json").read_text())
    assert sorted(classes()) == sorted(set(known["described"]) | set(known["routed"]))


def test_without_session_or_credential_only_the_health_check_answers(house: House) -> None:
    nobody = house.visitor(Origin=house.url)
    replies = {key: nobody.ask(key.split()[0], target(key.split()[1]), []).status for key in described(house)}
    assert {key for key, status in replies.items() if status != 401} == {"GET /health"}


SHOWN = {"GET /admin/settings", "POST /block_documents/count", "POST /block_documents/filter"}
"""Answered to people by the desk itself, with nothing in it."""
STEERERS = {Role.MANAGER, Role.ADMIN}


def refused_to(role: Role, kind: RouteClass) -> bool:
    """Whether people of this role are refused routes of this class; answers and acts are judged one by one."""
    if kind is RouteClass.STEER:
        return role not in STEERERS
    return kind in (RouteClass.SERVICE, RouteClass.DENIED)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("door", ["session", "token"])
def test_a_person_does_what_the_role_may_and_nothing_else(house: House, role: Role, door: str) -> None:
    visitor = house.person(role) if door == "session" else house.script(role)
    table, since = classes(), len(house.events())
    for key in described(house):
        method, template = key.split()
        status = visitor.ask(method, target(template), []).status
        assert (status == 403) == (refused_to(role, table[key]) and key not in SHOWN), (key, status)
    got_in = {(one["method"], one["path"]) for one in house.events()[since:] if one["event"] == "forward"}
    mutating = {
        (key.split()[0], target(key.split()[1]))
        for key, kind in table.items()
        if kind in (RouteClass.SERVICE, RouteClass.DENIED) or refused_to(role, kind)
    }
    assert got_in & mutating == set()


def test_our_own_processes_do_all_but_what_nobody_may_and_what_a_person_does(house: House, service: Visitor) -> None:
    table = classes()
    for key in described(house):
        method, template = key.split()
        body = {} if table[key] is RouteClass.ANSWER else []
        status = service.ask(method, target(template), body).status
        assert (status == 403) == (table[key] in (RouteClass.DENIED, RouteClass.ANSWER)), (key, status)
        assert status not in (401, 415), key


def test_what_was_refused_is_written_down_without_what_stood_in_the_path(house: House) -> None:
    last = house.rows("SELECT coalesce(max(id), 0) FROM desk_refusal")[0][0]
    agent, viewer = house.person(Role.AGENT, "resa"), house.person(Role.VIEWER, "rolf")
    nobody = house.visitor(Origin=house.url)
    agent.ask("DELETE", f"/api/flow_runs/{SOME_ID}")
    agent.ask("DELETE", f"/api/flow_runs/{SOME_ID.upper()}")
    viewer.ask("POST", f"/api/deployments/{SOME_ID}/create_flow_run", {})
    agent.ask("POST", "/api/tomorrow/secret-name", {})
    nobody.ask("POST", "/desk", {})
    nobody.ask("POST", "/api/flow_runs/filter", {})
    agent.ask("GET", f"/api/block_documents/{SOME_ID}")
    rows = house.rows("SELECT actor, role, method, route FROM desk_refusal WHERE id > :last ORDER BY id", last=last)
    assert rows == [
        ("resa", "agent", "DELETE", "/flow_runs/{id}"),
        ("rolf", "viewer", "POST", "/deployments/{id}/create_flow_run"),
        ("resa", "agent", "POST", "unknown operation"),
        ("", "", "POST", "/desk"),
    ]


def test_nothing_a_person_proves_with_is_handed_on_to_prefect(house: House, person: Visitor) -> None:
    for visitor in (person, house.script()):
        assert visitor.ask("POST", "/api/flow_runs/count", {}).status == 200
        assert {"cookie", "authorization"} & set(house.events()[-1]["headers"]) == set()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/flow_runs/{run}/input", {"key": "q1-1-response", "value": '{"decision":"send"}'}),
        (
            "POST",
            "/flow_runs/bulk_set_state",
            {"flow_runs": {"id": {"any_": ["{run}"]}}, "state": {"type": "COMPLETED"}},
        ),
        ("POST", "/automations/", {"name": "resume", "trigger": {}, "actions": [{"type": "resume-flow-run"}]}),
        ("POST", "/templates/validate", {"template": "{{ flow_run }}"}),
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_an_answer_is_planted_by_no_other_route_of_any_role(
    house: House, role: Role, method: str, path: str, body: dict[str, Any]
) -> None:
    run = suspended_run(house, "Dupont SARL", {"type": "object", "properties": {}})
    given = json.loads(json.dumps(body).replace("{run}", str(run)))
    since = len(house.events())
    reply = house.person(role).ask(method, f"/api{path.replace('{run}', str(run))}", given)
    assert reply.status == 403
    assert house.events()[since:] == []


def test_secrets_of_the_house_appear_in_no_refusal_and_in_no_log(house: House, person: Visitor) -> None:
    secrets = json.loads((house.home / "secrets.json").read_text())
    token = house.script().headers["Authorization"].removeprefix("Bearer ")
    key = person.headers["Cookie"].partition("=")[2]
    hidden = [*secrets.values(), token, key]
    texts = [
        visitor.ask(method, path, body, **more).text
        for visitor in (person, house.script(), house.service(), house.visitor(Authorization=f"Bearer {token}x"))
        for method, path, body in (
            ("GET", "/api/tomorrow", None), ("POST", "/api/flow_runs/filter", {"limit": "x"}), ("GET", "/api/admin/settings", None),
            ("POST", f"/api/flow_runs/{SOME_ID}/resume", {"run_input": []}), ("GET", "/desk", None), ("DELETE", "/desk", None),
        )
        for more in ({}, {"Accept": "text/html"})
    ]  # fmt: skip
    server = (house.home / "server.log").read_text()
    assert [place for place, one in enumerate([*texts, server]) if any(secret in one for secret in hidden)] == []


def test_a_foreign_page_does_nothing_with_a_session_in_its_browser(house: House, person: Visitor) -> None:
    for key in described(house):
        method, template = key.split()
        assert person.ask(method, target(template), [], Origin="http://evil.example").status == 403, key


def test_an_answer_cannot_be_planted_however_the_path_is_written(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", {"type": "object", "properties": {}})
    before = len(house.events())
    spellings = [str(run), str(run).upper(), run.hex, f"{{{run}}}", f"urn:uuid:{run}", str(run).replace("-", "%2D", 1)]
    paths = [f"/api/flow_runs/{spelling}/input" for spelling in spellings]
    paths += [
        f"/api/flow_runs/{run}/{tail}"
        for tail in ("input/", "/input", "%69nput", "input%0A", "input;x", "input%2F", "./input")
    ]
    paths += [
        f"/{head}/flow_runs/{run}/input" for head in ("api/", "/api", "API", "%61pi", "api/v2/..", "api/static/..")
    ]
    for path in paths:
        reply = person.ask("POST", path, {"key": "q1-1-response", "value": '{"decision":"send"}'})
        assert reply.status in REFUSED, path
    assert [event for event in house.events()[before:] if event["event"] == "forward"] == []


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"])
def test_no_header_changes_what_a_request_means(house: House, person: Visitor, name: str) -> None:
    value = "DELETE" if "Method" in name else f"/api/flow_runs/{SOME_ID}/input"
    assert person.ask("POST", "/api/flow_runs/count", {}, **{name: value}).status == 200
    assert name.lower() not in house.events()[-1]["headers"]


def test_requests_never_pass_for_an_automation_of_prefect(house: House, service: Visitor) -> None:
    headers = {"Prefect-Automation-ID": SOME_ID, "Prefect-Automation-Name": "evil"}
    assert service.ask("POST", "/api/flow_runs/count", {}, **headers).status == 200
    assert [name for name in house.events()[-1]["headers"] if name.startswith("prefect-automation")] == []


def test_the_credential_is_not_handed_on(house: House, service: Visitor) -> None:
    assert service.ask("POST", "/api/flow_runs/count", {}).status == 200
    assert "authorization" not in house.events()[-1]["headers"]


def test_settings_and_blocks_hide_their_secrets_from_people(person: Visitor) -> None:
    assert person.ask("GET", "/api/admin/settings").json == {"server": {"analytics_enabled": False}}
    assert person.ask("POST", "/api/block_documents/filter", {"include_secrets": True}).json == []
    assert person.ask("GET", f"/api/block_documents/{SOME_ID}?include_secrets=true").status == 403


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/api/docs", "/api/redoc", "/api/openapi.json"])
def test_pages_that_load_scripts_from_elsewhere_are_not_shown(person: Visitor, path: str) -> None:
    assert person.ask("GET", path).status in (403, 404)


def test_an_unknown_operation_is_refused(person: Visitor, service: Visitor) -> None:
    for visitor in (person, service):
        assert visitor.ask("GET", "/api/tomorrow").status == 404
        assert visitor.ask("POST", "/v2/runs", {}).status == 405


def test_ids_in_any_spelling_reach_the_operation_they_name(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", {"type": "object", "properties": {}})
    for spelling in (str(run), str(run).upper(), run.hex):
        assert UUID(person.ask("GET", f"/api/flow_runs/{spelling}").json["id"]) == run
