"""Who is at the door: a person with a session or a token, one of our own processes, or nobody we know.

A Caller is what the desk's own pages find in `scope["relance.caller"]`; their forms carry `csrf` in a hidden field.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from policies.session_life import LONGEST
from policies.staff import Role, Signer
from storage.api_tokens import PREFIX, token_holder
from storage.desk_sessions import SignedIn, signed_in

COOKIE = "relance_desk"
SCOPE_KEY = "relance.caller"
SERVICE = "service"
"""The name under which our own processes appear in what was refused."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody the desk knows."""

    person: bool
    """A person; otherwise one of our own processes."""
    actor: str
    """The login under which an act is recorded; `service` for our own processes."""
    role: Role
    """What this person is at the desk; means nothing for a process."""
    language: str = "en"
    session: SignedIn | None = None
    """The browser's session; None for a token."""
    csrf: str = ""
    """What every form of this session carries in the field `csrf`; empty for a token."""

    @property
    def signer(self) -> Signer:
        """As who this person acts."""
        return Signer(self.actor, self.role)


PROCESS = Caller(person=False, actor=SERVICE, role=Role.VIEWER)


class Credentials:
    """The proofs the desk accepts: a session's cookie, a person's token, and the service credential."""

    def __init__(self, session_key: str, service: str) -> None:
        if not session_key or not service:
            raise ValueError("The desk needs the session key and the service credential of secrets.json.")
        self._secret = session_key.encode()
        self._service = f"Bearer {service}".encode()

    async def caller(self, headers: Headers, *, noting: bool = True) -> Caller | None:
        """Who the headers prove; None when they prove nobody. A wrong Authorization is not healed by a cookie.

        `noting`: that the session is used, which keeps it alive.
        """
        authorization = headers.get("authorization", "")
        if authorization.lower().startswith("bearer "):
            if hmac.compare_digest(authorization.encode("latin-1"), self._service):
                return PROCESS
            return await _holder(authorization[7:].strip())
        return await self._browser(headers, noting)

    def csrf(self, key: str) -> str:
        """What forms of the session with this key carry: nobody without our secret can work it out."""
        return hmac.new(self._secret, b"csrf:" + key.encode(), hashlib.sha256).hexdigest()

    async def opened(self, key: str) -> SignedIn | None:
        """The session of a key that was just handed out."""
        return await signed_in(key, datetime.now(UTC))

    async def _browser(self, headers: Headers, noting: bool) -> Caller | None:
        key = cookie_parser("; ".join(headers.getlist("cookie"))).get(COOKIE, "")
        found = await signed_in(key, datetime.now(UTC), noting=noting) if key else None
        if found is None:
            return None
        return Caller(True, found.login, found.role, found.language, found, self.csrf(key))


def csrf_token(scope: Scope) -> str:
    """What a form of this page must carry in a hidden field named `csrf`."""
    caller: Caller = scope[SCOPE_KEY]
    return caller.csrf


def cookie(key: str, *, secure: bool) -> str:
    """A Set-Cookie value that keeps a session's key: not readable by scripts, never sent across sites. Empty: gone."""
    flags = "; Secure" if secure else ""
    life = int(LONGEST.total_seconds()) if key else 0
    return f"{COOKIE}={key}; HttpOnly; SameSite=Strict; Path=/; Max-Age={life}{flags}"


async def _holder(token: str) -> Caller | None:
    found = await token_holder(token, datetime.now(UTC)) if token.startswith(PREFIX) else None
    return None if found is None else Caller(True, found.login, found.role, found.language)
