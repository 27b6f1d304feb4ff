"""Websockets of people end when their session does: signed out, disabled, another role, too old."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOK_SECONDS = 5.0
"""How often a session is looked at while something listens by it."""


async def listen(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, still_in: Callable[[], Awaitable[bool]]
) -> None:
    """Hand a websocket on, and close it once `still_in` says no."""
    closed = asyncio.Event()

    async def guarded(message: Message) -> None:
        if not closed.is_set():
            await send(message)

    talking = asyncio.ensure_future(app(scope, receive, guarded))
    try:
        while not talking.done():
            await asyncio.wait({talking}, timeout=LOOK_SECONDS)
            if not talking.done() and not await still_in():
                closed.set()
                talking.cancel()
                await send({"type": "websocket.close", "code": 1008, "reason": "signed out"})
                break
    finally:
        if not talking.done():
            talking.cancel()
        with suppress(asyncio.CancelledError):
            await talking
