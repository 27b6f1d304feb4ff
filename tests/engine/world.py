"""A small world on the stepped clock: a creditor, customers, invoices, money, answers, and what came of it."""

import asyncio
import json
import time
from collections.abc import Coroutine, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import httpx
from sqlalchemy import text

from policies.questions import QuestionKind
from storage import clock, doors, questions, session
from storage.clock import Mode
from storage.questions import Question
from tests.engine.stack import Stack
from tests.engine.staff import MARIE, token

T = TypeVar("T")


def at(day: str, hour: int = 7) -> datetime:
    """A moment: `at("2026-01-05")` is seven in the morning UTC of that day."""
    found = date.fromisoformat(day)
    return datetime(found.year, found.month, found.day, hour, tzinfo=UTC)


class World:
    """Drives a stack from outside, as people, banks and time do."""

    def __init__(self, stack: Stack, start: str, mode: Mode = Mode.STEPPED) -> None:
        self.stack = stack
        self.start = at(start)
        self.mode = mode
        self.creditor = 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine against the stack's database."""

        async def whole() -> T:
            try:
                return await work
            finally:
                await session.disconnect()

        return asyncio.run(whole())

    def begin(self, **creditor: str | int | None) -> None:
        """Empty the database, set the clock, name the creditor."""
        self.run(self._begin(creditor))

    async def _begin(self, creditor: Mapping[str, str | int | None]) -> None:
        await wipe(self.stack.superuser_url)
        await clock.start(self.mode, self.start)
        known: dict[str, str | int | None] = {
            "bank_max_age": None, "courtesy_max_age": None,  # a story about bank data says otherwise
            "good_news": False,  # as does one about good news
            "name": "Atelier Nord SAS", "email": "compta@atelier-nord.example", "reply_to": "compta@atelier-nord.example",
            "owner": "marie", "iban": "FR7630006000011234567890189", "address": "1 rue du Port, 44000 Nantes",
            "mentions": "SAS au capital de 10 000 € · SIREN 552 100 554 · RCS Nantes", **creditor,
        }  # fmt: skip
        columns = ", ".join(known)
        values = ", ".join(f":{name}" for name in known)
        async with session.transaction() as connection:
            statement = text(f"INSERT INTO creditor ({columns}) VALUES ({values}) RETURNING id")
            self.creditor = int(await connection.scalar(statement, known))

    def customer(self, number: str, name: str, **more: Any) -> int:
        """A customer with an accounts contact."""
        return self.run(self._customer(number, name, more))

    async def _customer(self, number: str, name: str, more: Mapping[str, Any]) -> int:
        row = {"creditor": self.creditor, "number": number, "name": name, "country": more.get("country", "FR")}
        email = more.get("email", f"compta@{number.lower()}.example")
        contact = {"email": email, "phone": more.get("phone", ""), "name": more.get("contact", "")}
        async with session.transaction() as connection:
            customer = await connection.scalar(
                text(
                    "INSERT INTO customer (creditor_id, number, name, kind, country) "
                    "VALUES (:creditor, :number, :name, 'business', :country) RETURNING id"
                ),
                row,
            )
            await connection.execute(
                text(
                    "INSERT INTO contact (customer_id, role, email, phone, name) "
                    "VALUES (:customer, 'accounts', :email, :phone, :name)"
                ),
                {"customer": customer, **contact},
            )
        return int(customer)

    def invoice(self, customer: int, number: str, due: str, total: int, currency: str = "EUR", **more: Any) -> None:
        """An invoice of `total` minor units."""
        self.run(self._invoice(customer, number, due, total, currency, more))

    async def _invoice(
        self, customer: int, number: str, due: str, total: int, currency: str, more: Mapping[str, Any]
    ) -> None:
        on = more.get("issued")
        issued = date.fromisoformat(on) if on else date.fromisoformat(due) - timedelta(days=30)
        row = {
            "creditor": self.creditor, "number": number, "customer": customer, "issued": issued,
            "due": date.fromisoformat(due), "currency": currency, "total": total,
            "stage": more.get("reached_stage", ""),
            "on": date.fromisoformat(more["reached_on"]) if "reached_on" in more else None,
        }  # fmt: skip
        async with session.transaction() as connection:
            await connection.execute(
                text(
                    "INSERT INTO invoice (creditor_id, source, number, kind, customer_id, issued, due, currency, total, "
                    "reached_stage, reached_on) VALUES (:creditor, 'test', :number, 'invoice', :customer, :issued, :due, "
                    ":currency, :total, :stage, :on)"
                ),
                row,
            )

    def now(self) -> datetime:
        """The clock."""
        return self.run(clock.now())

    def until(self, day: str, hour: int = 7, seconds: float = 90) -> None:
        """Let time pass until that moment, and everything due by then be done."""
        self.run(self._until(at(day, hour), seconds))

    async def _until(self, moment: datetime, seconds: float) -> None:
        await clock.run_until(moment)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if (await clock.now()) >= moment and await settled():
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"time stands at {await clock.now()}, not {moment}\n{await state_of_things()}")

    def settle(self, seconds: float = 30) -> None:
        """Let everything due now be done."""
        self.run(self._until(self.now(), seconds))

    def pay(self, invoice: str, amount: int | None = None) -> None:
        """Money arrives for an invoice: all of it, or `amount` minor units. Written as the payment import writes it."""
        from tests.engine.money import book

        self.run(book(self.creditor, invoice, amount))

    def inbox(self) -> list[Question]:
        """The open questions."""
        return list(self.run(questions.inbox()))

    def question(self, kind: QuestionKind) -> Question:
        """The one open question of this kind."""
        found = [one for one in self.inbox() if one.kind is kind]
        assert len(found) == 1, [one.title for one in self.inbox()]
        return found[0]

    def answer(self, question: Question, code: str, **values: str) -> str | None:
        """Answer from the terminal; the sentence that refuses it, or None."""
        return self.run(doors.answer_directly(question.id, MARIE, "terminal", self.form(question, code, values)))

    def form(self, question: Question, code: str, values: Mapping[str, str]) -> dict[str, str]:
        """The values of a filled-in form."""
        from flows import forms
        from policies.choices import choices

        offered = choices(question.kind, question.stage, question.offers)
        place = [choice.code for choice in offered].index(code)
        return {"decision": forms.decisions(question)[place], **values}

    def resume(self, question: Question, values: Mapping[str, str], actor: str = "marie") -> httpx.Response:
        """Answer through the API the UI uses."""
        assert question.run is not None, "the question hangs on a run"
        return self.api("POST", f"/flow_runs/{question.run}/resume", {"run_input": dict(values)}, actor)

    def api(self, method: str, path: str, body: Any = None, actor: str = "") -> httpx.Response:
        """One call of Prefect's API: with a token of this person, or with the service credential."""
        credential = self.run(token(actor)) if actor else self.stack.service
        headers = {"Authorization": f"Bearer {credential}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body)
        return httpx.request(method, f"{self.stack.desk_url}/api{path}", content=content, headers=headers, timeout=30)

    def case_run(self, invoice: str) -> dict[str, Any]:
        """The Prefect run that carries an invoice's case."""
        run = self.rows(
            "SELECT run_id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=invoice
        )
        found: dict[str, Any] = self.api("GET", f"/flow_runs/{run[0][0]}").json()
        return found

    def acts(self, customer: str | None = None) -> list[tuple[str, str, str]]:
        """Every message that left: (day, stage, recipient), oldest first."""
        rows = self.rows(
            "SELECT (m.handed_at AT TIME ZONE d.zone)::date::text, coalesce(nullif(m.stage, ''), m.kind), m.recipient "
            "FROM message m "
            "JOIN customer d ON d.id = m.customer_id WHERE m.state = 'confirmed' "
            "AND (CAST(:c AS text) IS NULL OR d.number = :c) ORDER BY m.handed_at, m.id",
            c=customer,
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """A look into the database."""

        async def look() -> list[tuple[Any, ...]]:
            async with session.reading() as connection:
                return [tuple(row) for row in (await connection.execute(text(statement), values)).all()]

        return self.run(look())

    def do(self, statement: str, **values: Any) -> None:
        """A change behind everybody's back."""

        async def change() -> None:
            async with session.transaction() as connection:
                await connection.execute(text(statement), values)

        self.run(change())


async def wipe(superuser_url: str) -> None:
    """Empty every table of the application. Numbers go on: Prefect still knows the runs of the cases before."""
    import asyncpg

    connection = await asyncpg.connect(superuser_url)
    tables = await connection.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    names = ", ".join(f'"{row["tablename"]}"' for row in tables)
    await connection.execute("SET session_replication_role = replica")
    await connection.execute(f"TRUNCATE {names} CASCADE")
    await connection.close()


async def settled() -> bool:
    """Nothing leased, nothing to wake, nothing due."""
    from storage import wakes

    now = await clock.now()
    due = await wakes.next_due()
    return await wakes.at_rest() and (due is None or due > now)


async def state_of_things() -> str:
    """What a failing test wants to know."""
    async with session.reading() as connection:
        cases = (
            await connection.execute(text("SELECT id, next_at, wake_at, problem FROM cases WHERE closed_at IS NULL"))
        ).all()
        held = (await connection.execute(text("SELECT subject, since FROM lease"))).all()
    return "\n".join(str(tuple(row)) for row in [*cases, *held])
