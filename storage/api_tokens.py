"""Keys with which a person's own scripts act, in that person's name and role."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from policies.session_life import SEEN_EVERY
from policies.staff import Role
from storage.accounts import told
from storage.keys import fresh_key, kept_of
from storage.session import glance, reading, transaction

PREFIX = "relance_"
"""By which a token is known as one of ours, also by programs that look for secrets in files."""


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Whose token it is."""

    person: int
    login: str
    role: Role
    language: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; its key is never shown again."""

    id: int
    login: str
    name: str
    ends_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


_MAKE = text(
    "INSERT INTO api_token (key_hash, person_id, name, ends_at) VALUES (:kept, :person, :name, :ends) RETURNING id"
)
_HOLDER = text(
    """
    SELECT t.id, p.id AS person, p.login, p.role, p.language, t.used_at FROM api_token t JOIN person p ON p.id = t.person_id
    WHERE t.key_hash = :kept AND t.revoked_at IS NULL AND t.ends_at > :at AND p.disabled_at IS NULL
    """
)
_USED = text("UPDATE api_token SET used_at = :at WHERE id = :id")
_LISTED = text(
    "SELECT t.id, p.login, t.name, t.ends_at, t.used_at, t.revoked_at FROM api_token t JOIN person p ON p.id = t.person_id "
    "ORDER BY p.login, t.id"
)
_REVOKE = text("UPDATE api_token SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL RETURNING person_id")


async def make_token(person: int, name: str, life: timedelta, actor: str, at: datetime) -> str:
    """A new token, shown to nobody a second time."""
    key = fresh_key(PREFIX)
    async with transaction() as connection:
        row = {"kept": key.kept, "person": person, "name": name, "ends": at + life}
        number = await connection.scalar(_MAKE, row)
        await told(connection, person, actor, f"token {number} made", at)
    return key.given


async def token_holder(key: str, at: datetime) -> TokenHolder | None:
    """Whose token this is; None where it was revoked, has ended or never was. Its use is noted."""
    async with glance() as connection:
        row = (await connection.execute(_HOLDER, {"kept": kept_of(key), "at": at})).mappings().first()
        if row is None:
            return None
        if row["used_at"] is None or row["used_at"] + SEEN_EVERY <= at:
            await connection.execute(_USED, {"id": row["id"], "at": at})
    return TokenHolder(row["person"], row["login"], Role(row["role"]), row["language"])


async def tokens() -> tuple[Token, ...]:
    """Every token there is or was."""
    async with reading() as connection:
        return tuple(Token(**row) for row in (await connection.execute(_LISTED)).mappings())


async def revoke_token(number: int, actor: str, at: datetime) -> bool:
    """End a token at once; False where there is none to end."""
    async with transaction() as connection:
        person = await connection.scalar(_REVOKE, {"id": number, "at": at})
        if person is not None:
            await told(connection, int(person), actor, f"token {number} revoked", at)
    return person is not None
