"""A person is asked what the credit insurer says: one question for each consent, as long as it is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.insurance import ConsentFor
from policies.insurance_consequences import ConsentAnswered
from policies.insured import Insured
from policies.insurer_consent import GIVEN, ConsentState
from policies.questions import QuestionKind
from storage import beside_cases, insurer_consents, insurer_waiting
from storage.facts import lock_debtor
from storage.insured_invoices import insured_cases
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

CHANGED = "what the insurer is asked about has changed"
OVER = "nothing waits for the insurer any more"


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """What the insurer is asked, for whoever puts it into words; sums in minor units."""

    number: int
    creditor: int
    customer: int
    customer_number: str
    name: str
    todo: str
    about: ConsentFor
    until: date | None
    agreement: int | None
    by: str
    invoices: tuple[Insured, ...]
    """Those it concerns that are still open and insured."""

    @property
    def open(self) -> int:
        """What is open of them."""
        return sum(one.invoice.open for one in self.invoices)

    @property
    def content(self) -> str:
        """The fingerprint of what is asked."""
        lines = [f"{one.invoice.number}={one.invoice.open}={one.amount}={one.extension}" for one in self.invoices]
        return fingerprint(["insurer", str(self.number), self.about.value, str(self.until), *lines])


Describe = Callable[[ConsentAsked], Wording]

_WAITING = text(
    """
    SELECT s.*, d.number AS customer_number, d.name, coalesce(nullif(d.owner, ''), r.owner) AS owner, q.id AS question,
           q.fingerprint, ARRAY(SELECT k.case_id FROM insurer_consent_case k WHERE k.consent_id = s.id ORDER BY k.case_id) AS cases,
           coalesce(a.state, '') AS agreement_state
    FROM insurer_consent s JOIN customer d ON d.id = s.customer_id JOIN creditor r ON r.id = s.creditor_id
    LEFT JOIN agreement a ON a.id = s.agreement_id
    LEFT JOIN question q ON q.kind = 'insurer_consent' AND q.state = 'open' AND q.subject = 'consent:' || s.id
    WHERE s.state = 'asked' AND (CAST(:number AS bigint) IS NULL OR s.id = :number) ORDER BY s.id
    """
)
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")
_ZONE = text("SELECT zone FROM customer WHERE id = :id")
_UNASKED = text(
    "SELECT q.id FROM question q JOIN insurer_consent s ON q.subject = 'consent:' || s.id "
    "WHERE q.kind = 'insurer_consent' AND q.state = 'open' AND s.state <> 'asked' ORDER BY q.id"
)


async def ask_about_consents(as_of: datetime, describe: Describe) -> int:
    """One round: ask about what waits, anew where it has changed, and let go of what waits no more. Answers how many were asked."""
    async with reading() as connection:
        waiting = [(row, await _asked(connection, row)) for row in await _rows(connection, None)]
        answered = list(await connection.scalars(_UNASKED))
    if answered:
        async with transaction() as connection:
            await void(connection, answered, OVER, as_of, wake=False)
    asked = 0
    for row, found in waiting:
        if not found.invoices or row["agreement_state"] == "ended":
            await _let_go(found, row["question"], as_of)
        elif row["fingerprint"] != found.content:
            asked += await _ask(found, row["question"], describe, as_of)
    return asked


async def is_to_ask() -> bool:
    """Whether the insurer is to be asked something of which nobody is asked."""
    async with reading() as connection:
        return any(row["question"] is None for row in await _rows(connection, None))


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what the insurer is asked about is what the question shows."""
    rows = await _rows(connection, _number(str(await connection.scalar(_SUBJECT, {"id": question}) or "")))
    return bool(rows) and (await _asked(connection, rows[0])).content == shown


async def decided(connection: AsyncConnection, question: Question, outcome: Any, actor: str, at: datetime) -> None:
    """The insurer's answer is a fact: what waits stands, or falls. The customer is locked."""
    number = _number(str(await connection.scalar(_SUBJECT, {"id": question.id})))
    for one in outcome:
        if isinstance(one, ConsentAnswered):
            await answer(connection, number, one, actor, at)


async def answer(connection: AsyncConnection, number: int, said: ConsentAnswered, actor: str, at: datetime) -> None:
    """The same, by whichever door it came."""
    consent = await insurer_consents.read(connection, number)
    if consent is None or not await insurer_consents.decide(
        connection, number, said.state, said.on, said.words, actor, at
    ):
        return
    if said.state in GIVEN:
        zone = await connection.scalar(_ZONE, {"id": consent["customer_id"]})
        today = at.astimezone(ZoneInfo(str(zone))).date()
        await insurer_waiting.stands(connection, consent, today, actor, at)
    else:
        await insurer_waiting.falls(connection, consent, said.words, actor, at)


async def _rows(connection: AsyncConnection, number: int | None) -> list[Any]:
    return list((await connection.execute(_WAITING, {"number": number})).mappings())


async def _asked(connection: AsyncConnection, row: Any) -> ConsentAsked:
    invoices = await insured_cases(connection, row["cases"])
    return ConsentAsked(
        row["id"], row["creditor_id"], row["customer_id"], row["customer_number"], row["name"], row["owner"],
        ConsentFor(row["about"]), row["until"], row["agreement_id"], row["asked_by"], invoices,
    )  # fmt: skip


async def _ask(found: ConsentAsked, former: int | None, describe: Describe, at: datetime) -> bool:
    if former is not None:
        async with transaction() as connection:
            await void(connection, [former], CHANGED, at, wake=False)
    about = {
        "creditor": found.creditor, "customer": found.customer, "currency": found.invoices[0].invoice.currency,
        "amount": found.open, "todo": found.todo, "subject": f"consent:{found.number}",
    }  # fmt: skip
    return await beside_cases.put(QuestionKind.INSURER_CONSENT, about, describe(found), found.content, at)


async def _let_go(found: ConsentAsked, question: int | None, at: datetime) -> None:
    """What the consent was for is paid, or over: nobody is asked any more, and a plan that waited is free."""
    async with transaction() as connection:
        await lock_debtor(connection, found.customer)
        await void(connection, [question] if question else [], OVER, at, wake=False)
        await insurer_consents.decide(connection, found.number, ConsentState.DROPPED, None, OVER, "relance", at)
        await insurer_waiting.let_go(connection, found.agreement, at)


def _number(subject: str) -> int:
    return int(subject.partition(":")[2] or 0)
