"""The gate before Prefect's server: every request is judged here, and only what is known passes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers, QueryParams
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web import deeds, entrance
from web.answers import answer
from web.bodies import declares_json, is_empty, read_object, refuse_extras, refuse_kinds
from web.callers import Caller, Credentials
from web.doors import Doors
from web.forwarding import Kept, carrying, inward, outward
from web.provenance import SAFE, foreign, shows_origin
from web.replies import NO_SESSION, USED_LINK, Refused, page, refusal
from web.routes import Operation, RouteBook, RouteClass

INBOX = "/v2/runs?tab=flow-runs&state=Suspended"
LOCAL = "local"
"""Whoever opened the one-time link of this machine."""
SHOWN: Mapping[str, object] = {
    "GET /admin/settings": {"server": {"analytics_enabled": False}},
    "POST /block_documents/filter": [],
    "POST /block_documents/count": 0,
}
"""What a person sees in place of what only our processes may read: settings and blocks hold credentials."""
UNSHOWN = frozenset({"/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json"})
"""Pages of the server that load their scripts from other hosts."""
OTHER_SITE = "cross-site"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request or websocket, as it stands at the door."""

    scope: Scope
    headers: Headers
    method: str
    path: str

    @classmethod
    def of(cls, scope: Scope) -> "Visit":
        """Reads the method (WS for websockets) and the path as Prefect's own routing will read it."""
        method = "WS" if scope["type"] == "websocket" else scope["method"]
        return cls(scope, Headers(scope=scope), method, scope["path"])

    @property
    def api(self) -> bool:
        """Whether it goes to the API, not to a page of the UI."""
        return self.method == "WS" or self.path.startswith("/api/")


class Desk:
    """Prefect's app behind the gate."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        book: RouteBook,
        credentials: Credentials,
        hosts: Collection[str],
        home: Path,
        doors: Doors,
    ) -> None:
        self._app = app
        self._book = book
        self._credentials = credentials
        self._hosts = hosts
        self._home = home
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judges a request and passes it on or refuses it; the lifespan passes through."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        visit = Visit.of(scope)
        guarded = outward(scope, send)
        try:
            response = await self._serve(visit, receive, guarded)
        except Refused as refused:
            response = self._refusal(visit, refused)
        if response is not None and scope["type"] == "http":
            await response(scope, receive, guarded)
        elif response is not None:
            await send({"type": "websocket.close", "code": 1008, "reason": "refused"})
        return None

    async def _serve(self, visit: Visit, receive: Receive, send: Send) -> Response | None:
        """The desk's own response, or None when Prefect has answered."""
        self._refuse_foreign(visit)
        if visit.path == entrance.PATH and not visit.api:
            return self._enter(visit)
        if not visit.api:
            self._refuse_page(visit)
            await self._app(inward(visit.scope), receive, send)
            return None
        operation = self._book.find(visit.method, visit.path.removeprefix("/api"))
        if operation is not None and operation.kind is RouteClass.OPEN:
            await self._app(inward(visit.scope), receive, send)
            return None
        caller = self._caller(visit)
        if caller.person and operation is not None and operation.key in SHOWN:
            return JSONResponse(SHOWN[operation.key])
        await self._operate(visit, caller, _permitted(operation, caller, visit), receive, send)
        return None

    def _refuse_foreign(self, visit: Visit) -> None:
        reason = foreign(visit.headers, method=visit.method, page=not visit.api, hosts=self._hosts)
        if reason is not None:
            raise Refused(403, reason)
        if any(ord(character) < 32 for character in visit.path):
            raise Refused(404, "There is no such page.")

    def _refuse_page(self, visit: Visit) -> None:
        if self._credentials.caller(visit.headers) is None:
            raise Refused(401, NO_SESSION)
        if visit.method not in SAFE:
            raise Refused(405, "A page can only be looked at.")
        if visit.path in UNSHOWN:
            raise Refused(404, "There is no such page.")

    def _enter(self, visit: Visit) -> Response:
        """A one-time link opens a session; a browser that has one already is simply let through."""
        if visit.method != "GET" or "prefetch" in visit.headers.get("sec-purpose", ""):
            raise Refused(405, "Open the link in a browser.")
        caller = self._credentials.caller(visit.headers)
        entered = RedirectResponse(INBOX, 303, {"cache-control": "no-store"})
        if entrance.redeem(self._home, QueryParams(visit.scope["query_string"]).get("key", "")):
            entered.headers["set-cookie"] = self._credentials.cookie(LOCAL, secure=visit.scope["scheme"] == "https")
        elif caller is None:
            raise Refused(401, USED_LINK)
        return entered

    def _caller(self, visit: Visit) -> Caller:
        caller = self._credentials.caller(visit.headers)
        if caller is None:
            raise Refused(401, NO_SESSION)
        if caller.person and visit.method not in SAFE and not shows_origin(visit.headers):
            raise Refused(403, "Only pages of this desk may act here.")
        return caller

    async def _operate(self, visit: Visit, caller: Caller, operation: Operation, receive: Receive, send: Send) -> None:
        scope = inward(visit.scope)
        if operation.kind is RouteClass.ANSWER:
            body = await read_object(receive)
            await answer(self._app, self._doors, deeds.run_of(operation), caller, body, scope, send)
        elif caller.person and operation.kind in (RouteClass.STEER, RouteClass.START):
            await self._act(caller, operation, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _act(self, caller: Caller, operation: Operation, scope: Scope, receive: Receive, send: Send) -> None:
        """A person's act: only known fields, noted in the person's name, then done."""
        body = await read_object(receive)
        refuse_extras(operation.key, body)
        refuse_kinds(body)
        await deeds.note(self._doors, caller.actor, deeds.deeds(operation, body))
        onward, replayed = (scope, receive) if scope["method"] == "DELETE" else carrying(scope, body)
        if operation.kind is not RouteClass.START:
            return await self._app(onward, replayed, send)
        kept = Kept()
        await self._app(onward, replayed, kept.send)
        await deeds.note(self._doors, caller.actor, deeds.started(operation, kept.content))
        return await kept.release(send)

    def _refusal(self, visit: Visit, refused: Refused) -> Response:
        if visit.api or "text/html" not in visit.headers.get("accept", ""):
            return refusal(refused.status, refused.sentence)
        again = refused.status == 401 and visit.headers.get("sec-fetch-site") == OTHER_SITE
        return page(refused.status, refused.sentence, again=again)


def _permitted(operation: Operation | None, caller: Caller, visit: Visit) -> Operation:
    """The operation, if this caller may use it with a body of this kind."""
    if operation is None:
        raise Refused(404, "There is no such operation.")
    if operation.kind is RouteClass.DENIED:
        raise Refused(403, "Nobody may do this at this desk.")
    if operation.kind is RouteClass.SERVICE and caller.person:
        raise Refused(403, "Only Relance itself may do this; nothing was done.")
    bare = is_empty(visit.headers) and (not caller.person or operation.kind is RouteClass.READ)
    if visit.method in ("POST", "PUT", "PATCH") and not bare and not declares_json(visit.headers):
        raise Refused(415, "The request must say that it is JSON (Content-Type: application/json).")
    return operation
