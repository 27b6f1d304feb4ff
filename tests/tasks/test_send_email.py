"""One attempt ends as confirmed, refused or ambiguous, and the end of DATA is the line between the last two."""

import asyncio
import logging
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from policies.case import EffectState
from tasks.handed import Handed
from tasks.relay import Relay
from tasks.send_email import hand_over
from tasks.server_url import Tls
from tests.tasks.smtp_servers import (
    Mailbox,
    Talk,
    answers_nonsense,
    certificate,
    hangs_up_after_the_dot,
    login,
    never_answers_the_dot,
    read_message,
    real_server,
    scripted_server,
    up_to_data,
)

RAW = b"Subject: facture\r\n\r\nBonjour,\r\n.une ligne avec un point\r\n..\r\n.\r\nfin\r\n"
BIG = (
    b"Subject: facture\r\n\r\n"
    + b"0123456789012345678901234567890123456789012345678901234567890123456789\r\n" * 120_000
)

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter


def relay(port: int, **changes: object) -> Relay:
    return replace(Relay("127.0.0.1", port, timeout=2.0), **changes)  # type: ignore[arg-type]


async def send(port: int, raw: bytes = RAW, **changes: object) -> Handed:
    return await hand_over(raw, "relances@martin.example", "compta@dupont.example", relay(port, **changes))


def against(talk: Talk, raw: bytes = RAW, timeout: float = 2.0) -> Handed:
    async def story() -> Handed:
        async with scripted_server(talk) as port:
            return await send(port, raw, timeout=timeout)

    return asyncio.run(story())


def with_server(mailbox: Mailbox, raw: bytes = RAW) -> Handed:
    async def story() -> Handed:
        async with real_server(mailbox) as port:
            return await send(port, raw)

    return asyncio.run(story())


@pytest.mark.parametrize("raw", [RAW, BIG], ids=["dots", "8 MB"])
def test_a_message_that_is_taken_is_confirmed_with_the_servers_words_and_arrives_byte_for_byte(raw: bytes) -> None:
    mailbox = Mailbox()
    handed = with_server(mailbox, raw)
    words = "2.0.0 Ok: queued as 4XyZ"
    assert handed == Handed(EffectState.CONFIRMED, False, f"250 {words}", words)
    assert mailbox.kept == [("relances@martin.example", ["compta@dupont.example"], raw)]


@pytest.mark.parametrize(
    ("answers", "temporary", "words"),
    [
        ({"mail": "451 4.3.0 come back"}, True, "451 4.3.0 come back"),
        ({"mail": "550 5.7.1 not you"}, False, "550 5.7.1 not you"),
        ({"rcpt": "450 4.2.1 mailbox busy"}, True, "450 4.2.1 mailbox busy"),
        ({"rcpt": "550 5.1.1 no such user"}, False, "550 5.1.1 no such user"),
        ({"data": "452 4.3.1 disk full"}, True, "452 4.3.1 disk full"),
        ({"data": "554 5.6.0 not wanted"}, False, "554 5.6.0 not wanted"),
    ],
)
def test_a_message_that_is_refused_is_refused_for_now_or_for_good_in_the_servers_words(
    answers: dict[str, str], temporary: bool, words: str
) -> None:
    mailbox = Mailbox(**answers)
    assert with_server(mailbox) == Handed(EffectState.REFUSED, temporary, words, "")
    assert mailbox.kept == []


async def _greets_421(reader: Reader, writer: Writer) -> None:
    writer.write(b"421 4.3.2 too busy\r\n")
    await writer.drain()


async def _greets_554(reader: Reader, writer: Writer) -> None:
    writer.write(b"554 no service here\r\n")
    await writer.drain()


async def _hangs_up_at_once(reader: Reader, writer: Writer) -> None:
    writer.close()


async def _never_greets(reader: Reader, writer: Writer) -> None:
    await reader.read()


async def _hangs_up_at_mail(reader: Reader, writer: Writer) -> None:
    writer.write(b"220 mx.test\r\n")
    await reader.readline()
    writer.write(b"250 OK\r\n")
    await reader.readline()


async def _refuses_data_for_now(reader: Reader, writer: Writer) -> None:
    await up_to_data(reader, writer, b"451 4.3.0 not now\r\n")
    await reader.readline()


async def _hangs_up_after_354(reader: Reader, writer: Writer) -> None:
    await up_to_data(reader, writer)
    writer.transport.abort()


async def _hangs_up_in_the_middle(reader: Reader, writer: Writer) -> None:
    await up_to_data(reader, writer)
    await reader.readexactly(200_000)
    writer.transport.abort()


async def _stops_reading(reader: Reader, writer: Writer) -> None:
    await up_to_data(reader, writer)
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    await asyncio.sleep(30)


@pytest.mark.parametrize(
    ("talk", "raw", "words"),
    [
        (_greets_421, RAW, "421 4.3.2 too busy"),
        (_greets_554, RAW, "554 no service here"),
        (_hangs_up_at_once, RAW, "could not be used"),
        (_never_greets, RAW, "could not be used"),
        (_hangs_up_at_mail, RAW, "lost before the message was sent"),
        (_refuses_data_for_now, RAW, "451 4.3.0 not now"),
        (_hangs_up_in_the_middle, BIG, "lost while the message was sent"),
    ],
)
def test_what_ends_before_the_end_of_data_is_refused_for_now(talk: Talk, raw: bytes, words: str) -> None:
    handed = against(talk, raw, timeout=0.5)
    assert (handed.state, handed.temporary) == (EffectState.REFUSED, True)
    assert words in handed.words


def test_a_server_that_stops_reading_in_the_middle_is_given_up_as_refused() -> None:
    handed = against(_stops_reading, BIG, timeout=0.3)
    assert (handed.state, handed.temporary) == (EffectState.REFUSED, True)


