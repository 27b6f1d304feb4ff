"""Steps that money had overtaken: found when the money is known, asked about once, put right by a person's word alone."""

from datetime import date, timedelta

import pytest

from policies.beside import MessageKind, Piece
from policies.staff import Role, Signer
from storage import clock, corrections, doors, overtaken, questions
from storage.accessories import statement_of
from storage.clock import Mode
from storage.corrections import ask_about_corrections
from storage.dossier import load
from storage.session import reading
from tasks.correction_text import about_correction
from tests.engine.staff import MARIE
from tests.storage.books import NOON, bank, bill, credit_note, do, line, rows, told
from tests.storage.test_holds import MAIL, case_of, owed

pytestmark = pytest.mark.usefixtures("database_url")
NOTICE = "INSERT INTO step_done (case_id, step, stage, done_on, how) VALUES (:case, :step, :stage, :on, 'confirmed')"
PAUL = Signer("paul", Role.AGENT)
SENTENCES = {
    "repair": "Put it right: apologise, claim no interest and no flat sum",
    "apologise": "Apologise; interest and flat sums stay as they are",
    "leave": "Leave it as it is",
    "quietly": "Claim no interest and no flat sum; write nothing",
}


async def noticed(number: str, on: str = "2026-02-20", stage: str = "formal_notice") -> None:
    """A step that was confirmed on a day."""
    await do(NOTICE, case=await case_of(number), step=stage, stage=stage, on=date.fromisoformat(on))


async def round_() -> list[tuple[str, int]]:
    """One round; answers what is asked."""
    await ask_about_corrections(NOON, about_correction)
    return [(one.title, one.amount) for one in await questions.inbox() if one.kind == "correction"]


async def answer(code: str, note: str = "", signer: Signer = MARIE) -> str | None:
    await do("DELETE FROM clock")
    await clock.start(Mode.STEPPED, NOON, NOON)
    asked = next(one for one in await questions.inbox() if one.kind == "correction")
    decision = f"{SENTENCES[code]} · {asked.shown_facts} · {asked.fingerprint}"
    return await doors.answer_directly(asked.id, signer, "terminal", {"decision": decision, "note": note})


async def decided() -> list[tuple[str, str, bool]]:
    found = await rows("SELECT step, repair, ours FROM correction ORDER BY id")
    return [(step, repair, ours) for step, repair, ours in found]


async def allocate() -> None:
    """The payment is set against the invoice by hand."""
    await do(
        "INSERT INTO allocation (kind, payment_id, invoice_id, amount, value_date, why) "
        "SELECT 'payment', p.id, c.invoice_id, 6000, '2026-02-18', 'by hand' FROM cases c, payment p"
    )
    await do("UPDATE invoice SET paid = 6000")


async def apologies() -> list[int | str]:
    """What each apology that waits would say: a sum, or why it does not leave."""
    waiting = await rows("SELECT subject FROM correspondence WHERE kind = 'crossed' ORDER BY id")
    said: list[int | str] = []
    async with reading() as connection:
        for (subject,) in waiting:
            piece = Piece(MessageKind.CROSSED, "F1", 0, 0, date(2026, 3, 2))
            told_ = await overtaken.piece_of(connection, subject, piece)
            said.append(told_ if isinstance(told_, str) else told_.amount)
    return said


async def test_money_dated_before_a_notice_and_known_after_it_is_asked_about_once_per_customer() -> None:
    await owed("F1", "F2", "F3")
    for number in ("F1", "F2", "F3"):
        await noticed(number)
    assert await round_() == []
    await bank(
        line("F1", 100_00, on="2026-02-18"), line("F2", 60_00, on="2026-02-19"), line("F3", 10_00, on="2026-02-20")
    )
    assert await corrections.is_to_ask()
    assert await round_() == [("Paid before we wrote · Dupont SARL · 160,00\xa0€", 160_00)]
    assert await round_() == [("Paid before we wrote · Dupont SARL · 160,00\xa0€", 160_00)]
    assert not await corrections.is_to_ask()
    assert await rows(
        "SELECT i.number, h.kind FROM hold h JOIN cases c ON c.id = h.case_id JOIN invoice i ON i.id = c.invoice_id"
    ) == [
        ("F2", "manual")  # F1 is paid and ends by itself; what is open of F2 rests
    ]
    text = next(one.description for one in await questions.inbox() if one.kind == "correction")
    assert "no: it was not in our books" in text


