"""A salesperson objects to a formal notice, once: its cases stay on hold, and a manager is asked what becomes of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import HoldKind
from policies.consequences import AddNote, Consequence
from policies.fingerprint import fingerprint
from policies.objection import ObjectionDecided
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from storage import holds, journal
from storage.beside_cases import put, write_note
from storage.facts import lock_debtor, touch
from storage.hold_deeds import Deed
from storage.presence import team
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void
from storage.whom import SOURCE, Whom, find

SOON = timedelta(minutes=1)
FOR_OTHERS = frozenset({Role.MANAGER, Role.ADMIN})
"""Who may object in the place of a salesperson."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What a manager is asked about, in minor units of `currency`."""

    notice: int
    creditor: int
    customer: int
    number: str
    name: str
    currency: str
    amount: int
    invoices: tuple[str, ...]
    objected_by: str
    words: str
    text: str


Describe = Callable[[Objection], Wording]

_NOTICES = text(
    "SELECT id, creditor_id, salesperson, state, until_at FROM sales_notice WHERE customer_id = :customer ORDER BY id DESC FOR UPDATE"
)
_OBJECT = text(
    "UPDATE sales_notice SET state = 'objected', objected_by = :actor, objected_at = :at, words = :words WHERE id = :id"
)
_CASES = text(
    "SELECT k.case_id, k.hold_id FROM sales_notice_case k JOIN cases c ON c.id = k.case_id "
    "WHERE k.notice_id = :notice AND c.closed_at IS NULL ORDER BY k.case_id"
)
_HOLD = text("UPDATE sales_notice_case SET hold_id = :hold WHERE notice_id = :notice AND case_id = :case")
_END = text("UPDATE hold SET ended_at = :at, ended_by = :actor WHERE id = :hold AND ended_at IS NULL RETURNING id")
_UNASKED = text(
    """
    SELECT n.id AS notice, n.creditor_id AS creditor, n.customer_id AS customer, d.number, d.name, n.currency, n.objected_by, n.words,
           n.text, array_agg(i.number ORDER BY i.due, i.number) AS invoices,
           CAST(sum(i.total - i.prepaid - i.paid - i.credited) AS bigint) AS amount
    FROM sales_notice n JOIN customer d ON d.id = n.customer_id
    JOIN sales_notice_case k ON k.notice_id = n.id JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE n.state = 'objected' AND c.closed_at IS NULL AND NOT EXISTS (
        SELECT FROM question q WHERE q.kind = 'objection' AND q.customer_id = n.customer_id AND q.state = 'open')
    GROUP BY n.id, d.id ORDER BY n.id
    """
)
_MOOT = text(
    """
    SELECT q.id, q.customer_id AS customer FROM question q WHERE q.kind = 'objection' AND q.state = 'open' AND NOT EXISTS (
        SELECT FROM sales_notice n JOIN sales_notice_case k ON k.notice_id = n.id JOIN cases c ON c.id = k.case_id
        WHERE n.customer_id = q.customer_id AND n.state = 'objected' AND c.closed_at IS NULL)
    """
)
_OF = text(
    "SELECT n.id, n.customer_id, q.fingerprint, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today "
    "FROM question q JOIN sales_notice n ON n.customer_id = q.customer_id JOIN customer d ON d.id = n.customer_id "
    "WHERE q.id = :id AND n.state = 'objected' ORDER BY n.id"
)
_DECIDED = text("UPDATE sales_notice SET state = 'decided' WHERE id = :id")


async def object_to(customer: str, why: str, signer: Signer, at: datetime) -> Deed | list[Problem]:
    """Object to the notice that is about to leave to a customer; answers what was done, or why it was not."""
    if not why.strip():
        return _refused("why", "Say why the notice should not leave: the manager decides on your words.")
    async with transaction() as connection:
        whom = await find(connection, customer, "")
        if isinstance(whom, list):
            return whom
        await lock_debtor(connection, whom.customer)
        rows = (await connection.execute(_NOTICES, {"customer": whom.customer})).all()
        standing = [one for one in rows if not _too_late(one, whom.name, signer, at)]
        if not standing:
            return _refused("", _too_late(next(iter(rows), None), whom.name, signer, at))
        cases = [case for one in standing for case in await _object(connection, one, whom, why.strip(), signer, at)]
        await touch(connection, cases)
    return Deed("objection", whom.number, whom.name, f"{signer.name} objects to the notice", tuple(cases))


