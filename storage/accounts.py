"""The accounts of the people who work here: added, changed, disabled, never removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.logins import login_wrong
from policies.problems import Problem
from policies.staff import Role, Signer
from policies.staff_text.languages import ENGLISH, LANGUAGES
from storage.session import reading, transaction

SOURCE = "command"
_COLUMNS = "id, login, name, email, language, role, absent_from, absent_until, disabled_at, digest, password_hash <> '' AS has_password"
_ADD = text(
    "INSERT INTO person (login, name, email, language, role) VALUES (:login, :name, :email, :language, :role) "
    "ON CONFLICT DO NOTHING RETURNING id"
)
_TOLD = text("INSERT INTO account_change (person_id, actor, what, at) VALUES (:person, :actor, :what, :at)")
_FIRST = text(f"SELECT {_COLUMNS} FROM person WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id LIMIT 1")  # noqa: S608
_END_SESSIONS = text("UPDATE desk_session SET ended_at = :at WHERE person_id = :person AND ended_at IS NULL")
_END_LINKS = text("UPDATE entry_link SET used_at = :at WHERE person_id = :person AND used_at IS NULL")
_END_TOKENS = text("UPDATE api_token SET revoked_at = :at WHERE person_id = :person AND revoked_at IS NULL")


@dataclass(frozen=True, slots=True)
class Account:
    """A person who works here."""

    id: int
    login: str
    name: str
    email: str
    language: str
    role: Role
    absent_from: date | None
    absent_until: date | None
    disabled_at: datetime | None
    digest: bool
    """Whether they get a daily digest, where they have an e-mail address."""
    has_password: bool

    @property
    def signer(self) -> Signer:
        """As who they act."""
        return Signer(self.login, self.role)


async def listed() -> tuple[Account, ...]:
    """Every account, by login."""
    async with reading() as connection:
        rows = await connection.execute(text(f"SELECT {_COLUMNS} FROM person ORDER BY login"))  # noqa: S608 - our columns
        return tuple(_account(row) for row in rows.mappings())


async def find(login: str) -> Account | None:
    """The account of this login."""
    async with reading() as connection:
        return await _find(connection, login)


async def first_admin() -> Account | None:
    """The oldest account of an admin that may act: whoever holds the keys of the house acts as that person."""
    async with reading() as connection:
        row = (await connection.execute(_FIRST)).mappings().first()
    return None if row is None else _account(row)


async def ensure_first_admin(login: str, at: datetime) -> Account:
    """The first admin; made, without a password, where the house has nobody who may keep its accounts."""
    found = await first_admin()
    if found is None:
        await add(login, "", "", "en", Role.ADMIN, "relance", at)
        found = await first_admin()
    assert found is not None, "the last admin can neither be disabled nor given another role"
    return found


async def add(login: str, name: str, email: str, language: str, role: Role, actor: str, at: datetime) -> list[Problem]:
    """A new account without a password: a one-time link lets the person in to choose one."""
    wrong = login_wrong(login)
    if wrong or language not in LANGUAGES:
        return [Problem(SOURCE, None, "", wrong or "The language is en or fr.")]
    row = {"login": login, "name": name, "email": email, "language": language, "role": role.value}
    async with transaction() as connection:
        person = await connection.scalar(_ADD, row)
        if person is None:
            return [Problem(SOURCE, None, "", f"There is an account {login} already, or there was one.")]
        await told(connection, int(person), actor, f"added as {role.value}", at)
    return []


async def change(login: str, wanted: Mapping[str, Any], actor: str, at: datetime) -> list[Problem]:
    """Give an account other values (columns of `person`). A new role, or being disabled, ends its sessions."""
    async with transaction() as connection:
        await connection.execute(text("SELECT id FROM person WHERE role = 'admin' ORDER BY id FOR UPDATE"))
        found = await _find(connection, login)
        if found is None:
            return [Problem(SOURCE, None, "", f"There is no account {login}. See ./relance user list.")]
        if wrong := await _wrong(connection, found, wanted):
            return [Problem(SOURCE, None, "", wrong)]
        changed = {name: value for name, value in wanted.items() if getattr(found, name) != value}
        if changed:
            sets = ", ".join(f"{name} = :{name}" for name in sorted(changed))
            await connection.execute(
                text(f"UPDATE person SET {sets} WHERE id = :id"),  # noqa: S608 - attributes of Account
                changed | {"id": found.id},
            )
            await told(connection, found.id, actor, "; ".join(_words(changed)), at)
        if {"role", "disabled_at"} & set(changed):
            await _put_out(connection, found.id, at, tokens=changed.get("disabled_at") is not None)
    return []


async def set_password(person: int, hashed: str, actor: str, at: datetime) -> None:
    """Another password: every session and link of the person ends; tokens of scripts stay."""
    async with transaction() as connection:
        await connection.execute(
            text("UPDATE person SET password_hash = :hash WHERE id = :id"), {"hash": hashed, "id": person}
        )
        await told(connection, person, actor, "password set", at)
        await _put_out(connection, person, at, tokens=False)


async def rehashed(person: int, before: str, hashed: str) -> None:
    """The same password, kept by the parameters of today; one that was changed meanwhile is left alone."""
    statement = text("UPDATE person SET password_hash = :hash WHERE id = :id AND password_hash = :before")
    async with transaction() as connection:
        await connection.execute(statement, {"hash": hashed, "id": person, "before": before})


async def password_of(login: str) -> tuple[Account | None, str]:
    """The account that may sign in by this login, and its password's hash; nothing where there is none."""
    statement = text(
        f"SELECT {_COLUMNS}, password_hash FROM person WHERE login = :login AND disabled_at IS NULL "  # noqa: S608
        "AND password_hash <> ''"
    )
    async with reading() as connection:
        row = (await connection.execute(statement, {"login": login})).mappings().first()
    return (None, "") if row is None else (_account(row), str(row["password_hash"]))


