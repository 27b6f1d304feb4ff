"""Small random worlds for the weekly report: rows as the engine leaves them, over three weeks around the one reported."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from storage.creditor import ensure_creditor
from storage.session import transaction

FIRST = date(2026, 11, 16)
"""The Monday of week 47."""
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
STEPS = ("courtesy_reminder", "second_reminder", "formal_notice")
CUSTOMERS, INVOICES = 6, 18


@dataclass
class Books:
    """Statements to come, in their order."""

    written: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def do(self, statement: str, **values: Any) -> None:
        """One more."""
        self.written.append((statement, values))


def moment(chance: random.Random) -> datetime:
    """Any moment of the three weeks."""
    return datetime(2026, 11, 8, tzinfo=UTC) + timedelta(minutes=chance.randrange(21 * 24 * 60))


def some_day(chance: random.Random) -> date:
    """Any day of the three weeks."""
    return FIRST - timedelta(days=8) + timedelta(days=chance.randrange(22))


async def fill(seed: int) -> None:
    """Fill the books by chance."""
    chance, books = random.Random(seed), Books()
    creditor = (await ensure_creditor()).id
    for number in range(1, CUSTOMERS + 1):
        books.do(
            "INSERT INTO customer (creditor_id, number, name, kind, country) VALUES (:c, :n, :name, 'business', 'FR')",
            c=creditor, n=f"C{number}", name=f"Customer {number}",
        )  # fmt: skip
    for number in range(1, INVOICES + 1):
        _invoice(chance, books, creditor, number)
    for number in range(1, INVOICES + 1, 2):
        _dispute(chance, books, creditor, number)
    for number in range(40):
        _message(chance, books, creditor, number)
        _question(chance, books, creditor)
        _payment(chance, books, creditor, number)
    for _ in range(20):
        _hold(chance, books)
        _reply(chance, books, creditor)
    async with transaction() as connection:
        for statement, values in books.written:
            await connection.execute(text(statement), values)


def _invoice(chance: random.Random, books: Books, creditor: int, number: int) -> None:
    total, outcome = chance.randrange(1, 5_000) * 100, chance.choice([None, None, None, "paid", "written_off"])
    books.do(
        "INSERT INTO invoice (creditor_id, source, number, kind, customer_id, due, currency, total, paid, case_opened) "
        "VALUES (:c, 'erp', :n, 'invoice', (SELECT min(id) FROM customer) + :d, :due, :cur, :total, :paid, true)",
        c=creditor, n=f"F{number}", d=chance.randrange(CUSTOMERS), due=some_day(chance), cur=chance.choice(["EUR", "EUR", "GBP"]), total=total,
        paid=total if outcome == "paid" else chance.choice([0, 0, total // 2]),
    )  # fmt: skip
    books.do(
        "INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, policy_hash, opened_at, outcome, closed_at) "
        "SELECT creditor_id, customer_id, id, currency, '', :at, CAST(:outcome AS text), "
        "CASE WHEN CAST(:outcome AS text) IS NULL THEN NULL ELSE CAST(:at AS timestamptz) END "
        "FROM invoice WHERE number = :n",
        n=f"F{number}", at=moment(chance), outcome=outcome,
    )  # fmt: skip
    for step in STEPS[: chance.randrange(4)]:
        books.do(
            "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT c.id, :s, :s, :on, :how FROM cases c "
            "JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n",
            n=f"F{number}", s=step, on=some_day(chance), how=chance.choice(["confirmed", "confirmed", "elsewhere", "skipped"]),
        )  # fmt: skip


def _message(chance: random.Random, books: Books, creditor: int, number: int) -> None:
    stage = chance.choice(["", *STEPS])
    books.do(
        "INSERT INTO message (creditor_id, customer_id, currency, kind, stage, window_on, channel, state, route, key, raw, "
        "calculated_at, handed_at) SELECT :c, (SELECT min(id) FROM customer) + :d, 'EUR', :kind, :stage, :on, :channel, :state, "
        ":route, :key, '', :at, :at",
        c=creditor, d=chance.randrange(CUSTOMERS), kind="step" if stage else "payment_received", stage=stage,
        on=date(2026, 1, 1) + timedelta(days=number), channel=chance.choice(["email", "sms", "letter"]),
        state=chance.choice(["confirmed", "confirmed", "refused", "voided", "ambiguous"]), route=chance.choice(["live", "sink"]),
        key=f"m{number}", at=moment(chance),
    )  # fmt: skip


def _question(chance: random.Random, books: Books, creditor: int) -> None:
    asked = moment(chance)
    state = chance.choice(["open", "answered", "answered", "voided"])
    ended = asked + timedelta(minutes=chance.randrange(1, 20_000))
    books.do(
        "INSERT INTO question (creditor_id, customer_id, kind, stage, currency, state, todo, asked_at, ended_at, payment_id) "
        "SELECT :c, (SELECT min(id) FROM customer) + :d, :kind, :stage, :cur, :state, :todo, :asked, CAST(:ended AS timestamptz), NULL "
        "WHERE NOT EXISTS (SELECT FROM question WHERE state = 'open' AND customer_id = (SELECT min(id) FROM customer) + :d "
        "AND kind = :kind AND stage = :stage AND currency = :cur)",
        c=creditor, d=chance.randrange(CUSTOMERS), kind=chance.choice(["approve", "reply", "match"]),
        stage=chance.choice(STEPS), cur=chance.choice(["EUR", "GBP"]), state=state, todo=chance.choice(["", "marie", "paul"]),
        asked=asked, ended=None if state == "open" else ended,
    )  # fmt: skip


def _payment(chance: random.Random, books: Books, creditor: int, number: int) -> None:
    amount, on = chance.randrange(1, 90_000), some_day(chance)
    placed = chance.choice([0, amount, amount // 2])
    books.do(
        "INSERT INTO payment (creditor_id, fingerprint, booked, value_date, amount, currency, allocated, is_pending) "
        "VALUES (:c, :f, :on, :on, :amount, :cur, :placed, :pending)",
        c=creditor, f=f"p{number}", on=on, amount=amount, cur=chance.choice(["EUR", "GBP"]), placed=placed,
        pending=chance.random() < 0.1,
    )  # fmt: skip
    if placed:
        books.do(
            "INSERT INTO allocation (kind, payment_id, invoice_id, amount, value_date, undone_at) "
            "SELECT :kind, p.id, (SELECT min(id) FROM invoice) + :i, :amount, p.value_date, CAST(:undone AS timestamptz) "
            "FROM payment p WHERE p.fingerprint = :f",
            f=f"p{number}", i=chance.randrange(INVOICES), amount=placed, kind=chance.choice(["payment", "payment", "difference"]),
            undone=moment(chance) if chance.random() < 0.2 else None,
        )  # fmt: skip


def _hold(chance: random.Random, books: Books) -> None:
    kind, since = chance.choice(["promise", "promise", "plan"]), some_day(chance)
    word = chance.choice([None, None, "kept", "partly_kept", "broken"]) if kind in ("promise", "plan") else None
    ended = moment(chance) if word or chance.random() < 0.3 else None
    books.do(
        "INSERT INTO hold (customer_id, kind, reason, since, until, word, ended_at) VALUES "
        "((SELECT min(id) FROM customer) + :d, :kind, :reason, :since, :until, :word, CAST(:ended AS timestamptz))",
        d=chance.randrange(CUSTOMERS), kind=kind, reason=chance.choice(["price", "quality"]), since=since,
        until=since + timedelta(days=chance.randrange(14)), word=word, ended=ended,
    )  # fmt: skip
    if kind == "plan":
        for part in range(chance.randrange(3)):
            books.do(
                "INSERT INTO hold_instalment (hold_id, on_day, amount) SELECT max(id), :on, 100 FROM hold",
                on=since + timedelta(days=5 * (part + 1)),
            )


def _reply(chance: random.Random, books: Books, creditor: int) -> None:
    books.do(
        "INSERT INTO incoming_message (creditor_id, channel, provider_ref, raw, kind, received_at, read_at) "
        "VALUES (:c, 'email', :ref, '', :kind, :at, CAST(:read AS timestamptz))",
        c=creditor, ref=str(chance.random()), kind=chance.choice(["reply", "opt_out", "hard_bounce"]), at=moment(chance),
        read=chance.choice([None, NOW]),
    )  # fmt: skip


def _dispute(chance: random.Random, books: Books, creditor: int, number: int) -> None:
    state, opened = chance.choice(["open", "accepted", "rejected", "withdrawn"]), moment(chance)
    books.do(
        "INSERT INTO dispute (creditor_id, customer_id, invoice_id, currency, reason, amount, claimed, source, opened_at, opened_on, "
        "deadline, state, decided_at) SELECT :c, customer_id, id, currency, :reason, CAST(:amount AS bigint), total, 'person', :at, :on, "
        ":on, :state, CAST(:decided AS timestamptz) FROM invoice WHERE number = :n",
        c=creditor, n=f"F{number}", reason=chance.choice(["price", "quality"]), amount=chance.choice([None, 500]), at=opened,
        on=opened.date(), state=state, decided=None if state == "open" else moment(chance),
    )  # fmt: skip
