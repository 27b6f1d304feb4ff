"""Questions as people and runs see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.four_eyes import SETTINGS
from policies.question_deadlines import Waited
from policies.questions import QuestionKind
from policies.stages import Stage
from storage.session import reading, transaction


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what it shows. `attempt` and `id` make the pause key; `lead` and `run` say where it hangs."""

    id: int
    kind: QuestionKind
    stage: Stage | None
    step: str
    customer: int | None
    currency: str
    lead: int | None
    run: UUID | None
    attempt: int
    state: str
    todo: str
    title: str
    description: str
    fingerprint: str
    shown_facts: str
    problem: str
    amount: int
    asked_at: datetime
    payment: int | None = None
    """The bank line it is about."""
    dispute: int | None = None
    """The dispute it is about."""
    subject: str = ""
    """What else it is about: `deadline:12`, `placement:3`."""
    offers: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    """Choices of its own, as sentences."""
    first_asked: datetime | None = None
    """When what it asks was first asked, where it took the place of an older question."""
    waited: Waited = Waited.NOT_LONG
    due_at: datetime | None = None
    """When it is passed on next; None: not known yet, or it has come to its end."""
    zone: str = "Europe/Paris"
    """The creditor's."""
    signed: tuple[tuple[str, str, str, str], ...] = ()
    """Signatures that stand: login, role, choice, moment."""
    settings: tuple[tuple[str, str], ...] = ()
    """The creditor's amounts above which two people sign, by the names of `policies.four_eyes.SETTINGS`."""

    @property
    def since(self) -> datetime:
        """Since when people are asked."""
        return self.first_asked or self.asked_at

    @property
    def stands_alone(self) -> bool:
        """Whether it has a run of its own instead of hanging on the run of a case."""
        return self.lead is None

    @property
    def needs_run(self) -> bool:
        """Whether a run is of use to it: it is to be answered, or its run carries the answer out."""
        return self.state == "open" or (self.state == "answered" and self.kind is QuestionKind.RESEND)

    @property
    def key(self) -> str:
        """The pause key: lowercase letters, digits and dashes only."""
        return f"q{self.id}-{self.attempt}"


_SELECT = f"""
    SELECT q.id, q.kind, q.stage, q.step, q.customer_id, q.currency, q.lead_id, coalesce(q.run_id, c.run_id) AS run_id,
           q.attempt, q.state, q.todo, q.title, q.description, q.fingerprint, q.shown_facts, q.problem, q.amount, q.asked_at,
           q.payment_id, q.dispute_id, q.subject, q.offers, q.since, q.waited, q.due_at, r.zone, {", ".join(f"r.{name}" for name in SETTINGS)},
           (SELECT jsonb_agg(jsonb_build_array(s.actor, s.role, s.choice, s.at) ORDER BY s.id) FROM signature s
            WHERE s.question_id = q.id AND s.fingerprint = q.fingerprint) AS signed
    FROM question q JOIN creditor r ON r.id = q.creditor_id LEFT JOIN cases c ON c.id = q.lead_id AND q.kind <> 'daily_review'
"""  # noqa: S608 - no outside text
_ONE = text(f"{_SELECT} WHERE q.id = :id")
_OPEN = text(f"{_SELECT} WHERE q.state = 'open' ORDER BY q.amount DESC, q.id")
_UNCARRIED = text(
    "SELECT id FROM question WHERE run_id IS NULL AND lead_id IS NULL "
    "AND (state = 'open' OR kind = 'resend' AND state = 'answered') ORDER BY id"
)
"""One that was answered before its run began needs it all the same where the run carries the answer out."""
_RESENDS = text(
    "SELECT id FROM question WHERE kind = 'resend' AND run_id IS NULL AND state IN ('open', 'answered') ORDER BY id"
)
_OF_RUN = text(f"{_SELECT} WHERE q.state = 'open' AND coalesce(q.run_id, c.run_id) = :run ORDER BY q.id DESC")
_OF_CASE = text(
    f"{_SELECT} WHERE q.state = 'open' AND EXISTS (SELECT FROM question_case k WHERE k.question_id = q.id AND k.case_id = :case) "
    "ORDER BY q.id"
)
_OURS = text(
    "SELECT EXISTS (SELECT FROM cases WHERE run_id = :run) OR EXISTS (SELECT FROM question WHERE run_id = :run)"
)
_ATTEMPT = text("UPDATE question SET attempt = attempt + 1 WHERE id = :id AND state = 'open' RETURNING id")
_CUSTOMER = text("SELECT d.number FROM question q JOIN customer d ON d.id = q.customer_id WHERE q.id = :id")
_TODO = text("SELECT todo FROM question WHERE id = :id")
_RUN = text("UPDATE question SET run_id = :run WHERE id = :id")


