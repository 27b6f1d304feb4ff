"""Bank lines meet invoices: what is sure is booked, what is likely is asked, what a person decided stands."""

from datetime import UTC, date, datetime, timedelta

import pytest

from policies.discount import DiscountRecord
from policies.questions import QuestionKind
from storage import clock, doors, match_questions, questions
from storage.clock import Mode
from storage.match_questions import ask_about_lines
from storage.matching_deeds import Placed, book_by_hand, refuse_by_hand, set_aside, undo
from storage.payments import Booked
from storage.questions import Question
from storage.settling import settle_decided
from storage.unmatched import unmatched
from tasks.match_words import about_a_line
from tests.engine.staff import MARIE
from tests.storage.books import (
    NOON,
    balance,
    bank,
    bill,
    credit_note,
    invoice,
    line,
    open_cases,
    refused,
    rows,
    standing,
    told,
    woken,
)

pytestmark = pytest.mark.usefixtures("database_url")

ONE = invoice("FA-2026-0142", "2026-02-01", 125_000)
TWO = invoice("FA-2026-0143", "2026-02-15", 50_000)
OTHER = invoice("FA-2026-0177", "2026-02-10", 125_000, customer_number="C2", customer_name="Garage Morel")
LIKELY = line("VIREMENT", 125_000, counterparty="")


async def number_of(text: str) -> int:
    return int((await rows("SELECT id FROM payment WHERE text = :text", text=text))[0][0])


async def asked() -> Question:
    """The one question about a line."""
    await ask_about_lines(NOON, about_a_line)
    found = [one for one in await questions.inbox() if one.kind is QuestionKind.MATCH]
    assert len(found) == 1, [one.title for one in found]
    return found[0]


async def answer(question: Question, sentence: str, **values: str) -> str | None:
    await clock.start(Mode.STEPPED, NOON)
    given = values | {"decision": f"{sentence} · {question.fingerprint}"}
    return await doors.answer_directly(question.id, MARIE, "terminal", given)


async def test_a_line_of_which_only_the_amount_speaks_is_proposed_and_asked_once() -> None:
    await bill(ONE)
    await open_cases()
    assert await bank(LIKELY) == Booked(1, 1, 0, 0, 0, 1, 0)
    assert (await balance(), await woken()) == ([("FA-2026-0142", 0, 0, 125_000)], ["FA-2026-0142"])
    question = await asked()
    assert question.offers == ("Book 1\u202f250,00\u00a0€ on FA-2026-0142 (Dupont SARL)",)
    assert question.title == "What is it for? · VIREMENT · 1\u202f250,00\u00a0€"
    assert await ask_about_lines(NOON, about_a_line) == 0
    assert await told("FA-2026-0142") == ["opened", "may_be_paid", "asked"]


async def test_a_confirmed_match_is_booked_and_ends_the_wait() -> None:
    await bill(ONE)
    await open_cases()
    await bank(LIKELY)
    question = await asked()
    assert await answer(question, question.offers[0]) is None
    assert await balance() == [("FA-2026-0142", 0, 0, 125_000)]
    assert await ask_about_lines(NOON, about_a_line) == 0
    await settle_decided(NOON)
    assert await balance() == [("FA-2026-0142", 125_000, 0, 0)]
    assert await told("FA-2026-0142") == [
        "opened",
        "may_be_paid",
        "asked",
        "line_decided",
        "answered",
        "paid",
        "may_be_paid_no_longer",
    ]
    assert await rows("SELECT verdict, actor, question_id FROM match_decision") == [("book", "marie", question.id)]
    assert await rows("SELECT why FROM allocation") == [("decided person",)]
    assert (await unmatched(), await match_questions.next_question(NOON)) == ((), None)


async def test_a_refused_match_is_not_proposed_again() -> None:
    await bill(ONE)
    await open_cases()
    await bank(LIKELY)
    assert await answer(await asked(), "It is for none of these: leave it unmatched", note="a deposit") is None
    await settle_decided(NOON)
    assert await ask_about_lines(NOON, about_a_line) == 0
    assert [(one.left, one.sureness) for one in await unmatched()] == [(125_000, "unknown")]


