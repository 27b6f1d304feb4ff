"""One attempt to hand an SMS to Twilio. Repeating it is the run's business, never ours."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from tasks.addresses import telephone
from tasks.handed import Handed, ambiguous, confirmed, refused, spoken

TWILIO = "https://api.twilio.com"
PATIENCE = 30.0
"""Seconds we wait for the whole exchange."""

# The SDK logs what it sends; what we write to customers stands in no log.
SILENT = logging.getLogger("relance.silent")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False
SILENT.setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """The account SMS leave from. `sender` is a number in E.164, an alphanumeric name or a messaging service (MG…)."""

    sid: str
    token: str = field(repr=False)
    sender: str
    base_url: str = TWILIO


def twilio_account_from(environ: Mapping[str, str]) -> TwilioAccount | None:
    """The account the environment names; None unless TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and RELANCE_TWILIO_FROM
    are all there. RELANCE_TWILIO_URL replaces Twilio's own address."""
    sid, token, sender = (
        environ.get(name, "").strip() for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "RELANCE_TWILIO_FROM")
    )
    if not (sid and token and sender):
        return None
    return TwilioAccount(sid, token, sender, environ.get("RELANCE_TWILIO_URL", "").strip().rstrip("/") or TWILIO)


class _Http(AsyncTwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
    """The SDK's client towards the configured address; knows whether there ever was a connection."""

    def __init__(self, base_url: str) -> None:
        trace = aiohttp.TraceConfig()
        trace.on_connection_create_end.append(self._note_connection)
        super().__init__(trace_configs=[trace], logger=SILENT)
        self.base_url = base_url
        self.connected = False

    async def _note_connection(self, *_: object) -> None:
        self.connected = True

    async def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        return await super().request(method, f"{self.base_url}{urlsplit(url).path}", *args, **kwargs)


async def hand_over(text: str, recipient: str, account: TwilioAccount, timeout: float = PATIENCE) -> Handed:
    """Hand an SMS over once, and tell how that ended. `recipient` is a number in E.164."""
    number = telephone(recipient)
    if number is None:
        return refused(f"“{spoken(recipient)}” is not a telephone number with its country code.", temporary=False)
    async with _Http(account.base_url) as http:
        client = Client(account.sid, account.token, http_client=http)
        try:
            async with asyncio.timeout(timeout):  # the SDK itself would wait for ever
                message = await client.messages.create_async(to=number, body=text, **_origin(account))
        except TwilioRestException as error:
            return _answered(error.status, error.code, str(error.msg), account)
        except (aiohttp.ClientError, TwilioException, OSError, TimeoutError, ValueError) as error:
            return _unanswered(error, http.connected, account)
    if not message.sid:
        return ambiguous("Twilio answered without an id for the SMS.")
    return confirmed(f"201 {message.status}", str(message.sid))


def _unanswered(error: Exception, connected: bool, account: TwilioAccount) -> Handed:
    """Without a connection nothing can have left; with one, nobody can tell."""
    said = spoken(str(error) or type(error).__name__, (account.token,))
    if not connected:
        return refused(f"Twilio could not be reached: {said}.", temporary=True)
    return ambiguous(f"The SMS was sent, then Twilio did not answer: {said}.")


def _origin(account: TwilioAccount) -> dict[str, str]:
    kind = "messaging_service_sid" if account.sender.startswith("MG") else "from_"
    return {kind: account.sender}


def _answered(status: int, code: int | None, words: str, account: TwilioAccount) -> Handed:
    """4xx: Twilio said no (429: not now); anything else may have been taken all the same."""
    said = spoken(f"{status} {words}" + (f" (Twilio error {code})" if code else ""), (account.token,))
    if 400 <= status < 500:
        return refused(said, temporary=status in (408, 429))
    return ambiguous(said)
