"""Whether today's books still hold what was sealed: each sealed head must still be the hash at its place."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.seals import first_wrong, sealed
from storage.bulk import rows_of
from storage.seals import HEADS, Kept, seals_in, stood
from storage.session import reading

_REWRITTEN = text(
    """
    SELECT l.chain, l.place, s.number, s.sealed_on AS on, j.hash IS NULL AS gone
    FROM seal_leaf l JOIN seal s ON s.id = l.seal_id LEFT JOIN journal j ON j.chain = l.chain AND j.place = l.place
    WHERE l.creditor_id = :creditor AND j.hash IS DISTINCT FROM l.head ORDER BY s.number, l.chain LIMIT :most
    """
)
_HEADLESS = text(
    f"""
    SELECT h.chain, h.place FROM ({HEADS}) h LEFT JOIN journal j ON j.chain = h.chain AND j.place = h.place
    WHERE (CASE WHEN h.place = 0 THEN '' ELSE j.hash END) IS DISTINCT FROM h.head
       OR EXISTS (SELECT FROM journal k WHERE k.chain = h.chain AND k.place = h.place + 1) ORDER BY h.chain LIMIT :most
    """  # noqa: S608 - no outside text
)
MOST = 100


@dataclass(frozen=True, slots=True)
class SealFault:
    """Something that is not as it was sealed: `chain` empty, a seal itself. `on`: the day of the first seal that tells."""

    chain: str
    place: int
    number: int
    on: date | None
    gone: bool = False

    @property
    def words(self) -> str:
        """What is wrong, as a sentence."""
        if not self.chain:
            return (
                f"Seal {self.number} does not follow from its leaves and the seal before it: the seals were rewritten."
            )
        if self.on is None:
            return f"The head of chain {self.chain} is not its entry {self.place}: its last entries were changed or removed."
        what = "is no longer there" if self.gone else "was rewritten since"
        return f"Entry {self.place} of chain {self.chain}, sealed on {self.on} (seal {self.number}), {what}."


async def seal_faults(creditor: int) -> tuple[SealFault, ...]:
    """What differs from the seals, the earliest first, at most a hundred; empty: every sealed head still stands."""
    async with reading() as connection:
        kept = await seals_in(connection, creditor)
        broken = first_wrong([one.seal for one in kept])
        rows = await rows_of(connection, _REWRITTEN, {"creditor": creditor, "most": MOST})
        heads = await rows_of(connection, _HEADLESS, {"creditor": creditor, "most": MOST})
        if broken is None and kept:
            broken = await _differs(connection, creditor, kept[-1])
    seals = () if broken is None else (SealFault("", 0, broken, None),)
    return (*seals, *(SealFault(**row) for row in rows), *(SealFault(**row, number=0, on=None) for row in heads))


async def _differs(connection: AsyncConnection, creditor: int, last: Kept) -> int | None:
    """The number of the last seal where its root is not that of the leaves that are kept."""
    found = sealed(last.seal.number, last.seal.on, await stood(connection, creditor, last.id), last.seal.previous)
    return None if found == last.seal else last.seal.number