async def test_somebody_who_waits_is_asked_again_two_days_later() -> None:
    await bill(ONE)
    await bank(LIKELY)
    assert await answer(await asked(), "Wait 2 days") is None
    await settle_decided(NOON)
    assert await ask_about_lines(NOON + timedelta(days=1), about_a_line) == 0
    assert await match_questions.next_question(NOON) == NOON + timedelta(days=2)
    assert await ask_about_lines(NOON + timedelta(days=2), about_a_line) == 1


async def test_a_proposal_that_another_import_settles_takes_its_question_back() -> None:
    await bill(ONE)
    await open_cases()
    await bank(LIKELY)
    question = await asked()
    await bank(line("VIR FA-2026-0142", 125_000, on="2026-02-20"))
    assert await rows("SELECT state FROM question WHERE id = :id", id=question.id) == [("voided",)]
    assert await balance() == [("FA-2026-0142", 125_000, 0, 0)]
    assert str(await answer(question, question.offers[0])).startswith(f"Question {question.id} is not open")


async def test_an_undone_match_is_open_again_and_keeps_both_decisions() -> None:
    await bill(ONE, OTHER)
    await bank(line("LOYER", 40_000, counterparty="ZZ"))
    number = await number_of("LOYER")
    done = await book_by_hand(number, ["FA-2026-0177=150.00", "FA-2026-0142"], "they called", "marie", NOON)
    assert isinstance(done, Placed)
    assert (done.booked, done.line.left) == ((("FA-2026-0142", 25_000), ("FA-2026-0177", 15_000)), 0)
    assert isinstance(await undo(number, "a mistake", "paul", NOON), Placed)
    assert await balance() == [("FA-2026-0142", 0, 0, 125_000), ("FA-2026-0177", 0, 0, 125_000)]
    assert await rows("SELECT verdict, actor, why FROM match_decision ORDER BY id") == [
        ("book", "marie", "they called"), ("undo", "paul", "a mistake"),
    ]  # fmt: skip


async def test_undoing_what_was_booked_by_itself_refuses_it() -> None:
    await bill(ONE)
    await bank(line("VIR FA-2026-0142", 125_000))
    number = await number_of("VIR FA-2026-0142")
    done = await undo(number, "another Dupont", "marie", NOON)
    assert isinstance(done, Placed)
    assert (done.booked, await balance()) == ((), [("FA-2026-0142", 0, 0, 125_000)])
    await bank(line("more", 7, counterparty="ZZ"))
    assert await balance() == [("FA-2026-0142", 0, 0, 125_000)]


async def test_a_line_set_aside_leaves_the_list_and_holds_nothing() -> None:
    await bill(ONE)
    await open_cases()
    await bank(LIKELY)
    assert isinstance(await set_aside(await number_of("VIREMENT"), "a subsidy", "marie", NOON), Placed)
    assert (await unmatched(), await rows("SELECT * FROM line_claim")) == ((), [])
    assert [one.aside for one in await unmatched(set_aside=True)] == ["a subsidy"]
    assert await ask_about_lines(NOON, about_a_line) == 0


