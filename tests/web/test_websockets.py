"""Websockets pass the same gate: ours, from our pages, with a session or the credential; the rest is refused."""

from datetime import UTC, datetime

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from policies.staff import Role
from storage.desk_sessions import end_session, signed_in
from tests.web.house import House, Visitor

SOCKETS = [
    "/events/out",
    "/logs/out",
    "/events/in",
    "/task_runs/subscriptions/scheduled",
    "/work_pools/x/workers/connect",
]


def refused(house: House, path: str, headers: dict[str, str]) -> bool:
    """Whether the handshake fails with HTTP 403."""
    try:
        with connect(f"ws://{house.authority}/api{path}", additional_headers=headers, open_timeout=10):
            return False
    except InvalidStatus as failure:
        return failure.response.status_code == 403


@pytest.mark.parametrize("path", SOCKETS)
def test_nobody_listens_without_a_session(house: House, path: str) -> None:
    assert refused(house, path, {"Origin": house.url})


@pytest.mark.parametrize("path", SOCKETS)
def test_a_foreign_page_opens_no_websocket(house: House, person: Visitor, path: str) -> None:
    cookie = {"Cookie": person.headers["Cookie"]}
    assert refused(house, path, {**cookie, "Origin": "http://evil.example"})
    assert refused(house, path, cookie)
    assert refused(house, path, {"Authorization": f"Bearer {house.credential}", "Origin": "http://evil.example"})


@pytest.mark.parametrize("role", list(Role))
def test_a_person_of_any_role_listens_to_events_and_logs_only(house: House, role: Role) -> None:
    ours = {"Cookie": house.person(role).headers["Cookie"], "Origin": house.url}
    assert [refused(house, path, ours) for path in SOCKETS] == [False, False, True, True, True]
    token = {"Authorization": house.script(role).headers["Authorization"]}
    assert [refused(house, path, token) for path in SOCKETS] == [False, False, True, True, True]


def test_who_signs_out_hears_no_more(house: House) -> None:
    cookie = house.person(Role.AGENT, "ulla").headers["Cookie"]
    ours = {"Cookie": cookie, "Origin": house.url}
    with connect(f"ws://{house.authority}/api/logs/out", additional_headers=ours, open_timeout=10) as socket:
        socket.send('{"type": "auth", "token": null}')
        found = house.run(signed_in(cookie.partition("=")[2], datetime.now(UTC)))
        assert found is not None
        house.run(end_session(found.session, datetime.now(UTC)))
        with pytest.raises(ConnectionClosed):
            list(socket)


def test_our_own_processes_send_events_and_take_work(house: House) -> None:
    credential = {"Authorization": f"Bearer {house.credential}"}
    assert [refused(house, path, credential) for path in SOCKETS[:4]] == [False] * 4


def test_a_websocket_nobody_knows_is_refused(house: House) -> None:
    credential = {"Authorization": f"Bearer {house.credential}"}
    assert refused(house, "/tomorrow", credential)
    assert refused(house, "/flow_runs/filter", credential)
