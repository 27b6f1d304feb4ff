"""What a person decided that the customer must hear: that a step crossed its money, the duplicate for the VAT."""

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind, Piece
from storage import overtaken, write_off_vat
from storage.write_off_vat import page_of

__all__ = ["KINDS", "page_of", "piece_of"]
KINDS = (MessageKind.CROSSED, MessageKind.VAT_DUPLICATE)


async def piece_of(connection: AsyncConnection, subject: str, piece: Piece) -> Piece | str:
    """What is told about the write-off, or the overtaken steps, `subject`; or why it no longer is."""
    if piece.kind is MessageKind.VAT_DUPLICATE:
        return await write_off_vat.piece_of(connection, subject, piece)
    return await overtaken.piece_of(connection, subject, piece)
