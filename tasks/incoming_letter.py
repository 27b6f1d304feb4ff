"""One e-mail that came in: read, and kept with everything that follows from it."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import getaddresses

from policies.incoming import Incoming, IncomingKind
from storage import incoming
from storage.incoming_views import IncomingView
from storage.received import Received
from tasks.mail_parts import take_apart
from tasks.read_incoming import read_incoming

LOG = logging.getLogger("relance.mailbox")
UNREADABLE = "It could not be read: a person must look at the message itself."
_PLAIN = Incoming(IncomingKind.REPLY, UNREADABLE, "", "", "", "")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: `number` is its own, None if it was known already."""

    number: int | None
    kind: IncomingKind
    sender: str
    reason: str


async def take_in(raw: bytes, received_at: datetime, at: datetime) -> Taken:
    """Read the message and keep it; known at `at`. One that breaks the reading or keeping is kept as a reply: a person looks at it."""
    what, recipient = await asyncio.to_thread(_read, raw)
    received = Received(what, "email", what.message_id, recipient, raw, received_at)
    for plain in (received, received, replace(received, what=_PLAIN, provider_ref="")):
        try:
            number = await incoming.take_in(plain, at)
            return Taken(number, plain.what.kind, plain.what.sender, plain.what.reason)
        except Exception:
            LOG.exception("a message of %s bytes was not kept", len(raw))
            if plain.what is _PLAIN:
                raise
    raise AssertionError("the last try ends it")


async def understood(view: IncomingView, raw: bytes) -> Incoming:
    """A message that was kept, as it was understood then: by its bytes where it was an e-mail.

    Its kind is the one it was kept under, whatever later rules would say of it: what is asked goes by that.
    """
    if view.channel == "email":
        what = (await asyncio.to_thread(_read, raw))[0]
        return replace(what, kind=IncomingKind(view.kind), reason=view.reason)
    return Incoming(IncomingKind(view.kind), view.reason, "", view.sender, view.subject, view.text)


def _read(raw: bytes) -> tuple[Incoming, str]:
    try:
        parts = take_apart(raw)
        return read_incoming(raw), _recipient(parts.header(name) for name in ("Delivered-To", "X-Original-To", "To"))
    except Exception:
        LOG.exception("a message of %s bytes could not be read", len(raw))
        return _PLAIN, ""


def _recipient(said: Iterable[str]) -> str:
    """The first address a message says it went to."""
    found = (address for one in said if one for _, address in getaddresses([one]) if "@" in address)
    return next(found, "").lower()
