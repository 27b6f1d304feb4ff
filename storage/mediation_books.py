"""Mediations as they are written down: with the message that proposes one, once it has left, and when they are over.

Their words stay in the table: the journal has numbers, codes and days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.mediation import MediationOutcome, MediationState, StartedBy
from policies.mediation_proposal import Proposal
from storage import deadlines
from storage.bulk import append_to_cases
from storage.facts import lock, touch

_MAKE = text(
    """
    INSERT INTO mediation (creditor_id, customer_id, currency, route, mediator, mediator_id, article, compulsory, started_by,
        state, proposed_on, proposed_by, proposed_at, last_day, last_day_from, message_id, outcome, words)
    SELECT creditor_id, id, :currency, :route, :mediator, :number, :article, :compulsory, :started_by, :state, :today, :by, :at,
        :last_day, :last_day_from, :message, '', :words
    FROM customer WHERE id = :customer RETURNING id
    """
)
_COVER = text(
    "INSERT INTO mediation_case (mediation_id, case_id, hold_id) VALUES (:mediation, :case, :hold) ON CONFLICT DO NOTHING"
)
_OF_STEP = text(
    """
    SELECT m.id, m.state, m.last_day FROM mediation m
    WHERE m.message_id IN (SELECT e.message_id FROM effect e WHERE e.case_id = ANY(:cases) AND e.step = :step AND e.state = 'confirmed')
    ORDER BY m.state = 'drafted', m.id DESC LIMIT 1
    """
)
_LEFT = text(
    "UPDATE mediation SET state = 'proposed', proposed_on = :today, proposed_at = :at WHERE id = :id AND state = 'drafted'"
)
_READ = text(
    """
    SELECT m.*, d.number AS customer_number, d.name AS customer_name, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM mediation m JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = m.creditor_id WHERE m.id = :id
    """
)
_CASES = text("SELECT case_id FROM mediation_case WHERE mediation_id = :id ORDER BY case_id")
_RUNNING = text(
    "SELECT max(m.id) FROM mediation m JOIN mediation_case k ON k.mediation_id = m.id "
    "WHERE k.case_id = ANY(:cases) AND m.state IN ('proposed', 'under_way')"
)
_IS_RUNNING = text("SELECT true FROM mediation WHERE id = :id AND state IN ('proposed', 'under_way') FOR UPDATE")
_GOES_ON = text(
    "UPDATE mediation SET state = 'under_way', ask_on = :on, words = concat_ws(E'\\n', nullif(words, ''), nullif(:words, '')) "
    "WHERE id = :id"
)
_END = text(
    """
    UPDATE mediation SET state = 'ended', outcome = :outcome, ended_on = :today, ended_by = :by, ended_at = :at,
        agreement_id = CAST(:agreement AS bigint), words = concat_ws(E'\\n', nullif(words, ''), nullif(:words, '')) WHERE id = :id
    """
)
_RELEASE = text(
    "UPDATE hold h SET ended_at = :at, ended_by = :by FROM mediation_case k WHERE k.mediation_id = :id AND h.id = k.hold_id "
    "AND h.ended_at IS NULL RETURNING h.id, h.case_id"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is proposed to a customer, by whom, and until when an answer is waited for."""

    customer: int
    currency: str
    started_by: StartedBy
    what: Proposal
    compulsory: str
    last_day: date | None
    last_day_from: str
    """By whose rule: the article of the law, the policy's step, or who entered it."""
    by: str
    words: str = ""


async def make(
    connection: AsyncConnection,
    asked: Asked,
    state: MediationState,
    today: date,
    at: datetime,
    message: int | None = None,
) -> int:
    """Write a mediation down; answers its number."""
    values = {
        "customer": asked.customer, "currency": asked.currency, "route": asked.what.route, "mediator": asked.what.mediator,
        "number": asked.what.number, "article": asked.what.article, "compulsory": asked.compulsory,
        "started_by": asked.started_by, "state": state, "today": today, "by": asked.by, "at": at, "last_day": asked.last_day,
        "last_day_from": asked.last_day_from, "message": message, "words": asked.words,
    }  # fmt: skip
    return int(await connection.scalar(_MAKE, values))


