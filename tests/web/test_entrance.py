"""One-time links, sign-in by password, sign-out: what opens a session, what ends it, what lets nobody in."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from policies.staff import Role
from storage import accounts, api_tokens, desk_sessions
from tests.web.house import House, Reply, Visitor
from web.callers import Credentials
from web.passwords import hashed

PASSWORD = "four words in a row"


async def with_password(login: str, role: Role = Role.AGENT) -> None:
    """An account with a password."""
    now = datetime.now(UTC)
    await accounts.add(login, "", "", "en", role, "test", now)
    found = await accounts.find(login)
    assert found is not None
    await accounts.set_password(found.id, await hashed(PASSWORD), "test", now)


def post(house: House, path: str, fields: dict[str, str], **headers: str) -> Reply:
    """One of our own forms, sent from a page of the desk."""
    given = {
        "Origin": house.url, "Sec-Fetch-Site": "same-origin", "Accept": "text/html",
        "Content-Type": "application/x-www-form-urlencoded", **headers,
    }  # fmt: skip
    return house.knock("POST", path, given, urlencode(fields).encode())


def sign_in(house: House, login: str, password: str, **more: str) -> Reply:
    """The form of the sign-in page."""
    return post(house, "/sign-in", {"login": login, "password": password, **more})


def let_in(house: House, cookie: str) -> bool:
    """Whether this cookie opens anything."""
    return house.visitor(Cookie=cookie).ask("GET", "/api/version").status == 200


def cookie_of(reply: Reply) -> str:
    """The session's cookie."""
    return reply.headers["set-cookie"].split(";")[0]


def test_a_link_opens_a_session_and_first_leads_to_the_choice_of_a_password(house: House) -> None:
    reply = house.enter()
    assert (reply.status, reply.headers["location"]) == (303, "/account")
    flags = reply.headers["set-cookie"].split("; ")[1:]
    assert flags == ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"]


def test_a_link_works_once(house: House) -> None:
    path = house.link()
    assert [house.knock("GET", path).status for _ in range(2)] == [303, 401]


def test_a_link_that_is_only_fetched_ahead_keeps_its_worth(house: House) -> None:
    path = house.link()
    assert house.knock("GET", path, {"Sec-Purpose": "prefetch;prerender"}).status == 405
    assert house.knock("HEAD", path).status == 405
    assert house.knock("GET", path).status == 303


def test_a_used_link_leads_a_person_who_is_in_to_the_desk(house: House) -> None:
    path = house.link()
    cookie = cookie_of(house.knock("GET", path))
    reply = house.knock("GET", path, {"Cookie": cookie})
    assert (reply.status, reply.headers["location"]) == (303, "/desk")


def test_a_link_ends_with_its_time_and_its_key_is_never_stored(house: House) -> None:
    path = house.link(life=timedelta(seconds=-1))
    kept = [row[0] for row in house.rows("SELECT key_hash FROM entry_link")]
    assert path.partition("key=")[2] not in kept
    assert house.knock("GET", path).status == 401


def test_the_first_password_is_set_behind_a_link_and_signs_in(house: House) -> None:
    house.run(with_password("paul", Role.ADMIN))
    cookie = cookie_of(house.knock("GET", house.link("paul")))
    csrf = house.visitor(Cookie=cookie).ask("GET", "/desk").json["csrf"]
    fields = {"csrf": csrf, "act": "password", "new": "another four words", "again": "another four words"}
    changed = post(house, "/account", fields, Cookie=cookie)
    assert (changed.status, let_in(house, cookie), let_in(house, cookie_of(changed))) == (303, False, True)
    assert sign_in(house, "paul", PASSWORD).status == 401
    reply = sign_in(house, "paul", "another four words", onward="/v2/runs?state=Suspended")
    assert (reply.status, reply.headers["location"]) == (303, "/v2/runs?state=Suspended")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old": "wrong wrong wrong", "new": "another four words", "again": "another four words"}, "until now is not"),
        ({"old": PASSWORD, "new": "another four words", "again": "another four"}, "differ"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "at least 12 characters"),
    ],
)
def test_a_password_is_changed_only_by_who_knows_the_old_one(
    house: House, fields: dict[str, str], sentence: str
) -> None:
    house.run(with_password("lea"))
    cookie = cookie_of(sign_in(house, "lea", PASSWORD))
    csrf = house.visitor(Cookie=cookie).ask("GET", "/desk").json["csrf"]
    reply = post(house, "/account", {"csrf": csrf, "act": "password", **fields}, Cookie=cookie)
    assert (reply.status, sentence in reply.text) == (422, True)
    assert sign_in(house, "lea", PASSWORD).status == 303


def test_a_wrong_password_and_an_unknown_login_get_the_same_page(house: House) -> None:
    house.run(with_password("mona"))
    replies = [sign_in(house, login, "wrong wrong wrong") for login in ("mona", "nona")]
    assert [reply.status for reply in replies] == [401, 401]
    assert replies[0].text.replace("mona", "") == replies[1].text.replace("nona", "")
    assert "set-cookie" not in replies[0].headers


@pytest.mark.parametrize("login", ["otto", "nobody-of-this-name"])
def test_after_five_failures_even_the_right_password_has_to_wait(house: House, login: str) -> None:
    house.run(with_password("otto"))
    assert [sign_in(house, login, "wrong wrong wrong").status for _ in range(6)] == [401] * 5 + [429]
    late = sign_in(house, login, PASSWORD)
    assert (late.status, "try again in 1 minute" in late.text) == (429, True)


