"""The local mail sink (`python -m tasks.sink`): keeps every message, sends none.

A message is answered with 250 only once its file and its row are there, so that sink and ledger can be compared.
"""

import asyncio
import hashlib
import logging
import os
import re
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from policies.stages import Channel
from tasks.handed import spoken

Record = Callable[..., Awaitable[None]]
"""Writes one row: `message_id`, `recipient`, `channel`, `subject`, `path`, `sha256`, all text."""

LARGEST = 40 * 1024 * 1024
CHECKOUT = Path(__file__).resolve().parent.parent

log = logging.getLogger("relance.sink")


class KeepEveryMessage:
    """Keeps each message as a file that only we can read, and records it for each of its recipients."""

    def __init__(self, outbox: Path, record: Record) -> None:
        self.outbox = outbox
        self.record = record
        self.in_hand = 0
        self._taking: set[asyncio.Task[str]] = set()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """The answer to the end of DATA, under the name aiosmtpd looks for.

        A client that hangs up before it (or is killed) leaves no file without its row behind.
        """
        taking = asyncio.ensure_future(self._take(envelope))
        self._taking.add(taking)
        taking.add_done_callback(self._taking.discard)
        return await asyncio.shield(taking)

    async def _take(self, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        digest = hashlib.sha256(content).hexdigest()
        path: Path | None = None
        self.in_hand += 1
        try:
            recipients = list(dict.fromkeys(envelope.rcpt_tos))
            path = keep(self.outbox, content, digest, datetime.now(UTC), recipients[0] if recipients else "")
            await self._record(content, digest, path, recipients)
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the client must hear it was not taken
            log.warning("A message could not be kept: %s: %s", type(error).__name__, error)
            if path is not None:
                path.unlink(missing_ok=True)
            return "451 4.3.0 The sink could not keep the message, try again later"
        finally:
            self.in_hand -= 1
        return f"250 2.0.0 Ok: kept as {digest[:16]}"

    async def _record(self, content: bytes, digest: str, path: Path, recipients: list[str]) -> None:
        mail = message_from_bytes(content, policy=policy.default)
        headers = _headers(mail)
        told = _of_letter(mail) if headers["channel"] == Channel.LETTER.value else digest
        for recipient in recipients:
            await self.record(recipient=_reader(recipient, headers), path=str(path), sha256=told, **headers)


def keep(outbox: Path, content: bytes, digest: str, now: datetime, recipient: str = "") -> Path:
    """Write one message under a name made of time, hash and whom it was for: whole or not at all, readable by its owner only.

    The bytes stay those that would have left: whom the sink kept it from stands in the name, not in the message.
    """
    outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    whom = f"-for-{safe_in_a_name(recipient)}" if recipient else ""
    path = outbox / f"{now:%Y%m%dT%H%M%S%f}Z-{digest[:16]}{whom}.eml"
    partial = outbox / f".{path.name}.{os.getpid()}"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return partial.replace(path)


def safe_in_a_name(text: str) -> str:
    """A text in the name of a file: letters, digits and `@ . _ + -`, everything else as `_`, at most 80 of them."""
    return re.sub(r"[^A-Za-z0-9@._+-]", "_", text)[:80]


def _of_letter(mail: Any) -> str:
    """The fingerprint of the letter a mail stands for: that of the PDF it carries."""
    pages = [part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "application/pdf"]
    return hashlib.sha256(pages[0] if pages and isinstance(pages[0], bytes) else b"").hexdigest()


def _headers(mail: Any) -> dict[str, str]:
    channel = _header(mail, "X-Relance-Channel")
    return {
        "message_id": _header(mail, "Message-ID"),
        "subject": _header(mail, "Subject"),
        "channel": channel if channel in set(Channel) else Channel.EMAIL.value,
    }


def _header(mail: Any, name: str) -> str:
    """One header as text; one that cannot be read is empty, the message is kept all the same."""
    try:
        return spoken(str(mail.get(name, "")))
    except (ValueError, TypeError, AttributeError, IndexError):
        return ""


def _reader(recipient: str, headers: Mapping[str, str]) -> str:
    """Whom it was for: an SMS is for the number in front of its sink address."""
    return recipient.partition("@")[0] if headers["channel"] == Channel.SMS.value else recipient


async def serve(host: str, port: int, handler: KeepEveryMessage) -> asyncio.Server:
    """Listen; port 0 takes a free one."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, ident="Relance sink", loop=loop),
        host,
        port,
    )


def outbox_from(environ: Mapping[str, str]) -> Path:
    """Where messages are kept: `outbox` under RELANCE_HOME, or under `var` in the checkout."""
    home = environ.get("RELANCE_HOME", "").strip()
    return (Path(home) if home else CHECKOUT / "var") / "outbox"


async def run(environ: Mapping[str, str], record: Record) -> int:
    """Keep messages until told to stop (SIGTERM or SIGINT); those in hand are finished first."""
    port = environ.get("RELANCE_SINK_PORT", "").strip() or "4225"
    if not port.isdigit() or not 0 < int(port) < 65536:
        log.error("RELANCE_SINK_PORT is “%s”; it must be a port from 1 to 65535.", port)
        return 2
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    handler = KeepEveryMessage(outbox_from(environ), record)
    try:
        server = await serve("127.0.0.1", int(port), handler)
    except OSError as error:
        log.critical(
            "The sink cannot listen on port %s (%s); set RELANCE_SINK_PORT to a free port.", port, error.strerror
        )
        return 1
    log.info("The sink keeps messages in %s, port %s.", outbox_from(environ), port)
    await stop.wait()
    server.close()
    await _finish(handler)
    return 0


async def _finish(handler: KeepEveryMessage, seconds: float = 4.0) -> None:
    """Give the messages in hand time for their file, row and answer."""
    for _ in range(int(seconds / 0.05)):
        await asyncio.sleep(0.05)  # once at least: an answer just made still has to leave
        if not handler.in_hand:
            return


def main() -> int:
    """Run the sink with the rows written by storage."""
    from storage import sink as rows  # here, so that keeping files can be tested without a database

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    return asyncio.run(run(os.environ, rows.record))


if __name__ == "__main__":
    sys.exit(main())
