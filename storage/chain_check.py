"""Whether every entry of a creditor's journals follows from the one before it, with every hash made again from what it tells."""

from collections.abc import AsyncIterator

from sqlalchemy import text

from policies.journal_chain import Entry, first_broken, not_following
from storage.seal_check import MOST
from storage.seals import HEADS
from storage.session import reading

_ENTRIES = text(
    f"""
    SELECT j.chain, j.place, j.at, j.kind, j.facts, j.previous, j.hash FROM ({HEADS}) h JOIN journal j ON j.chain = h.chain
    ORDER BY j.chain, j.place
    """  # noqa: S608 - no outside text
)


async def broken_chains(creditor: int) -> tuple[str, ...]:
    """Of each journal that is not whole the first entry that does not follow, as a sentence, at most a hundred; empty: all are."""
    found: list[str] = []
    async for chain in _chains(creditor):
        place = first_broken(chain)
        if place is not None and len(found) < MOST:
            found.append(not_following(chain[0].chain, place).capitalize())
    return tuple(found)


async def _chains(creditor: int) -> AsyncIterator[list[Entry]]:
    """One journal after the other, never all of them at once."""
    chain: list[Entry] = []
    async with reading() as connection:
        async for row in (await connection.stream(_ENTRIES, {"creditor": creditor})).mappings():
            entry = Entry(**row)
            if chain and chain[0].chain != entry.chain:
                yield chain
                chain = []
            chain.append(entry)
    if chain:
        yield chain
