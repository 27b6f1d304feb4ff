"""What is agreed with a customer about money: kept, lapsed and taken back by what the bank says, told once and truly."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from flows.forms import decisions
from policies.beside import BesideFacts
from policies.case import EffectState
from policies.decisions import Act, Close, Wait
from policies.plan_form import PlanWords
from policies.staff import Role, Signer
from policies.stages import Channel
from storage import agreement_deeds, clock, collecting, doors, leases, ledger, questions, settling, telling
from storage.bundles import Copy
from storage.clock import Mode
from storage.collecting import Considered
from storage.handing import Written
from storage.hold_deeds import Deed
from storage.proofs import proofs
from storage.telling import Told
from tasks.agreement_words import about_proposal
from tests.storage.books import bank, bill, do, invoice, line, open_cases, refused, rows, told

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})
AGENT, MANAGER = Signer("marie", Role.AGENT), Signer("paul", Role.MANAGER)


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


async def owed(**due: str) -> dict[str, UUID]:
    """Invoices of one customer, 300,00 € each, with the lease on each case that is open on 2 March."""
    await bill(*(invoice(number, day, 300_00) for number, day in due.items()))
    await open_cases()
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    return {}


async def case_of(number: str) -> int:
    found = await rows(
        "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :number", number=number
    )
    return int(found[0][0])


async def look(number: str, day: str, hour: int = 10) -> Considered:
    """One wake-up of the case, with a lease of its own; a case at its end is closed."""
    case = await case_of(number)
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    seen = await collecting.consider(case, lease.token, at(day, hour), MAIL)
    if isinstance(seen.decision, Close) and seen.dossier.closed is None:
        await collecting.close(case, lease.token, seen.decision.outcome, at(day, hour))
    await leases.give_back(lease)
    return seen


def write(facts: BesideFacts, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """A message whose bytes say what it tells."""
    said = [
        f"{one.kind.value} {one.invoice} {one.amount} {one.open} {one.on:%d.%m}"
        + (f" {len(one.instalments)} parts" if one.instalments else "")
        for one in facts.pieces
    ]
    words = "; ".join(said)
    return Written("compta@us.example", recipient, facts.kind.value, words, words.encode())


async def messages(day: str, hour: int = 14) -> list[str]:
    """Everything that leaves to the customer by this hour, message by message."""
    found = []
    for _ in range(9):
        moment = at(day, hour)
        customer = (await rows("SELECT id FROM customer ORDER BY id"))[0][0]
        lease = await leases.take(7, f"run:{uuid4()}", None, uuid4())
        assert lease is not None
        one = await telling.prepare(customer, lease.token, moment, MAIL, write)
        if not isinstance(one, Told):
            return found
        assert await ledger.begin_handing_over(one.message, lease.token, moment)
        await ledger.settle(one.message, EffectState.CONFIRMED, "", moment)
        found.append((await rows("SELECT text FROM message WHERE id = :id", id=one.message))[0][0])
    raise AssertionError("it never ends")


async def agreements() -> list[tuple[str, str, str]]:
    found = await rows("SELECT kind, state, ended_how FROM agreement ORDER BY id")
    return [(row[0], row[1], row[2]) for row in found]


async def answer(code: str, signer: Signer = MANAGER, note: str = "") -> str | None:
    """Answer the only question that is open, under today's clock."""
    number = (await rows("SELECT id FROM question WHERE state = 'open'"))[0][0]
    found = await questions.read(number)
    assert found is not None
    place = {"offer": 0, "set_off": 0, "refuse": 1}[code]
    return await doors.answer_directly(number, signer, "terminal", {"decision": decisions(found)[place], "note": note})


async def plan(words: PlanWords, day: str = "2026-03-02", invoices: str = "") -> Deed:
    made = await agreement_deeds.make_plan("C1", invoices, words, "marie", at(day))
    assert isinstance(made, Deed), made
    return made


THREE = PlanWords("3 from 2026-04-01", interest_until="2026-03-02", late_days="8")