async def begin(
    connection: AsyncConnection, number: int, holds: Mapping[int, int | None], today: date, at: datetime
) -> None:
    """It was proposed about these cases, each with the hold that stands for it: the last day for an answer is watched."""
    for case in sorted(holds):
        await connection.execute(_COVER, {"mediation": number, "case": case, "hold": holds[case]})
    row = await read(connection, number)
    assert row is not None, "it was written down"
    asked = row["started_by"] == StartedBy.CUSTOMER
    facts = {"mediation": number, "route": row["route"], "by": row["started_by"], "last_day": row["last_day"]}
    await _tell(connection, number, "mediation_asked" if asked else "mediation_proposed", facts, at)
    if row["last_day"] is not None:
        new = deadlines.NewDeadline(
            DeadlineKind.MEDIATION_ANSWER, subject(number), row["last_day"], row["last_day_from"], row["mediator"]
        )
        await deadlines.set_deadline(connection, new, row["customer_id"], sorted(holds), today, row["proposed_by"], at)


async def has_left(
    connection: AsyncConnection, cases: Iterable[int], step: str, today: date, at: datetime
) -> int | None:
    """The proposal of this step has reached the customer of these cases; its number, None where none was written down."""
    covered = sorted(set(cases))
    row = (await connection.execute(_OF_STEP, {"cases": covered, "step": step})).first()
    if row is None:
        return None
    if (await connection.execute(_LEFT, {"id": row.id, "today": today, "at": at})).rowcount:
        await begin(connection, row.id, dict.fromkeys(covered), today, at)
    return int(row.id)


async def goes_on(
    connection: AsyncConnection, number: int, on: date | None, words: str, by: str, at: datetime, today: date
) -> None:
    """The other side answered, and it is not over: it is asked about again on the day `on`."""
    await connection.execute(_GOES_ON, {"id": number, "on": on, "words": words})
    await deadlines.meet(connection, subject(number), DeadlineKind.MEDIATION_ANSWER, "it is under way", today, by, at)
    facts = {"mediation": number, "until": on, "actor": by}
    await touch(connection, await _tell(connection, number, "mediation_goes_on", facts, at))


async def end(
    connection: AsyncConnection, number: int, outcome: MediationOutcome, words: str, by: str, today: date, at: datetime,
    agreement: int | None = None,
) -> None:  # fmt: skip
    """It is over: what held its cases is released, and nobody waits for an answer any more."""
    values = {
        "id": number, "outcome": outcome, "today": today, "by": by, "at": at, "words": words, "agreement": agreement,
    }  # fmt: skip
    await connection.execute(_END, values)
    if outcome is MediationOutcome.TAKEN_BACK:
        await deadlines.drop(connection, subject(number), "nothing is mediated any more", today, by, at)
    else:
        await deadlines.meet(connection, subject(number), DeadlineKind.MEDIATION_ANSWER, outcome.value, today, by, at)
    released = (await connection.execute(_RELEASE, {"id": number, "at": at, "by": by})).all()
    await append_to_cases(
        connection, "released", [(row.case_id, {"hold": row.id, "actor": by}) for row in released], at
    )
    facts = {"mediation": number, "outcome": outcome.value, "actor": by}
    await touch(connection, await _tell(connection, number, "mediation_ended", facts, at))


async def running(connection: AsyncConnection, cases: Iterable[int]) -> int | None:
    """The mediation about any of these cases that is not over."""
    found = await connection.scalar(_RUNNING, {"cases": sorted(set(cases))})
    return None if found is None else int(found)


async def is_running(connection: AsyncConnection, number: int) -> bool:
    """Whether the mediation is not over; its row is locked."""
    return bool(await connection.scalar(_IS_RUNNING, {"id": number}))


async def read(connection: AsyncConnection, number: int) -> RowMapping | None:
    """The mediation with its customer."""
    return (await connection.execute(_READ, {"id": number})).mappings().first()


async def cases_of(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    """Its cases, in the order in which they are locked."""
    return tuple(await connection.scalars(_CASES, {"id": number}))


def subject(number: int) -> str:
    """What its deadline and its questions are about."""
    return f"mediation:{number}"


async def _tell(
    connection: AsyncConnection, number: int, kind: str, facts: Mapping[str, object], at: datetime
) -> tuple[int, ...]:
    """Journal it for every case; answers these, which are locked."""
    cases = await cases_of(connection, number)
    await lock(connection, cases)
    await append_to_cases(connection, kind, [(case, facts) for case in cases], at)
    return cases