async def told(connection: AsyncConnection, person: int, actor: str, what: str, at: datetime) -> None:
    """Write down what was done to an account."""
    await connection.execute(_TOLD, {"person": person, "actor": actor, "what": what, "at": at})


async def _put_out(connection: AsyncConnection, person: int, at: datetime, *, tokens: bool) -> None:
    for statement in (_END_SESSIONS, _END_LINKS, *((_END_TOKENS,) if tokens else ())):
        await connection.execute(statement, {"person": person, "at": at})


async def _find(connection: AsyncConnection, login: str) -> Account | None:
    statement = text(f"SELECT {_COLUMNS} FROM person WHERE login = :login")  # noqa: S608 - our columns
    row = (await connection.execute(statement, {"login": login})).mappings().first()
    return None if row is None else _account(row)


async def _wrong(connection: AsyncConnection, found: Account, wanted: Mapping[str, Any]) -> str:
    leaves = found.role is Role.ADMIN and found.disabled_at is None
    leaves = leaves and (wanted.get("role", Role.ADMIN) != Role.ADMIN or wanted.get("disabled_at") is not None)
    others = text("SELECT count(*) FROM person WHERE role = 'admin' AND disabled_at IS NULL AND id <> :id")
    if leaves and not await connection.scalar(others, {"id": found.id}):
        return f"{found.login} is the only admin: make somebody else admin first."
    if wanted.get("language", ENGLISH) not in LANGUAGES:
        return "The language is en or fr."
    first, last = (wanted.get(name, getattr(found, name)) for name in ("absent_from", "absent_until"))
    if (first is None) != (last is None) or (first is not None and last is not None and last < first):
        return "Say the first and the last day of the absence, in this order."
    return ""


def _words(changed: Mapping[str, Any]) -> list[str]:
    """What was changed; of names and addresses only that they were."""
    told_values = {"role", "language", "absent_from", "absent_until", "disabled_at", "digest"}
    return [f"{name}: {changed[name]}" if name in told_values else name for name in sorted(changed)]


def _account(row: RowMapping) -> Account:
    names = [name for name in Account.__slots__ if name != "role"]
    return Account(role=Role(row["role"]), **{name: row[name] for name in names})