def test_a_small_message_to_a_server_that_hangs_up_after_354_is_never_taken_for_confirmed() -> None:
    handed = against(_hangs_up_after_354)
    assert handed.state in (EffectState.REFUSED, EffectState.AMBIGUOUS)
    assert handed.temporary is (handed.state is EffectState.REFUSED)


_NEVER_ANSWERS_THE_DOT = never_answers_the_dot(up_to_data)


async def _closes_after_the_dot(reader: Reader, writer: Writer) -> None:
    await up_to_data(reader, writer)
    await read_message(reader)


async def _answers_half_a_line(reader: Reader, writer: Writer) -> None:
    await up_to_data(reader, writer)
    await read_message(reader)
    writer.write(b"250 2.0.0 O")
    await writer.drain()


@pytest.mark.parametrize(
    "talk",
    [
        hangs_up_after_the_dot(up_to_data),
        _closes_after_the_dot,
        _NEVER_ANSWERS_THE_DOT,
        answers_nonsense(up_to_data),
        _answers_half_a_line,
    ],
)
@pytest.mark.parametrize("raw", [RAW, BIG], ids=["small", "8 MB"])
def test_what_ends_after_the_end_of_data_without_an_answer_is_ambiguous(talk: Talk, raw: bytes) -> None:
    handed = against(talk, raw, timeout=0.1 if talk is _NEVER_ANSWERS_THE_DOT else 2.0)
    assert (handed.state, handed.temporary) == (EffectState.AMBIGUOUS, False)


async def _hangs_up_instead_of_good_bye(reader: Reader, writer: Writer) -> None:
    await up_to_data(reader, writer)
    await read_message(reader)
    writer.write(b"250 2.0.0 taken\r\n")
    await writer.drain()
    writer.transport.abort()


def test_what_happens_after_the_answer_changes_nothing() -> None:
    assert against(_hangs_up_instead_of_good_bye).state is EffectState.CONFIRMED


def test_a_port_where_nobody_listens_is_refused_for_now() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    handed = asyncio.run(send(port))
    assert (handed.state, handed.temporary) == (EffectState.REFUSED, True)
    assert f"127.0.0.1:{port} could not be used" in handed.words


def test_a_host_without_an_address_is_refused_for_now() -> None:
    handed = asyncio.run(hand_over(RAW, "a@b.example", "c@d.example", Relay("mx.invalid", 25, timeout=5)))
    assert (handed.state, handed.temporary) == (EffectState.REFUSED, True)


def test_an_address_that_is_none_is_refused_for_good_without_a_connection() -> None:
    handed = asyncio.run(hand_over(RAW, "a@b.example", "c@d.example>\r\nDATA", Relay("127.0.0.1", 9)))
    assert handed == Handed(EffectState.REFUSED, False, "“c@d.example> DATA” is not an e-mail address.", "")


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.TLS])
def test_a_certificate_nobody_vouches_for_is_refused_for_now_and_nothing_is_sent(tls: Tls, tmp_path: Path) -> None:
    mailbox, (context, authority) = Mailbox(), certificate(tmp_path)

    async def story() -> tuple[Handed, Handed]:
        options: dict[str, Any] = {"tls_context": context} if tls is Tls.STARTTLS else {}
        async with real_server(mailbox, context if tls is Tls.TLS else None, **options) as port:
            return await send(port, tls=tls), await send(port, tls=tls, ca=str(authority))

    refused, confirmed = asyncio.run(story())
    assert (refused.state, refused.temporary) == (EffectState.REFUSED, True)
    assert "cannot be trusted: self-signed certificate" in refused.words
    assert confirmed.state is EffectState.CONFIRMED
    assert len(mailbox.kept) == 1


def test_a_server_without_starttls_gets_nothing_in_clear() -> None:
    mailbox = Mailbox()

    async def story() -> Handed:
        async with real_server(mailbox) as port:
            return await send(port, tls=Tls.STARTTLS, user="relance", password="s3cret word")

    handed = asyncio.run(story())
    assert (handed.state, handed.temporary, mailbox.kept) == (EffectState.REFUSED, True, [])
    assert "STARTTLS" in handed.words


@pytest.mark.parametrize(
    ("password", "state"), [("s3cret word", EffectState.CONFIRMED), ("wrong", EffectState.REFUSED)]
)
def test_a_user_and_password_are_given_and_a_wrong_one_is_our_fault_for_now(password: str, state: EffectState) -> None:
    mailbox = Mailbox()

    async def story() -> Handed:
        options: dict[str, Any] = {"authenticator": login, "auth_required": True, "auth_require_tls": False}
        async with real_server(mailbox, **options) as port:
            return await send(port, user="relance", password=password)

    handed = asyncio.run(story())
    assert (handed.state, handed.temporary) == (state, state is EffectState.REFUSED)
    assert password not in handed.words
    assert len(mailbox.kept) == (state is EffectState.CONFIRMED)


def test_nothing_of_the_message_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="tasks")
    caplog.set_level(logging.DEBUG, logger="aiosmtplib")
    against(_closes_after_the_dot)
    assert "Bonjour" not in caplog.text


def test_what_a_server_says_stays_on_one_line_and_short() -> None:
    async def talk(reader: Reader, writer: Writer) -> None:
        await up_to_data(reader, writer, b"550-first\r\n550 \x1b[31m" + b"x" * 2000 + b"\r\n")
        await reader.readline()

    handed = against(talk)
    assert (handed.state, handed.temporary, len(handed.words)) == (EffectState.REFUSED, False, 304)
    assert handed.words.startswith("550 first [31mxxx")
