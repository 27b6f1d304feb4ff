"""What Twilio knows: where an SMS is by now, whether one it may have taken is there, and what people answered."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from policies.sms_sender import SenderKind, can_be_answered, sender_kind
from tasks.handed import spoken
from tasks.twilio_client import BROKEN, PATIENCE, TwilioAccount, connected_to

PAGE = 200
MOST = 5000
"""Messages read in one look."""
UNKNOWN = frozenset({400, 404, 410})
"""Answers of HTTP after which asking again about the same message leads nowhere."""
LATEST = 200
"""Messages to one number that are looked through for one in doubt."""


@dataclass(frozen=True, slots=True)
class TwilioMessage:
    """One message as Twilio tells of it."""

    sid: str
    inbound: bool
    sender: str
    recipient: str
    service: str
    """The messaging service it belongs to (MG…); empty: none."""
    text: str
    status: str
    code: int | None
    """Why it was not delivered."""
    price: Decimal | None
    """What it cost, in whole units of `currency`; None: not known yet."""
    currency: str
    made_at: datetime | None
    """When Twilio took it: from us, or from whoever wrote it."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Twilio could not be asked, or refused to say; `gone`: it knows no such message."""

    words: str
    gone: bool = False


async def message_at(sid: str, account: TwilioAccount, timeout: float = PATIENCE) -> TwilioMessage | NoAnswer:
    """Where the message `sid` is by now."""
    found = await _asked(lambda client: client.messages(sid).fetch_async(), account, timeout)
    return found if isinstance(found, NoAnswer) else _told(found)


async def sent_to(
    number: str, account: TwilioAccount, timeout: float = PATIENCE
) -> tuple[TwilioMessage, ...] | NoAnswer:
    """What was last given to Twilio for `number`, by whomever, the earliest first: what is still queued is among it."""
    found = await _asked(
        lambda client: client.messages.list_async(to=number, page_size=LATEST, limit=LATEST), account, timeout
    )
    if isinstance(found, NoAnswer):
        return found
    return _in_order(one for one in map(_told, found) if not one.inbound)


async def received_since(
    since: datetime, account: TwilioAccount, timeout: float = PATIENCE
) -> tuple[TwilioMessage, ...] | NoAnswer:
    """What people sent to our number, or to one of our messaging service, after `since`; the earliest first.

    To a name nobody can answer: then nothing is asked.
    """
    if not can_be_answered(account.sender):
        return ()
    mine = {} if sender_kind(account.sender) is SenderKind.SERVICE else {"to": account.sender}
    found = await _asked(
        lambda client: client.messages.list_async(date_sent_after=since, page_size=PAGE, limit=MOST, **mine),
        account, timeout,
    )  # fmt: skip
    if isinstance(found, NoAnswer):
        return found
    return _in_order(one for one in map(_told, found) if one.inbound and account.sender in (one.recipient, one.service))


async def _asked(
    question: Callable[[Client], Awaitable[Any]], account: TwilioAccount, timeout: float
) -> Any | NoAnswer:
    try:
        async with connected_to(account, timeout) as (client, _):
            return await question(client)
    except TwilioRestException as error:
        return NoAnswer(spoken(f"{error.status} {error.msg}", (account.token,)), gone=error.status in UNKNOWN)
    except BROKEN as error:
        return NoAnswer(spoken(str(error) or type(error).__name__, (account.token,)))


def _in_order(messages: Iterable[TwilioMessage]) -> tuple[TwilioMessage, ...]:
    return tuple(sorted(messages, key=lambda one: (one.made_at is not None, one.made_at, one.sid)))


def _told(message: Any) -> TwilioMessage:
    return TwilioMessage(
        sid=str(message.sid or ""),
        inbound=str(message.direction or "") == "inbound",
        sender=str(message.from_ or ""),
        recipient=str(message.to or ""),
        service=str(message.messaging_service_sid or ""),
        text=str(message.body or ""),
        status=str(message.status or ""),
        code=message.error_code,
        price=_price(message.price),
        currency=str(message.price_unit or "").upper(),
        made_at=message.date_created or message.date_sent,
    )


def _price(said: str | None) -> Decimal | None:
    """Twilio books what it takes as less than zero."""
    try:
        return abs(Decimal(said)) if said else None
    except InvalidOperation:
        return None
