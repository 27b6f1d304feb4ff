"""The desk's own pages without a gate: `uvicorn tests.browser.desk_served:app`. Who looks is said by the browser's language."""

from starlette.types import Receive, Scope, Send

from policies.staff import Role
from web.callers import Caller
from web.house import house


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """A manager, who reads French where the browser says so."""
    if scope["type"] == "http":
        wanted = dict(scope["headers"]).get(b"accept-language", b"")
        caller = Caller(True, "marie", Role.MANAGER, "fr" if wanted.startswith(b"fr") else "en")
        await house({**scope, "relance.caller": caller}, receive, send)
