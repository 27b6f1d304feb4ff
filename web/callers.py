"""Who is at the door: a person with a session, one of our own processes, or nobody we know."""

import hmac
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from policies.staff import Role

COOKIE = "relance_desk"
SESSION_LIFE = timedelta(days=7)
ACTOR_HEADER = "x-relance-actor"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody the desk knows."""

    person: bool
    """A person with a session; otherwise one of our own processes."""
    actor: str
    """The name under which an act is recorded; empty for a process that acts for nobody."""
    role: Role = Role.ADMIN
    """What this person is at the desk."""


class Credentials:
    """The two proofs the desk accepts: a signed session cookie, and the service credential."""

    def __init__(self, session_key: str, service: str) -> None:
        if not session_key or not service:
            raise ValueError("The desk needs the session key and the service credential of secrets.json.")
        self._sessions = URLSafeTimedSerializer(session_key, salt="relance desk session")
        self._service = f"Bearer {service}".encode()

    def cookie(self, actor: str, *, secure: bool) -> str:
        """A Set-Cookie value that opens a session for this person: not readable by scripts, never sent across sites."""
        flags = "; Secure" if secure else ""
        life = int(SESSION_LIFE.total_seconds())
        return f"{COOKIE}={self._sessions.dumps(actor)}; HttpOnly; SameSite=Strict; Path=/; Max-Age={life}{flags}"

    def caller(self, headers: Headers) -> Caller | None:
        """Who the headers prove; None when they prove nobody."""
        authorization = headers.get("authorization")
        if authorization is not None and authorization.lower().startswith("bearer "):
            if hmac.compare_digest(authorization.encode("latin-1"), self._service):
                return Caller(person=False, actor=_given_name(headers))
            return None
        actor = self._actor(headers)
        return Caller(person=True, actor=actor) if actor else None

    def _actor(self, headers: Headers) -> str:
        cookie = cookie_parser("; ".join(headers.getlist("cookie"))).get(COOKIE, "")
        try:
            return str(self._sessions.loads(cookie, max_age=int(SESSION_LIFE.total_seconds())))
        except BadData:
            return ""


def _given_name(headers: Headers) -> str:
    """The person a process acts for: one printable line."""
    name = headers.get(ACTOR_HEADER, "").strip()
    return name if name.isprintable() and len(name) <= LONGEST_NAME else ""
