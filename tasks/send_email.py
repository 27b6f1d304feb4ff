"""One attempt to hand an e-mail to a relay. Repeating it is the run's business, never ours.

What matters is on which side of the *end of DATA* a failure falls: before it the server cannot have taken the message,
after it nobody can tell. So the message is written and flushed first, and the line with the dot that ends it by itself.
"""

import asyncio
import re
import ssl
from dataclasses import dataclass
from typing import cast

import aiosmtplib
from aiosmtplib import SMTP, SMTPResponse
from aiosmtplib.protocol import SMTPProtocol

from policies.case import EffectState
from tasks.addresses import mailbox
from tasks.handed import Handed, ambiguous, confirmed, refused, spoken
from tasks.relay import Relay
from tasks.relay_connections import Connection, Connections, Key, leave
from tasks.server_url import Tls

CLOSING = 421

PATIENCE = 10
"""How many times longer we wait for the answer to the end of DATA: servers check the message before they give it
(RFC 5321, 4.5.3.2.6), and giving up costs a person's time."""


STILL_THERE = 5.0
"""Seconds within which a kept connection must answer to MAIL; it is replaced where it does not."""


@dataclass(frozen=True, slots=True)
class _Letter:
    raw: bytes
    sender: str
    recipient: str


async def hand_over(raw: bytes, sender: str, recipient: str, relay: Relay, kept: Connections | None = None) -> Handed:
    """Hand the message `raw` to `relay` once, and tell how that ended; `kept`: over a connection kept from the last one."""
    envelope = mailbox(sender), mailbox(recipient)
    if envelope[0] is None or envelope[1] is None:
        return refused(f"“{spoken(recipient if envelope[0] else sender)}” is not an e-mail address.", temporary=False)
    letter, key = _Letter(raw, envelope[0], envelope[1]), (relay, envelope[0].rpartition("@")[2])
    connection = None if kept is None else await _kept_one(kept, key, letter.sender)
    if connection is not None:
        return await _over(connection, letter, kept)
    try:
        connection = Connection(_client(*key), key)
    except (OSError, ssl.SSLError) as error:
        return refused(f"The file of certificates “{relay.ca}” cannot be used: {error}.", temporary=True)
    return await _over(connection, letter, kept, new=True)


async def _kept_one(kept: Connections, key: Key, sender: str) -> Connection | None:
    """A kept connection that has just agreed to a message from `sender`; None: there is none, a new one is needed.

    Whatever it answers else is no answer about the message: nothing of it but our own address has been said.
    """
    connection = kept.take(key)
    if connection is None:
        return None
    try:
        await connection.client.mail(sender, timeout=min(key[0].timeout, STILL_THERE))
    except (aiosmtplib.SMTPException, OSError):
        connection.client.close()
        kept.forget(key)
        return None
    except BaseException:
        connection.client.close()
        raise
    return connection


async def _over(connection: Connection, letter: _Letter, kept: Connections | None, *, new: bool = False) -> Handed:
    """The message over this connection, which is kept or left afterwards as its end allows."""
    client, relay = connection.client, connection.key[0]
    try:
        no = await _began(client, letter.sender, relay) if new else None
        handed = no or await _conversation(client, letter, relay)
        if handed.state is EffectState.AMBIGUOUS:
            client.close()  # it no longer answers: asking for a good-bye would only take time
        elif kept is None or not client.is_connected:
            await leave(client)
        else:
            await kept.give_back(connection, taken=handed.state is EffectState.CONFIRMED)
    except BaseException:
        client.close()
        raise
    return handed


def _client(relay: Relay, our_domain: str) -> SMTP:
    context = ssl.create_default_context(cafile=relay.ca or None) if relay.tls is not Tls.NONE else None
    return SMTP(
        hostname=relay.host,
        port=relay.port,
        timeout=relay.timeout,
        use_tls=relay.tls is Tls.TLS,
        start_tls=relay.tls is Tls.STARTTLS,
        tls_context=context,
        local_hostname=our_domain,
    )


async def _began(client: SMTP, sender: str, relay: Relay) -> Handed | None:
    """A new connection up to the agreement to a message from `sender`; else how the attempt ended."""
    try:
        await _introduce(client, relay)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        # A relay that does not want us says nothing about this message: it may be well again later.
        client.close()
        return refused(_why_not_reached(error, relay), temporary=True)
    try:
        await client.mail(sender)
    except (aiosmtplib.SMTPException, OSError) as error:
        return _not_begun(client, error, relay)
    return None


