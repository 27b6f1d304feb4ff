"""The salted hash by which a journal refers to what was written or came in (`policies.journal_chain.salted`)."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.questions import QuestionKind

SALTED = "encode(sha256(convert_to(CAST(salt AS text), 'UTF8') || {content}), 'hex')"
_OF = {
    table: text(f"SELECT {SALTED.format(content=content)} FROM {table} WHERE id = :id")  # noqa: S608 - our own names
    for table, content in (("message", "raw"), ("incoming_message", "raw"), ("dispute_document", "content"))
}


async def proof_of(connection: AsyncConnection, table: str, id: int) -> str:
    """The salted hash of the bytes of this row; empty: there is no such row."""
    return str(await connection.scalar(_OF[table], {"id": id}) or "")


async def asked(
    connection: AsyncConnection, question: int, kind: QuestionKind, principal: int, draft: int | None
) -> dict[str, object]:
    """What a journal says of a question about a case: with the draft it shows, where there is one."""
    facts: dict[str, object] = {"question": question, "kind": kind.value, "principal": principal}
    return facts if draft is None else facts | {"message": draft, "proof": await proof_of(connection, "message", draft)}