async def test_it_is_put_right_by_a_word_and_told_once() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("F1", 60_00, on="2026-02-18"))
    await round_()
    assert await answer("repair") is None
    assert await decided() == [("formal_notice", "repair", False)]
    assert await rows("SELECT kind, state FROM correspondence WHERE kind = 'crossed'") == [
        (MessageKind.CROSSED, "waiting")
    ]
    assert await rows("SELECT ended_by FROM hold") == [("marie",)]
    assert (await round_(), await corrections.is_to_ask()) == ([], False)
    case = await case_of("F1")
    async with reading() as connection:
        one = (await load(connection, [case], NOON, MAIL))[case]
        statement = await statement_of(connection, one, date(2026, 3, 2))
    assert statement is not None
    assert (statement.interest, statement.flat) == (0, None)
    assert [kind for kind in await told("F1") if kind in ("overtaken", "put_right")] == ["overtaken", "put_right"]


async def test_every_invoice_of_a_customer_that_was_overtaken_is_apologised_for() -> None:
    await owed("F1", "F2")
    await noticed("F1")
    await noticed("F2")
    await bank(line("F1", 60_00, on="2026-02-18"), line("F2", 60_00, on="2026-02-18"))
    assert await round_() == [("Paid before we wrote · Dupont SARL · 120,00\xa0€", 120_00)]
    assert await answer("apologise") is None
    assert await apologies() == [60_00, 60_00]


async def test_an_apology_says_what_it_was_decided_about_and_nothing_of_money_that_went_back() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("F1", 60_00, on="2026-02-18", end_to_end_id="E1"))
    await round_()
    assert await answer("apologise") is None
    assert await apologies() == [60_00]
    await noticed("F1", "2026-02-27", stage="agency")
    await bank(line("F1", 10_00, on="2026-02-26"))
    await round_()
    assert await answer("apologise") is None
    assert await apologies() == [60_00, 10_00]
    back = line("F1", -60_00, on="2026-02-25", end_to_end_id="E1", return_reason="AC04")
    await bank(back, at=NOON + timedelta(hours=1))
    assert await apologies() == ["nothing is to be put right any more", 10_00]


async def test_two_steps_that_one_payment_had_overtaken_are_one_sum_whether_we_could_know_or_not() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("VIR DUPONT", 60_00, on="2026-02-18"))
    await noticed("F1", "2026-02-27", stage="agency")
    await allocate()
    assert await round_() == [("Paid before we wrote · Dupont SARL · 60,00\xa0€", 60_00)]
    assert sorted(await decided()) == [("agency", "", True), ("formal_notice", "", False)]
    assert await answer("apologise") is None
    assert await apologies() == [60_00]


async def test_two_payments_of_one_day_and_amount_are_both_counted() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("F1", 30_00, on="2026-02-18"), line("F1 bis", 30_00, on="2026-02-18", invoices=("F1",)))
    assert await round_() == [("Paid before we wrote · Dupont SARL · 60,00\xa0€", 60_00)]


async def test_money_that_is_set_against_the_invoice_again_is_asked_about_again() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("VIR DUPONT", 60_00, on="2026-02-18"))
    await allocate()
    assert len(await round_()) == 1
    await do("UPDATE allocation SET undone_at = :at WHERE undone_at IS NULL", at=NOON)
    await do("UPDATE invoice SET paid = 0")
    assert await corrections.is_to_ask()
    assert await round_() == []
    await allocate()
    assert await corrections.is_to_ask()
    assert await round_() == [("Paid before we wrote · Dupont SARL · 60,00\xa0€", 60_00)]
    assert await rows("SELECT count(*) FROM hold WHERE ended_at IS NULL") == [(1,)]


