"""What was written between us and a customer, both ways, the latest first; and one message of ours with its reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import text

from storage.bulk import rows_of
from storage.session import reading

MOST = 100
"""Of each direction."""


@dataclass(frozen=True, slots=True)
class Ours:
    """A message of ours; `demanded` in minor units. No `handed_at`: it has not left."""

    ours: ClassVar[bool] = True
    id: int
    at: datetime
    stage: str
    channel: str
    state: str
    route: str
    recipient: str
    subject: str
    currency: str
    demanded: int
    bounced: bool


@dataclass(frozen=True, slots=True)
class Theirs:
    """A message that came in. `message`: ours, which it answers or reports about."""

    ours: ClassVar[bool] = False
    id: int
    at: datetime
    channel: str
    kind: str
    sender: str
    subject: str
    text: str
    message: int | None
    read_at: datetime | None
    read_by: str


_OURS = text(
    """
    SELECT m.id, coalesce(m.handed_at, m.calculated_at) AS at, coalesce(nullif(m.stage, ''), m.kind) AS stage, m.channel,
           m.state, m.route, m.recipient, m.subject, m.currency, m.demanded,
           EXISTS (SELECT FROM delivery_event v WHERE v.message_id = m.id AND v.kind = 'not_delivered') AS bounced
    FROM message m JOIN customer d ON d.id = m.customer_id
    WHERE d.number = :number AND m.state NOT IN ('draft', 'voided') ORDER BY at DESC, m.id DESC LIMIT :most
    """
)
_THEIRS = text(
    """
    SELECT m.id, m.received_at AS at, m.channel, m.kind, m.sender, m.subject, left(m.text, 4000) AS text,
           m.message_id AS message, m.read_at, m.read_by
    FROM incoming_message m JOIN customer d ON d.id = m.customer_id
    WHERE d.number = :number ORDER BY m.received_at DESC, m.id DESC LIMIT :most
    """
)


async def correspondence(number: str) -> tuple[Ours | Theirs, ...]:
    """Messages to and from the customer of this number, the latest first."""
    values = {"number": number, "most": MOST}
    async with reading() as connection:
        ours = [Ours(**row) for row in await rows_of(connection, _OURS, values)]
        theirs = [Theirs(**row) for row in await rows_of(connection, _THEIRS, values)]
    both: list[Ours | Theirs] = [*ours, *theirs]
    return tuple(sorted(both, key=lambda one: one.at, reverse=True))