async def _conversation(client: SMTP, letter: _Letter, relay: Relay) -> Handed:
    secrets = (relay.password,)
    try:
        await client.rcpt(letter.recipient)
        begun = await client.execute_command(b"DATA")
    except (aiosmtplib.SMTPException, OSError) as error:
        return _not_begun(client, error, relay)
    if begun.code != 354:
        return _said_no(client, begun.code, begun.message, secrets)
    return await _deliver(client, letter.raw, secrets, relay.timeout)


def _not_begun(client: SMTP, error: Exception, relay: Relay) -> Handed:
    """The relay does not want the message, or is gone, before anything of it was sent."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _said_no(client, error.code, error.message, (relay.password,))
    client.close()
    return refused(f"The connection was lost before the message was sent: {spoken(str(error))}.", temporary=True)


async def _introduce(client: SMTP, relay: Relay) -> None:
    await client.connect()
    if relay.user:
        await client.login(relay.user, relay.password)
        return
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError:
        await client.helo()


async def _deliver(client: SMTP, raw: bytes, secrets: tuple[str, ...], timeout: float) -> Handed:
    protocol = client.protocol
    if protocol is None or protocol.transport is None:
        return refused("The connection was lost before the message was sent.", temporary=True)
    transport = cast(asyncio.WriteTransport, protocol.transport)
    try:
        await _write(protocol, transport, _stuffed(raw), timeout)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        transport.abort()
        return refused(f"The connection was lost while the message was sent: {spoken(str(error))}.", temporary=True)
    try:
        answer = await protocol.execute_command(b".", timeout=timeout * PATIENCE)
    except (aiosmtplib.SMTPException, OSError) as error:
        return ambiguous(f"The message was sent, then the server did not answer: {spoken(str(error))}.")
    return _taken(client, answer, secrets)


def _stuffed(raw: bytes) -> bytes:
    """The message with the line ends and doubled dots of DATA (RFC 5321, 4.5.2), without the dot that ends it."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    lines = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


async def _write(protocol: SMTPProtocol, transport: asyncio.WriteTransport, content: bytes, timeout: float) -> None:
    """Write all of `content` and wait until the operating system has it."""
    protocol.write(content)
    await _drained(protocol, transport, timeout)
    await asyncio.sleep(0)  # lets an end of the connection that has already arrived be noticed
    if not protocol.is_connected:
        raise ConnectionResetError("the server closed the connection")


async def _drained(protocol: SMTPProtocol, transport: asyncio.WriteTransport, timeout: float) -> None:
    """Wait as long as the server keeps taking bytes; raises TimeoutError after `timeout` seconds without one.

    Not with a StreamWriter: it closes the connection when it is collected.
    """
    clock = asyncio.get_running_loop().time
    left, since = transport.get_write_buffer_size(), clock()
    while left and protocol.is_connected:
        await asyncio.sleep(0.002)
        now_left = transport.get_write_buffer_size()
        if now_left != left:
            left, since = now_left, clock()
        elif clock() - since > timeout:
            raise TimeoutError("the server stopped reading")


def _taken(client: SMTP, answer: SMTPResponse, secrets: tuple[str, ...]) -> Handed:
    """The answer to the end of DATA: the only one that says what became of the message."""
    words = spoken(answer.message, secrets)
    if 200 <= answer.code < 300:
        return confirmed(f"{answer.code} {words}", words)
    if 400 <= answer.code < 600:
        return _said_no(client, answer.code, answer.message, secrets)
    return ambiguous(f"The message was sent, then the server answered something unknown: {answer.code} {words}")


def _said_no(client: SMTP, code: int, message: str, secrets: tuple[str, ...]) -> Handed:
    """4xx: not now; 5xx: never; anything else before the message is a server out of step, to be tried again."""
    if code == CLOSING or not 400 <= code < 600:
        client.close()  # it hangs up (RFC 5321, 3.8), or answers something we did not ask: the next message starts anew
    return refused(f"{code} {spoken(message, secrets)}", temporary=not 500 <= code < 600)


def _why_not_reached(error: Exception, relay: Relay) -> str:
    where = f"{relay.host}:{relay.port}"
    cause = error if isinstance(error, ssl.SSLError) else error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"The certificate of {where} cannot be trusted: {cause.verify_message}."
    if isinstance(cause, ssl.SSLError):
        return f"No protected connection to {where} could be made: {spoken(str(cause))}."
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return f"{where} did not accept our user and password: {_answer(error, relay)}"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{where} does not take our messages now: {_answer(error, relay)}"
    return f"{where} could not be used: {spoken(str(error), (relay.password,))}"


def _answer(error: aiosmtplib.SMTPResponseException, relay: Relay) -> str:
    return f"{error.code} {spoken(error.message, (relay.password,))}"
