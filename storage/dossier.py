"""Everything known about cases at one moment, read in a handful of queries and handed out as frozen values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import (
    Agreed,
    Calendar,
    Case,
    DebtorKind,
    DoneHow,
    EffectFact,
    EffectState,
    Hold,
    HoldKind,
    StepDone,
)
from policies.decisions import Outcome
from policies.ladder import Ladder
from policies.questions import QuestionKind
from policies.stages import HARDNESS, Channel, Stage
from storage import policy_store
from storage.dossier_queries import AGREED, BASE, EFFECTS, HOLDS, OPENINGS, STEPS
from storage.holiday_sets import holidays_around


@dataclass(frozen=True, slots=True)
class Standing:
    """An approval that has not been voided, with what it was given for."""

    id: int
    step: str
    kind: QuestionKind
    on: date
    principal: int
    recipient: str
    channel: str
    message: int | None
    question: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with what surrounds it: who owes, who owns it, which run carries it."""

    case: Case
    ladder: Ladder
    version: int
    generation: int
    run: UUID | None
    creditor: int
    customer_number: str
    language: str
    owner: str
    live: bool
    email: str
    phone: str
    contact_name: str
    issued: date | None
    failures: int
    problem: str
    shown: str
    woken: bool
    next_at: datetime | None
    closed: Outcome | None
    approvals: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A stage another case of the customer has open, and until when (None: while a question or effect lasts)."""

    case: int
    stage: Stage
    until: date | None


def _group(rows: Iterable[RowMapping]) -> dict[int, list[RowMapping]]:
    grouped: dict[int, list[RowMapping]] = defaultdict(list)
    for row in rows:
        grouped[row["case_id"]].append(row)
    return grouped


def _reach(base: RowMapping, channels: frozenset[Channel]) -> frozenset[Channel]:
    reach = {Channel.CALL, Channel.HANDOVER}
    if base["email"] and base["email_dead_at"] is None:
        reach.add(Channel.EMAIL)
    if base["phone"]:
        reach.add(Channel.SMS)
    return frozenset(reach & (channels | {Channel.CALL, Channel.HANDOVER}))


def _hardest(openings: Iterable[Opening], case: int) -> tuple[Stage | None, date | None]:
    others = [opening for opening in openings if opening.case != case]
    if not others:
        return None, None
    stage = max((opening.stage for opening in others), key=lambda stage: HARDNESS[stage])
    ends = [opening.until for opening in others if opening.stage is stage]
    lasting = [end for end in ends if end is not None]
    return stage, (max(lasting) if len(lasting) == len(ends) else None)


def _hold(row: RowMapping) -> Hold:
    return Hold(HoldKind(row["kind"]), row["reason"], row["since"], row["until"], row["owner"], row["must_answer"])


def _effect(row: RowMapping) -> EffectFact:
    return EffectFact(
        row["step"],
        Channel(row["channel"]),
        EffectState(row["state"]),
        row["changed_at"],
        row["attempt"],
        row["temporary"],
        row["words"],
    )


def _standing(row: RowMapping) -> Standing:
    return Standing(
        row["id"],
        row["step"],
        QuestionKind(row["kind"]),
        row["agreed_on"],
        row["principal"],
        row["recipient"] or "",
        row["channel"] or "",
        row["message_id"],
        row["question_id"],
    )


async def load(
    connection: AsyncConnection, cases: Iterable[int], as_of: datetime, channels: frozenset[Channel]
) -> dict[int, Dossier]:
    """The dossiers of `cases` as they stand. `channels` are those that have credentials."""
    ids = sorted(set(cases))
    at: dict[str, Any] = {"ids": ids, "as_of": as_of}
    bases = (await connection.execute(BASE, at)).mappings().all()
    parts = [_group((await connection.execute(query, {"ids": ids})).mappings()) for query in (STEPS, EFFECTS, AGREED)]
    holds = (await connection.execute(HOLDS, {"ids": ids})).mappings().all()
    shared = [row["customer_id"] for row in bases if row["siblings"] > 1]
    openings = await _openings(connection, shared, as_of) if shared else {}
    found: dict[int, Dossier] = {}
    for base in bases:
        ladder = await policy_store.pinned(connection, base["policy_hash"])
        mine = [
            row for row in holds if row["case_id"] in (None, base["id"]) and row["customer_id"] == base["customer_id"]
        ]
        steps, effects, agreed = (part.get(base["id"], []) for part in parts)
        around = openings.get((base["customer_id"], base["currency"]), [])
        found[base["id"]] = _dossier(base, ladder, steps, effects, agreed, mine, around, channels, as_of)
    return found


async def _openings(
    connection: AsyncConnection, customers: list[int], as_of: datetime
) -> dict[tuple[int, str], list[Opening]]:
    rows = (await connection.execute(OPENINGS, {"customers": customers, "as_of": as_of})).mappings()
    found: dict[tuple[int, str], list[Opening]] = defaultdict(list)
    for row in rows:
        found[row["customer_id"], row["currency"]].append(Opening(row["case_id"], Stage(row["stage"]), row["until"]))
    return found


def _dossier(
    base: RowMapping,
    ladder: Ladder,
    steps: list[RowMapping],
    effects: list[RowMapping],
    agreed: list[RowMapping],
    holds: list[RowMapping],
    openings: list[Opening],
    channels: frozenset[Channel],
    as_of: datetime,
) -> Dossier:
    calendar = Calendar(ZoneInfo(base["zone"]), holidays_around(base["country"], as_of.date()))
    approvals = tuple(_standing(row) for row in agreed)
    stage, until = _hardest(openings, base["id"])
    case = Case(
        id=base["id"],
        invoice=base["invoice"],
        customer=base["customer_id"],
        customer_name=base["customer_name"],
        kind=DebtorKind(base["kind"]),
        country=base["country"],
        currency=base["currency"],
        due=base["due"],
        original=base["total"],
        principal=base["principal"],
        paid=base["paid"] + base["prepaid"],
        credited=base["credited"],
        customer_overdue=base["overdue"],
        calendar=calendar,
        reach=_reach(base, channels),
        done=tuple(StepDone(row["step"], row["done_on"], DoneHow(row["how"])) for row in steps),
        holds=tuple(_hold(row) for row in holds),
        effects=tuple(_effect(row) for row in effects),
        agreed=tuple(Agreed(one.step, one.kind, one.on) for one in approvals),
        written_off=base["written_off"],
        withdrawn=base["withdrawn"],
        switched_off=not base["collecting"],
        harder=stage,
        harder_until=until,
    )
    return Dossier(
        case=case,
        ladder=ladder,
        version=base["version"],
        generation=base["generation"],
        run=base["run_id"],
        creditor=base["creditor_id"],
        customer_number=base["customer_number"],
        language=base["language"],
        owner=base["owner"] or base["creditor_owner"],
        live=base["live"],
        email=base["email"] or "",
        phone=base["phone"] or "",
        contact_name=base["contact_name"] or "",
        issued=base["issued"],
        failures=base["failures"],
        problem=base["problem"],
        shown=base["shown"],
        woken=base["wake_at"] is not None,
        next_at=base["next_at"],
        closed=Outcome(base["outcome"]) if base["closed_at"] else None,
        approvals=approvals,
    )
