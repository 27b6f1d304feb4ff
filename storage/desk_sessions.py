"""Browsers that are signed in at the desk, and the one-time links that let one in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, text

from policies.session_life import alive, to_be_noted
from policies.staff import Role
from storage.accounts import told
from storage.keys import fresh_key, kept_of
from storage.session import glance, transaction

LINK_LIFE = timedelta(minutes=30)
INVITATION_LIFE = timedelta(days=3)
"""A link for somebody else has to be handed on first."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session and whose it is."""

    session: int
    person: int
    login: str
    role: Role
    language: str
    by_link: bool
    has_password: bool


_OPEN = text(
    "INSERT INTO desk_session (key_hash, person_id, by_link, opened_at, seen_at) "
    "SELECT :kept, id, :by_link, :at, :at FROM person WHERE id = :person AND disabled_at IS NULL RETURNING id"
)
_FIND = text(
    """
    SELECT s.id AS session, p.id AS person, p.login, p.role, p.language, s.by_link, s.opened_at, s.seen_at,
           p.password_hash <> '' AS has_password
    FROM desk_session s JOIN person p ON p.id = s.person_id
    WHERE s.key_hash = :kept AND s.ended_at IS NULL AND p.disabled_at IS NULL
    """
)
_SEEN = text("UPDATE desk_session SET seen_at = :at WHERE id = :id AND seen_at < :at")
_END = text("UPDATE desk_session SET ended_at = :at WHERE id = :id AND ended_at IS NULL")
_LINK = text("INSERT INTO entry_link (key_hash, person_id, ends_at) VALUES (:kept, :person, :ends)")
_REDEEM = text(
    "UPDATE entry_link l SET used_at = :at FROM person p WHERE l.key_hash = :kept AND l.used_at IS NULL AND l.ends_at > :at "
    "AND p.id = l.person_id AND p.disabled_at IS NULL RETURNING l.person_id"
)


async def open_session(person: int, at: datetime, *, by_link: bool = False) -> str | None:
    """Sign a browser in; answers the key its cookie carries, None for an account that was disabled meanwhile."""
    key = fresh_key()
    async with transaction() as connection:
        row = {"kept": key.kept, "person": person, "by_link": by_link, "at": at}
        return None if await connection.scalar(_OPEN, row) is None else key.given


async def signed_in(key: str, at: datetime, *, noting: bool = True) -> SignedIn | None:
    """Whose session this key opens; None where it has ended. Its use is noted, unless nobody but us looks."""
    async with glance() as connection:
        row = (await connection.execute(_FIND, {"kept": kept_of(key)})).mappings().first()
        if row is None or not alive(row["opened_at"], row["seen_at"], at):
            return None
        if noting and to_be_noted(row["seen_at"], at):
            await connection.execute(_SEEN, {"id": row["session"], "at": at})
    return _signed_in(row)


async def end_session(session: int, at: datetime) -> None:
    """Sign out."""
    async with transaction() as connection:
        await connection.execute(_END, {"id": session, "at": at})


async def new_link(person: int, actor: str, at: datetime, life: timedelta = LINK_LIFE) -> str:
    """The key of a link that signs one browser in as this person, once, for as long as `life`."""
    key = fresh_key()
    async with transaction() as connection:
        await connection.execute(_LINK, {"kept": key.kept, "person": person, "ends": at + life})
        await told(connection, person, actor, "link made", at)
    return key.given


async def redeem(key: str, at: datetime) -> int | None:
    """The person a link lets in; it is used up by asking. None where it was used, is too old, or never was."""
    async with transaction() as connection:
        found = await connection.scalar(_REDEEM, {"kept": kept_of(key), "at": at})
    return None if found is None else int(found)


def _signed_in(row: RowMapping) -> SignedIn:
    names = [name for name in SignedIn.__slots__ if name != "role"]
    return SignedIn(role=Role(row["role"]), **{name: row[name] for name in names})
