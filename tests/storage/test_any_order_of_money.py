"""Any order and any duplication of the same facts give the same balances and the same journal of money."""

from collections.abc import Awaitable, Callable
from datetime import date
from random import Random

import pytest

from policies.matching.verdicts import Part, Verdict
from storage.match_decisions import decide
from storage.session import transaction
from storage.settling import settle_decided
from tests.storage.books import NOON, balance, bank, bill, credit_note, invoice, line, open_cases, rows, standing

pytestmark = pytest.mark.usefixtures("database_url")

Fact = Callable[[], Awaitable[object]]
A = invoice("FA-2026-0142", "2026-02-01", 125_000)
B = invoice("FA-2026-0143", "2026-02-15", 50_000)
C = invoice("FA-2026-0177", "2026-02-10", 125_000, customer_number="C2", customer_name="Garage Morel")
NOTE = credit_note("AV-2026-9", "FA-2026-0143", 10_000, on="2026-02-20")
LINES = (
    line("VIR FA-2026-0142 FA-2026-0143", 165_000, on="2026-03-01", iban="FR7630006000011234567890189"),
    line("VIREMENT", 125_000, on="2026-03-02", counterparty=""),
    line("VIREMENT", 30_000, on="2026-03-03", iban="FR7630006000011234567890189"),
    line("PRLV FA-2026-0177", 60_000, on="2026-03-03", counterparty="MOREL", end_to_end_id="E1"),
    line("REJET", -60_000, on="2026-03-06", counterparty="MOREL", end_to_end_id="E1", return_reason="AM04"),
    line("FRAIS", -12_00, on="2026-03-06", counterparty="BANQUE"),
)
FACTS: tuple[Fact, ...] = (
    lambda: bill(A), lambda: bill(B), lambda: bill(C), lambda: bill(B, NOTE), *(
        lambda one=one: bank(one) for one in LINES
    ),
)  # fmt: skip


async def books() -> tuple[object, ...]:
    """Balances, what stands, and what is said of every line that has no place."""
    said = await rows(
        'SELECT p.text, p.amount, m.sureness, m.reason, m."left" FROM line_match m JOIN payment p ON p.id = m.payment_id '
        "ORDER BY p.value_date, p.amount"
    )
    claims = await rows(
        "SELECT p.text, p.amount, i.number, l.proposed, l.amount FROM line_claim l JOIN payment p ON p.id = l.payment_id "
        "JOIN invoice i ON i.id = l.invoice_id ORDER BY 1, 2, 3"
    )
    return await balance(), await standing(), said, claims


async def money_told() -> list[tuple[object, ...]]:
    """What the journals say of money, net: invoice, value date, and what came less what went."""
    return await rows(
        """
        SELECT i.number, j.facts ->> 'value_date', sum((j.facts ->> 'amount')::bigint * CASE
            WHEN j.kind IN ('paid', 'credited', 'difference_let_go') THEN 1 ELSE -1 END)
        FROM journal j JOIN cases c ON j.chain = 'case:' || c.id JOIN invoice i ON i.id = c.invoice_id
        WHERE j.kind IN ('paid', 'credited', 'difference_let_go', 'payment_moved', 'payment_returned', 'credit_moved',
                         'difference_owed_again')
        GROUP BY 1, 2 HAVING sum((j.facts ->> 'amount')::bigint * CASE
            WHEN j.kind IN ('paid', 'credited', 'difference_let_go') THEN 1 ELSE -1 END) <> 0 ORDER BY 1, 2
        """
    )


async def decide_by_hand() -> None:
    """Marie says that the second line is for Morel's invoice; the books learn of it with the next import."""
    line, item, creditor = (
        await rows(
            "SELECT p.id, i.id, i.creditor_id FROM payment p, invoice i "
            "WHERE p.text = 'VIREMENT' AND p.amount = 125000 AND i.number = 'FA-2026-0177'"
        )
    )[0]
    async with transaction() as connection:
        await decide(connection, creditor, line, Verdict.BOOK, [Part(item, 125_000)], "marie", "they called", NOON)


def shuffled(seed: int) -> list[Fact]:
    """The facts in some order, some of them twice, and what Marie says somewhere after what it is about."""
    random = Random(seed)
    facts = [*FACTS, *random.sample(FACTS, 3)]
    random.shuffle(facts)
    known = max(facts.index(FACTS[2]), facts.index(FACTS[5])) + 1
    facts.insert(random.randint(known, len(facts)), decide_by_hand)
    return facts


EXPECTED = (
    [("FA-2026-0142", 125_000, 0, 0), ("FA-2026-0143", 40_000, 10_000, 0), ("FA-2026-0177", 125_000, 0, 0)],
    [
        ("AV-2026-9", "FA-2026-0143", 10_000, date(2026, 2, 20)),
        ("VIR FA-2026-0142 FA-2026-0143", "FA-2026-0142", 125_000, date(2026, 3, 1)),
        ("VIR FA-2026-0142 FA-2026-0143", "FA-2026-0143", 40_000, date(2026, 3, 1)),
        ("VIREMENT", "FA-2026-0177", 125_000, date(2026, 3, 2)),
    ],
    [
        ("VIREMENT", 30_000, "unknown", "nothing", 30_000),
        ("FRAIS", -1_200, "unknown", "money_out", -1_200),
    ],
    [],
)


@pytest.mark.parametrize("seed", range(6))
async def test_any_order_and_any_duplication_of_the_same_facts_give_the_same_books(seed: int) -> None:
    for fact in shuffled(seed):
        await fact()
    await settle_decided(NOON)
    assert await books() == EXPECTED


@pytest.mark.parametrize("seed", range(3))
async def test_the_journals_tell_of_the_money_that_stands_whatever_its_order(seed: int) -> None:
    await bill(A, B, C)
    await open_cases()
    for fact in shuffled(seed):
        await fact()
    await settle_decided(NOON)
    assert await money_told() == [
        ("FA-2026-0142", "2026-03-01", 125_000),
        ("FA-2026-0143", "2026-02-20", 10_000),
        ("FA-2026-0143", "2026-03-01", 40_000),
        ("FA-2026-0177", "2026-03-02", 125_000),
    ]
