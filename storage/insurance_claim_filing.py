"""A claim that was approved leaves to the insurer through the ledger of messages; what arrived is filed, what did not is asked anew.

Where the policy names neither an address nor a folder a person sends the file, and says so.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.deadline import DeadlineKind
from storage import correspondence, deadlines
from storage import insurance_claim_books as books
from storage.agencies import ADDRESS
from storage.facts import lock_debtor
from storage.live_route import GOES_LIVE
from storage.session import reading, transaction

BY = "relance"
SUNK = "only the local sink had it"
_ADDRESS = text(
    f"SELECT {ADDRESS} FROM insurance_claim c JOIN credit_insurance a ON a.id = c.insurance_id WHERE c.id = :id"  # noqa: S608 - our own names
)
_LETTER = """correspondence k WHERE k.customer_id = c.customer_id AND k.kind = 'insurance_claim' AND k.subject = 'claim:' || c.id
    AND k.at >= c.approved_at ORDER BY k.id DESC LIMIT 1"""
"""What was written to the insurer of a claim `c` since it was approved."""
_ARRIVED = text(
    f"""
    SELECT c.id, c.approved_by, m.id AS message, (m.handed_at AT TIME ZONE d.zone)::date AS on_day
    FROM insurance_claim c JOIN customer d ON d.id = c.customer_id
    CROSS JOIN LATERAL (SELECT k.message_id FROM {_LETTER}) k
    JOIN message m ON m.id = k.message_id AND m.state = 'confirmed'
    WHERE c.state = 'approved' ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_RETURNED = text(
    f"""
    SELECT c.id, k.words AS why FROM insurance_claim c CROSS JOIN LATERAL (SELECT k.state, k.words FROM {_LETTER}) k
    WHERE c.state = 'approved' AND k.state = 'dropped'
    UNION ALL
    SELECT c.id, CASE m.state WHEN 'confirmed' THEN '{SUNK}' ELSE m.words END
    FROM insurance_claim c JOIN message m ON m.id = c.message_id
    JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id
    WHERE c.state = 'filed' AND c.insurer_reference = '' AND (m.state = 'refused' OR m.route = 'sink' AND {GOES_LIVE})
    ORDER BY id
    """  # noqa: S608 - no outside text
)
"""What was approved and did not leave, or was taken for filed and did not arrive: the insurer has no claim."""
_LEFT = text(
    f"""
    SELECT true FROM insurance_claim c CROSS JOIN LATERAL (SELECT k.message_id FROM {_LETTER}) k JOIN message m ON m.id = k.message_id
    WHERE c.id = :id AND m.state IN ('handing_over', 'confirmed', 'ambiguous')
    """  # noqa: S608 - no outside text
)
_FILED = text(
    "UPDATE insurance_claim SET state = 'filed', filed_on = :on, filed_by = :actor, insurer_reference = :reference, "
    "message_id = coalesce(CAST(:message AS bigint), message_id) WHERE id = :id AND state IN ('approved', 'filed')"
)
_BACK = text(
    "UPDATE insurance_claim SET state = 'proposed', why = :why, approved_by = '', approved_at = NULL, filed_on = NULL, filed_by = '', "
    "message_id = NULL WHERE id = :id"
)
_SUBJECTS = text(
    """
    SELECT DISTINCT x.subject FROM deadline x WHERE x.kind = 'insurance_filing' AND x.state = 'standing' AND x.subject LIKE 'insurance:%'
      AND NOT EXISTS (SELECT FROM deadline_case k JOIN cases c ON c.id = k.case_id WHERE k.deadline_id = x.id AND c.closed_at IS NULL
                      AND NOT EXISTS (SELECT FROM insurance_claim_case f JOIN insurance_claim l ON l.id = f.claim_id
                                      WHERE f.case_id = k.case_id AND l.state IN ('filed', 'paid')))
      AND EXISTS (SELECT FROM deadline_case k WHERE k.deadline_id = x.id AND k.case_id = ANY(:cases))
    """
)


async def leaves(connection: AsyncConnection, number: int, actor: str, at: datetime) -> None:
    """Have an approved claim written to the insurer, if its policy says of a place to which claims go."""
    if await connection.scalar(_ADDRESS, {"id": number}):
        customer, subject = (await books.read(connection, number))["customer_id"], f"claim:{number}"
        await correspondence.insert(
            connection, MessageKind.INSURANCE_CLAIM, at, customer=customer, subject=subject, actor=actor
        )


async def has_left(connection: AsyncConnection, number: int) -> bool:
    """Whether the insurer may have it: what is insured can change no more without its being told."""
    return bool(await connection.scalar(_LEFT, {"id": number}))


async def note_filed(
    connection: AsyncConnection, number: int, on: date, reference: str, actor: str, at: datetime, message: int | None = None
) -> None:  # fmt: skip
    """The insurer has the claim: its last day is met. The customer is locked."""
    values: dict[str, Any] = {"id": number, "on": on, "actor": actor, "reference": reference, "message": message}
    await connection.execute(_FILED, values)
    for subject in list(await connection.scalars(_SUBJECTS, {"cases": list(await books.cases_of(connection, number))})):
        await deadlines.meet(connection, subject, DeadlineKind.INSURANCE_FILING, _how(number), on, actor, at)
    await books.tell(connection, number, "insurance_claim_filed", {"on": on, "actor": actor}, at)


async def note_what_left(at: datetime) -> None:
    """One round: what arrived is filed, and what did not is proposed again. Called twice it does nothing more."""
    async with reading() as connection:
        found = [row.id for query in (_ARRIVED, _RETURNED) for row in (await connection.execute(query)).all()]
    for number in sorted(set(found)):
        async with transaction() as connection:
            await lock_debtor(connection, (await books.read(connection, number))["customer_id"])
            arrived = [row for row in (await connection.execute(_ARRIVED)).all() if row.id == number]
            for row in arrived:
                await note_filed(connection, number, row.on_day, "", row.approved_by, at, row.message)
            for row in (await connection.execute(_RETURNED)).all():
                if row.id == number and not arrived:
                    await _back(connection, number, row.why, at)


async def is_to_note() -> bool:
    """Whether a round has something to do."""
    async with reading() as connection:
        return any([(await connection.execute(query)).first() is not None for query in (_ARRIVED, _RETURNED)])


async def _back(connection: AsyncConnection, number: int, why: str, at: datetime) -> None:
    """It is proposed again, for a manager to decide anew; its last day stands again with the next round over the insurances."""
    row = await books.read(connection, number)
    today = at.astimezone(ZoneInfo(row["zone"])).date()
    await deadlines.was_not_met(connection, row["customer_id"], _how(number), why, today, BY, at)
    await connection.execute(_BACK, {"id": number, "why": why})
    await books.tell(connection, number, "insurance_claim_returned", {"actor": BY}, at)


def _how(number: int) -> str:
    return f"claim {number} filed"
