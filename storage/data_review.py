"""A person is asked whether what we know of a customer is still so: one question a customer, beside its cases.

Asked are customers with an open case, the longest unchecked first, never more than a few at once. What was never checked
counts from the day on which collecting from the customer began. Whose e-mail address has turned out dead is asked about at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import AddNote, Consequence, DataChecked
from policies.data_review import review_due
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import journal
from storage.beside_cases import correct_email, put, write_note
from storage.customer_views import CustomerView, show_customer
from storage.facts import touch_customer
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

AT_ONCE = 20
"""Questions of this kind that wait at a time, for each creditor: an inbox is for what is urgent."""
REST = timedelta(days=30)
"""After *not now* nobody is asked about the customer for so long."""
MORNING = time(6)
"""When the stepped clock stops for a review (UTC)."""

Describe = Callable[[CustomerView], Wording]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A customer whose data are to be checked on a day."""

    creditor: int
    customer: int
    number: str
    owner: str
    due: date


_CUSTOMERS = text(
    """
    SELECT d.id, d.number, d.creditor_id, coalesce(nullif(d.owner, ''), r.owner) AS owner, r.review_months,
           coalesce(d.verified_on, o.since) AS checked, k.died
    FROM (SELECT customer_id, min(opened_on) AS since, bool_or(closed_at IS NULL) AS owes FROM cases
          GROUP BY customer_id) o
    JOIN customer d ON d.id = o.customer_id JOIN creditor r ON r.id = d.creditor_id
    LEFT JOIN LATERAL (
        SELECT (c.email_dead_at AT TIME ZONE d.zone)::date AS died FROM contact c
        WHERE c.customer_id = d.id AND c.role = 'accounts' AND c.email <> ''
          AND (c.email_dead_at AT TIME ZONE d.zone)::date > coalesce(d.verified_on, '-infinity')
          AND NOT EXISTS (SELECT FROM question q WHERE q.customer_id = d.id AND q.kind = 'data_review'
                          AND q.state = 'answered' AND q.ended_at > :rested AND q.ended_at >= c.email_dead_at)
          AND NOT EXISTS (SELECT FROM question q WHERE q.customer_id = d.id AND q.kind = 'undeliverable' AND q.state = 'open')
    ) k ON true
    WHERE o.owes AND r.collecting
      AND NOT EXISTS (SELECT FROM question q WHERE q.customer_id = d.id AND q.kind = 'data_review' AND q.state = 'open')
      AND (k.died IS NOT NULL OR r.review_months IS NOT NULL AND coalesce(d.verified_on, o.since) <= :latest
           AND NOT EXISTS (SELECT FROM question q WHERE q.customer_id = d.id AND q.kind = 'data_review'
                           AND q.state = 'answered' AND q.ended_at > :rested))
    ORDER BY k.died IS NULL, checked, d.id
    """
)
_OPEN = text(
    """
    SELECT q.id, q.creditor_id, q.asked_at, q.fingerprint, d.verified_on, r.review_months,
           EXISTS (SELECT FROM cases c WHERE c.customer_id = d.id AND c.closed_at IS NULL) AS owes,
           EXISTS (SELECT FROM contact c WHERE c.customer_id = d.id AND c.email_dead_at IS NOT NULL) AS dead
    FROM question q JOIN customer d ON d.id = q.customer_id JOIN creditor r ON r.id = d.creditor_id
    WHERE q.kind = 'data_review' AND q.state = 'open' ORDER BY q.id
    """
)
_RESTED = text(
    "SELECT min(ended_at) FROM question WHERE kind = 'data_review' AND state = 'answered' AND ended_at > :rested"
)
_NUMBER = text("SELECT d.number FROM question q JOIN customer d ON d.id = q.customer_id WHERE q.id = :id")
_OF = text("SELECT customer_id FROM question WHERE id = :id")
_CHECKED = text("UPDATE customer SET verified_on = :on WHERE id = :customer")


