"""What else happens to the invoices of an agreement: money of the same day, a write-off, a set-off, a lapse that was none."""

import pytest

from policies.decisions import Act, Wait
from policies.plan_form import PlanWords
from storage import agreement_deeds, agreement_questions, agreement_views, clock, settling
from storage.clock import Mode
from storage.hold_deeds import Deed, release_customer
from tasks.agreement_words import about_proposal
from tests.storage.books import bank, do, line, refused, rows
from tests.storage.test_agreements import agreements, answer, at, case_of, look, messages, owed, plan, settlement

pytestmark = pytest.mark.usefixtures("database_url")
TWO = PlanWords("2026-04-01=100.00; 2026-05-01=200.00")


async def test_money_that_was_in_the_books_before_a_settlement_was_agreed_that_day_does_not_count_for_it() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await bank(line("F-1", 100_00, "2026-03-02"), at=at("2026-03-02", 8))
    await settlement("150.00")
    assert await answer("offer") is None
    await bank(line("F-1 b", 50_00, "2026-03-05", invoices=("F-1",)), at=at("2026-03-06"))
    await look("F-1", "2026-03-06")
    assert await agreements() == [("settlement", "agreed", "")]
    assert await rows("SELECT written_off FROM cases") == [(None,)]
    await bank(line("F-1 c", 100_00, "2026-03-09", invoices=("F-1",)), at=at("2026-03-10"))
    await look("F-1", "2026-03-10")
    assert await agreements() == [("settlement", "ended", "kept")]
    back = line("F-1 b", -50_00, "2026-03-12", return_reason="AC04", invoices=("F-1",))
    await look("F-1", "2026-03-10")
    await bank(back, at=at("2026-03-13"))
    assert await rows("SELECT written_off, outcome FROM cases") == [(None, None)]


async def test_a_payment_on_the_day_of_the_plan_and_after_it_is_its_first() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await bank(line("F-1", 90_00, "2026-03-02"), at=at("2026-03-02", 8))
    await plan(PlanWords("2026-04-01=100.00; 2026-05-01=110.00"))
    await bank(line("F-1 b", 100_00, "2026-03-02", invoices=("F-1",)), at=at("2026-03-03"))
    await look("F-1", "2026-04-20")
    assert await agreements() == [("plan", "agreed", "")]
    await look("F-1", "2026-05-10")
    assert await agreements() == [("plan", "ended", "lapsed")]


async def test_an_invoice_that_is_written_off_is_missed_in_its_plan_no_more() -> None:
    await owed(**{"F-1": "2026-02-02", "F-2": "2026-02-10"})
    await plan(PlanWords("2026-04-01=300.00; 2026-05-01=300.00"))
    await messages("2026-03-02")
    await do("UPDATE cases SET written_off = 'too small' WHERE id = :case", case=await case_of("F-2"))
    await look("F-2", "2026-03-03")
    await bank(line("F-1", 300_00, "2026-04-01"), at=at("2026-04-02"))
    await look("F-1", "2026-04-02")
    assert await agreements() == [("plan", "ended", "kept")]
    assert await messages("2026-04-03") == ["plan_ended F-1, F-2 30000 0 01.05 2 parts"]


async def test_what_a_set_off_leaves_can_be_paid_in_parts() -> None:
    await owed(**{"F-1": "2026-02-02", "F-2": "2026-02-10"})
    made = await agreement_deeds.propose_set_off(
        "C1", "", "THEIR-7", "450.00", "their invoice", "marie", at("2026-03-02"), about_proposal
    )
    assert isinstance(made, Deed), made
    await clock.start(Mode.STEPPED, at("2026-03-02"))
    assert await answer("set_off") is None
    await settling.settle_decided(at("2026-03-02"))
    await look("F-1", "2026-03-02")
    assert (await plan(PlanWords("2 from 2026-04-01"), "2026-03-03")).words == "agreement 2, 2 payments from 1 Apr"


async def test_who_heard_that_his_plan_lapsed_hears_that_it_stands_after_all_and_when_it_lapses_again() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await plan(TWO)
    await messages("2026-03-02")
    await look("F-1", "2026-04-07")
    assert await messages("2026-04-07") == ["plan_lapsed F-1 30000 30000 01.05 2 parts"]
    await bank(line("F-1", 100_00, "2026-04-01"), at=at("2026-04-08"))
    await look("F-1", "2026-04-08")
    assert await messages("2026-04-08") == ["plan_agreed F-1 30000 20000 01.05 2 parts"]
    await look("F-1", "2026-05-11")
    assert await messages("2026-05-11") == ["plan_lapsed F-1 30000 20000 01.05 2 parts"]