async def test_what_cannot_be_booked_is_refused_in_sentences() -> None:
    await bill(ONE, invoice("US-2026-1", "2026-02-01", 900, currency="USD"))
    await bank(line("LOYER", 40_000, counterparty="ZZ"), line("FRAIS", -500))
    number = await number_of("LOYER")
    assert refused(await book_by_hand(999, ["FA-2026-0142"], "x", "marie", NOON)) == [
        "There is no bank line 999. See ./relance unmatched."
    ]
    assert refused(await book_by_hand(number, ["FA-2026-0142"], " ", "marie", NOON)) == [
        "Say why, in a few words: --why."
    ]
    words = ["FA-9", "US-2026-1", "FA-2026-0142=a lot"]
    assert refused(await book_by_hand(number, words, "x", "marie", NOON)) == [
        "There is no invoice FA-9.",
        "US-2026-1 is in USD, the bank line in EUR: nothing is converted.",
        "“a lot” is no amount: write one such as FA-2026-0142=250.00.",
    ]
    assert refused(await book_by_hand(number, ["FA-2026-0142=500"], "x", "marie", NOON)) == [
        "Only 400.00 EUR of the bank line is left for FA-2026-0142."
    ]
    assert refused(await book_by_hand(number, ["FA-2026-0142=5000"], "x", "marie", NOON)) == [
        "Only 1250.00 EUR of FA-2026-0142 is open."
    ]
    money_out = await number_of("FRAIS")
    assert refused(await book_by_hand(money_out, ["FA-2026-0142"], "x", "marie", NOON)) == [
        "Money that left the account pays no invoice."
    ]
    assert refused(await undo(number, "", "marie", NOON)) == [
        f"Nothing of bank line {number} is booked or decided: there is nothing to take back."
    ]
    assert refused(await refuse_by_hand(number, ["FA-9"], "x", "marie", NOON)) == [
        "There is no invoice FA-9, or several are called so."
    ]


async def test_a_payment_short_by_cents_pays_its_invoice_and_the_difference_is_let_go() -> None:
    await bill(ONE)
    await open_cases()
    await bank(line("VIR FA-2026-0142", 124_997))
    assert await balance() == [("FA-2026-0142", 124_997, 3, 0)]
    assert await told("FA-2026-0142") == ["opened", "difference_let_go", "paid"]


async def test_a_payment_less_a_credit_note_settles_both() -> None:
    await bill(ONE, credit_note("AV-2026-9", "", 25_000, on="2026-02-10"))
    await bank(line("VIR FA-2026-0142 AV-2026-9", 100_000))
    assert await balance() == [("FA-2026-0142", 100_000, 25_000, 0)]


async def test_a_payment_returned_after_a_person_matched_it_opens_its_invoice_again() -> None:
    await bill(ONE)
    await open_cases()
    await bank(line("PRLV", 125_000, counterparty="", end_to_end_id="E77"))
    await book_by_hand(await number_of("PRLV"), ["FA-2026-0142"], "mandate 7", "marie", NOON)
    assert await balance() == [("FA-2026-0142", 125_000, 0, 0)]
    back = line("RETOUR PRLV", -125_000, on="2026-03-02", end_to_end_id="E77", return_reason="AM04")
    await bank(back, at=datetime(2026, 3, 2, 13, tzinfo=UTC))
    assert (await balance(), await standing()) == ([("FA-2026-0142", 0, 0, 125_000)], [])
    assert await rows("SELECT value_date FROM payment WHERE amount < 0 AND allocated = amount") == [(date(2026, 3, 2),)]


async def test_money_left_over_holds_what_else_the_customer_owes_until_it_is_set_aside() -> None:
    await bill(ONE, TWO, OTHER)
    await bank(line("VIR FA-2026-0142", 130_000))
    claims = "SELECT i.number, l.proposed FROM line_claim l JOIN invoice i ON i.id = l.invoice_id"
    assert (await balance())[0] == ("FA-2026-0142", 125_000, 0, 0)
    assert await rows(claims) == [("FA-2026-0143", False)]
    done = await set_aside(await number_of("VIR FA-2026-0142"), "kept as a deposit", "marie", NOON)
    assert isinstance(done, Placed)
    assert (done.booked, await rows(claims), await unmatched()) == ((("FA-2026-0142", 125_000),), [], ())
    assert (await balance())[0] == ("FA-2026-0142", 125_000, 0, 0)


async def claimed() -> list[str]:
    statement = "SELECT i.number FROM line_claim c JOIN invoice i ON i.id = c.invoice_id ORDER BY i.number"
    return [row[0] for row in await rows(statement)]