async def _object(
    connection: AsyncConnection, notice: Any, whom: Whom, words: str, signer: Signer, at: datetime
) -> list[int]:
    """Every notice that is about to leave is objected to: its cases stay on hold. Answers them."""
    told = {"id": notice.id, "actor": signer.name, "at": at, "words": words}
    await connection.execute(_OBJECT, told)
    manager = (await team(connection, notice.creditor_id, at)).manager
    cases = (await connection.execute(_CASES, {"notice": notice.id})).all()
    for one in cases:
        await _hold_on(connection, notice.id, one, whom.customer, manager or signer.name, whom.today(at), None, at)
        facts = {"notice": notice.id, "actor": signer.name}
        await journal.append(connection, "case", one.case_id, "salesperson_objected", facts, at)
    return [one.case_id for one in cases]


def _too_late(row: Any, name: str, signer: Signer, at: datetime) -> str:
    """Why nobody, or not this person, may object now; empty: they may."""
    if row is None:
        return f"No formal notice to {name} is about to leave: there is nothing to object to."
    if signer.name != row.salesperson and signer.role not in FOR_OTHERS:
        return f"The salesperson of {name} is {row.salesperson}: only they object, or a manager for them."
    if row.state != "told":
        return "Somebody has objected already; one objection is heard, and a manager decides about it."
    return (
        ""
        if at < row.until_at
        else "The two business days are over: the notice goes on. Speak with the owner of the customer."
    )


async def ask_about_objections(as_of: datetime, describe: Describe) -> int:
    """Ask a manager about every objection nobody is asked about yet; answers how many. What is paid is asked no more."""
    async with reading() as connection:
        moot = (await connection.execute(_MOOT)).all()
    for ended in moot:
        async with transaction() as connection:
            await lock_debtor(connection, ended.customer)
            await void(connection, [ended.id], "nothing of the notice is open any more", as_of)
    async with reading() as connection:
        rows = (await connection.execute(_UNASKED)).mappings().all()
    asked = 0
    for row in rows:
        one = Objection(**{**row, "invoices": tuple(row["invoices"])})
        async with reading() as connection:
            managers = (await team(connection, one.creditor, as_of)).managers
        about = {
            "creditor": one.creditor, "customer": one.customer, "currency": one.currency, "amount": one.amount,
            "todo": next(iter(managers), ""),
        }  # fmt: skip
        asked += await put(QuestionKind.OBJECTION, about, describe(one), _print_of(one.notice), as_of)
    return asked


def _print_of(notice: int) -> str:
    return fingerprint(["objection", str(notice)])


async def next_question(now: datetime) -> datetime | None:
    """When a manager is to be asked next, or no more; None: everybody who must be is."""
    async with reading() as connection:
        waits = (await connection.execute(_UNASKED)).first() or (await connection.execute(_MOOT)).first()
    return None if waits is None else now + SOON


async def decided(
    connection: AsyncConnection, question: int, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """The manager has decided: the notice goes on, or its cases rest on."""
    objected = (await connection.execute(_OF, {"id": question, "at": at})).all()
    notice = next((one for one in objected if _print_of(one.id) == one.fingerprint), None)
    if notice is None:
        return
    for said in outcome:
        if isinstance(said, AddNote):
            await write_note(connection, notice.customer_id, actor, said.text, at)
        if isinstance(said, ObjectionDecided):
            cases = (await connection.execute(_CASES, {"notice": notice.id})).all()
            for one in cases:
                await _carry_out(connection, notice, one, said, actor, at)
            await connection.execute(_DECIDED, {"id": notice.id})
            await touch(connection, [one.case_id for one in cases])


async def _carry_out(
    connection: AsyncConnection, notice: Any, one: Any, said: ObjectionDecided, actor: str, at: datetime
) -> None:
    facts = {"notice": notice.id, "actor": actor, "goes_on": said.goes_on, "until": said.until}
    await journal.append(connection, "case", one.case_id, "objection_decided", facts, at)
    if not said.goes_on:
        await _hold_on(connection, notice.id, one, notice.customer_id, actor, notice.today, said, at)
    elif await connection.scalar(_END, {"hold": one.hold_id, "at": at, "actor": actor}) is not None:
        await journal.append(connection, "case", one.case_id, "released", {"hold": one.hold_id, "actor": actor}, at)


async def _hold_on(
    connection: AsyncConnection, notice: int, one: Any, customer: int, owner: str, today: date,
    said: ObjectionDecided | None, at: datetime,
) -> None:  # fmt: skip
    """The case's hold takes the place of the one before it: up to a day, or until its owner ends it."""
    await connection.execute(_END, {"hold": one.hold_id, "at": at, "actor": owner})
    reason, until = ("the salesperson objects", None) if said is None else (said.reason, said.until)
    hold = await holds.place(connection, customer, one.case_id, HoldKind.MANUAL, reason, today, until, owner, at)
    await connection.execute(_HOLD, {"hold": hold, "notice": notice, "case": one.case_id})


def _refused(field: str, why: str) -> list[Problem]:
    return [Problem(SOURCE, None, field, why)]
