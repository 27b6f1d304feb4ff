"""How customers pay, out of the books: what counts, what is left out, and who asks."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from policies.behaviour.assess import Assessed
from policies.case import DebtorKind
from policies.decisions import Act
from policies.hold_form import HoldWords
from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.payer import Payer
from policies.payment_record import PaymentRecord
from policies.records import InvoiceRecord
from storage import collecting, dossier, leases
from storage.creditor import ensure_creditor
from storage.customer_views import CustomerView, show_customer
from storage.customers import import_customers
from storage.hold_deeds import hold_customer
from storage.payer_history import payers
from storage.segment_store import BadSegments
from storage.session import reading, transaction
from tests.storage.books import bank, bill, credit_note, customer, do, invoice, line, open_cases, rows
from tests.storage.test_holds import MAIL, case_of

pytestmark = pytest.mark.usefixtures("database_url")
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
DUES = ("2025-08-10", "2025-10-10", "2025-12-10", "2026-02-10", "2026-04-10")


async def assessed(number: str = "C1") -> Assessed:
    (found,) = await rows("SELECT id FROM customer WHERE number = :number", number=number)
    async with reading() as connection:
        return (await payers(connection, [found[0]], NOW))[found[0]]


async def figures(number: str = "C1") -> tuple[Payer | None, int, str, int]:
    """The word, the items counted, the average days late, and the items left out."""
    found = await assessed(number)
    assert found.figures is not None
    return found.payer, found.figures.items, f"{float(found.figures.days_late):.2f}", found.figures.left_out


def owed(*dues: str, **more: object) -> list[InvoiceRecord]:
    return [invoice(f"FA-{due}", due, 100_00, **more) for due in dues]


def paid(due: str, on: str, amount: int = 100_00) -> PaymentRecord:
    return line(f"FA-{due}", amount, on=on)


async def test_settled_and_open_items_of_twelve_months_are_counted() -> None:
    await bill(*owed(*DUES, "2026-06-01", "2026-09-01"))
    await bank(*(paid(due, due) for due in DUES))
    assert await figures() == (Payer.PROMPT, 6, "5.00", 0)


async def test_parts_count_by_their_days_and_a_credit_note_takes_its_part_out() -> None:
    await bill(*owed("2026-02-10", "2026-03-10", "2026-04-10"), credit_note("AV-1", "FA-2026-04-10", 100_00))
    await bank(paid("2026-02-10", "2026-02-20", 50_00), paid("2026-02-10", "2026-03-02", 50_00))
    await bank(paid("2026-03-10", "2026-03-10"))
    assert await figures() == (Payer.NEW, 2, "7.50", 0)


async def test_a_few_cents_that_were_let_go_leave_nothing_open() -> None:
    await bill(*owed(*DUES))
    await bank(*(line(f"VIR FA-{due}", 99_97, on=due) for due in DUES))
    assert await figures() == (Payer.PROMPT, 5, "0.00", 0)


async def test_a_payment_that_came_back_is_no_payment() -> None:
    await bill(*owed(*DUES))
    await bank(*(paid(due, due) for due in DUES))
    await bank(line("FA-2026-04-10", -100_00, on="2026-04-20", return_reason="AM04"))
    assert await figures() == (Payer.USUAL_SLOW, 5, f"{82 / 5:.2f}", 0)


async def test_disputed_and_withdrawn_items_are_left_out() -> None:
    await bill(*owed(*DUES))
    await open_cases(NOW)
    await hold_customer("C1", "FA-2026-02-10", HoldWords("wrong goods", "dispute", "2026-08-01"), "marie", NOW)
    await do("UPDATE cases SET withdrawn = 'ours' WHERE id = :id", id=await case_of("FA-2026-04-10"))
    assert (await figures())[1::2] == (3, 2)


async def test_what_was_written_off_is_late_until_that_day() -> None:
    await bill(*owed("2026-02-01", "2026-04-10", "2026-04-12"))
    await bank(*(paid(due, due) for due in ("2026-04-10", "2026-04-12")))
    await open_cases(NOW)
    await do(
        "UPDATE cases SET written_off = 'bankrupt', closed_at = '2026-03-03 09:00+00', outcome = 'written_off' WHERE id = :id",
        id=await case_of("FA-2026-02-01"),
    )
    assert await figures() == (Payer.USUAL_SLOW, 3, "10.00", 0)


async def test_a_broken_promise_is_remembered() -> None:
    await bill(*owed(*DUES))
    await bank(*(paid(due, due) for due in DUES))
    await do(
        "INSERT INTO hold (customer_id, kind, reason, since, until, owner, word, ended_at) SELECT id, 'promise', 'said', "
        "'2026-03-01', '2026-03-06', 'marie', 'broken', '2026-03-11 06:00+00' FROM customer"
    )
    assert (await assessed()).because.endswith("1 promise broken.")


async def test_nothing_is_read_of_a_consumer() -> None:
    await bill(*owed(*DUES, customer_kind=DebtorKind.CONSUMER))
    assert await assessed() == Assessed(None, "Consumers are never scored (CNIL deliberation 2021-130).")


async def test_a_company_draws_the_lines_in_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await bill(*owed(*DUES))
    await bank(*(paid(due, due) for due in DUES))
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    (tmp_path / "segments.toml").write_text("[behaviour]\nleast_items = 6\n")
    assert (await figures())[0] is Payer.NEW
    (tmp_path / "segments.toml").write_text("[behaviour]\nleast_item = 6\n")
    with pytest.raises(BadSegments, match=r"segments.toml:2: behaviour.least_item: .* did you mean least_items\?"):
        await figures()


BY_PAYER = b"""
id = "by-payer"
title = "Sooner for those who are late anyway"
send_from = 0
send_until = 24
send_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
[[step]]
id = "soon"
stage = "courtesy_reminder"
offset = 1
gap = 1
channels = ["email"]
only_if = { payers = ["usual_slow", "worsening"] }
[[step]]
id = "later"
stage = "second_reminder"
offset = 200
gap = 10
channels = ["email"]
"""


@pytest.mark.parametrize(("days", "step", "first"), [(0, None, True), (18, "soon", False)])
async def test_a_ladder_goes_by_how_the_customer_pays(days: int, step: str | None, first: bool) -> None:
    ladder = load_ladder(BY_PAYER, "by-payer.toml")
    assert isinstance(ladder, Ladder), ladder
    await bill(*owed(*DUES, "2026-06-29"))
    await bank(*(paid(due, f"{due[:-2]}{int(due[-2:]) + days}") for due in DUES))
    await open_cases(NOW)
    async with transaction() as connection:
        values = {"hash": ladder.hash, "text": BY_PAYER}
        await connection.execute(
            text("INSERT INTO policy (hash, ladder, text) VALUES (:hash, 'by-payer', :text)"), values
        )
        await connection.execute(text("UPDATE cases SET policy_hash = :hash"), {"hash": ladder.hash})
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    case = await case_of("FA-2026-06-29")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    decision = (await collecting.consider(case, lease.token, NOW, MAIL)).decision
    assert (decision.step.id if isinstance(decision, Act) else None) == step
    async with reading() as connection:
        found = (await dossier.load(connection, [case], NOW, MAIL))[case].case
    assert found.first_lateness is first


async def test_the_page_of_a_customer_says_how_it_pays() -> None:
    await bill(*owed(*DUES))
    await bank(*(paid(due, due) for due in DUES))
    found = await show_customer("C1", NOW)
    assert isinstance(found, CustomerView)
    assert (found.payer, found.payer_because[:56]) == (
        "prompt",
        "Prompt: 0.0 days late on average, weighted by amount, ov",
    )


async def test_what_is_open_is_held_against_the_credit_limit() -> None:
    await bill(*owed(*DUES))
    creditor = await ensure_creditor()
    limit = customer("C1", "Dupont SARL", credit_limit=300_00, credit_currency="EUR")
    for record in (limit, customer("C1", "Dupont SARL")):  # a file that says nothing of a limit leaves it
        await import_customers([record], "crm", "0" * 64, creditor.id, NOW)
    await bank(paid("2025-08-10", "2025-08-10"))
    assert (await assessed()).because.endswith("400.00 EUR are open, above the credit limit of 300.00.")
