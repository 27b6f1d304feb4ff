"""Mail servers on this machine that behave well, or badly at an exact point of the conversation."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Mailbox:
    """A server's handler that keeps what it gets and answers as it is told."""

    def __init__(self, mail: str = "", rcpt: str = "", data: str = "250 2.0.0 Ok: queued as 4XyZ") -> None:
        self.answers = {"mail": mail, "rcpt": rcpt, "data": data}
        self.kept: list[tuple[str, list[str], Any]] = []
        self.met = 0
        """Connections it was asked for."""

    async def handle_MAIL(self, server: Any, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self.answers["mail"] or "250 OK"

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if not self.answers["rcpt"]:
            envelope.rcpt_tos.append(address)
        return self.answers["rcpt"] or "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        if self.answers["data"].startswith("2"):
            self.kept.append((envelope.mail_from or "", envelope.rcpt_tos, envelope.content))
        return self.answers["data"]


@asynccontextmanager
async def real_server(handler: Any, tls: ssl.SSLContext | None = None, **options: Any) -> AsyncIterator[int]:
    """An aiosmtpd server on a free port; `tls` protects it from the first byte."""
    loop = asyncio.get_running_loop()

    def meet() -> SMTP:
        handler.met = getattr(handler, "met", 0) + 1
        return SMTP(handler, hostname="mx.test", loop=loop, **options)

    server = await loop.create_server(meet, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def scripted_server(talk: Talk) -> AsyncIterator[int]:
    """A server whose every word is written by the test."""
    conversations: list[asyncio.Task[None]] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.append(asyncio.current_task())  # type: ignore[arg-type]
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client hung up, as it may
        finally:
            writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0, limit=2**24)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for each in conversations:
            each.cancel()


async def up_to_data(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, last: bytes = b"354 go on\r\n"
) -> None:
    """Greet and agree to everything until DATA is answered with `last`."""
    writer.write(b"220 mx.test ESMTP\r\n")
    while line := await reader.readline():
        if line.upper().startswith(b"DATA"):
            writer.write(last)
            await writer.drain()
            return
        writer.write(b"250 OK\r\n")


async def read_message(reader: asyncio.StreamReader) -> bytes:
    """Everything up to the line with the dot."""
    return await reader.readuntil(b"\r\n.\r\n")


def hangs_up_after_the_dot(begin: Talk) -> Talk:
    """Talks as `begin` does up to the text of a message, reads it whole, and is gone without an answer."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await begin(reader, writer)
        await read_message(reader)
        writer.transport.abort()

    return talk


def never_answers_the_dot(begin: Talk) -> Talk:
    """The same, but stays and says nothing."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await begin(reader, writer)
        await reader.read()

    return talk


def answers_nonsense(begin: Talk) -> Talk:
    """The same, but says what is no answer of a mail server."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await begin(reader, writer)
        await read_message(reader)
        writer.write(b"fine, thanks\r\n")
        await reader.read()

    return talk


def login(server: Any, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    """Lets relance in with its password."""
    return AuthResult(success=data.login == b"relance" and data.password == b"s3cret word")


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context and the certificate nobody but itself has signed, for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mx.test")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    authority, private = folder / "mx.pem", folder / "mx.key"
    authority.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, private)
    return context, authority