async def test_a_lapse_nobody_was_told_of_and_that_was_none_is_told_when_it_comes() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await plan(TWO)
    await messages("2026-03-02")
    await look("F-1", "2026-04-07")
    await bank(line("F-1", 100_00, "2026-04-01"), at=at("2026-04-08"))
    await look("F-1", "2026-04-08")
    assert await messages("2026-04-08") == []
    await look("F-1", "2026-05-11")
    assert await messages("2026-05-11") == ["plan_lapsed F-1 30000 20000 01.05 2 parts"]


async def test_nobody_is_told_that_a_plan_lapsed_before_the_bank_files_reach_its_last_day() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await bank(at=at("2026-03-02"))
    await do("UPDATE creditor SET bank_max_age = 3, courtesy_max_age = 30")
    await do(
        "INSERT INTO bank_account (creditor_id, account, through, read_at) SELECT id, 'FR76', '2026-04-01', now() FROM creditor"
    )
    await plan(TWO)
    await messages("2026-03-02")
    assert isinstance((await look("F-1", "2026-04-07")).decision, Wait)
    assert await messages("2026-04-07") == []
    assert await agreements() == [("plan", "agreed", "")]
    assert [one.state for one in await agreement_views.agreements(at("2026-04-07"))] == ["late"]
    await do("UPDATE bank_account SET through = '2026-04-03'")
    assert isinstance((await look("F-1", "2026-04-08")).decision, Act)
    assert await messages("2026-04-08") == ["plan_lapsed F-1 30000 30000 01.05 2 parts"]


async def test_what_an_agreement_holds_is_released_only_with_the_agreement() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await plan(TWO)
    assert refused(await release_customer("C1", "F-1", "marie", at("2026-03-04"))) == [
        "Agreement 1 holds it: to end it, ./relance agreement cancel 1, or *End an agreement*."
    ]
    assert isinstance((await look("F-1", "2026-03-04")).decision, Wait)
    await agreement_deeds.cancel(1, "paul", at("2026-03-04"))
    assert isinstance((await look("F-1", "2026-03-04")).decision, Act)
    assert await messages("2026-03-30") == []


async def test_a_proposal_is_asked_about_anew_when_money_comes_and_is_over_when_its_day_is() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await settlement("200.00", "2026-03-20")
    await bank(line("F-1", 50_00, "2026-03-03"), at=at("2026-03-03"))
    assert "nothing was done" in (await answer("refuse") or "")
    await agreement_questions.ask_again(at("2026-03-03", 11), about_proposal)
    await agreement_questions.ask_again(at("2026-03-03", 12), about_proposal)
    assert await rows("SELECT state, amount, since IS NOT NULL FROM question ORDER BY id") == [
        ("voided", 100_00, False), ("open", 50_00, True),
    ]  # fmt: skip
    await do("UPDATE clock SET at = '2026-03-23T10:00:00Z'")
    assert "nothing was done" in (await answer("offer") or "")
    await agreement_questions.ask_again(at("2026-03-23"), about_proposal)
    assert await agreements() == [("settlement", "ended", "cancelled")]
    assert await rows("SELECT count(*) FROM question WHERE state = 'open'") == [(0,)]
    assert await messages("2026-03-23") == []


async def test_a_promise_in_whose_place_a_plan_was_agreed_is_not_broken() -> None:
    await owed(**{"F-1": "2026-02-02"})
    await agreement_deeds.note_promise("C1", "F-1", "2026-03-06", "", "marie", at("2026-03-02", 9))
    await plan(TWO)
    await look("F-1", "2026-03-12")
    assert (await look("F-1", "2026-03-12")).dossier.broken_promises == 0
    assert await rows("SELECT kind, word, ended_by FROM hold ORDER BY id") == [
        ("promise", None, "marie"), ("plan", None, ""),
    ]  # fmt: skip


async def test_money_that_goes_back_after_a_plan_over_two_invoices_was_kept_says_the_same_of_both() -> None:
    await owed(**{"F-1": "2026-02-02", "F-2": "2026-02-10"})
    await plan(PlanWords("2026-04-01=300.00; 2026-05-01=300.00"))
    await messages("2026-03-02")
    await bank(line("F-1", 300_00, "2026-04-01"), line("F-2", 300_00, "2026-05-01"), at=at("2026-05-02"))
    for number in ("F-1", "F-2"):
        await look(number, "2026-05-02")
    assert await agreements() == [("plan", "ended", "kept")]
    back = line("F-1", -300_00, "2026-05-11", return_reason="AC04", end_to_end_id="", invoices=("F-1",))
    await bank(back, at=at("2026-05-12"))
    for _ in range(2):
        assert isinstance((await look("F-1", "2026-05-12")).decision, Act)
    assert await agreements() == [("plan", "ended", "lapsed")]
    assert await rows("SELECT word FROM hold") == [("broken",), ("broken",)]
    assert await messages("2026-05-12") == ["plan_lapsed F-1, F-2 60000 30000 01.05 2 parts"]
