"""Holds in the books: promises judged by money in time, plans, opt-outs, what is counted, who is asked."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from policies.case import DatedAmount, HoldKind
from policies.decisions import Ask, Wait
from policies.hold_form import HoldWords
from policies.problems import Problem
from policies.stages import Channel
from storage import asking, clock, collecting, doors, leases, questions
from storage.bundles import message_facts
from storage.call_deeds import Said, log_call
from storage.clock import Mode
from storage.collecting import Considered
from storage.hold_deeds import Deed, hold_customer, release_customer
from storage.question_subject import Lead
from storage.session import reading
from tasks.question_text import describe
from tasks.write import write
from tests.engine.staff import MARIE
from tests.storage.books import NOON, bank, bill, do, invoice, line, open_cases, rows, told

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)


async def owed(*numbers: str) -> dict[str, UUID]:
    """Invoices of one customer, 100,00 € each, due on 2 February, with the lease on each case."""
    await bill(*(invoice(number, "2026-02-02", 100_00) for number in numbers))
    await open_cases()
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    taken = {}
    for number in numbers:
        case = await case_of(number)
        lease = await leases.take(7, f"case:{case}", case, uuid4())
        assert lease is not None
        taken[number] = lease.token
    return taken


async def case_of(number: str) -> int:
    found = await rows(
        "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :number", number=number
    )
    return int(found[0][0])


async def look(leased: dict[str, UUID], number: str, day: str) -> Considered:
    return await collecting.consider(await case_of(number), leased[number], at(day), MAIL)


async def words() -> list[tuple[str, str | None, bool]]:
    """Kind, word and whether it has ended, of every hold."""
    found = await rows("SELECT kind, word, ended_at IS NOT NULL FROM hold ORDER BY id")
    return [(kind, word, ended) for kind, word, ended in found]


async def test_a_broken_promise_frees_the_case_and_is_counted() -> None:
    leased = await owed("F1")
    await log_call("C1", "F1", Said("promised", "2026-03-06"), MARIE, NOON)
    held = await look(leased, "F1", "2026-03-06")
    assert isinstance(held.decision, Wait)
    assert held.decision.because.facts[0] == ("hold", "promise")
    assert isinstance((await look(leased, "F1", "2026-03-10")).decision, Wait)  # two bank days for the money
    free = await look(leased, "F1", "2026-03-11")
    assert not isinstance(free.decision, Wait)
    assert await words() == [("promise", "broken", True)]
    assert (await look(leased, "F1", "2026-03-11")).dossier.broken_promises == 1
    assert (await told("F1")).count("agreement_broken") == 1


async def test_a_promise_paid_in_time_was_kept() -> None:
    leased = await owed("F1")
    await log_call("C1", "F1", Said("promised", "2026-03-06"), MARIE, NOON)
    await bank(line("F1", 100_00, on="2026-03-05"))
    await look(leased, "F1", "2026-03-05")
    assert await words() == [("promise", "kept", True)]


async def test_a_plan_is_kept_by_a_payment_whose_missing_cents_were_let_go() -> None:
    leased = await owed("FA-2026-1")
    await hold_customer("C1", "FA-2026-1", HoldWords("by mail", "plan", payments="2026-03-06=100.00"), "marie", NOON)
    await bank(line("VIR FA-2026-1", 99_97, on="2026-03-05"))
    await look(leased, "FA-2026-1", "2026-03-11")
    assert await words() == [("plan", "kept", True)]


async def test_a_bank_file_that_comes_late_mends_the_word() -> None:
    leased = await owed("F1")
    await log_call("C1", "F1", Said("promised", "2026-03-06"), MARIE, NOON)
    await look(leased, "F1", "2026-03-11")
    await bank(line("F1", 40_00, on="2026-03-06"), at=at("2026-03-12"))
    await look(leased, "F1", "2026-03-12")
    assert await words() == [("promise", "partly_kept", True)]
    await bank(line("F1", 60_00, on="2026-03-10"), at=at("2026-03-13"))
    considered = await look(leased, "F1", "2026-03-13")
    assert await words() == [("promise", "kept", True)]
    assert considered.dossier.broken_promises == 0


async def test_a_promise_for_the_whole_account_is_kept_by_the_whole_account() -> None:
    leased = await owed("F1", "F2")
    await log_call("C1", "", Said("promised", "2026-03-06"), MARIE, NOON)
    await bank(line("F1", 100_00, on="2026-03-05"))
    await look(leased, "F1", "2026-03-05")
    assert await words() == [("promise", None, False)]
    await look(leased, "F2", "2026-03-11")
    assert await words() == [("promise", "partly_kept", True)]


async def test_a_plan_holds_from_one_payment_to_the_next() -> None:
    leased = await owed("F1")
    plan = HoldWords("two parts", "plan", payments="2026-03-10=50; 2026-04-10=50.00")
    done = await hold_customer("C1", "F1", plan, "marie", NOON)
    assert done == Deed("hold", "C1", "Dupont SARL", "plan of 2 payments from 10 Mar", (1,))
    assert isinstance((await look(leased, "F1", "2026-03-10")).decision, Wait)
    await bank(line("F1", 50_00, on="2026-03-09"), at=at("2026-03-10"))
    held = await look(leased, "F1", "2026-04-09")
    assert isinstance(held.decision, Wait)
    assert held.decision.until is not None
    assert held.decision.until.date() == date(2026, 4, 15)  # the 10th is a Friday, and two bank days
    hold = held.dossier.case.holds[0]
    assert hold.instalments == (DatedAmount(date(2026, 3, 10), 50_00), DatedAmount(date(2026, 4, 10), 50_00))
    assert hold.receipts == (DatedAmount(date(2026, 3, 9), 50_00),)
    assert not isinstance((await look(leased, "F1", "2026-04-15")).decision, Wait)
    assert await words() == [("plan", "partly_kept", True)]


async def test_a_dispute_whose_day_has_passed_asks_its_owner() -> None:
    leased = await owed("F1")
    await hold_customer("C1", "F1", HoldWords("wrong price", "dispute", "2026-03-10"), "marie", NOON)
    assert isinstance((await look(leased, "F1", "2026-03-10")).decision, Wait)
    asked = (await look(leased, "F1", "2026-03-11")).decision
    assert isinstance(asked, Ask)
    assert asked.question.value == "hold_review"
    assert isinstance(await release_customer("C1", "F1", "marie", at("2026-03-12")), Deed)
    assert await words() == [("dispute", None, True)]


async def test_an_opt_out_keeps_its_channels() -> None:
    leased = await owed("F1")
    await hold_customer("C1", "", HoldWords("by mail", "opt_out", channels="email sms"), "marie", NOON)
    hold = (await look(leased, "F1", "2026-03-04")).dossier.case.holds[0]
    assert (hold.kind, hold.channels) == (HoldKind.OPT_OUT, {Channel.EMAIL, Channel.SMS})


@pytest.mark.parametrize(
    ("kind", "until", "overdue"),
    [
        ("dispute", "", 100_00),
        ("dispute", "2026-03-04", 100_00),  # its day has passed, it stands
        ("insolvency", "", 100_00),
        ("in_flight", "2026-03-06", 100_00),
        ("complaint", "", 200_00),
        ("manual", "", 200_00),
        ("promise", "2026-03-06", 200_00),
    ],
)
async def test_what_is_disputed_or_on_its_way_is_not_counted_as_overdue(kind: str, until: str, overdue: int) -> None:
    leased = await owed("F1", "F2")
    await hold_customer("C1", "F2", HoldWords("x", kind, until), "marie", NOON)
    considered = await look(leased, "F1", "2026-03-05")
    assert considered.dossier.case.customer_overdue == overdue


async def test_a_hold_in_flight_that_is_over_counts_no_more() -> None:
    leased = await owed("F1", "F2")
    await hold_customer("C1", "F2", HoldWords("cheque", "in_flight", "2026-03-04"), "marie", NOON)
    assert (await look(leased, "F1", "2026-03-05")).dossier.case.customer_overdue == 200_00


async def test_what_is_late_counts_as_overdue_before_its_case_is_opened() -> None:
    """A ladder may begin weeks after the due date: the customer owes both invoices all the same."""
    leased = await owed("F1")
    await bill(invoice("F1", "2026-02-02", 100_00), invoice("F2", "2026-02-20", 40_00))
    case = (await look(leased, "F1", "2026-03-05")).dossier.case
    assert (case.customer_overdue, case.overdue_invoices) == (140_00, 2)


async def test_a_plan_in_two_currencies_names_one_invoice() -> None:
    await bill(invoice("F1", "2026-02-02", 100_00), invoice("F2", "2026-02-02", 100_00, currency="CHF"))
    await open_cases()
    plan = HoldWords("two parts", "plan", payments="2026-03-10=50")
    reason = "The items held are in several currencies: name one invoice."
    assert await hold_customer("C1", "", plan, "marie", NOON) == [Problem("form", None, "payments", reason)]


async def test_an_insolvency_is_dated_from_its_judgment() -> None:
    leased = await owed("F1")
    yesterday = (NOON - timedelta(days=1)).date()
    words_ = HoldWords("RJ Nanterre", "insolvency", since=yesterday.isoformat())
    await hold_customer("C1", "", words_, "marie", NOON)
    assert (await look(leased, "F1", "2026-03-04")).dossier.case.holds[0].since == yesterday


@pytest.mark.parametrize(
    ("kind", "until", "stands", "demanded"),
    [
        ("", "", "late", 200_00),
        ("dispute", "", "disputed", 100_00),
        ("in_flight", "2026-03-12", "on_its_way", 100_00),
        ("in_flight", "2026-03-04", "late", 200_00),
        ("promise", "2026-03-12", "promised", 100_00),
        ("manual", "2026-03-12", None, 100_00),
        ("complaint", "", None, 100_00),
    ],
)
async def test_a_reminder_marks_what_is_held_and_does_not_ask_for_it(
    kind: str, until: str, stands: str | None, demanded: int
) -> None:
    leased = await owed("F1", "F2")
    if kind:
        await hold_customer("C1", "F2", HoldWords("x", kind, until), "marie", NOON)
    considered = await look(leased, "F1", "2026-03-05")
    step = considered.dossier.ladder.steps[1]
    async with reading() as connection:
        facts = await message_facts(connection, [considered.dossier], step, Channel.EMAIL, at("2026-03-05"))
    found = {line.invoice: line.status.value for line in facts.lines}
    assert found == {"F1": "late"} | ({"F2": stands} if stands else {})
    assert facts.demanded == demanded


async def test_a_payment_that_comes_back_ends_the_wait_for_it() -> None:
    await owed("F1", "F2")
    await bank(line("F1", 100_00, on="2026-03-01"))
    for number in ("F1", "F2"):
        await do(
            "INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner) "
            "SELECT customer_id, id, 'in_flight', 'direct debit', '2026-03-01', '2026-03-20', 'marie' FROM cases "
            "WHERE id = :case",
            case=await case_of(number),
        )
    await bank(line("F1", -100_00, on="2026-03-05", return_reason="AM04"), at=at("2026-03-05"))
    assert await words() == [("in_flight", None, True), ("in_flight", None, False)]
    assert "released" in await told("F1")


async def test_a_plan_of_which_one_day_was_known_goes_on_to_the_next_day_its_owner_names() -> None:
    leased = await owed("F1")
    await hold_customer("C1", "F1", HoldWords("by parts", "plan", "2026-03-10"), "marie", NOON)
    await bank(line("F1", 50_00, on="2026-03-09"), at=at("2026-03-09"))
    await clock.start(Mode.STEPPED, at("2026-03-13"))
    asked = (await look(leased, "F1", "2026-03-13")).decision
    assert isinstance(asked, Ask)
    placed = await asking.ask(await case_of("F1"), leased["F1"], at("2026-03-13"), MAIL, write, describe)
    assert isinstance(placed, Lead)
    question = await questions.read(placed.question)
    assert question is not None
    given = {"decision": f"Keep holding until the date below · {question.fingerprint}", "date": "2026-04-10"}
    assert await doors.answer_directly(question.id, MARIE, "terminal", given) is None
    assert isinstance((await look(leased, "F1", "2026-04-14")).decision, Wait)
    assert not isinstance((await look(leased, "F1", "2026-04-15")).decision, Wait)
    assert await words() == [("plan", None, True), ("plan", "broken", True)]