async def test_a_plan_over_several_invoices_holds_them_all_and_lapses_in_its_third_month() -> None:
    await owed(**{"F-1": "2026-02-02", "F-2": "2026-04-20"})
    made = await plan(THREE)
    assert made.words == "agreement 1, 3 payments from 1 Apr"
    assert await messages("2026-03-02") == ["plan_agreed F-1, F-2 60000 60000 01.06 3 parts"]
    assert isinstance((await look("F-1", "2026-03-02")).decision, Wait)
    assert isinstance((await look("F-2", "2026-03-02")).decision, Wait)

    assert await messages("2026-03-30") == ["instalment_due F-1, F-2 20000 60000 01.04"]
    await bank(line("F-1", 200_00, "2026-04-01"), at=at("2026-04-02"))
    assert isinstance((await look("F-1", "2026-04-02")).decision, Wait)
    assert await messages("2026-04-02") == []
    assert await messages("2026-04-28") == ["instalment_due F-1, F-2 20000 40000 01.05"]
    await bank(line("F-1", 100_00, "2026-05-04"), line("F-2", 100_00, "2026-05-04"), at=at("2026-05-05"))
    assert await messages("2026-05-05") == []
    assert await agreements() == [("plan", "agreed", "")]

    assert await messages("2026-05-29") == ["instalment_due F-1, F-2 20000 20000 01.06"]
    assert isinstance((await look("F-2", "2026-06-09")).decision, Wait)  # eight days late is in time
    assert isinstance((await look("F-2", "2026-06-10")).decision, Act)  # the ladder goes on where it was
    assert await agreements() == [("plan", "ended", "lapsed")]
    assert await messages("2026-06-10") == ["plan_lapsed F-1, F-2 60000 20000 01.06 3 parts"]
    assert await messages("2026-06-20") == []
    assert [one for one in await told("F-2") if one.startswith("agreement_")] == [
        "agreement_proposed", "agreement_made", "agreement_broken", "agreement_ended_lapsed",
    ]  # fmt: skip


async def test_a_plan_over_two_invoices_that_is_broken_counts_once_and_an_offer_nobody_took_up_does_not() -> None:
    await owed(**{"F-1": "2026-02-02", "F-2": "2026-02-10"})
    await plan(PlanWords("2 from 2026-03-05"))
    await look("F-1", "2026-03-11")
    assert (await look("F-2", "2026-03-11")).dossier.broken_promises == 1
    assert await rows("SELECT word FROM hold") == [("broken",), ("broken",)]
    await settlement("500.00")
    assert await answer("offer") is None
    await look("F-1", "2026-03-26")
    assert (await look("F-2", "2026-03-26")).dossier.broken_promises == 1


async def test_money_that_becomes_known_late_but_came_in_time_mends_a_plan_that_had_lapsed() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await plan(PlanWords("2026-04-01=100.00; 2026-05-01=200.00"))
    assert isinstance((await look("F-1", "2026-04-07")).decision, Act)
    assert await agreements() == [("plan", "ended", "lapsed")]
    await bank(line("F-1", 100_00, "2026-04-01"), at=at("2026-04-08"))
    assert isinstance((await look("F-1", "2026-04-08")).decision, Wait)
    assert await agreements() == [("plan", "agreed", "")]
    assert await messages("2026-04-08") == [
        "plan_agreed F-1 30000 20000 01.05 2 parts"
    ]  # that it lapsed is told no more


async def test_a_plan_that_is_kept_ends_with_thanks_and_a_payment_that_goes_back_makes_it_late() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await plan(PlanWords("2026-04-01=100.00; 2026-05-01=200.00"))
    await messages("2026-03-02")
    await bank(line("F-1", 100_00, "2026-04-01"), at=at("2026-04-02"))
    await bank(line("F-1 again", 200_00, "2026-05-01", invoices=("F-1",)), at=at("2026-05-02"))
    assert isinstance((await look("F-1", "2026-05-02")).decision, Close)
    assert await agreements() == [("plan", "ended", "kept")]
    assert await messages("2026-05-04") == ["plan_ended F-1 30000 0 01.05 2 parts"]
    back = line("F-1 again", -200_00, "2026-05-04", return_reason="AC04", invoices=("F-1",))
    await bank(back, at=at("2026-05-04"))
    assert isinstance((await look("F-1", "2026-05-05")).decision, Wait)  # two bank days after the first of May
    assert await agreements() == [("plan", "agreed", "")]
    assert isinstance((await look("F-1", "2026-05-06")).decision, Act)
    assert await agreements() == [("plan", "ended", "lapsed")]


