"""E-mails to our own people: once per key, over the creditor's mail server, to the sink while `live` is off."""

import asyncio
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from policies.case import EffectState
from storage.comparison import compare
from storage.creditor import ensure_creditor
from tasks.relay_connections import disconnect
from tasks.staff_mail import hand_over_due, send_to_staff
from tests.storage.books import do, rows
from tests.tasks.smtp_servers import Mailbox, hangs_up_after_the_dot, real_server, scripted_server, up_to_data

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 11, 27, 6, 30, tzinfo=UTC)
Row = tuple[str, str, str, int, datetime | None]


@pytest.fixture(autouse=True)
async def no_connection_is_left() -> Any:
    """Kept connections end with the test."""
    yield
    await disconnect()


async def marie_works_here(*, live: bool = True) -> None:
    await ensure_creditor()
    await do("UPDATE creditor SET email = 'compta@us.example', name = 'Société Générique', live = :live", live=live)
    await do(
        "INSERT INTO person (login, name, email, language, role) VALUES "
        "('marie', 'Marie Durand', 'marie@us.example', 'fr', 'agent')"
    )


def relay(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv("RELANCE_SMTP_URL", f"smtp://127.0.0.1:{port}?tls=none&timeout=2")


async def send(key: str = "digest-marie-2026-11-27", at: datetime = MORNING, person: str = "marie") -> object:
    return await send_to_staff(person, "Trois questions vous attendent", "Bonjour", "<p>Bonjour</p>", key, at)


async def kept() -> list[Row]:
    found = await rows("SELECT key, state, route, tries, next_at FROM staff_message ORDER BY id")
    return [(row[0], row[1], row[2], row[3], row[4]) for row in found]


async def test_an_e_mail_leaves_over_the_mail_server_as_text_and_html_and_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await marie_works_here()
    server = Mailbox()
    async with real_server(server) as port:
        relay(monkeypatch, port)
        assert await send() is EffectState.CONFIRMED
        assert await send(at=MORNING + timedelta(hours=1)) is EffectState.CONFIRMED
        assert await hand_over_due(MORNING + timedelta(hours=2)) == 0
    assert await kept() == [("digest-marie-2026-11-27", "confirmed", "live", 1, None)]
    [(sender, recipients, raw)] = server.kept
    mail = message_from_bytes(raw, policy=policy.default)
    assert (sender, recipients) == ("compta@us.example", ["marie@us.example"])
    assert (mail["Subject"], mail["To"]) == ("Trois questions vous attendent", "Marie Durand <marie@us.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


async def test_while_nothing_leaves_in_earnest_it_goes_to_the_sink_which_still_agrees_with_the_ledger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await marie_works_here(live=False)
    outside, sink = Mailbox(), Mailbox()
    async with real_server(outside) as port, real_server(sink) as sunk:
        relay(monkeypatch, port)
        monkeypatch.setenv("RELANCE_SINK_PORT", str(sunk))
        assert await send() is EffectState.CONFIRMED
    assert (len(outside.kept), len(sink.kept)) == (0, 1)
    await do(
        "INSERT INTO sink_message (message_id, recipient, channel, subject, path, sha256) "
        "SELECT 'x', recipient, 'email', subject, '', sha256 FROM staff_message"
    )
    found = await compare()
    assert (found.sink, found.ledger, found.duplicates, found.lost) == (0, 0, 0, 0)


async def test_what_is_refused_for_now_is_tried_again_later_and_given_up_after_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await marie_works_here()
    async with real_server(Mailbox(data="451 4.3.0 try again later")) as port:
        relay(monkeypatch, port)
        assert await send() is EffectState.REFUSED
        soon = MORNING + timedelta(minutes=5)
        assert await kept() == [("digest-marie-2026-11-27", "refused", "live", 1, soon)]
        assert await hand_over_due(soon - timedelta(seconds=1)) == 0
        assert (await kept())[0][3] == 1
        await hand_over_due(MORNING + timedelta(hours=24))
        assert await kept() == [("digest-marie-2026-11-27", "refused", "live", 2, None)]


async def test_what_was_refused_leaves_once_the_server_is_well_again(monkeypatch: pytest.MonkeyPatch) -> None:
    await marie_works_here()
    server = Mailbox(data="451 4.3.0 try again later")
    async with real_server(server) as port:
        relay(monkeypatch, port)
        await send()
        server.answers["data"] = "250 2.0.0 Ok"
        assert await hand_over_due(MORNING + timedelta(minutes=5)) == 1
        assert await hand_over_due(MORNING + timedelta(hours=3)) == 0
    assert [state for _, state, _, _, _ in await kept()] == ["confirmed"]
    assert len(server.kept) == 1


async def test_what_may_have_left_is_never_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    await marie_works_here()
    async with scripted_server(hangs_up_after_the_dot(up_to_data)) as port:
        relay(monkeypatch, port)
        assert await send() is EffectState.AMBIGUOUS
    server = Mailbox()
    async with real_server(server) as port:
        relay(monkeypatch, port)
        assert await send() is EffectState.AMBIGUOUS
        assert await hand_over_due(MORNING + timedelta(hours=2)) == 0
    assert server.kept == []


async def test_what_somebody_who_died_was_handing_over_is_not_sent_again_and_what_was_only_written_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await marie_works_here()
    server = Mailbox()
    async with real_server(server) as port:
        relay(monkeypatch, port)
        await do(
            "INSERT INTO staff_message (creditor_id, login, key, state, sender, recipient, raw, written_at, handed_at, next_at) "
            "SELECT id, 'marie', k, s, 'compta@us.example', 'marie@us.example', 'Subject: x', :at, h, n FROM creditor, "
            "(VALUES ('one', 'handing_over', CAST(:at AS timestamptz), NULL), ('two', 'reserved', NULL, CAST(:at AS timestamptz))) "
            "AS v(k, s, h, n)",
            at=MORNING,
        )
        assert await hand_over_due(MORNING + timedelta(hours=1)) == 1
    assert [row[:4] for row in await kept()] == [("one", "ambiguous", "", 0), ("two", "confirmed", "live", 1)]


async def test_two_dispatchers_at_once_send_one(monkeypatch: pytest.MonkeyPatch) -> None:
    await marie_works_here()
    server = Mailbox()
    async with real_server(server) as port:
        relay(monkeypatch, port)
        await asyncio.gather(*(send() for _ in range(4)), hand_over_due(MORNING))
    assert len(server.kept) == 1


async def test_nobody_is_written_to_who_has_left_has_no_address_or_is_not_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await marie_works_here()
    await do("INSERT INTO person (login, role) VALUES ('paul', 'agent')")
    async with real_server(Mailbox()) as port:
        relay(monkeypatch, port)
        assert await send(person="paul") is None
        assert await send(person="nobody") is None
        await do("UPDATE person SET disabled_at = :at", at=MORNING)
        assert await send() is None
    assert await kept() == []
