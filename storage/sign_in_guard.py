"""Failed sign-ins, counted before a password is looked at: many tries at once are many tries."""

from datetime import datetime

from sqlalchemy import text

from policies.sign_in_pace import FORGOTTEN_AFTER, FREE_OF_LOGIN, FREE_OF_SOURCE, counted, rest_after
from storage.keys import kept_of
from storage.session import transaction

_KEEP = text(
    "INSERT INTO sign_in_guard (subject, failures, last_at, free_at) VALUES (:subject, 0, :at, :at) ON CONFLICT DO NOTHING"
)
_LOCK = text("SELECT failures, last_at, free_at FROM sign_in_guard WHERE subject = :subject FOR UPDATE")
_COUNT = text("UPDATE sign_in_guard SET failures = :failures, last_at = :at, free_at = :free WHERE subject = :subject")
_CLEAR = text("DELETE FROM sign_in_guard WHERE subject = :subject")
_FORGET = text("DELETE FROM sign_in_guard WHERE last_at < :at")
_TAKE_BACK = text("UPDATE sign_in_guard SET failures = greatest(failures - 1, 0) WHERE subject = :subject")


async def try_now(login: str, source: str, at: datetime) -> datetime | None:
    """Count a try before it is made; answers until when nobody may try, None when this one may go on."""
    async with transaction() as connection:
        waits = []
        for subject, free in _subjects(login, source):
            await connection.execute(_KEEP, {"subject": subject, "at": at})
            row = (await connection.execute(_LOCK, {"subject": subject})).mappings().one()
            waits.append((subject, free, row))
        until: datetime = max(row["free_at"] for _, _, row in waits)
        if until > at:
            return until
        for subject, free, row in waits:
            failures = counted(row["failures"], row["last_at"], at) + 1
            values = {"subject": subject, "failures": failures, "at": at, "free": at + rest_after(failures, free)}
            await connection.execute(_COUNT, values)
    return None


async def went_well(login: str, source: str, at: datetime) -> None:
    """The password was right: the login's failures are forgotten, the try is taken back from the address's."""
    (of_login, _), (of_source, _) = _subjects(login, source)
    async with transaction() as connection:
        await connection.execute(_CLEAR, {"subject": of_login})
        await connection.execute(_TAKE_BACK, {"subject": of_source})
        await connection.execute(_FORGET, {"at": at - FORGOTTEN_AFTER})


def _subjects(login: str, source: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """What is counted, always in this order. What somebody typed is kept as a hash: it may be a password."""
    return (f"login:{kept_of(login)}", FREE_OF_LOGIN), (f"source:{source[:64]}", FREE_OF_SOURCE)
