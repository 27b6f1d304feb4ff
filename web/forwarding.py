"""Handing a request on to Prefect's own app, and keeping what it answers."""

import json
from collections.abc import Iterable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from web.bodies import Body, replay
from web.replies import HEADERS, HSTS

DROPPED = (
    "authorization",
    "cookie",
    "prefect-automation-",
    "x-relance-",
    "x-http-method",
    "x-method-override",
    "x-original-",
    "x-rewrite-",
    "access-control-request-",
)
"""Beginnings of header names that Prefect never gets to see: our credentials, and what would change a request's meaning."""

HASHED = "/v2/assets/"
"""Files of the UI whose names change with their content; every page needs about ninety of them."""
KEEP = "private, max-age=31536000, immutable"


def inward(scope: Scope) -> Scope:
    """The request as Prefect sees it."""
    kept = [(name, value) for name, value in scope["headers"] if not name.decode("latin-1").startswith(DROPPED)]
    return {**scope, "headers": kept}


def carrying(scope: Scope, body: Body) -> tuple[Scope, Any]:
    """The request with exactly this body, its answer uncompressed so that it can be read here."""
    raw, receive = replay(body)
    replaced = (b"content-length", b"content-type", b"transfer-encoding", b"accept-encoding")
    kept = [(name, value) for name, value in scope["headers"] if name not in replaced]
    fresh = [(b"content-type", b"application/json"), (b"content-length", str(len(raw)).encode())]
    return {**scope, "headers": [*kept, *fresh]}, receive


def outward(scope: Scope, send: Send) -> Send:
    """Adds the security headers to every response, and takes away what would open it to other sites."""
    api = scope["path"].startswith("/api/")

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=[pair for pair in message.get("headers", []) if not _opens(pair[0])])
            headers.update(HEADERS)
            if scope.get("scheme") == "https":
                headers["strict-transport-security"] = HSTS
            if api:
                headers.setdefault("cache-control", "no-store")
            elif scope["path"].startswith(HASHED) and message["status"] in (200, 304):
                headers["cache-control"] = KEEP
            message = {**message, "headers": headers.raw}
        await send(message)

    return guarded


def _opens(name: bytes) -> bool:
    return name.lower().startswith(b"access-control-")


class Kept:
    """A response held back until it has been read."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    async def send(self, message: Message) -> None:
        """Takes one piece of the response from the server."""
        self._messages.append(message)

    @property
    def status(self) -> int:
        """The HTTP status; 500 when the server said nothing."""
        return next((int(m["status"]) for m in self._messages if m["type"] == "http.response.start"), 500)

    @property
    def content(self) -> Body:
        """The JSON object in the response; empty when it holds none."""
        raw = b"".join(_bodies(self._messages))
        try:
            found = json.loads(raw)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    async def release(self, send: Send) -> None:
        """Hands the response on unchanged."""
        for message in self._messages:
            await send(message)


def _bodies(messages: Iterable[Message]) -> Iterable[bytes]:
    return (message.get("body", b"") for message in messages if message["type"] == "http.response.body")
