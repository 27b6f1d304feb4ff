"""What people are asked about proceedings and stays: a notice that may be theirs, the declaration, the goods, the task of a
stay. One round keeps what is still so, takes back what is not, and asks the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import insolvency_claim
from storage.beside_cases import put
from storage.insolvency_claim import Declared
from storage.insolvency_claimed import ask_again_where_changed
from storage.insolvency_views import InsolvencyView, listing_in
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

SOON = timedelta(minutes=1)
KINDS = (QuestionKind.INSOLVENCY_NOTICE, QuestionKind.CLAIM_DECLARATION, QuestionKind.RETENTION, QuestionKind.STAY)
CHANGED = "what it showed has changed"


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A published notice whose register number is that of a customer."""

    number: int
    customer_number: str
    customer_name: str
    reference: str
    register: str
    name: str
    kind: str
    judgment: date | None
    published: date | None
    court: str
    text: str


@dataclass(frozen=True, slots=True)
class StayTask:
    """What a stay asks of the creditor."""

    number: int
    kind: str
    names: tuple[str, ...]
    since: date
    last_day: date | None
    article: str
    words: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that is to stand, about a record (`insolvency:12`)."""

    kind: QuestionKind
    subject: str
    creditor: int
    customer: int
    todo: str
    content: str
    about: InsolvencyView | NoticeView | StayTask
    lines: tuple[Declared, ...] = ()


Describe = Callable[[Any, tuple[Declared, ...]], Wording]
Words = Mapping[QuestionKind, Describe]

_NOTICES = text(
    """
    SELECT w.id AS number, w.creditor_id, w.customer_id, d.number AS customer_number, d.name AS customer_name, w.reference,
           w.register_number AS register, w.name, w.kind, w.judgment, w.published, w.court, w.text, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM insolvency_notice w JOIN customer d ON d.id = w.customer_id JOIN creditor r ON r.id = w.creditor_id
    WHERE w.state = 'waiting' ORDER BY w.id
    """
)
_STAYS = text(
    """
    SELECT s.id AS number, s.creditor_id, s.kind, s.since, s.last_day, s.article, s.why AS words, min(d.id) AS customer_id,
           array_agg(d.name ORDER BY d.id) AS names,
           (array_agg(coalesce(nullif(d.owner, ''), r.owner) ORDER BY d.id))[1] AS owner
    FROM stay s JOIN stay_customer m ON m.stay_id = s.id JOIN customer d ON d.id = m.customer_id
    JOIN creditor r ON r.id = s.creditor_id WHERE s.state = 'open' AND s.follow_up = '' GROUP BY s.id ORDER BY s.id
    """
)
_OPEN = text(
    "SELECT id, kind, subject, fingerprint FROM question WHERE kind = ANY(:kinds) AND state = 'open' ORDER BY id"
)
_OF = text("SELECT kind, subject FROM question WHERE id = :id")


async def ask_about_insolvencies(as_of: datetime, words: Words) -> int:
    """One round; answers how many were asked."""
    await ask_again_where_changed(as_of)
    async with transaction() as connection:
        wanted = {(one.kind.value, one.subject): one for one in await _wanted(connection)}
        rows = (await connection.execute(_OPEN, {"kinds": list(KINDS)})).all()
        stand = {
            (row.kind, row.subject)
            for row in rows
            if (row.kind, row.subject) in wanted and wanted[row.kind, row.subject].content == row.fingerprint
        }
        gone = [row.id for row in rows if (row.kind, row.subject) not in stand]
        await void(connection, gone, CHANGED, as_of, wake=False)
    return sum([await _ask(one, words, as_of) for place, one in wanted.items() if place not in stand])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while everything is asked."""
    async with reading() as connection:
        wanted = {(one.kind.value, one.subject, one.content) for one in await _wanted(connection)}
        rows = (await connection.execute(_OPEN, {"kinds": list(KINDS)})).all()
    return now + SOON if wanted ^ {(row.kind, row.subject, row.fingerprint) for row in rows} else None


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what the question shows is still so."""
    row = (await connection.execute(_OF, {"id": question})).one()
    found = [one for one in await _wanted(connection) if (one.kind.value, one.subject) == (row.kind, row.subject)]
    return bool(found) and found[0].content == shown


async def _ask(one: Wanted, words: Words, at: datetime) -> bool:
    lines = one.lines
    if isinstance(one.about, InsolvencyView) and one.kind is QuestionKind.CLAIM_DECLARATION:
        async with reading() as connection:
            lines = await insolvency_claim.claim_of(connection, one.about, at)
    about = {
        "creditor": one.creditor, "customer": one.customer, "todo": one.todo, "subject": one.subject,
        "currency": lines[0].currency if lines else "", "amount": sum(line.open for line in lines if line.currency == lines[0].currency),
    }  # fmt: skip
    return await put(one.kind, about, words[one.kind](one.about, lines), one.content, at)


async def _wanted(connection: AsyncConnection) -> list[Wanted]:
    """Every question that is to stand now."""
    found: list[Wanted] = []
    for one in await listing_in(connection):
        found += await _about_proceedings(connection, one)
    for row in (await connection.execute(_NOTICES)).mappings():
        values = {name: row[name] for name in NoticeView.__dataclass_fields__}
        found.append(_wanted_of(QuestionKind.INSOLVENCY_NOTICE, "notice", row, values, NoticeView(**values)))
    for row in (await connection.execute(_STAYS)).mappings():
        values = {name: row[name] for name in StayTask.__dataclass_fields__} | {"names": tuple(row["names"])}
        found.append(_wanted_of(QuestionKind.STAY, "stay", row, values, StayTask(**values)))
    return found


def _wanted_of(
    kind: QuestionKind, family: str, row: RowMapping, values: Mapping[str, Any], about: NoticeView | StayTask
) -> Wanted:
    content = fingerprint([family, *(str(value) for value in values.values())])
    subject = f"{family}:{row['number']}"
    return Wanted(kind, subject, row["creditor_id"], row["customer_id"], row["owner"], content, about)


async def _about_proceedings(connection: AsyncConnection, one: InsolvencyView) -> list[Wanted]:
    """Whether the claim is declared, and whether goods are to be claimed back: only where something older is owed."""
    if one.claim != "open" and not one.claimed and one.retention:
        return []
    lines = await insolvency_claim.principal_of(connection, one)
    is_to_declare = one.claim == "open" or insolvency_claim.has_changed(one, lines)
    said = (
        one.subject, one.proceedings, str(one.judgment), str(one.declare_by), repr(one.representative), one.retention, one.goods,
        *(f"{line.invoice}={line.open}" for line in lines),
    )  # fmt: skip
    found = []
    for kind, stands in (
        (QuestionKind.CLAIM_DECLARATION, is_to_declare),
        (QuestionKind.RETENTION, not one.retention),
    ):
        if stands and lines:
            content = fingerprint([kind.value, *said])
            found.append(Wanted(kind, one.subject, one.creditor, one.customer, one.owner, content, one, lines))
    return found
