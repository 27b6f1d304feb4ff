"""Net and VAT of invoices, as their documents state them."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.records import InvoiceRecord
from storage.bulk import arrays

_VAT = text(
    """
    UPDATE invoice SET net = g.net, vat = g.vat, vat_by = ''
    FROM unnest(CAST(:number AS text[]), CAST(:net AS bigint[]), CAST(:vat AS bigint[])) AS g(number, net, vat)
    WHERE invoice.creditor_id = :creditor AND invoice.source = :source AND invoice.number = g.number
      AND invoice.total = g.net + g.vat AND (invoice.net IS NULL OR invoice.net <> g.net)
    """
)


async def keep_vat(connection: AsyncConnection, part: Sequence[InvoiceRecord], source: str, creditor: int) -> None:
    """Net and VAT as documents state them; what a person entered where none did is replaced by the document's."""
    stated = [{"number": one.number, "net": one.net, "vat": one.vat} for one in part if one.vat is not None]
    if stated:
        values = arrays(stated, ("number", "net", "vat")) | {"creditor": creditor, "source": source}
        await connection.execute(_VAT, values)
