"""One attempt to hand an SMS to Twilio. Repeating it is the run's business, never ours."""

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
CONNECT = 10.0
TOTAL = 30.0
"""Seconds we wait for a connection, and for the whole exchange."""

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
    """The SDK's client with an end to its patience, which it otherwise lacks, and towards the configured address."""

    def __init__(self, base_url: str, timeout: float) -> None:
        super().__init__(logger=SILENT)
        self.base_url = base_url
        self.limits = aiohttp.ClientTimeout(total=timeout, sock_connect=min(CONNECT, timeout))

    async def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        kwargs["timeout"] = self.limits
        return await super().request(method, f"{self.base_url}{urlsplit(url).path}", *args, **kwargs)


async def hand_over(text: str, recipient: str, account: TwilioAccount, timeout: float = TOTAL) -> Handed:
    """Hand an SMS over once, and tell how that ended. `recipient` is a number in E.164."""
    number = telephone(recipient)
    if number is None:
        return refused(f"“{spoken(recipient)}” is not a telephone number with its country code.", temporary=False)
    async with _Http(account.base_url, timeout) as http:
        client = Client(account.sid, account.token, http_client=http)
        try:
            message = await client.messages.create_async(to=number, body=text, **_origin(account))
        except TwilioRestException as error:
            return _answered(error.status, error.code, str(error.msg), account)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return refused(f"Twilio could not be reached: {spoken(str(error), (account.token,))}.", temporary=True)
        except (aiohttp.ClientError, TwilioException, OSError, TimeoutError, ValueError) as error:
            return ambiguous(
                f"The SMS was sent, then Twilio did not answer: {spoken(_named(error), (account.token,))}."
            )
    return confirmed(f"201 {message.status}", str(message.sid))


def _origin(account: TwilioAccount) -> dict[str, str]:
    kind = "messaging_service_sid" if account.sender.startswith("MG") else "from_"
    return {kind: account.sender}


def _answered(status: int, code: int | None, words: str, account: TwilioAccount) -> Handed:
    """4xx: Twilio said no (429: not now); anything else may have been taken all the same."""
    said = spoken(f"{status} {words}" + (f" (Twilio error {code})" if code else ""), (account.token,))
    if 400 <= status < 500:
        return refused(said, temporary=status in (408, 429))
    return ambiguous(said)


def _named(error: Exception) -> str:
    return str(error) or type(error).__name__
