"""Who started an act at the desk. Its run carries the row's key, which nobody but the desk can set for a person."""

from datetime import datetime

from sqlalchemy import text

from policies.staff import Role, Signer
from storage.session import reading, transaction

PREFIX = "desk:"
_WRITE = text(
    "INSERT INTO desk_start (actor, role, deployment, at) VALUES (:actor, :role, :deployment, :at) RETURNING id"
)
_READ = text("SELECT actor, role FROM desk_start WHERE id = :id AND deployment = :deployment")
_CARRIED_OUT = text(
    "INSERT INTO desk_start_carried_out (start_id) VALUES (:id) ON CONFLICT DO NOTHING RETURNING start_id"
)


async def start_by(signer: Signer, deployment: str, at: datetime) -> str:
    """Write down who starts what; answers the idempotency key of the run that will be made."""
    row = {"actor": signer.name, "role": signer.role.value, "deployment": deployment, "at": at}
    async with transaction() as connection:
        return f"{PREFIX}{await connection.scalar(_WRITE, row)}"


async def started_by(key: str | None, deployment: str) -> Signer | None:
    """The person whose start made the run with this key; None where no person did."""
    number = _number(key)
    if number is None:
        return None
    async with reading() as connection:
        row = (await connection.execute(_READ, {"id": number, "deployment": deployment})).mappings().first()
    return None if row is None else Signer(row["actor"], Role(row["role"]))


async def carry_out(key: str | None) -> bool:
    """Whether the start behind this key is carried out now; False where it was before: an act is done once."""
    number = _number(key)
    if number is None:
        return False
    async with transaction() as connection:
        return await connection.scalar(_CARRIED_OUT, {"id": number}) is not None


def _number(key: str | None) -> int | None:
    """The row a key names; None for another's key."""
    number = (key or "").removeprefix(PREFIX)
    ours = (key or "").startswith(PREFIX) and number.isascii() and number.isdecimal() and len(number) <= 18
    return int(number) if ours else None