def test_signing_out_ends_the_session_at_once_and_only_with_the_token_of_the_form(house: House) -> None:
    visitor = house.person(login="rita", role=Role.AGENT)
    cookie = visitor.headers["Cookie"]
    csrf = visitor.ask("GET", "/desk").json["csrf"]
    assert post(house, "/sign-out", {"csrf": "forged"}, Cookie=cookie).status == 403
    assert let_in(house, cookie)
    reply = post(house, "/sign-out", {"csrf": csrf}, Cookie=cookie)
    assert (reply.status, reply.headers["location"], let_in(house, cookie)) == (303, "/sign-in", False)


@pytest.mark.parametrize("wanted", [{"role": Role.VIEWER}, {"disabled_at": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_another_role_or_being_disabled_ends_every_session(house: House, wanted: dict[str, object]) -> None:
    login = f"s{len(house.rows('SELECT id FROM person'))}"
    cookie = house.person(Role.AGENT, login).headers["Cookie"]
    assert let_in(house, cookie)
    assert house.run(accounts.change(login, wanted, "test", datetime.now(UTC))) == []
    assert not let_in(house, cookie)


def test_a_session_ends_after_twelve_hours_without_use_and_after_a_week_in_any_case(house: House) -> None:
    cookie = house.person(Role.AGENT, "tom").headers["Cookie"]
    key = cookie.partition("=")[2]
    now = datetime.now(UTC)

    async def alive_after(*hours: int) -> list[bool]:
        looks = [await desk_sessions.signed_in(key, now + timedelta(hours=one)) for one in hours]
        return [look is not None for look in looks]

    assert house.run(alive_after(11, 22, 36)) == [True, True, False]
    assert house.run(alive_after(*range(33, 180, 11))) == [True] * 13 + [False]


def test_a_token_that_is_revoked_or_too_old_opens_nothing(house: House) -> None:
    script = house.script(Role.AGENT)
    assert script.ask("GET", "/api/version").status == 200
    number = house.rows("SELECT max(id) FROM api_token")[0][0]
    house.run(api_tokens.revoke_token(number, "test", datetime.now(UTC)))
    assert script.ask("GET", "/api/version").status == 401
    holder = house.script(Role.AGENT).headers["Authorization"].removeprefix("Bearer ")
    assert house.run(api_tokens.token_holder(holder, datetime.now(UTC) + timedelta(days=2))) is None


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(house: House) -> None:
    reply = house.visitor(Accept="text/html,*/*").ask("GET", "/v2/runs?state=Suspended")
    assert (reply.status, reply.headers["location"]) == (303, "/sign-in?onward=%2Fv2%2Fruns%3Fstate%3DSuspended")
    page = house.visitor(Accept="text/html").ask("GET", reply.headers["location"])
    assert (page.status, 'value="/v2/runs?state=Suspended"' in page.text) == (200, True)
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "place", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(house: House, place: str) -> None:
    house.run(with_password("vera"))
    assert sign_in(house, "vera", PASSWORD, onward=place).headers["location"] == "/desk"


def test_the_sign_in_page_speaks_french_to_a_french_browser(house: House) -> None:
    page = house.visitor(Accept="text/html", Accept_Language="fr-FR,fr;q=0.9").ask("GET", "/sign-in")
    assert ("Se connecter" in page.text, 'lang="fr"' in page.text) == (True, True)


def test_a_form_of_another_site_signs_nobody_in(house: House) -> None:
    house.run(with_password("walt"))
    fields = {"login": "walt", "password": PASSWORD}
    assert post(house, "/sign-in", fields, Origin="http://evil.example").status == 403
    body = urlencode(fields).encode()
    assert house.knock("POST", "/sign-in", {"Content-Type": "application/x-www-form-urlencoded"}, body).status == 403


@pytest.mark.parametrize("cookie", ["relance_desk=", "relance_desk=ImxvY2FsIg.forged.signature", "other=1"])
def test_a_cookie_we_did_not_give_is_no_session(house: House, cookie: str) -> None:
    assert house.visitor(Cookie=cookie).ask("GET", "/api/version").status == 401


@pytest.mark.parametrize(
    "credential",
    ["Bearer wrong", "Bearer ", "Bearer relance_wrong", "Basic c2VydmljZTpzZXNhbWU=", "service-credential"],
)
def test_a_wrong_credential_is_refused(house: House, credential: str) -> None:
    assert house.visitor(Authorization=credential).ask("GET", "/api/version").status == 401


def test_a_house_without_its_secrets_does_not_open() -> None:
    with pytest.raises(ValueError, match=r"secrets\.json"):
        Credentials("key", "")


def test_the_health_check_is_open(house: House) -> None:
    assert house.visitor().ask("GET", "/api/health").json is True


def test_pages_of_the_ui_carry_a_policy_that_keeps_them_on_this_host(house: House, person: Visitor) -> None:
    reply = person.ask("GET", "/v2/runs", None, Accept="text/html")
    assert reply.status == 200
    assert "connect-src 'self'" in reply.headers["content-security-policy"]
    assert (reply.headers["x-frame-options"], reply.headers["x-content-type-options"]) == ("DENY", "nosniff")
    assert "strict-transport-security" not in reply.headers


def test_behind_https_the_cookie_is_secure_and_browsers_are_told_to_stay_there(house: House) -> None:
    reply = house.knock("GET", house.link(), {"X-Forwarded-Proto": "https"})
    assert reply.headers["set-cookie"].endswith("; Secure")
    assert reply.headers["strict-transport-security"] == "max-age=31536000"