async def test_a_plan_that_rests_on_its_first_payment_lapses_without_it_though_later_ones_may_be_late() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await plan(PlanWords("2 from 2026-04-01", late_days="10", first_payment="yes"))
    assert isinstance((await look("F-1", "2026-04-01")).decision, Wait)
    assert isinstance((await look("F-1", "2026-04-07")).decision, Act)
    assert await agreements() == [("plan", "ended", "lapsed")]


async def settlement(amount: str = "200.00", by: str = "2026-03-20") -> None:
    made = await agreement_deeds.propose_settlement(
        "C1", "", amount, by, "insolvent soon", "marie", at("2026-03-02"), about_proposal
    )
    assert isinstance(made, Deed), made
    await clock.start(Mode.STEPPED, at("2026-03-02"))


async def test_a_settlement_paid_in_time_closes_its_cases_and_what_is_left_is_written_off() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await settlement()
    refusal = await answer("offer", AGENT)
    assert refusal is not None
    assert "a manager" in refusal
    assert await answer("offer") is None
    assert await messages("2026-03-02") == ["settlement_offer F-1 20000 30000 20.03 1 parts"]
    assert isinstance((await look("F-1", "2026-03-19")).decision, Wait)
    await bank(line("F-1", 200_00, "2026-03-20"), at=at("2026-03-21"))
    assert isinstance((await look("F-1", "2026-03-23")).decision, Wait)
    closed = (await look("F-1", "2026-03-23")).decision
    assert isinstance(closed, Close)
    assert closed.outcome.value == "written_off"
    assert await rows("SELECT written_off, outcome FROM cases") == [("settled", "written_off")]
    assert await messages("2026-03-23") == ["settlement_paid F-1 20000 10000 20.03 1 parts"]


async def test_money_that_goes_back_after_a_settlement_makes_it_void_and_the_full_sum_due() -> None:
    await test_a_settlement_paid_in_time_closes_its_cases_and_what_is_left_is_written_off()
    back = line("F-1", -200_00, "2026-03-25", return_reason="AC04", end_to_end_id="", invoices=("F-1",))
    await bank(back, at=at("2026-03-26"))
    assert await rows("SELECT written_off, outcome FROM cases") == [(None, None)]
    assert isinstance((await look("F-1", "2026-03-26")).decision, Act)
    assert await agreements() == [("settlement", "ended", "lapsed")]


async def test_a_settlement_paid_late_or_in_part_is_void_and_what_came_counts_for_the_full_sum() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await settlement()
    assert await answer("offer") is None
    assert await messages("2026-03-02") == ["settlement_offer F-1 20000 30000 20.03 1 parts"]
    await bank(line("F-1", 200_00, "2026-03-25"), at=at("2026-03-26"))
    assert isinstance((await look("F-1", "2026-03-26")).decision, Act)
    assert await agreements() == [("settlement", "ended", "lapsed")]
    assert await messages("2026-03-26") == ["settlement_void F-1 20000 10000 20.03 1 parts"]
    assert await rows("SELECT written_off FROM cases") == [(None,)]


async def test_an_offer_is_no_proof_of_the_debt_and_is_shown_only_where_it_is_asked_for_by_its_number() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await settlement()
    assert await answer("offer") is None
    assert await messages("2026-03-02") == ["settlement_offer F-1 20000 30000 20.03 1 parts"]
    assert await proofs(customer="C1") == ()
    assert [one.kind for one in await proofs(message=1)] == ["settlement_offer"]


