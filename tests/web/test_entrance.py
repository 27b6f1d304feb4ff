"""A one-time link lets one browser in, once; without a session or the service credential nothing is shown."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.house import House
from web.callers import Credentials
from web.entrance import new_link, redeem


def test_a_link_opens_a_session_and_leads_to_the_inbox(house: House) -> None:
    reply = house.enter()
    assert (reply.status, reply.headers["location"]) == (303, "/v2/runs?tab=flow-runs&state=Suspended")
    flags = reply.headers["set-cookie"].split("; ")[1:]
    assert flags == ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"]


def test_a_link_works_once(house: House) -> None:
    path = new_link(house.home, house.url).removeprefix(house.url)
    assert [house.knock("GET", path).status for _ in range(2)] == [303, 401]


def test_a_link_that_is_only_fetched_ahead_keeps_its_worth(house: House) -> None:
    path = new_link(house.home, house.url).removeprefix(house.url)
    assert house.knock("GET", path, {"Sec-Purpose": "prefetch;prerender"}).status == 405
    assert house.knock("HEAD", path).status == 405
    assert house.knock("GET", path).status == 303


def test_a_used_link_leads_a_person_who_is_in_to_the_inbox(house: House) -> None:
    path = new_link(house.home, house.url).removeprefix(house.url)
    cookie = house.knock("GET", path).headers["set-cookie"].split(";")[0]
    assert house.knock("GET", path, {"Cookie": cookie}).status == 303


def test_a_link_ends_with_its_time_and_its_key_is_never_stored(tmp_path: Path) -> None:
    key = new_link(tmp_path, "http://127.0.0.1:4200", timedelta(seconds=-1)).partition("key=")[2]
    kept = (tmp_path / "run" / "entrance.json").read_text()
    assert key not in kept
    assert len(json.loads(kept)) == 1
    assert not redeem(tmp_path, key)


def test_the_keys_file_is_for_its_owner_only(tmp_path: Path) -> None:
    new_link(tmp_path, "http://127.0.0.1:4200")
    assert (tmp_path / "run" / "entrance.json").stat().st_mode & 0o777 == 0o600


def test_a_broken_keys_file_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "entrance.json").write_text("{")
    assert not redeem(tmp_path, "anything")


def test_a_browser_without_a_session_gets_a_page_with_a_sentence(house: House) -> None:
    reply = house.visitor(Accept="text/html,*/*").ask("GET", "/v2/runs")
    assert reply.status == 401
    assert "You are not signed in at this desk." in reply.text
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    "cookie",
    ["relance_desk=", "relance_desk=ImxvY2FsIg.forged.signature", "other=1", 'relance_desk="local"'],
)
def test_a_cookie_we_did_not_sign_is_no_session(house: House, cookie: str) -> None:
    assert house.visitor(Cookie=cookie).ask("GET", "/api/version").status == 401


def test_a_cookie_of_another_house_is_no_session(house: House) -> None:
    foreign = Credentials("another key", "another credential").cookie("local", secure=False).split(";")[0]
    assert house.visitor(Cookie=foreign).ask("GET", "/api/version").status == 401


@pytest.mark.parametrize(
    "credential", ["Bearer wrong", "Bearer ", "Basic c2VydmljZTpzZXNhbWU=", "service-credential-for-tests"]
)
def test_a_wrong_credential_is_refused(house: House, credential: str) -> None:
    assert house.visitor(Authorization=credential).ask("GET", "/api/version").status == 401


def test_a_house_without_its_secrets_does_not_open() -> None:
    with pytest.raises(ValueError, match=r"secrets\.json"):
        Credentials("key", "")


def test_the_health_check_is_open(house: House) -> None:
    assert house.visitor().ask("GET", "/api/health").json is True


def test_pages_of_the_ui_carry_a_policy_that_keeps_them_on_this_host(house: House) -> None:
    reply = house.visitor(**house.person().headers).ask("GET", "/v2/runs", None, Accept="text/html")
    assert reply.status == 200
    assert "connect-src 'self'" in reply.headers["content-security-policy"]
    assert (reply.headers["x-frame-options"], reply.headers["x-content-type-options"]) == ("DENY", "nosniff")
