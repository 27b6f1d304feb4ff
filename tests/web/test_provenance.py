"""Only pages of this desk reach it: foreign hosts, origins and forms are refused, whoever sends them."""

import pytest

from tests.web.house import House, Visitor

READ = ("POST", "/api/flow_runs/filter")


@pytest.mark.parametrize(
    "host", ["relance.evil.example:80", "127.0.0.1", "127.0.0.1:1", "", "localhost:4200.evil.example"]
)
def test_a_foreign_host_name_is_refused(service: Visitor, host: str) -> None:
    assert service.ask("GET", "/api/version", Host=host).status == 403
    assert service.ask("GET", "/api/health", Host=host).status == 403


def test_our_loopback_names_are_ours(house: House, service: Visitor) -> None:
    for name in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST"):
        assert service.ask("GET", "/api/version", Host=f"{name}:{house.port}").status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://", "", "http://["])
def test_a_foreign_origin_neither_acts_nor_reads(person: Visitor, service: Visitor, origin: str) -> None:
    for visitor in (person, service):
        assert visitor.ask(*READ, {}, Origin=origin).status == 403
        assert visitor.ask("GET", "/api/version", Origin=origin).status == 403


def test_a_foreign_preflight_is_refused_and_nothing_is_allowed_to_it(house: House) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    reply = house.visitor(**asked).ask(
        "OPTIONS", "/api/flow_runs/filter", None, Access_Control_Request_Headers="content-type"
    )
    assert reply.status == 403
    assert not [name for name in reply.headers if name.startswith("access-control-")]


def test_no_reply_is_opened_to_other_sites(person: Visitor) -> None:
    reply = person.ask(*READ, {})
    assert reply.status == 200
    assert not [name for name in reply.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_does_not_read_the_api(person: Visitor, site: str) -> None:
    reply = person.ask("GET", "/api/version", Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="script")
    assert reply.status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_nothing_but_our_own_pages_acts(person: Visitor, site: str) -> None:
    assert person.ask(*READ, {}, Sec_Fetch_Site=site).status == 403


def test_a_person_who_shows_no_origin_may_look_but_not_act(house: House, person: Visitor) -> None:
    bare = house.visitor(Cookie=person.headers["Cookie"])
    assert bare.ask("GET", "/api/version").status == 200
    assert bare.ask(*READ, {}).status == 403


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_post_that_is_not_declared_as_json_is_refused(person: Visitor, service: Visitor, kind: str | None) -> None:
    given = {} if kind is None else {"Content-Type": kind}
    for visitor in (person, service):
        assert visitor.house.knock(*READ, {**visitor.headers, **given}, b"{}").status == 415


def test_a_link_on_another_site_opens_the_desk_on_a_second_look(house: House) -> None:
    click = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    reply = house.visitor(Accept="text/html").ask("GET", "/v2/runs", **click)
    assert reply.status == 401
    assert 'http-equiv="refresh"' in reply.text
