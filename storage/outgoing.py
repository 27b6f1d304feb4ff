"""A message on its way out."""

from dataclasses import dataclass

from sqlalchemy import text

from policies.stages import Channel, Stage
from storage.session import reading


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is needed to hand a message over, and to name the act."""

    id: int
    channel: Channel
    stage: Stage
    route: str
    sender: str
    recipient: str
    subject: str
    text: str
    raw: bytes

    @property
    def envelope(self) -> str:
        """The address on the SMTP envelope; an SMS that goes to the sink has one made of its number."""
        is_sunk_sms = self.channel is Channel.SMS and self.route == "sink"
        return f"{self.recipient}@sms.sink.invalid" if is_sunk_sms else self.recipient


_READ = text("SELECT id, channel, stage, route, sender, recipient, subject, text, raw FROM message WHERE id = :id")


async def read(id: int) -> Outgoing:
    """The message numbered `id`."""
    async with reading() as connection:
        row = dict((await connection.execute(_READ, {"id": id})).mappings().one())
    channel, stage = Channel(row.pop("channel")), Stage(row.pop("stage"))
    return Outgoing(**row, channel=channel, stage=stage)
