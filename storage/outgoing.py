"""A message on its way out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from policies.stages import Channel, Stage
from storage.session import glance


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is needed to hand a message over, and to name the act."""

    id: int
    channel: Channel
    stage: Stage | None
    """None: it is beside the ladder, and `kind` says what it is."""
    kind: str
    route: str
    sender: str
    recipient: str
    subject: str
    text: str
    raw: bytes
    key: str
    calculated_at: datetime

    @property
    def envelope(self) -> str:
        """The address on the SMTP envelope; what goes to the sink instead of a telephone or the post has one made for it."""
        if self.channel is Channel.LETTER:
            return f"letter-{self.id}@letter.sink.invalid"
        is_sunk_sms = self.channel is Channel.SMS and self.route == "sink"
        return f"{self.recipient}@sms.sink.invalid" if is_sunk_sms else self.recipient


_READ = text(
    "SELECT id, channel, stage, kind, route, sender, recipient, subject, text, raw, key, calculated_at FROM message "
    "WHERE id = :id"
)


async def read(id: int) -> Outgoing:
    """The message numbered `id`."""
    async with glance() as connection:
        row = dict((await connection.execute(_READ, {"id": id})).mappings().one())
    channel, stage = Channel(row.pop("channel")), row.pop("stage")
    return Outgoing(**row, channel=channel, stage=Stage(stage) if stage else None)
