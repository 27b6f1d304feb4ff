"""Everything the books hold of one case, for a file of evidence: its journals complete, and the seals that cover them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.claim_file import FileChoice
from policies.evidence.books import CONCERNS, EvidenceBooks
from policies.evidence.parts import SealProof
from policies.journal_chain import Entry
from policies.seals import proofs
from storage.bulk import rows_of
from storage.claim_file import claim_file
from storage.confidential import Confidential, confidential
from storage.evidence_files import files_of
from storage.seals import Kept, seals_in, stood
from storage.session import one_moment

_CASE = text(
    """
    SELECT c.id, i.number, c.customer_id, c.creditor_id, r.zone, coalesce(nullif(r.staff_language, ''), r.language) AS language
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN creditor r ON r.id = c.creditor_id WHERE c.id = :case
    """
)
_CHAIN = text("SELECT chain, place, at, kind, facts, previous, hash FROM journal WHERE chain = :chain ORDER BY place")
_ANSWERS = text(
    """
    SELECT a.id, q.id AS question, q.kind, q.title, q.description, q.shown_facts, a.actor, a.role, a.door, a.given, a.at,
           v.accepted, v.words
    FROM answer a JOIN question q ON q.id = a.question_id LEFT JOIN answer_verdict v ON v.answer_id = a.id
    WHERE q.customer_id = :customer AND q.id IN (SELECT question_id FROM question_case WHERE case_id = :case) ORDER BY a.id
    """
)
_MOVED = text("SELECT DISTINCT seal_id FROM seal_leaf WHERE creditor_id = :creditor AND chain = ANY(:chains)")
NOTHING = Confidential()


async def evidence_books(found: int, now: datetime, *, with_confidential: bool = False) -> EvidenceBooks:
    """The case of this number, with figures as at the creditor's day: the same books give the same all day.

    All of it is of one moment: a letter that leaves meanwhile is neither in the journal nor among the files.
    """
    async with one_moment() as connection:
        row = (await rows_of(connection, _CASE, {"case": found}))[0]
        here = now.astimezone(ZoneInfo(row["zone"]))
        morning = datetime.combine(here.date(), time(0), here.tzinfo)
        kept = NOTHING if with_confidential else await confidential(connection, [found])
        files, left_out = await files_of(connection, found, row["customer_id"], kept)
        entries = await _entries(connection, row, kept, with_confidential)
        seals = await seals_in(connection, row["creditor_id"])
        return EvidenceBooks(
            found, row["number"], await claim_file(connection, [found], morning, FileChoice(row["language"])), files,
            await _answers(connection, row, kept), entries, tuple(one.seal for one in seals),
            await _proofs(connection, row, seals), left_out,
        )  # fmt: skip


async def _entries(
    connection: AsyncConnection, row: dict[str, Any], kept: Confidential, everything: bool
) -> tuple[Entry, ...]:
    """Three chains, whole: of what is confidential, or concerns others, the hash alone."""
    told: list[Entry] = []
    for chain in _chains(row):
        for one in await rows_of(connection, _CHAIN, {"chain": chain}):
            entry = Entry(**one)
            others = chain.startswith("creditor:") and entry.kind not in CONCERNS
            hidden = others or (not everything and kept.hides(entry.kind, entry.facts or {}))
            told.append(replace(entry, facts=None) if hidden else entry)
    return tuple(told)


async def _answers(connection: AsyncConnection, row: dict[str, Any], kept: Confidential) -> Sequence[dict[str, object]]:
    values = {"case": row["id"], "customer": row["customer_id"]}
    found = await rows_of(connection, _ANSWERS, values)
    return [one | {"at": one["at"].isoformat()} for one in found if one["question"] not in kept.questions]


async def _proofs(connection: AsyncConnection, row: dict[str, Any], seals: Sequence[Kept]) -> tuple[SealProof, ...]:
    """At every seal before which the case or its customer had moved, and at the last, how each chain stood."""
    chains, creditor = _chains(row), row["creditor_id"]
    moved = set(await connection.scalars(_MOVED, {"creditor": creditor, "chains": chains[:2]}))
    told = []
    for one in seals:
        if one.id in moved or one is seals[-1]:
            leaves = await stood(connection, creditor, one.id)
            paths = proofs(leaves, chains)
            told += [SealProof(one.seal.number, leaf, paths[leaf.chain]) for leaf in leaves if leaf.chain in paths]
    return tuple(told)


def _chains(row: dict[str, Any]) -> list[str]:
    return [f"case:{row['id']}", f"customer:{row['customer_id']}", f"creditor:{row['creditor_id']}"]
