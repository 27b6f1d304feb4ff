"""The desk's own pages: reached by people only, who are told apart; a form counts only with the token of its session."""

from urllib.parse import urlencode

import pytest

from policies.staff import Role
from tests.web.house import House, Visitor

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def post(house: House, visitor: Visitor, fields: dict[str, str]) -> int:
    """A form of one of the pages; its status."""
    return house.knock("POST", "/desk/inbox", {**visitor.headers, **FORM}, urlencode(fields).encode()).status


@pytest.mark.parametrize("role", list(Role))
def test_a_page_knows_who_looks_at_it(house: House, role: Role) -> None:
    told = house.person(role).ask("GET", "/desk/inbox").json
    assert (told["actor"], told["role"], len(told["csrf"])) == (role.value, role.value, 64)


def test_the_root_leads_to_the_desk(person: Visitor) -> None:
    reply = person.ask("GET", "/")
    assert (reply.status, reply.headers["location"]) == (303, "/desk")


def test_a_form_counts_only_with_the_token_of_its_own_session(house: House) -> None:
    mine, other = house.person(Role.AGENT), house.person(Role.AGENT)
    token = mine.ask("GET", "/desk").json["csrf"]
    assert [post(house, mine, fields) for fields in ({}, {"csrf": "x"}, {"csrf": token})] == [403, 403, 200]
    assert post(house, other, {"csrf": token}) == 403


def test_a_script_reads_and_posts_without_a_form(house: House) -> None:
    script = house.script(Role.AGENT)
    assert script.ask("GET", "/desk").json["actor"] == "agent"
    assert post(house, script, {"q": "Dupont"}) == 200


def test_nobody_and_our_own_processes_see_none_of_it(house: House, service: Visitor) -> None:
    assert house.visitor().ask("GET", "/desk").status == 401
    assert service.ask("GET", "/desk").status == 404
    assert house.visitor(Accept="text/html").ask("GET", "/desk/search?q=a").headers["location"] == (
        "/sign-in?onward=%2Fdesk%2Fsearch%3Fq%3Da"
    )


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_pages_take_no_other_method(person: Visitor, method: str) -> None:
    assert person.ask(method, "/desk").status == 405


def test_an_act_of_a_page_leads_to_its_deployment_in_the_server_behind_the_desk(
    house: House, person: Visitor, service: Visitor
) -> None:
    flow = service.ask("POST", "/api/flows/", {"name": "hold"}).json["id"]
    made = service.ask("POST", "/api/deployments/", {"name": "hold", "flow_id": flow})
    assert made.status in (200, 201), made.text
    assert person.ask("GET", "/desk/start/hold").json["deployment"] == made.json["id"]
    assert person.ask("GET", "/desk/start/release").json["deployment"] is None
