"""A connection carries several messages, and what it carried before never changes how the next one ends."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from policies.case import EffectState
from tasks.handed import Handed
from tasks.relay import Relay
from tasks.relay_connections import Connections, connections, disconnect
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

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter
LIMITS: dict[str, Any] = {"idle": 30.0, "most_messages": 50, "most_kept": 4}
BIG = b"Subject: facture\r\n\r\n" + b"0123456789" * 800_000


def raw(number: int) -> bytes:
    return f"Subject: facture {number}\r\n\r\n.Bonjour {number}\r\n".encode()


async def send(kept: Connections, port: int, number: int = 1, content: bytes = b"", **changes: object) -> Handed:
    relay = replace(Relay("127.0.0.1", port, timeout=2.0), **changes)  # type: ignore[arg-type]
    return await hand_over(content or raw(number), "us@martin.example", "compta@dupont.example", relay, kept)


def told(use: Callable[[Connections], Awaitable[Any]], **limits: Any) -> Any:
    """What came of using connections, all of which are closed at the end."""

    async def story() -> Any:
        kept = Connections(**(LIMITS | limits))
        try:
            return await use(kept)
        finally:
            await kept.close()

    return asyncio.run(story())


def states(handed: list[Handed]) -> list[str]:
    return [one.state.value for one in handed]


def bodies(mailbox: Mailbox) -> list[bytes]:
    return sorted(content for _, _, content in mailbox.kept)


@pytest.mark.parametrize("tls", list(Tls))
def test_ten_messages_leave_over_one_connection_with_one_sign_in(tls: Tls, tmp_path: Path) -> None:
    mailbox, (context, authority) = Mailbox(), certificate(tmp_path)
    options: dict[str, Any] = {"authenticator": login, "auth_require_tls": False}
    options |= {"tls_context": context} if tls is Tls.STARTTLS else {}

    async def use(kept: Connections) -> list[Handed]:
        async with real_server(mailbox, context if tls is Tls.TLS else None, **options) as port:
            account = {"tls": tls, "ca": str(authority), "user": "relance", "password": "s3cret word"}
            return [await send(kept, port, number, **account) for number in range(10)]

    assert states(told(use)) == ["confirmed"] * 10
    assert bodies(mailbox) == [raw(number) for number in range(10)]
    assert mailbox.met == 1


def test_messages_at_the_same_time_never_share_a_connection_and_at_most_so_many_are_kept() -> None:
    mailbox = Mailbox()

    async def use(kept: Connections) -> tuple[list[Handed], int]:
        async with real_server(mailbox) as port:
            first = await asyncio.gather(*(send(kept, port, number) for number in range(10)))
            before = mailbox.met
            return [*first, *await asyncio.gather(*(send(kept, port, number) for number in range(10, 14)))], before

    handed, before = told(use)
    assert states(handed) == ["confirmed"] * 14
    assert bodies(mailbox) == sorted(raw(number) for number in range(14))
    assert (before, mailbox.met) == (10, 10)


def test_a_connection_ends_after_its_messages_and_after_its_rest() -> None:
    mailbox = Mailbox()

    async def use(kept: Connections) -> None:
        async with real_server(mailbox) as port:
            for number in range(4):
                await send(kept, port, number)
            assert mailbox.met == 2
            await send(kept, port, 4)
            await asyncio.sleep(0.15)  # longer than it is kept
            await send(kept, port, 5)

    told(use, most_messages=2, idle=0.05)
    assert (mailbox.met, len(mailbox.kept)) == (4, 6)


def test_two_relays_and_two_domains_of_ours_never_share_a_connection() -> None:
    mailbox = Mailbox()

    async def use(kept: Connections) -> None:
        async with real_server(mailbox) as port:
            relay = Relay("127.0.0.1", port, timeout=2.0)
            for sender, where in (
                ("us@a.example", relay),
                ("us@b.example", relay),
                ("us@a.example", replace(relay, timeout=3.0)),
            ):
                assert (await hand_over(raw(1), sender, "c@d.example", where, kept)).state is EffectState.CONFIRMED

    told(use)
    assert mailbox.met == 3


@pytest.mark.parametrize(
    ("answers", "words"),
    [({"rcpt": "550 5.1.1 no such user"}, "550 5.1.1 no such user"), ({"data": "452 4.3.1 full"}, "452 4.3.1 full")],
)
def test_after_a_refusal_the_connection_is_reset_and_carries_the_next_message(
    answers: dict[str, str], words: str
) -> None:
    mailbox = Mailbox()
    well = dict(mailbox.answers)

    async def use(kept: Connections) -> list[Handed]:
        async with real_server(mailbox) as port:
            mailbox.answers |= answers
            no = await send(kept, port, 1)
            mailbox.answers |= well
            return [no, await send(kept, port, 2)]

    handed = told(use)
    assert (handed[0].words, states(handed)) == (words, ["refused", "confirmed"])
    assert (mailbox.met, bodies(mailbox)) == (1, [raw(2)])


async def _one_message(reader: Reader, writer: Writer) -> None:
    """A whole message, taken."""
    await up_to_data(reader, writer)
    await read_message(reader)
    writer.write(b"250 2.0.0 taken\r\n")
    await writer.drain()


def _hangs_up(words: bytes) -> Talk:
    """Once the first message is taken the server says `words` and is gone, as many do after some seconds of silence."""

    async def talk(reader: Reader, writer: Writer) -> None:
        await _one_message(reader, writer)
        writer.write(words)
        await writer.drain()

    return talk


def _answers_mail(words: bytes) -> Talk:
    """The server has forgotten us, and says so when the next message begins."""

    async def talk(reader: Reader, writer: Writer) -> None:
        await _one_message(reader, writer)
        await reader.readline()
        writer.write(words)
        await writer.drain()

    return talk


@pytest.mark.parametrize(
    "talk",
    [
        _hangs_up(b""),
        _hangs_up(b"421 4.4.2 idle for too long\r\n"),
        _answers_mail(b""),
        _answers_mail(b"421 4.4.2 idle for too long\r\n"),
        _answers_mail(b"451 4.4.2 Timeout waiting for data from client\r\n"),
        _answers_mail(b"503 5.5.1 who are you\r\n"),
        _answers_mail(b"what?\r\n"),
    ],
)
def test_a_kept_connection_found_dead_before_the_message_is_replaced_and_the_message_arrives_once(talk: Talk) -> None:
    met: list[int] = []

    async def first_dies(reader: Reader, writer: Writer) -> None:
        met.append(1)
        await (talk if len(met) == 1 else _one_message)(reader, writer)

    async def use(kept: Connections) -> list[Handed]:
        async with scripted_server(first_dies) as port:
            first = await send(kept, port, 1)
            await asyncio.sleep(0.02)
            return [first, await send(kept, port, 2)]

    assert states(told(use)) == ["confirmed", "confirmed"]
    assert len(met) == 2


async def _dies_at_rcpt(reader: Reader, writer: Writer) -> None:
    await reader.readline()
    writer.write(b"250 OK\r\n")
    await reader.readline()


async def _second_data(reader: Reader, writer: Writer) -> None:
    """The second message up to its text, without a greeting: that was long ago."""
    for answer in (b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"):
        await reader.readline()
        writer.write(answer)


async def _dies_after_354(reader: Reader, writer: Writer) -> None:
    await _second_data(reader, writer)
    await reader.readexactly(100_000)
    writer.transport.abort()


async def _stops_reading(reader: Reader, writer: Writer) -> None:
    await _second_data(reader, writer)
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    await asyncio.sleep(30)


_DIES_AFTER_THE_DOT = hangs_up_after_the_dot(_second_data)
_NEVER_ANSWERS_THE_DOT = never_answers_the_dot(_second_data)
_ANSWERS_NONSENSE = answers_nonsense(_second_data)


async def _answers_once_too_often(reader: Reader, writer: Writer) -> None:
    """One answer too many after the first message: those of the second would be taken for one another."""
    writer.write(b"250 OK\r\n")
    await _second_data(reader, writer)
    await reader.readline()


@pytest.mark.parametrize(
    ("talk", "content", "state"),
    [
        (_dies_at_rcpt, raw(2), EffectState.REFUSED),
        (_dies_after_354, BIG, EffectState.REFUSED),
        (_stops_reading, BIG, EffectState.REFUSED),
        (_DIES_AFTER_THE_DOT, raw(2), EffectState.AMBIGUOUS),
        (_DIES_AFTER_THE_DOT, BIG, EffectState.AMBIGUOUS),
        (_NEVER_ANSWERS_THE_DOT, raw(2), EffectState.AMBIGUOUS),
        (_ANSWERS_NONSENSE, raw(2), EffectState.AMBIGUOUS),
    ],
)
def test_on_a_connection_used_before_the_end_of_data_is_the_same_line(
    talk: Talk, content: bytes, state: EffectState
) -> None:
    met: list[int] = []

    async def whole(reader: Reader, writer: Writer) -> None:
        met.append(1)
        await _one_message(reader, writer)
        await talk(reader, writer)

    async def use(kept: Connections) -> list[Handed]:
        async with scripted_server(whole) as port:
            seconds = 0.1 if talk is _NEVER_ANSWERS_THE_DOT else 0.5
            first = await send(kept, port, 1, timeout=seconds)
            return [first, await send(kept, port, 2, content, timeout=seconds)]

    first, second = told(use)
    assert (first.state, second.state, second.temporary) == (EffectState.CONFIRMED, state, state is EffectState.REFUSED)
    assert len(met) == 1


def test_an_answer_too_many_never_makes_a_message_confirmed_that_nobody_took() -> None:
    async def whole(reader: Reader, writer: Writer) -> None:
        await _one_message(reader, writer)
        await _answers_once_too_often(reader, writer)

    async def use(kept: Connections) -> Handed:
        async with scripted_server(whole) as port:
            await send(kept, port, 1)
            return await send(kept, port, 2)

    assert told(use).state is not EffectState.CONFIRMED


@pytest.mark.parametrize("talk", [_NEVER_ANSWERS_THE_DOT, _ANSWERS_NONSENSE])
def test_a_connection_whose_end_is_not_known_carries_nothing_more(talk: Talk) -> None:
    met: list[int] = []

    async def whole(reader: Reader, writer: Writer) -> None:
        met.append(1)
        await _one_message(reader, writer)
        if len(met) == 1:
            await talk(reader, writer)

    async def use(kept: Connections) -> list[Handed]:
        async with scripted_server(whole) as port:
            return [await send(kept, port, number, timeout=0.05) for number in range(3)]

    assert states(told(use)) == ["confirmed", "ambiguous", "confirmed"]
    assert len(met) == 2


def test_closing_says_good_bye_on_every_connection() -> None:
    farewells: list[bytes] = []

    async def polite(reader: Reader, writer: Writer) -> None:
        await _one_message(reader, writer)
        farewells.append(await reader.readline())
        writer.write(b"221 bye\r\n")

    async def use() -> None:
        async with scripted_server(polite) as port:
            await asyncio.gather(*(send(connections(), port, number) for number in range(3)))
            assert farewells == []
            await disconnect()
            assert farewells == [b"QUIT\r\n"] * 3
            await disconnect()  # there is nothing left to close

    asyncio.run(use())
