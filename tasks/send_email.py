"""One attempt to hand an e-mail to a relay. Repeating it is the run's business, never ours.

What matters is on which side of the *end of DATA* a failure falls: before it the server cannot have taken the message,
after it nobody can tell. So the message is written and flushed first, and the line with the dot that ends it by itself.
"""

import asyncio
import re
import ssl
from typing import cast

import aiosmtplib
from aiosmtplib import SMTP, SMTPResponse
from aiosmtplib.protocol import SMTPProtocol

from policies.case import EffectState
from tasks.addresses import mailbox
from tasks.handed import Handed, ambiguous, confirmed, refused, spoken
from tasks.relay import Relay, Tls

GOOD_BYE = 5.0
"""Seconds we wait for the answer to QUIT: it changes nothing."""

PATIENCE = 10
"""How many times longer we wait for the answer to the end of DATA: servers check the message before they give it
(RFC 5321, 4.5.3.2.6), and giving up costs a person's time."""


async def hand_over(raw: bytes, sender: str, recipient: str, relay: Relay) -> Handed:
    """Hand the message `raw` to `relay` once, and tell how that ended."""
    envelope = mailbox(sender), mailbox(recipient)
    if envelope[0] is None or envelope[1] is None:
        return refused(f"“{spoken(recipient if envelope[0] else sender)}” is not an e-mail address.", temporary=False)
    try:
        client = _client(relay, envelope[0].rpartition("@")[2])
    except (OSError, ssl.SSLError) as error:
        return refused(f"The file of certificates “{relay.ca}” cannot be used: {error}.", temporary=True)
    try:
        handed = await _conversation(client, raw, envelope[0], envelope[1], relay)
    except BaseException:
        client.close()
        raise
    if handed.state is EffectState.AMBIGUOUS:
        client.close()  # it no longer answers: asking for a good-bye would only take time
    else:
        await _leave(client)
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


async def _conversation(client: SMTP, raw: bytes, sender: str, recipient: str, relay: Relay) -> Handed:
    secrets = (relay.password,)
    try:
        await _introduce(client, relay)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        # A relay that does not want us says nothing about this message: it may be well again later.
        return refused(_why_not_reached(error, relay), temporary=True)
    try:
        await client.mail(sender)
        await client.rcpt(recipient)
        begun = await client.execute_command(b"DATA")
    except aiosmtplib.SMTPResponseException as error:
        return _said_no(error.code, error.message, secrets)
    except (aiosmtplib.SMTPException, OSError) as error:
        return refused(f"The connection was lost before the message was sent: {spoken(str(error))}.", temporary=True)
    if begun.code != 354:
        return _said_no(begun.code, begun.message, secrets)
    return await _deliver(client, raw, secrets, relay.timeout)


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
    return _taken(answer, secrets)


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


def _taken(answer: SMTPResponse, secrets: tuple[str, ...]) -> Handed:
    """The answer to the end of DATA: the only one that says what became of the message."""
    words = spoken(answer.message, secrets)
    if 200 <= answer.code < 300:
        return confirmed(f"{answer.code} {words}", words)
    if 400 <= answer.code < 600:
        return _said_no(answer.code, answer.message, secrets)
    return ambiguous(f"The message was sent, then the server answered something unknown: {answer.code} {words}")


def _said_no(code: int, message: str, secrets: tuple[str, ...]) -> Handed:
    """4xx: not now; 5xx: never; anything else before the message is a server out of step, to be tried again."""
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


async def _leave(client: SMTP) -> None:
    """Say good-bye; the outcome is known already, so that a failure here is of no consequence."""
    try:
        if client.is_connected:
            await client.quit(timeout=GOOD_BYE)
    except (aiosmtplib.SMTPException, OSError):
        client.close()
    finally:
        client.close()