async def test_money_left_over_holds_an_invoice_that_comes_later_too() -> None:
    await bill(ONE, TWO)
    await bank(line("VIR FA-2026-0142", 145_000, counterparty="Dupont SARL"))
    assert [(one.left, one.sureness) for one in await unmatched()] == [(20_000, "sure")]
    before = await claimed()
    await bill(invoice("FA-2026-0150", "2026-02-20", 30_000))
    assert (before, await claimed()) == (["FA-2026-0143"], ["FA-2026-0143", "FA-2026-0150"])


async def test_money_that_went_back_to_nobody_we_know_of_holds_no_invoice() -> None:
    await bill(ONE, TWO)
    await bank(line("RETOUR FA-2026-0142", -125_000, return_reason="AC04"))
    assert await claimed() == []


async def test_while_a_payment_of_a_customer_waits_for_a_person_no_other_invoice_of_his_is_accused() -> None:
    await bill(ONE, TWO, OTHER, invoice("FA-2026-0150", "2026-02-20", 9_900))
    await bank(line("VIR FA-2026-0142", 145_000, counterparty="Dupont SARL"))
    assert [(one.left, one.sureness) for one in await unmatched()] == [(145_000, "likely")]
    assert await claimed() == ["FA-2026-0142", "FA-2026-0143", "FA-2026-0150"]


async def test_after_a_payment_that_was_known_by_its_payer_alone_went_back_the_next_one_settles_the_invoice() -> None:
    await bill(ONE)
    await bank(
        line("VIREMENT", 125_000, counterparty="Dupont SARL"),
        line("REJET FA-2026-0142", -125_000, on="2026-03-04", counterparty="", return_reason="AM04"),
        line("VIREMENT MARS", 125_000, on="2026-03-09", counterparty="Dupont SARL"),
    )
    paid_by = await rows(
        "SELECT p.text, a.amount FROM allocation a JOIN payment p ON p.id = a.payment_id WHERE a.undone_at IS NULL"
    )
    assert (paid_by, await unmatched()) == ([("VIREMENT MARS", 125_000)], ())


async def test_a_credit_note_paid_out_in_cash_reduces_its_invoice_no_longer() -> None:
    await bill(ONE, credit_note("AV-1", "FA-2026-0142", 25_000))
    before = await balance()
    await bank(line("REMBOURSEMENT FA-2026-0142", -25_000, on="2026-03-04", counterparty=""))
    assert (before, await balance()) == ([("FA-2026-0142", 0, 25_000, 100_000)], [("FA-2026-0142", 0, 0, 125_000)])


@pytest.mark.parametrize(
    ("paid", "on", "left"),
    [
        (121_250, "2026-01-08", 0),
        (122_500, "2026-01-15", 0),
        (121_250, "2026-01-09", 3_750),
    ],
)
async def test_a_cash_discount_taken_in_its_days_leaves_nothing_open(paid: int, on: str, left: int) -> None:
    stated = (DiscountRecord("3", days=7), DiscountRecord("2", days=14))
    await bill(invoice("FA-2026-0142", "2026-02-01", 125_000, discounts=stated))
    await bank(line("VIR FA-2026-0142", paid, on=on, counterparty="Dupont SARL"))
    assert [one[-1] for one in await balance()] == [left]
    await bill(invoice("FA-2026-0142", "2026-02-01", 125_000))
    assert [one[-1] for one in await balance()] == [left]


async def test_an_invoice_the_question_does_not_show_leaves_the_question_open_and_is_held() -> None:
    await bill(ONE, TWO, invoice("FA-2026-0150", "2026-02-20", 9_900))
    await bank(line("VIR FA-2026-0142", 145_000, counterparty="Dupont SARL"))
    question = await asked()
    await bill(invoice("FA-2026-0160", "2026-02-25", 77_700))
    assert (await asked()).id == question.id
    assert "FA-2026-0160" in await claimed()


async def test_a_cent_left_over_holds_nothing() -> None:
    await bill(ONE, TWO)
    await bank(line("VIR FA-2026-0142", 125_001, counterparty="Dupont SARL"))
    assert ([one.left for one in await unmatched()], await claimed()) == ([1], [])
