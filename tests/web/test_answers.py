"""An answer is written down before Prefect hears of it, and marked with what Prefect said."""

from typing import Any

import pytest

from policies.staff import Role
from tests.web.house import House, Visitor, suspended_run

SCHEMA = {
    "type": "object",
    "required": ["decision"],
    "properties": {"decision": {"type": "string", "enum": ["send", "wait", "stale"]}, "note": {"type": "string"}},
}


def told(house: House, since: int) -> list[dict[str, Any]]:
    """What was written down since, without the requests' headers."""
    return [{name: value for name, value in event.items() if name != "headers"} for event in house.events()[since:]]


def test_an_answer_is_received_then_forwarded_then_settled(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    reply = person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"decision": "send"}})
    assert reply.json["status"] == "ACCEPT"
    assert told(house, since) == [
        {"event": "receive", "run": str(run), "actor": "admin", "door": "desk", "values": {"decision": "send"}},
        {"event": "forward", "method": "POST", "path": f"/api/flow_runs/{run}/resume"},
        {"event": "settle", "answer": 7, "accepted": True, "words": "ACCEPT"},
    ]


@pytest.mark.parametrize("spell", [str.upper, lambda run: run.replace("-", "")])
def test_an_answer_is_written_down_however_the_run_is_spelled(house: House, person: Visitor, spell: Any) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    person.ask("POST", f"/api/flow_runs/{spell(str(run))}/resume", {"run_input": {"decision": "send"}})
    assert [event["event"] for event in told(house, since)] == ["receive", "forward", "settle"]
    assert told(house, since)[0]["run"] == str(run)


def test_an_answer_prefect_rejects_is_marked_refused_though_http_says_200(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    reply = person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"decision": "send twice"}})
    assert (reply.status, reply.json["status"]) == (200, "REJECT")
    words = "Reason: Validation failed for field 'decision'. Failure reason: 'send twice' is not one of ['send', 'wait', 'stale']"
    assert told(house, since)[-1] == {"event": "settle", "answer": 7, "accepted": False, "words": words}


def test_an_answer_to_a_run_that_moved_on_is_marked_refused(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"decision": "send"}})
    reply = person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"decision": "wait"}})
    assert reply.json["status"] == "ABORT"
    words = "Cannot resume a flow run that is not paused."
    assert told(house, -1) == [{"event": "settle", "answer": 7, "accepted": False, "words": words}]


def test_an_answer_that_turns_out_unusable_is_refused_in_a_sentence(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    body = {"run_input": {"decision": "wait", "note": "unusable"}}
    reply = person.ask("POST", f"/api/flow_runs/{run}/resume", body)
    assert (reply.status, reply.json["detail"]) == (409, "Date: 31 February does not exist.")


def test_a_stale_form_is_refused_in_a_sentence_and_never_forwarded(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    reply = person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"decision": "stale"}})
    assert (reply.status, reply.json["detail"][:23]) == (409, "The amount has changed ")
    assert [event["event"] for event in told(house, since)] == ["receive"]


def test_an_answer_that_cannot_be_written_down_is_never_forwarded(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    reply = person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"decision": "unwritable"}})
    assert (reply.status, "nothing was done" in reply.json["detail"]) == (503, True)
    assert [event["event"] for event in told(house, since)] == ["receive"]


@pytest.mark.parametrize(
    "body",
    [
        {"run_input": {"decision": {"__prefect_kind": "jinja", "template": "send"}}},
        {"run_input": {"note": [{"deep": {"__prefect_kind": "json", "value": '"send"'}}]}},
        {"run_input": {"__prefect_kind": "workspace_variable", "variable_name": "answer"}},
        {"run_input": {"note": "a\u0000b"}},
        {"run_input": {"note": "\ud800"}},
        {"run_input": ["send"]},
        {"run_input": {"decision": "send"}, "state": {"type": "COMPLETED"}},
        ["send"],
    ],
)
def test_values_that_are_not_plainly_written_out_are_refused(house: House, person: Visitor, body: Any) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    assert person.ask("POST", f"/api/flow_runs/{run}/resume", body).status == 422
    assert told(house, since) == []


def test_a_huge_answer_is_refused(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    reply = person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"note": "x" * 300_000}})
    assert reply.status == 413


@pytest.mark.parametrize("raw", [b"{", b"\xff", b"[" * 200_000, b'{"run_input": {"note": NaN}}'])
def test_an_unreadable_answer_is_refused(house: House, person: Visitor, raw: bytes) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    headers = {**person.headers, "Content-Type": "application/json"}
    assert house.knock("POST", f"/api/flow_runs/{run}/resume", headers, raw).status == 422


def test_a_run_without_an_open_question_is_answered_by_prefect(house: House, person: Visitor) -> None:
    since = len(house.events())
    reply = person.ask("POST", "/api/flow_runs/11111111-2222-4333-8444-555555555555/resume", {})
    assert reply.status >= 400
    assert [event["event"] for event in told(house, since)] == ["receive", "forward"]


@pytest.mark.parametrize("more", [{}, {"X_Relance_Actor": "marie"}])
def test_our_own_processes_answer_nothing_whatever_name_they_give(
    house: House, service: Visitor, more: dict[str, str]
) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    body = {"run_input": {"decision": "wait"}}
    since = len(house.events())
    assert service.ask("POST", f"/api/flow_runs/{run}/resume", body, **more).status == 403
    refused = {"event": "refuse", "run": str(run), "actor": "service", "door": "service", "values": body["run_input"]}
    assert told(house, since) == [refused]


def test_a_script_answers_in_the_name_of_whoever_holds_its_token(house: House) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    body = {"run_input": {"decision": "wait"}}
    reply = house.script(Role.AGENT).ask("POST", f"/api/flow_runs/{run}/resume", body)
    assert reply.json["status"] == "ACCEPT"
    assert (told(house, since)[0]["actor"], told(house, since)[0]["door"]) == ("agent", "token")


def test_a_person_cannot_answer_in_another_name(house: House, person: Visitor) -> None:
    run = suspended_run(house, "Dupont SARL", SCHEMA)
    since = len(house.events())
    person.ask("POST", f"/api/flow_runs/{run}/resume", {"run_input": {"decision": "wait"}}, X_Relance_Actor="marie")
    assert told(house, since)[0]["actor"] == "admin"
