"""Plans to replace a policy: written case by case, asked as one question, and moving nothing by themselves (design 4.9)."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.forecast import Foreseen
from policies.ladder import Ladder
from policies.migration import Move
from policies.migration_plan import PlannedMove, planned
from policies.problems import Problem
from policies.stages import Channel
from storage import journal, pinning
from storage.bulk import arrays, chunks
from storage.dossier import Dossier, load
from storage.planned_case import PlannedCase
from storage.presence import asked_of
from storage.question_subject import Wording
from storage.session import transaction
from storage.voiding import void

LOADED = 500


@dataclass(frozen=True, slots=True)
class PlanLine(PlannedCase):
    """What the plan does with one case, and the first act of each way (None: nothing more leaves)."""

    stay: Foreseen | None
    re_anchor: Foreseen | None
    restart: Foreseen | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it was written; the question that asks for its approval."""

    id: int
    old: Ladder
    new: Ladder
    question: int
    lines: tuple[PlanLine, ...]


Describe = Callable[[int, Ladder, Ladder, Sequence[PlanLine]], Wording]

_CASES = text(
    "SELECT id FROM cases WHERE policy_hash = :old AND closed_at IS NULL AND creditor_id = :creditor ORDER BY id"
)
_PLAN = text(
    "INSERT INTO policy_plan (creditor_id, old_hash, new_hash, written_at, written_by) "
    "VALUES (:creditor, :old, :new, :at, :actor) RETURNING id"
)
_LINES = text(
    """
    INSERT INTO policy_plan_case (plan_id, case_id, version, steps, move, anchor, foreseen)
    SELECT :plan, g.case_id, g.version, g.steps, g.move, g.anchor, CAST(g.foreseen AS jsonb)
    FROM unnest(CAST(:case_id AS bigint[]), CAST(:version AS bigint[]), CAST(:steps AS bigint[]), CAST(:move AS text[]),
                CAST(:anchor AS date[]), CAST(:foreseen AS text[])) AS g(case_id, version, steps, move, anchor, foreseen)
    """
)
_COLUMNS = ("case_id", "version", "steps", "move", "anchor", "foreseen")
_ASKED = text("SELECT id FROM question WHERE creditor_id = :creditor AND kind = 'migration' AND state = 'open'")
_OWNER = text("SELECT owner FROM creditor WHERE id = :creditor")
_ASK = text(
    """
    INSERT INTO question (creditor_id, currency, kind, stage, step, attempt, state, todo, title, description, fingerprint,
        shown_facts, asked_at)
    SELECT id, '', 'migration', '', :plan, 0, 'open', :todo, :title, :description, :fingerprint, :shown, :at
    FROM creditor WHERE id = :creditor RETURNING id
    """
)


async def write_plan(
    old: str, new: str, wished: Move, staying: Collection[str], creditor: int, actor: str, at: datetime,
    channels: frozenset[Channel], describe: Describe,
) -> Plan | list[Problem]:  # fmt: skip
    """Plan the move of every open case that follows `old`, and ask for the approval of the whole.

    `old` and `new` are hashes or ids; cases of the invoices `staying` keep their policy. A plan that still waits for
    approval is replaced.
    """
    async with transaction() as connection:
        ladders = await _ladders(connection, old, new)
        if isinstance(ladders, list):
            return ladders
        before, after = ladders
        dossiers = await _following(connection, before, creditor, at, channels)
        unknown = set(staying) - {one.case.invoice for one in dossiers}
        if unknown or not dossiers:
            return _wrong(before, unknown)
        moves = [
            (one, planned(one.case, before, after, Move.STAY if one.case.invoice in staying else wished, at))
            for one in dossiers
        ]
        lines = tuple(_line(one, move) for one, move in moves)
        plan = int(
            await connection.scalar(
                _PLAN, {"creditor": creditor, "old": before.hash, "new": after.hash, "at": at, "actor": actor}
            )
        )
        for part in chunks(moves):
            rows = [_row(one, move) for one, move in part]
            await connection.execute(_LINES, arrays(rows, _COLUMNS) | {"plan": plan})
        facts = {"plan": plan, "old": before.hash, "new": after.hash, "cases": len(lines), "actor": actor}
        await journal.append(connection, "creditor", creditor, "plan_written", facts, at)
        question = await _ask(connection, creditor, plan, describe(plan, before, after, lines), lines, at)
    return Plan(plan, before, after, question, lines)


async def _ladders(connection: AsyncConnection, old: str, new: str) -> tuple[Ladder, Ladder] | list[Problem]:
    before, after = await pinning.followed(connection, old), await pinning.newest(connection, new)
    if isinstance(before, list) or isinstance(after, list):
        return [one for found in (before, after) if isinstance(found, list) for one in found]
    if before.hash == after.hash:
        return [Problem(pinning.SOURCE, None, "policy", f"{old} and {new} are the same version: nothing would move.")]
    return before, after


async def _following(
    connection: AsyncConnection, old: Ladder, creditor: int, at: datetime, channels: frozenset[Channel]
) -> list[Dossier]:
    ids = list(await connection.scalars(_CASES, {"old": old.hash, "creditor": creditor}))
    found: list[Dossier] = []
    for part in chunks(ids, LOADED):
        dossiers = await load(connection, part, at, channels)
        found += [dossiers[id] for id in part if id in dossiers]
    return found


def _wrong(old: Ladder, unknown: Collection[str]) -> list[Problem]:
    if not unknown:
        return [Problem(pinning.SOURCE, None, "policy", f"No open case follows {old.id} ({old.hash[:12]}).")]
    return [
        Problem(pinning.SOURCE, None, "stay", f"{invoice} has no open case that follows {old.id}.")
        for invoice in sorted(unknown)
    ]


def _line(dossier: Dossier, move: PlannedMove) -> PlanLine:
    acts = move.next_acts
    case = dossier.case
    return PlanLine(
        case.id, case.invoice, dossier.customer_number, case.customer_name, move.move, move.why, move.anchor,
        acts[Move.STAY], acts[Move.RE_ANCHOR], acts[Move.RESTART],
    )  # fmt: skip


def _row(dossier: Dossier, move: PlannedMove) -> dict[str, Any]:
    acts = {way.value: None if act is None else _told(act) for way, act in move.next_acts.items()}
    foreseen = {"why": move.why, "behind": list(move.behind), "acts": acts}
    return {
        "case_id": dossier.case.id, "version": dossier.version, "steps": len(dossier.case.done), "move": move.move.value,
        "anchor": move.anchor, "foreseen": json.dumps(foreseen, default=str),
    }  # fmt: skip


def _told(act: Foreseen) -> dict[str, object]:
    return {one.name: getattr(act, one.name) for one in fields(act)}


async def _ask(
    connection: AsyncConnection, creditor: int, plan: int, words: Wording, lines: Sequence[PlanLine], at: datetime
) -> int:
    former = list(await connection.scalars(_ASKED, {"creditor": creditor}))
    await void(connection, former, "a newer plan took its place", at)
    content = [f"{one.case}={one.move}={one.anchor}" for one in lines]
    owner = str(await connection.scalar(_OWNER, {"creditor": creditor}) or "")
    values = {
        "creditor": creditor, "todo": await asked_of(connection, creditor, owner, None, at),
        "plan": str(plan), "title": words.title, "description": words.description,
        "fingerprint": fingerprint(["migration", str(plan), *content]), "shown": words.shown_facts, "at": at,
    }  # fmt: skip
    return int(await connection.scalar(_ASK, values))
