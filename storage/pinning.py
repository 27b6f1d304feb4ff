"""Pinning policies: a file's bytes are kept under their hash, so that cases can follow them for good (design 4.9)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.problems import Problem
from storage import journal, law_store, policy_store
from storage.rate_store import known_rates
from storage.session import reading, transaction

SOURCE = "command"
SHORTEST = 6
"""Signs of a hash that name it."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a policy in the books."""

    policy: str
    hash: str
    open_cases: int
    pinned_at: datetime | None
    pinned_by: str


_VERSIONS = text(
    """
    SELECT p.ladder AS policy, p.hash, p.pinned_at, p.pinned_by,
           (SELECT count(*) FROM cases c WHERE c.policy_hash = p.hash AND c.closed_at IS NULL) AS open_cases
    FROM policy p ORDER BY p.ladder, p.pinned_at DESC NULLS LAST, p.id DESC
    """
)
_KEEP = text(
    """
    INSERT INTO policy (hash, ladder, text, pinned_at, pinned_by) VALUES (:hash, :ladder, :text, :at, :actor)
    ON CONFLICT (hash) DO UPDATE SET pinned_at = excluded.pinned_at, pinned_by = excluded.pinned_by
    """
)
_NAMED = text(
    """
    SELECT p.hash, p.ladder, p.pinned_at, (SELECT count(*) FROM cases c WHERE c.policy_hash = p.hash AND c.closed_at IS NULL)
           AS cases
    FROM policy p WHERE p.ladder = :said OR (length(:said) >= :shortest AND starts_with(p.hash, :said))
    ORDER BY p.pinned_at DESC NULLS LAST, p.id DESC
    """
)


async def pin_file(content: bytes, source: str, creditor: int, actor: str, at: datetime) -> Ladder | list[Problem]:
    """Keep a policy file. From now on its id names this version, until another one of that id is pinned."""
    ladder = load_ladder(content, source, laws=law_store.all_laws(), rates=await known_rates())
    if isinstance(ladder, list):
        return ladder
    async with transaction() as connection:
        values = {"hash": ladder.hash, "ladder": ladder.id, "text": content, "at": at, "actor": actor}
        await connection.execute(_KEEP, values)
        facts = {"policy": ladder.hash, "ladder": ladder.id, "actor": actor}
        await journal.append(connection, "creditor", creditor, "policy_pinned", facts, at)
    return ladder


async def versions() -> tuple[Version, ...]:
    """Every version that was pinned or that a case was ever opened with."""
    async with reading() as connection:
        return tuple(Version(**row) for row in (await connection.execute(_VERSIONS)).mappings())


async def newest(connection: AsyncConnection, said: str) -> Ladder | list[Problem]:
    """The policy meant by an id, or by a hash or its beginning."""
    try:
        found = await policy_store.named(connection, said)
    except policy_store.BadLadder as wrong:
        return [Problem(SOURCE, None, "policy", str(wrong))]
    if found is not None:
        return found
    rows = await _named(connection, said)
    hashes = {row["hash"] for row in rows if row["ladder"] != said}
    if not rows or len(hashes) > 1:
        return [Problem(SOURCE, None, "policy", _unknown(said, rows))]
    return await policy_store.pinned(connection, rows[0]["hash"])


async def followed(connection: AsyncConnection, said: str) -> Ladder | list[Problem]:
    """The policy meant by a hash (or its beginning), or by an id that open cases follow in one version only."""
    rows = [row for row in await _named(connection, said) if row["cases"]]
    if len(rows) == 1:
        return await policy_store.pinned(connection, rows[0]["hash"])
    if not rows:
        return [Problem(SOURCE, None, "policy", f"No open case follows “{said}”. See ./relance policy list.")]
    return [Problem(SOURCE, None, "policy", _unknown(said, rows))]


async def _named(connection: AsyncConnection, said: str) -> list[RowMapping]:
    values = {"said": said, "shortest": SHORTEST}
    return list((await connection.execute(_NAMED, values)).mappings())


def _unknown(said: str, rows: list[RowMapping]) -> str:
    if not rows:
        return f"There is no policy “{said}”; pin its file first: ./relance policy pin FILE."
    several = ", ".join(f"{row['hash'][:12]} ({row['ladder']}, {row['cases']} open cases)" for row in rows)
    return f"“{said}” names several versions: {several}. Give the hash of one."
