"""How people come in and go out: one-time links, login and password, the account's own page, and the way out.

A link's key is good once. A failed sign-in looks the same for every reason and takes as long for nobody as for somebody.
"""

from datetime import UTC, datetime

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive

from policies.password_rules import LONGEST, password_wrong
from policies.sign_in_pace import wait_words
from storage import accounts, sign_in_guard
from storage.desk_sessions import end_session, open_session, redeem
from web.bodies import form_of, read_bytes
from web.callers import Caller, Credentials, cookie
from web.csrf import refuse_forged
from web.entry_pages import account_page, sign_in_page
from web.entry_words import language_asked
from web.passwords import hashed, is_outdated, is_right
from web.provenance import shows_origin
from web.replies import NO_SESSION, USED_LINK, Refused
from web.visits import HOUSE, Visit

LINK, SIGN_IN, SIGN_OUT, ACCOUNT = "/enter", "/sign-in", "/sign-out", "/account"
PATHS = frozenset({LINK, SIGN_IN, SIGN_OUT, ACCOUNT})
WRONG = "Login or password is not right."


class Entrance:
    """The pages that open and close sessions."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    async def serve(self, visit: Visit, receive: Receive) -> Response:
        """The answer to a request for one of `PATHS`."""
        if visit.path == LINK:
            return await self._by_link(visit)
        if visit.method == "POST":
            return await self._posted(visit, form_of(await read_bytes(receive)))
        if visit.method not in ("GET", "HEAD") or visit.path == SIGN_OUT:
            raise Refused(405, "Use the form.")
        caller = await self._credentials.caller(visit.headers)
        signed_in = caller is not None and caller.session is not None
        if visit.path == SIGN_IN:
            onward = safe_onward(QueryParams(visit.scope["query_string"]).get("onward", ""))
            return to(onward) if signed_in else sign_in_page(_language(visit), onward)
        if caller is None or caller.session is None:
            raise Refused(401, NO_SESSION)
        return account_page(caller)

    async def _posted(self, visit: Visit, form: dict[str, str]) -> Response:
        if not shows_origin(visit.headers):
            raise Refused(403, "Only pages of this desk may act here.")
        if visit.path == SIGN_IN:
            return await self._sign_in(visit, form)
        caller = await self._credentials.caller(visit.headers)
        if caller is None or caller.session is None:
            raise Refused(401, NO_SESSION)
        refuse_forged(caller, form)
        if visit.path == SIGN_OUT:
            await end_session(caller.session.session, _now())
            return to(SIGN_IN, cookie("", secure=visit.secure))
        if form.get("act") == "language":
            problems = await accounts.change(caller.actor, {"language": form.get("language", "")}, caller.actor, _now())
            return account_page(caller, problem=problems[0].reason, status=422) if problems else to(ACCOUNT)
        return await self._password(visit, caller, form)

    async def _by_link(self, visit: Visit) -> Response:
        """A one-time link opens a session; a browser that has one already is simply let through."""
        if visit.method != "GET" or "prefetch" in visit.headers.get("sec-purpose", ""):
            raise Refused(405, "Open the link in a browser.")
        key = QueryParams(visit.scope["query_string"]).get("key", "")
        person = await redeem(key, _now()) if key else None
        if person is not None:
            return await self._open(visit, person, HOUSE, by_link=True)
        if await self._credentials.caller(visit.headers) is None:
            raise Refused(401, USED_LINK)
        return to(HOUSE)

    async def _sign_in(self, visit: Visit, form: dict[str, str]) -> Response:
        login, password = form.get("login", "").strip().lower(), form.get("password", "")
        onward = safe_onward(form.get("onward", ""))
        if until := await sign_in_guard.try_now(login, visit.source, _now()):
            words = wait_words(until, _now())
            return sign_in_page(_language(visit), onward, login=login[:40], problem=words, status=429)
        account, kept = await accounts.password_of(login)
        if not await is_right(kept, password[: LONGEST + 1]) or account is None:
            return sign_in_page(_language(visit), onward, login=login[:40], problem=WRONG, status=401)
        await sign_in_guard.went_well(login, visit.source, _now())
        if is_outdated(kept):
            await accounts.rehashed(account.id, kept, await hashed(password))
        return await self._open(visit, account.id, onward)

    async def _password(self, visit: Visit, caller: Caller, form: dict[str, str]) -> Response:
        session = caller.session
        assert session is not None, "the caller has a session"
        new = form.get("new", "")
        if session.has_password and not session.by_link and (wrong := await self._old_wrong(visit, caller, form)):
            return account_page(caller, problem=wrong, status=422)
        differ = "The two new passwords differ." if new != form.get("again") else ""
        if problem := differ or password_wrong(new, caller.actor):
            return account_page(caller, problem=problem, status=422)
        await accounts.set_password(session.person, await hashed(new), caller.actor, _now())
        return await self._open(visit, session.person, HOUSE)

    async def _old_wrong(self, visit: Visit, caller: Caller, form: dict[str, str]) -> str:
        """The old password is guessed no faster here than at the sign-in."""
        if until := await sign_in_guard.try_now(caller.actor, visit.source, _now()):
            return wait_words(until, _now())
        _, kept = await accounts.password_of(caller.actor)
        if not await is_right(kept, form.get("old", "")[: LONGEST + 1]):
            return "The password until now is not right."
        await sign_in_guard.went_well(caller.actor, visit.source, _now())
        return ""

    async def _open(self, visit: Visit, person: int, onward: str, *, by_link: bool = False) -> Response:
        """A fresh session; an older one of this browser ends."""
        before = await self._credentials.caller(visit.headers)
        if before is not None and before.session is not None:
            await end_session(before.session.session, _now())
        key = await open_session(person, _now(), by_link=by_link)
        if key is None:
            raise Refused(401, NO_SESSION)
        opened = await self._credentials.opened(key)
        first = opened is not None and not opened.has_password
        return to(ACCOUNT if first else onward, cookie(key, secure=visit.secure))


def to(place: str, set_cookie: str = "") -> Response:
    """Onward to another page of the desk."""
    response = RedirectResponse(place, 303, {"cache-control": "no-store"})
    if set_cookie:
        response.headers["set-cookie"] = set_cookie
    return response


def safe_onward(place: str) -> str:
    """A path of this desk to go to after signing in; the home page for anything else.

    >>> [safe_onward(one) for one in ("/v2/runs?state=Suspended", "//evil.example/", "https://evil.example", "")]
    ['/v2/runs?state=Suspended', '/desk', '/desk', '/desk']
    """
    plain = place.startswith("/") and not place.startswith("//") and "\\" not in place and place.isprintable()
    return place if plain and len(place) < 2_000 and place.partition("?")[0] not in PATHS | {"/"} else HOUSE


def _language(visit: Visit) -> str:
    return language_asked(visit.headers.get("accept-language", ""))


def _now() -> datetime:
    return datetime.now(UTC)
