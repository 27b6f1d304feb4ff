"""What somebody answered about a call that was asked for: the call is kept, and what was said holds what it speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.call_choices import NOT_SPOKEN, OTHER_NUMBER
from policies.call_consequences import CallTold, HoldCustomer, NumberDead, PromisePart, SendCopy, SendPaymentDetails
from policies.call_share import share
from policies.case import DatedAmount, HoldKind
from policies.consequences import Consequence
from policies.questions import QuestionKind
from storage import call_record, correspondence, holds
from storage.answered import Change, Covered
from storage.bulk import append_to_cases
from storage.call_numbers import mark_wrong, numbers_of
from storage.call_record import About
from storage.consequences import apply
from storage.facts import open_cases_of
from storage.questions import Question
from storage.voiding import outlived, void

PHONED = "the customer was spoken to on the telephone"
NO_OTHER = (
    "No other telephone number of this customer is known. Choose “Wrong number, go on without the call”, or import "
    "another contact first."
)

_MADE = text(
    "SELECT count(*) FROM effect WHERE case_id = :case AND step = :step AND occurrence = occurrence_now(:case, :step) "
    "AND channel = 'call' AND state = 'refused' AND words NOT IN ('wrong number', 'asks to be called back')"
)
_OLDEST_FIRST = text(
    "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases) ORDER BY i.due, c.id"
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer while it is made facts; every open case of the customer is locked."""

    connection: AsyncConnection
    question: Question
    covered: tuple[Covered, ...]
    actor: str
    at: datetime
    direction: str
    """`in`: the customer called."""

    @property
    def customer(self) -> int:
        return self.covered[0].customer

    @property
    def cases(self) -> list[int]:
        return [one.case for one in self.covered]

    def change(self, case: Covered) -> Change:
        return Change(self.connection, self.question, case, self.actor, self.at)


async def calls_made(connection: AsyncConnection, question: Question, covered: Sequence[Covered]) -> int:
    """How many calls about this time of the step reached nobody."""
    if question.kind is not QuestionKind.CALL_OUTCOME or not covered:
        return 0
    return int(await connection.scalar(_MADE, {"case": covered[0].case, "step": question.step}))


async def why_not(connection: AsyncConnection, question: Question, outcome: Iterable[Consequence]) -> str | None:
    """The sentence that refuses to call another contact where there is none; None: there is one, or nobody asks for it."""
    other = any(isinstance(one, CallTold) and one.outcome == OTHER_NUMBER for one in outcome)
    if not other or question.customer is None:
        return None
    numbers = (await numbers_of(connection, [question.customer])).get(question.customer, ())
    return None if len(numbers) > 1 else f"decision: {NO_OTHER}"


async def decided(
    connection: AsyncConnection, question: Question, covered: tuple[Covered, ...], outcome: Iterable[Consequence],
    actor: str, at: datetime, direction: str,
) -> None:  # fmt: skip
    """Make the answer facts, in the transaction that takes it.

    What else is asked about the customer is asked anew, with the call in it: it was asked before this was known.
    """
    if not covered:
        return
    answer = _Answer(connection, question, covered, actor, at, direction)
    numbers = (await numbers_of(connection, [answer.customer])).get(answer.customer, ())
    phone = numbers[0].phone if numbers else ""
    for one in outcome:
        await _follow(answer, one, phone)
        if isinstance(one, CallTold) and one.outcome not in NOT_SPOKEN:
            await ask_anew(connection, await open_cases_of(connection, answer.customer), question.id, at)


async def _follow(answer: _Answer, one: Consequence, phone: str) -> None:
    connection, actor, at = answer.connection, answer.actor, answer.at
    match one:
        case CallTold():
            about = About(
                answer.customer, answer.covered[0].zone, tuple(answer.cases), answer.question.currency,
                answer.question.id, phone, answer.direction,
            )  # fmt: skip
            await call_record.record(connection, about, one, actor, at)
        case HoldCustomer():
            await _hold_customer(answer, one)
        case NumberDead():
            await mark_wrong(connection, answer.customer, phone, actor, at)
        case PromisePart():
            await _promise(answer, one)
        case SendCopy():
            await send_copies(connection, answer.cases, actor, at)
        case SendPaymentDetails():
            await send_payment_details(connection, answer.cases, actor, at)
        case _:
            await apply(connection, answer.question, answer.covered, [one], actor, at)


async def _hold_customer(answer: _Answer, wide: HoldCustomer) -> None:
    hold, today = wide.hold, answer.change(answer.covered[0]).today
    placed = await holds.place(
        answer.connection, answer.customer, None, hold.kind, hold.reason, today, hold.until, answer.actor, answer.at,
        channels=wide.channels,
    )  # fmt: skip
    facts = {"hold": placed, "kind": hold.kind.value, "until": hold.until, "owner": answer.actor}
    cases = await open_cases_of(answer.connection, answer.customer)
    await append_to_cases(answer.connection, "held", [(case, facts) for case in cases], answer.at)


async def _promise(answer: _Answer, promise: PromisePart) -> None:
    """The amount is set against the oldest invoices first; an invoice it does not reach rests up to the same day."""
    order = list(await answer.connection.scalars(_OLDEST_FIRST, {"cases": answer.cases}))
    by_case = {one.case: one for one in answer.covered}
    parts = share(promise.amount, [by_case[case].principal for case in order])
    for case, part in zip(order, parts, strict=True):
        covered = by_case[case]
        agreed = () if part in (0, covered.principal) else (DatedAmount(promise.until, part),)
        kind = HoldKind.PROMISE if part else HoldKind.MANUAL
        await holds.place(
            answer.connection, covered.customer, case, kind, promise.reason, answer.change(covered).today,
            promise.until, answer.actor, answer.at, instalments=agreed,
        )  # fmt: skip


async def send_copies(connection: AsyncConnection, cases: Iterable[int], actor: str, at: datetime) -> None:
    """A copy of each invoice leaves, where its file is stored."""
    for case in sorted(cases):
        await correspondence.queue_invoice_copy(connection, case, "not_received", at, actor)


async def send_payment_details(connection: AsyncConnection, cases: Iterable[int], actor: str, at: datetime) -> None:
    """What is open, the IBAN and the reference leave by e-mail in one message."""
    for case in sorted(cases):
        await correspondence.queue_payment_details(connection, case, at, actor)


async def ask_anew(connection: AsyncConnection, cases: Iterable[int], answered: int | None, at: datetime) -> None:
    """What else the runs of these cases ask is void: it is asked again with what the customer said in it, if at all.

    The cases are locked. A question that stands beside the ladder stays: it does not rest on what was shown of them.
    """
    shown = {question for case in cases for question in await outlived(connection, case, None)}
    await void(connection, sorted(shown - {answered}), PHONED, at)
