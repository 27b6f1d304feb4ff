"""E-mails to our own people on their way out: once per key, `handing_over` committed before the first byte (design 4.3)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from policies.case import EffectState
from policies.staff_mail import next_try
from storage.bulk import rows_of
from storage.session import glance, reading, transaction

SILENT = timedelta(minutes=30)
"""Whoever has been handing over for so long is dead: nobody knows whether it left."""
UNKNOWN = "Relance stopped while it was handed over: it may or may not have left."


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, as an e-mail to them needs it; `login` empty: the house itself."""

    login: str
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class StaffLetter:
    """An e-mail whose handing over has begun: its bytes, and where they go."""

    id: int
    route: str
    sender: str
    recipient: str
    raw: bytes
    tries: int
    written_at: datetime


_COLLEAGUE = text(
    "SELECT login, coalesce(nullif(name, ''), login) AS name, email, language FROM person "
    "WHERE login = :login AND disabled_at IS NULL"
)
_KEPT = text("SELECT state FROM staff_message WHERE key = :key")
_PUT = text(
    """
    INSERT INTO staff_message (creditor_id, login, key, state, sender, recipient, subject, raw, sha256, written_at, next_at)
    VALUES (:creditor, :login, :key, 'reserved', :sender, :recipient, :subject, :raw, :sha256, :at, :at)
    ON CONFLICT (key) DO NOTHING RETURNING id
    """
)
_DUE = text(
    """
    SELECT m.id FROM staff_message m LEFT JOIN person p ON p.login = m.login AND p.disabled_at IS NULL
    WHERE m.next_at <= :at AND (m.login = '' OR p.id IS NOT NULL) ORDER BY m.next_at, m.id LIMIT 100
    """
)
_WAY = text(
    "SELECT m.recipient, CASE WHEN r.live THEN 'live' ELSE 'sink' END FROM staff_message m "
    "JOIN creditor r ON r.id = m.creditor_id WHERE m.id = :id"
)
_BEGIN = text(
    """
    UPDATE staff_message m SET state = 'handing_over', handed_at = :at, next_at = NULL, tries = m.tries + 1,
           route = CASE WHEN r.live THEN 'live' ELSE 'sink' END
    FROM creditor r WHERE r.id = m.creditor_id AND m.id = :id AND m.state IN ('reserved', 'refused') AND m.next_at <= :at
    RETURNING m.id, m.route, m.sender, m.recipient, m.raw, m.tries, m.written_at
    """
)
_SETTLE = text(
    "UPDATE staff_message SET state = :state, words = :words, next_at = :next WHERE id = :id AND tries = :tries "
    "AND state IN ('handing_over', 'ambiguous')"
)
_BURY = text(
    "UPDATE staff_message SET state = 'ambiguous', words = :words WHERE state = 'handing_over' AND handed_at < :before"
)
_UNSURE = text("SELECT count(*) FROM staff_message WHERE state = 'ambiguous' OR state = 'refused' AND next_at IS NULL")


async def colleague(login: str) -> Colleague | None:
    """The person of this login, unless the account is disabled or unknown."""
    async with glance() as connection:
        row = (await connection.execute(_COLLEAGUE, {"login": login})).mappings().first()
    return None if row is None else Colleague(**row)


async def state_of(key: str) -> EffectState | None:
    """What became of the e-mail with this key; None: there is none."""
    async with glance() as connection:
        found = await connection.scalar(_KEPT, {"key": key})
    return None if found is None else EffectState(found)


async def put(
    creditor: int, to: Colleague, key: str, sender: str, subject: str, raw: bytes, at: datetime
) -> int | None:
    """Keep an e-mail that is to leave; None: one with this key is kept already, and this one is dropped."""
    values = {
        "creditor": creditor, "login": to.login, "key": key, "sender": sender, "recipient": to.email, "subject": subject,
        "raw": raw, "sha256": hashlib.sha256(raw).hexdigest(), "at": at,
    }  # fmt: skip
    async with transaction() as connection:
        found: int | None = await connection.scalar(_PUT, values)
    return found


async def due(at: datetime) -> tuple[int, ...]:
    """E-mails to be handed over by `at`, the one that waits longest first; at most a hundred."""
    async with reading() as connection:
        return tuple(await connection.scalars(_DUE, {"at": at}))


async def way(id: int) -> tuple[str, str]:
    """To whom it would go now, and by which route."""
    async with glance() as connection:
        row = (await connection.execute(_WAY, {"id": id})).one()
    return row[0], row[1]


async def begin(id: int, at: datetime) -> StaffLetter | None:
    """Commit `handing_over` before the first byte leaves; None: another has it, or it has left."""
    async with transaction() as connection:
        rows = await rows_of(connection, _BEGIN, {"id": id, "at": at})
    return StaffLetter(**rows[0]) if rows else None


async def settle(letter: StaffLetter, state: EffectState, words: str, at: datetime, *, temporary: bool) -> None:
    """How handing over ended. What was refused for now is tried again later, for a day."""
    again = state is EffectState.REFUSED and temporary
    later = next_try(letter.written_at, letter.tries, at) if again else None
    values = {"id": letter.id, "tries": letter.tries, "state": state, "words": words, "next": later}
    async with transaction() as connection:
        await connection.execute(_SETTLE, values)


async def bury(at: datetime) -> None:
    """What somebody who died was handing over may or may not have left, and is not sent again."""
    async with transaction() as connection:
        await connection.execute(_BURY, {"words": UNKNOWN, "before": at - SILENT})


async def not_arrived() -> int:
    """How many may not have arrived: they were given up, or nobody knows."""
    async with glance() as connection:
        return int(await connection.scalar(_UNSURE) or 0)
