"""What the creditor of an SMS allows, read when it is about to leave."""

from dataclasses import dataclass

from sqlalchemy import text

from policies.creditor_limits import MOST_PARTS
from storage.session import reading


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """`most`: parts it may be cut into. `to_call`: the number its text gives for questions; empty: none is known."""

    most: int
    to_call: str


_READ = text(
    "SELECT coalesce(r.sms_max_segments, :most) AS most, r.phone AS to_call "
    "FROM message m JOIN creditor r ON r.id = m.creditor_id WHERE m.id = :message"
)


async def settings_of(message: int) -> SmsSettings:
    """What counts for the message."""
    async with reading() as connection:
        row = (await connection.execute(_READ, {"message": message, "most": MOST_PARTS})).mappings().one()
    return SmsSettings(**row)
