"""The gate before Prefect's server: every request is judged here, and only what is known passes.

Own pages: `/enter`, `/sign-in`, `/sign-out`, `/account` are `web.entrance`; `/desk` and everything below it goes to the
app `house` (`web.house.house`), only for people with a session or a token, with `scope["relance.caller"]` a
`web.callers.Caller` (actor, role, language, csrf). A POST to it has passed the CSRF check: its form carries
`csrf_token(scope)` in the hidden field `csrf` (a token's request needs none); other methods than GET, HEAD and POST
do not get there. `/` leads to `/desk`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tasks.staff_text import speak
from web import deeds, entrance
from web.answers import answer
from web.bodies import (
    declares_json,
    form_of,
    is_empty,
    read_bytes,
    read_object,
    refuse_extras,
    refuse_kinds,
    replay_bytes,
)
from web.callers import SCOPE_KEY, Caller, Credentials
from web.csrf import refuse_forged
from web.doors import Doors
from web.forwarding import Kept, carrying, inward, outward
from web.listening import listen
from web.provenance import SAFE, foreign, shows_origin
from web.refusing import Refusals
from web.replies import NO_SESSION, Refused, page, refusal
from web.rights import permitted
from web.routes import Operation, RouteBook, RouteClass
from web.starts import prepared
from web.visits import HOUSE, Visit

SHOWN: Mapping[str, object] = {
    "GET /admin/settings": {"server": {"analytics_enabled": False}},
    "POST /block_documents/filter": [],
    "POST /block_documents/count": 0,
}
"""What a person sees in place of what only our processes may read: settings and blocks hold credentials."""
UNSHOWN = frozenset({"/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json"})
"""Pages of the server that load their scripts from other hosts."""
OTHER_SITE = ("cross-site", "same-site")


@dataclass
class Judged:
    """What is known of a request so far, for whoever writes down that it was refused."""

    caller: Caller | None = None
    operation: Operation | None = None


class Desk:
    """Prefect's app behind the gate."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        book: RouteBook,
        credentials: Credentials,
        hosts: Collection[str],
        doors: Doors,
        house: ASGIApp,
    ) -> None:
        self._app = app
        self._book = book
        self._credentials = credentials
        self._hosts = hosts
        self._doors = doors
        self._house = house
        self._entrance = entrance.Entrance(credentials)
        self._refusals = Refusals()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judges a request and passes it on or refuses it; the lifespan passes through."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        visit, judged = Visit.of(scope), Judged()
        guarded = outward(scope, send)
        try:
            response = await self._serve(visit, judged, receive, guarded)
        except Refused as refused:
            await self._refusals.note(visit, judged.caller, judged.operation, refused)
            response = _refusal(visit, refused)
        if response is not None and scope["type"] == "http":
            await response(scope, receive, guarded)
        elif response is not None:
            await send({"type": "websocket.close", "code": 1008, "reason": "refused"})
        return None

    async def _serve(self, visit: Visit, judged: Judged, receive: Receive, send: Send) -> Response | None:
        """The desk's own response, or None when somebody behind it has answered."""
        if visit.api:
            judged.operation = self._book.find(visit.method, visit.path.removeprefix("/api"))
        self._refuse_foreign(visit)
        if visit.path in entrance.PATHS and not visit.api:
            return await self._entrance.serve(visit, receive)
        if judged.operation is not None and judged.operation.kind is RouteClass.OPEN:
            await self._app(inward(visit.scope), receive, send)
            return None
        judged.caller = caller = await self._known(visit)
        speak(caller.language)
        if not visit.api:
            return await self._show(visit, caller, receive, send)
        if caller.person and judged.operation is not None and judged.operation.key in SHOWN:
            return JSONResponse(SHOWN[judged.operation.key])
        operation = permitted(judged.operation, caller)
        _refuse_other_kinds(operation, caller, visit)
        await self._operate(visit, caller, operation, receive, send)
        return None

    def _refuse_foreign(self, visit: Visit) -> None:
        reason = foreign(visit.headers, method=visit.method, page=not visit.api, hosts=self._hosts)
        if reason is not None:
            raise Refused(403, reason)
        if any(ord(character) < 32 for character in visit.path):
            raise Refused(404, "There is no such page.")

    async def _known(self, visit: Visit) -> Caller:
        caller = await self._credentials.caller(visit.headers)
        if caller is None:
            raise Refused(401, NO_SESSION)
        if caller.session is not None and visit.method not in SAFE and not shows_origin(visit.headers):
            raise Refused(403, "Only pages of this desk may act here.")
        return caller

    async def _show(self, visit: Visit, caller: Caller, receive: Receive, send: Send) -> Response | None:
        """A page: the house's own, or one of Prefect's UI, which can only be looked at."""
        if visit.house and caller.person and visit.method in (*SAFE, "POST"):
            await self._in_house(visit, caller, receive, send)
            return None
        if visit.method not in SAFE:
            raise Refused(405, "A page can only be looked at.")
        if visit.path in UNSHOWN or visit.house:
            raise Refused(404, "There is no such page.")
        if visit.path == "/" and caller.person:
            return entrance.to(HOUSE)
        await self._app(inward(visit.scope), receive, send)
        return None

    async def _in_house(self, visit: Visit, caller: Caller, receive: Receive, send: Send) -> None:
        scope = {**inward(visit.scope), SCOPE_KEY: caller}
        if visit.method == "POST":
            raw = await read_bytes(receive)
            if caller.session is not None:
                refuse_forged(caller, form_of(raw))
            receive = replay_bytes(raw)
        await self._house(scope, receive, send)

    async def _operate(self, visit: Visit, caller: Caller, operation: Operation, receive: Receive, send: Send) -> None:
        scope = inward(visit.scope)
        if operation.kind is RouteClass.ANSWER:
            body = await read_object(receive)
            await answer(self._app, self._doors, deeds.run_of(operation), caller, body, scope, send)
        elif caller.person and operation.kind in (RouteClass.STEER, RouteClass.START):
            await self._act(caller, operation, scope, receive, send)
        elif caller.person and visit.method == "WS":
            await listen(self._app, scope, receive, send, lambda: self._still_in(visit, caller))
        else:
            await self._app(scope, receive, send)

    async def _still_in(self, visit: Visit, caller: Caller) -> bool:
        """Whether who listens is still known, and still in the same role."""
        now = await self._credentials.caller(visit.headers, noting=False)
        return now is not None and (now.actor, now.role) == (caller.actor, caller.role)

    async def _act(self, caller: Caller, operation: Operation, scope: Scope, receive: Receive, send: Send) -> None:
        """A person's act: only known fields, noted in the person's name, then done."""
        body = await read_object(receive)
        refuse_extras(operation.key, body)
        refuse_kinds(body)
        if operation.kind is RouteClass.START:
            body = await prepared(self._app, operation, caller, body, scope)
        await deeds.note(self._doors, caller.actor, deeds.deeds(operation, body))
        onward, replayed = (scope, receive) if scope["method"] == "DELETE" else carrying(scope, body)
        if operation.kind is not RouteClass.START:
            return await self._app(onward, replayed, send)
        kept = Kept()
        await self._app(onward, replayed, kept.send)
        await deeds.note(self._doors, caller.actor, deeds.started(operation, kept.content))
        return await kept.release(send)


def _refuse_other_kinds(operation: Operation, caller: Caller, visit: Visit) -> None:
    """A body is declared as JSON, which no plain form of another site can do."""
    bare = is_empty(visit.headers) and (not caller.person or operation.kind is RouteClass.READ)
    if visit.method in ("POST", "PUT", "PATCH") and not bare and not declares_json(visit.headers):
        raise Refused(415, "The request must say that it is JSON (Content-Type: application/json).")


def _refusal(visit: Visit, refused: Refused) -> Response:
    """A sentence; for a person who is not signed in, the way to the sign-in."""
    if not visit.wants_page:
        return refusal(refused.status, refused.sentence)
    site = visit.headers.get("sec-fetch-site")
    if refused.status == 401 and visit.path != entrance.LINK and visit.method in SAFE:
        if site in OTHER_SITE:  # the cookie stays away from what another site began: look once more from here
            return page(401, refused.sentence, again=True)
        query = visit.scope["query_string"].decode("latin-1")
        onward = entrance.safe_onward(visit.path + (f"?{query}" if query else ""))
        return entrance.to(f"{entrance.SIGN_IN}?onward={quote(onward, safe='')}")
    return page(refused.status, refused.sentence, again=refused.status == 401 and site in OTHER_SITE)