def question_from(row: RowMapping) -> Question:
    """The question in a row of `_SELECT`."""
    return Question(
        id=row["id"],
        kind=QuestionKind(row["kind"]),
        stage=Stage(row["stage"]) if row["stage"] else None,
        step=row["step"],
        customer=row["customer_id"],
        currency=row["currency"],
        lead=row["lead_id"],
        run=row["run_id"],
        attempt=row["attempt"],
        state=row["state"],
        todo=row["todo"],
        title=row["title"],
        description=row["description"],
        fingerprint=row["fingerprint"],
        shown_facts=row["shown_facts"],
        problem=row["problem"],
        amount=row["amount"],
        asked_at=row["asked_at"],
        payment=row["payment_id"],
        dispute=row["dispute_id"],
        subject=row["subject"],
        offers=tuple(row["offers"].get("sentences", ())),
        routes=tuple(row["offers"].get("routes", ())),
        first_asked=row["since"],
        waited=Waited(row["waited"]),
        due_at=row["due_at"],
        zone=row["zone"],
        signed=tuple((one[0], one[1], one[2], one[3]) for one in row["signed"] or ()),
        settings=tuple((name, row[name]) for name in SETTINGS),
    )


async def read(id: int) -> Question | None:
    """The question numbered `id`."""
    async with reading() as connection:
        row = (await connection.execute(_ONE, {"id": id})).mappings().first()
    return question_from(row) if row else None


async def read_in(connection: AsyncConnection, id: int) -> Question | None:
    """The question numbered `id`, read in the caller's transaction."""
    row = (await connection.execute(_ONE, {"id": id})).mappings().first()
    return question_from(row) if row else None


async def is_ours(run: UUID) -> bool:
    """Whether the run carries a case or a question: its forms are ours."""
    async with reading() as connection:
        return bool(await connection.scalar(_OURS, {"run": run}))


async def inbox() -> tuple[Question, ...]:
    """All open questions, largest amount first."""
    async with reading() as connection:
        return tuple(question_from(row) for row in (await connection.execute(_OPEN)).mappings())


async def customer_number(id: int) -> str:
    """The creditor's number of the customer a question is about; empty for a question about several."""
    async with reading() as connection:
        return str(await connection.scalar(_CUSTOMER, {"id": id}) or "")


async def with_whom(id: int) -> str:
    """Who the question is with."""
    async with reading() as connection:
        return str(await connection.scalar(_TODO, {"id": id}) or "")


async def of_case(case: int) -> tuple[Question, ...]:
    """The open questions about a case, the oldest first."""
    async with reading() as connection:
        return tuple(question_from(row) for row in (await connection.execute(_OF_CASE, {"case": case})).mappings())


async def of_run(run: UUID) -> Question | None:
    """The open question that hangs on this run."""
    async with reading() as connection:
        row = (await connection.execute(_OF_RUN, {"run": run})).mappings().first()
    return question_from(row) if row else None


async def next_attempt(id: int) -> Question | None:
    """Commit a new pause key before suspending; None when the question is no longer open."""
    async with transaction() as connection:
        if await connection.scalar(_ATTEMPT, {"id": id}) is None:
            return None
        row = (await connection.execute(_ONE, {"id": id})).mappings().one()
        return question_from(row)


async def carry(id: int, run: UUID) -> None:
    """The question hangs on a run of its own."""
    async with transaction() as connection:
        await connection.execute(_RUN, {"id": id, "run": run})


async def without_run() -> tuple[int, ...]:
    """Open questions that belong to no case's run and have none of their own yet."""
    async with reading() as connection:
        return tuple(await connection.scalars(_UNCARRIED))


async def resends_without_run() -> tuple[int, ...]:
    """Questions a person put at the terminal: whether a message leaves once more. No flow asked them, none gave them a run."""
    async with reading() as connection:
        return tuple(await connection.scalars(_RESENDS))


async def asleep(id: int) -> None:
    """The run of the question has seen the latest state of it."""
    async with transaction() as connection:
        await connection.execute(text("UPDATE question SET wake_at = NULL WHERE id = :id"), {"id": id})


async def look_again(run: UUID) -> None:
    """The run of an open question must put it again."""
    async with transaction() as connection:
        await connection.execute(
            text("UPDATE question SET wake_at = clock_timestamp() WHERE run_id = :run AND state = 'open'"), {"run": run}
        )