async def test_a_proposal_of_which_less_is_open_by_now_is_refused_and_can_be_taken_back() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await settlement()
    await bank(line("F-1", 50_00, "2026-03-02"), at=at("2026-03-02"))
    assert "nothing was done" in (await answer("offer") or "")
    done = await agreement_deeds.cancel(1, "marie", at("2026-03-03"))
    assert isinstance(done, Deed)
    assert await agreements() == [("settlement", "ended", "cancelled")]
    assert await rows("SELECT state FROM question") == [("voided",)]


async def test_a_set_off_credits_the_invoices_the_oldest_first_and_can_be_taken_back() -> None:
    await owed(**{"F-1": "2026-02-02", "F-2": "2026-02-10"})
    made = await agreement_deeds.propose_set_off(
        "C1", "", "THEIR-7", "450.00", "their invoice", "marie", at("2026-03-02"), about_proposal
    )
    assert isinstance(made, Deed), made
    await clock.start(Mode.STEPPED, at("2026-03-02"))
    assert await answer("set_off") is None
    await settling.settle_decided(at("2026-03-02"))
    assert await rows("SELECT number, credited FROM invoice WHERE kind = 'invoice' ORDER BY 1") == [
        ("F-1", 300_00), ("F-2", 150_00),
    ]  # fmt: skip
    assert await messages("2026-03-02") == ["set_off F-1, F-2 45000 15000 02.03"]
    assert isinstance(await agreement_deeds.cancel(1, "paul", at("2026-03-03")), Deed)
    assert await rows("SELECT number, credited FROM invoice WHERE kind = 'invoice' ORDER BY 1") == [
        ("F-1", 0),
        ("F-2", 0),
    ]
    assert await rows("SELECT count(*) FROM allocation WHERE undone_at IS NOT NULL") == [(2,)]


async def test_several_promises_are_counted_together_and_money_is_counted_once() -> None:
    await owed(**{"F-1": "2026-02-02"})
    for payments in ("2026-03-06=100.00", "2026-03-13=100.00"):
        made = await agreement_deeds.note_promise("C1", "F-1", payments, "", "marie", at("2026-03-02"))
        assert isinstance(made, Deed), made
    await bank(line("F-1", 100_00, "2026-03-05"), at=at("2026-03-06"))
    assert isinstance((await look("F-1", "2026-03-09")).decision, Wait)
    await look("F-1", "2026-03-18")
    assert await rows("SELECT word FROM hold ORDER BY id") == [("kept",), ("broken",)]


async def test_what_cannot_be_agreed_on_is_refused_in_a_sentence() -> None:
    await owed(**{"F-1": "2026-02-02"})
    now = at("2026-03-02")
    assert refused(await agreement_deeds.make_plan("C1", "F-9", THREE, "marie", now)) == [
        "Dupont SARL has no open invoice F-9."
    ]
    assert refused(await agreement_deeds.make_plan("C1", "", PlanWords("2026-04-01=100.00"), "marie", now)) == [
        "The payments come to 100.00 EUR, open are 300.00 EUR: a plan pays all of it. For less, make a settlement."
    ]
    await plan(THREE)
    assert refused(await agreement_deeds.make_plan("C1", "", THREE, "marie", now)) == [
        "F-1 is in agreement 1: name other invoices, or cancel it first."
    ]
    assert refused(await agreement_deeds.cancel(7, "marie", now)) == [
        "There is no agreement 7: see ./relance agreement show."
    ]
    assert isinstance(await agreement_deeds.cancel(1, "marie", now), Deed)
    assert isinstance((await look("F-1", "2026-03-02")).decision, Act)


async def test_two_plans_for_one_invoice_made_at_the_same_moment_are_one() -> None:
    await owed(**{"F-1": "2026-02-02"})
    made = await asyncio.gather(
        *(agreement_deeds.make_plan("C1", "", THREE, who, at("2026-03-02")) for who in ("marie", "paul"))
    )
    assert sorted(isinstance(one, Deed) for one in made) == [False, True]
    assert date(2026, 4, 1) in {row[0] for row in await rows("SELECT on_day FROM hold_instalment")}
