"""What the local sink received, so that nothing it holds is ever unknown to us."""

from sqlalchemy import text

from storage.session import reading, transaction

_RECORD = text(
    "INSERT INTO sink_message (message_id, recipient, channel, subject, path, sha256) "
    "VALUES (:message_id, :recipient, :channel, :subject, :path, :sha256)"
)


async def record(message_id: str, recipient: str, channel: str, subject: str, path: str, sha256: str) -> None:
    """Keep the receipt of one message; committed before the sink answers 250."""
    values = {
        "message_id": message_id, "recipient": recipient, "channel": channel, "subject": subject, "path": path,
        "sha256": sha256,
    }  # fmt: skip
    async with transaction() as connection:
        await connection.execute(_RECORD, values)


async def holds(sha256: str) -> bool:
    """Whether the sink has these exact bytes: the one provider that can always be asked."""
    async with reading() as connection:
        found = await connection.scalar(
            text("SELECT true FROM sink_message WHERE sha256 = :sha LIMIT 1"), {"sha": sha256}
        )
    return bool(found)
