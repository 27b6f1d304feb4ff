"""Every operation of Prefect's API is classed, and each class holds for nobody, a person and our own processes."""

import json
import re
from uuid import UUID

import pytest

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


def test_a_person_does_what_people_may_and_nothing_else(house: House, person: Visitor) -> None:
    shown = {"GET /admin/settings", "POST /block_documents/count", "POST /block_documents/filter"}
    table = classes()
    for key in described(house):
        method, template = key.split()
        status = person.ask(method, target(template), []).status
        strict = table[key] in (RouteClass.SERVICE, RouteClass.DENIED) and key not in shown
        assert (status == 403) == strict, (key, status)


def test_our_own_processes_do_all_but_what_nobody_may(house: House, service: Visitor) -> None:
    table = classes()
    for key in described(house):
        method, template = key.split()
        status = service.ask(method, target(template), []).status
        assert (status == 403) == (table[key] is RouteClass.DENIED), (key, status)
        assert status not in (401, 415), key


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