async def test_left_as_it_is_says_why_and_writes_nothing() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("F1", 60_00, on="2026-02-18"))
    await round_()
    assert await answer("leave", "agreed by telephone") is None
    assert await rows("SELECT count(*) FROM correspondence WHERE kind = 'crossed'") == [(0,)]
    assert await rows("SELECT text FROM note") == [("agreed by telephone",)]


async def test_money_that_stood_in_our_books_and_was_not_recognised_is_our_fault() -> None:
    await owed("F1")
    await bank(line("VIR DUPONT", 60_00, on="2026-02-18"))
    await noticed("F1")
    await allocate()
    await round_()
    assert await decided() == [("formal_notice", "", True)]


async def test_a_credit_dated_before_and_a_file_at_the_agency_are_named() -> None:
    await owed("F1")
    await noticed("F1", stage="agency")
    await bill(credit_note("A1", "F1", 40_00, on="2026-02-10"))
    assert len(await round_()) == 1
    text = next(one.description for one in await questions.inbox() if one.kind == "correction")
    assert "The agency has the file" in text


async def test_money_that_goes_back_leaves_nothing_to_put_right() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("F1", 100_00, on="2026-02-18", end_to_end_id="E1"))
    assert len(await round_()) == 1
    await bank(
        line("F1", -100_00, on="2026-02-25", end_to_end_id="E1", return_reason="AC04"), at=NOON + timedelta(hours=1)
    )
    assert await round_() == []
    assert await decided() == [("formal_notice", "leave", False)]


async def test_what_rested_for_money_that_went_back_looks_again() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("F1", 60_00, on="2026-02-18", end_to_end_id="E1"))
    assert len(await round_()) == 1
    back = line("F1", -60_00, on="2026-02-25", end_to_end_id="E1", return_reason="AC04")
    await bank(back, at=NOON + timedelta(hours=1))
    await do("UPDATE cases SET wake_at = NULL")
    assert await round_() == []
    assert await rows("SELECT h.ended_by, c.wake_at IS NOT NULL FROM hold h JOIN cases c ON c.id = h.case_id") == [
        ("relance", True)
    ]


async def test_who_may_not_give_up_money_does_not_waive_what_it_has_cost() -> None:
    await owed("F1")
    await noticed("F1")
    await bank(line("F1", 60_00, on="2026-02-18"))
    await round_()
    for code in ("repair", "quietly"):
        assert "is for a manager or an administrator to decide" in str(await answer(code, signer=PAUL))
    assert await answer("apologise", signer=PAUL) is None
    assert await decided() == [("formal_notice", "apologise", False)]


@pytest.mark.parametrize(("live", "route", "asked"), [(True, "live", 1), (True, "sink", 0), (False, "sink", 1)])
async def test_of_a_notice_that_was_only_rehearsed_nothing_is_to_be_put_right(
    live: bool, route: str, asked: int
) -> None:
    await owed("F1")
    await noticed("F1")
    await do("UPDATE creditor SET live = :live", live=live)
    await do(
        "INSERT INTO effect (case_id, step, channel, state, route, changed_at) "
        "SELECT id, 'formal_notice', 'email', 'confirmed', :route, :at FROM cases", route=route, at=NOON,
    )  # fmt: skip
    await bank(line("F1", 60_00, on="2026-02-18"))
    assert len(await round_()) == asked


async def test_a_reminder_that_crossed_is_no_mistake_to_put_right() -> None:
    await owed("F1")
    await noticed("F1", stage="second_reminder")
    await bank(line("F1", 100_00, on="2026-02-18"))
    assert await round_() == []