async def ask_about_data(as_of: datetime, describe: Describe) -> int:
    """One round: take back what need not be asked any more, ask what is due. Answers how many were asked."""
    waiting = await _take_back(as_of)
    asked = 0
    for one in await _unchecked(as_of, as_of.date()):
        if waiting.get(one.creditor, 0) < AT_ONCE and await _ask(one, describe, as_of):
            waiting[one.creditor] = waiting.get(one.creditor, 0) + 1
            asked += 1
    return asked


async def next_question(now: datetime, until: datetime) -> datetime | None:
    """When the next question of this kind falls due before `until`; None when none does."""
    found = await _unchecked(now, until.date())
    async with reading() as connection:
        waiting = len((await connection.execute(_OPEN)).all())
        rested = await connection.scalar(_RESTED, {"rested": now - REST})
    if waiting >= AT_ONCE or not found:
        return None if rested is None else rested + REST
    return max(datetime.combine(min(one.due for one in found), MORNING, UTC), now + timedelta(minutes=1))


async def _unchecked(now: datetime, day: date) -> list[Unchecked]:
    """Customers due by `day`, the longest unchecked first."""
    async with reading() as connection:
        rows = (await connection.execute(_CUSTOMERS, {"latest": day, "rested": now - REST})).all()
    found = [Unchecked(row.creditor_id, row.id, row.number, row.owner, _due(row)) for row in rows]
    return [one for one in found if one.due <= day]


def _due(row: Any) -> date:
    """The earlier of: so many months after the last check; the day the address died."""
    known: list[date] = [row.died] if row.died is not None else []
    if row.review_months is not None:
        known.append(review_due(row.checked, row.review_months))
    return min(known)


async def _take_back(as_of: datetime) -> dict[int, int]:
    """End what was checked meanwhile, or is of a customer who owes nothing; answers how many wait, by creditor."""
    waiting: dict[int, int] = {}
    async with transaction() as connection:
        gone = []
        for row in await connection.execute(_OPEN):
            is_checked = row.verified_on is not None and row.verified_on >= row.asked_at.date()
            same = await is_still_so(connection, row.id, row.fingerprint, as_of)
            if is_checked or not row.owes or (row.review_months is None and not row.dead) or not same:
                gone.append(row.id)
            else:
                waiting[row.creditor_id] = waiting.get(row.creditor_id, 0) + 1
        await void(connection, gone, "the data need not be checked any more", as_of, wake=False)
    return waiting


async def _ask(one: Unchecked, describe: Describe, as_of: datetime) -> bool:
    found = await show_customer(one.number, as_of)
    assert isinstance(found, CustomerView), "a number names one customer"
    about = {"creditor": one.creditor, "customer": one.customer, "todo": one.owner}
    return await put(QuestionKind.DATA_REVIEW, about, describe(found), _content(found), as_of)


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the customer's data are those the question shows."""
    number = str(await connection.scalar(_NUMBER, {"id": question}))
    found = await show_customer(number, at)
    return isinstance(found, CustomerView) and _content(found) == shown


def _content(found: CustomerView) -> str:
    """The fingerprint of what is asked about."""
    said = (
        found.contact, found.email, found.email_dead, found.phone, found.phone_dead, found.postal, found.payment_method, found.mandate, found.ibans,
        str(found.terms_days), found.company_number, found.vat_number, found.language, found.pays_through,
        *(repr(one) for one in found.contacts),
    )  # fmt: skip
    return fingerprint(["data_review", *said])


async def decided(
    connection: AsyncConnection, question: int, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """What a person said about the customer's data becomes a fact of the customer."""
    customer = int(await connection.scalar(_OF, {"id": question}))
    for one in outcome:
        if isinstance(one, AddNote):
            await write_note(connection, customer, actor, one.text, at)
        if isinstance(one, DataChecked):
            await connection.execute(_CHECKED, {"customer": customer, "on": at.date()})
            facts = {"actor": actor, "question": question}
            if one.email:
                await correct_email(connection, customer, one.email)
                await journal.append(connection, "customer", customer, "email_corrected", facts, at)
                await touch_customer(connection, customer)
            await journal.append(connection, "customer", customer, "data_checked", facts, at)
