"""The files that go with a message beside the ladder: invoices that were asked for, the page for the VAT."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from storage import decided_news
from storage.beside_truth import Waiting
from storage.bundles import Copy

_DOCUMENTS = text(
    "SELECT i.document_name AS name, i.document_type AS type, i.document AS content FROM cases c "
    "JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases) AND i.document IS NOT NULL ORDER BY c.id"
)


async def copies(connection: AsyncConnection, rows: Sequence[Waiting]) -> tuple[Copy, ...]:
    """The stored files of the invoices asked for."""
    cases = [row.case_id for row in rows if row.kind == MessageKind.INVOICE_COPY]
    if vat := [row.subject for row in rows if row.kind == MessageKind.VAT_DUPLICATE]:
        return await decided_news.page_of(connection, vat[0])
    if not cases:
        return ()
    found = (await connection.execute(_DOCUMENTS, {"cases": cases})).all()
    return tuple(Copy(one.name, one.type, bytes(one.content)) for one in found)
