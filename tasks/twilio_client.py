"""The account SMS leave from, and Twilio's own client towards it: one place that knows its address and its secrets."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

TWILIO = "https://api.twilio.com"
PATIENCE = 30.0
"""Seconds we wait for the whole exchange."""

BROKEN = (aiohttp.ClientError, TwilioException, OSError, TimeoutError, ValueError)
"""How an exchange breaks off, other than by Twilio's saying no (TwilioRestException, which comes first)."""

# The SDK logs what it sends; what we write to customers stands in no log.
SILENT = logging.getLogger("relance.silent")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False
SILENT.setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """The account SMS leave from. `sender` is a number in E.164, a name (`Martin`) or a messaging service (MG…)."""

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


class Http(AsyncTwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
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
        """One exchange, at the configured address."""
        asked = urlsplit(url)  # the address of a list's next page has its question in it
        query = f"?{asked.query}" if asked.query else ""
        return await super().request(method, f"{self.base_url}{asked.path}{query}", *args, **kwargs)


@asynccontextmanager
async def connected_to(account: TwilioAccount, timeout: float = PATIENCE) -> AsyncIterator[tuple[Client, Http]]:
    """Twilio's client for one exchange of at most `timeout` seconds: the SDK itself would wait for ever."""
    async with Http(account.base_url) as http, asyncio.timeout(timeout):
        yield Client(account.sid, account.token, http_client=http), http
