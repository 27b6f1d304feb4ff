"""What a customer wrote holds everything until a person says what it means; each reason leaves exactly its hold."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from policies.answer_reasons import REASON_LAWS, AnswerReason
from policies.incoming import IncomingKind
from storage import clock, questions, reply_questions
from storage.answer_reasons import WhyLate, why_late
from storage.call_deeds import Said, log_call
from storage.clock import Mode
from storage.journal import entries, first_broken
from tests.engine.staff import MARIE
from tests.storage.books import bank, bill, do, invoice, line, open_cases, rows, told, woken
from tests.storage.letters_in import answer, asked, reply, standing_holds

pytestmark = pytest.mark.usefixtures("database_url")

ONE, TWO = invoice("FA-1", "2026-02-01", 100_00), invoice("FA-2", "2026-02-15", 50_00)
FRIDAY = datetime(2026, 3, 6, 19, tzinfo=UTC)
MONDAY, TUESDAY = datetime(2026, 3, 9, 16, tzinfo=UTC), datetime(2026, 3, 10, 16, tzinfo=UTC)
WEEK, NAMED = date(2026, 3, 13), date(2026, 3, 20)

R = AnswerReason
HELD: dict[AnswerReason, list[tuple[str, str, date | None, str]]] = {
    R.NOT_RECEIVED: [("manual", "FA-1", WEEK, "")],
    R.PAPERS_MISSING: [("manual", "FA-1", WEEK, "")],
    R.WAITING_FOR_APPROVAL: [("manual", "FA-1", NAMED, "")],
    R.SCHEDULED: [("promise", "FA-1", NAMED, "")],
    R.SENT: [("in_flight", "FA-1", date(2026, 3, 16), "")],
    R.PAID: [("in_flight", "FA-1", date(2026, 3, 11), "")],
    R.PROMISE: [("promise", "FA-1", NAMED, "")],
    R.CANNOT_PAY_NOW: [("manual", "FA-1", WEEK, "")],
    R.DISAGREES: [("dispute", "FA-1", None, "")],
    R.WRONG_CONTACT: [("manual", "", WEEK, "")],
    R.INSOLVENCY: [("insolvency", "", None, "")],
    R.REFUSES: [],
    R.STOP: [("opt_out", "", None, "email")],
}


async def two_invoices() -> None:
    await bill(ONE, TWO)
    await open_cases()


@pytest.mark.parametrize("reason", AnswerReason)
async def test_each_reason_leaves_exactly_its_hold_and_is_counted_once(reason: AnswerReason) -> None:
    await two_invoices()
    await reply("Bonjour", FRIDAY, "FA-1")
    assert await standing_holds() == [("unread_reply", "", None, "")]
    (question,) = await asked(FRIDAY)
    law = REASON_LAWS[reason]
    values = {"date": NAMED.isoformat()} if law.needs_day else {}
    assert await answer(question, law.sentence, FRIDAY, **values) is None
    assert await standing_holds() == HELD[reason]
    about = None if HELD[reason] and HELD[reason][0][1] == "" else "FA-1"
    assert await rows(
        "SELECT a.reason, a.source, i.number, a.actor, a.on_day FROM answer_reason a LEFT JOIN cases c ON c.id = a.case_id "
        "LEFT JOIN invoice i ON i.id = c.invoice_id"
    ) == [(reason.value, "reply", about, "marie", FRIDAY.date())]
    assert await rows("SELECT read_at, read_by FROM incoming_message") == [(FRIDAY, "marie")]
    assert await woken() == ["FA-1", "FA-2"]
    assert [first_broken(await entries(*chain)) for chain in (("case", 1), ("case", 2), ("customer", 1))] == [None] * 3
    assert await asked(FRIDAY) == []


async def test_the_question_shows_the_words_what_is_open_and_what_they_suggest() -> None:
    await two_invoices()
    await reply("Bonjour,\nnous avons un litige sur la facture <FA-1>.", FRIDAY, "FA-1")
    (question,) = await asked(FRIDAY)
    assert (question.title, question.todo, question.amount) == ("Reply · Dupont SARL · 100,00\xa0€", "", 100_00)
    for shown in (
        "**E-mail of compta@dupont.example**, 6 March 2026, 20:00, “Re: FA-1”.",
        "> Bonjour,  \n> nous avons un litige sur la facture \\<FA-1\\>.  ",
        "| FA-1 | 1 February 2026 | 33 | 100,00\xa0€ | yes |\n| FA-2 | 15 February 2026 | 19 | 50,00\xa0€ |  |",
        "The words “litige” suggest **Disagrees with the invoice**. It is a suggestion: nothing was done about it.",
        "- **Says it is paid**: nothing leaves about these invoices for 5 days; then collecting goes on.",
    ):
        assert shown in question.description


async def test_invoices_named_are_held_and_the_others_go_on() -> None:
    await two_invoices()
    await reply("both", FRIDAY)
    (question,) = await asked(FRIDAY)
    assert await answer(question, "Disagrees with the invoice", FRIDAY, invoices="FA-2", note="damaged") is None
    assert await standing_holds() == [("dispute", "FA-2", None, "")]
    assert await rows("SELECT text FROM note") == [("damaged",)]
    assert ("reply_answered" in await told("FA-2"), "reply_answered" in await told("FA-1")) == (True, False)


@pytest.mark.parametrize(
    ("sentence", "values", "told"),
    [
        ("Promises to pay on the date below", {}, "date: Needed to choose “Promises to pay on the date below”."),
        ("Promises to pay on the date below", {"date": "2026-03-01"}, "date: 2026-03-01 has passed; name a day from 2026-03-06 on."),
        ("Says it is paid", {"invoices": "FA-1, FA-9"}, "invoices: FA-9 is not among the open invoices shown; copy the numbers from the table."),
        ("Is not the right contact", {"note": "e-mail: roy"}, "note: “roy” is not an e-mail address; write one such as accounts@example.com."),
        ("Do what you like", {}, "Choose one of the decisions listed."),
    ],
)  # fmt: skip
async def test_an_answer_that_cannot_be_used_changes_nothing_and_is_asked_again(
    sentence: str, values: dict[str, str], told: str
) -> None:
    await two_invoices()
    await reply("Bonjour", FRIDAY)
    (question,) = await asked(FRIDAY)
    assert await answer(question, sentence, FRIDAY, **values) == told
    (again,) = await asked(FRIDAY)
    assert (again.id, again.problem) == (question.id, told)
    assert await standing_holds() == [("unread_reply", "", None, "")]
    assert await rows("SELECT count(*) FROM answer_reason") == [(0,)]


async def test_a_second_message_replaces_the_question_and_an_older_form_is_refused() -> None:
    await two_invoices()
    await reply("Nous payons vendredi.", FRIDAY, "FA-1")
    (first,) = await asked(FRIDAY)
    await reply("Non, pas la seconde.", MONDAY, "FA-2")
    assert await answer(first, "Says it is paid", MONDAY) == "Question 1 is not open. See ./relance inbox."
    (second,) = await asked(MONDAY)
    assert second.title == "2 replies · Dupont SARL · 150,00\xa0€"
    assert "Nous payons vendredi." in second.description
    assert "Non, pas la seconde." in second.description
    assert await answer(second, "Says it is paid", MONDAY) is None
    held = [("in_flight", number, date(2026, 3, 14), "") for number in ("FA-1", "FA-2")]
    assert await standing_holds() == held


async def test_a_message_that_comes_while_the_form_is_being_sent_keeps_holding() -> None:
    await two_invoices()
    await reply("Bonjour", FRIDAY, "FA-1")
    (question,) = await asked(FRIDAY)
    await reply("Encore moi", FRIDAY, "FA-1")
    await do("UPDATE question SET state = 'open', ended_at = NULL WHERE id = :id", id=question.id)  # not yet voided
    assert str(await answer(question, "Nothing to do: go on", FRIDAY)).startswith("The case has changed since")
    assert [kind for kind, *_ in await standing_holds()] == ["unread_reply", "unread_reply"]
    assert await rows("SELECT count(*) FROM incoming_message WHERE read_at IS NULL") == [(2,)]


async def test_of_two_answers_at_once_one_counts() -> None:
    await two_invoices()
    await reply("Bonjour", FRIDAY, "FA-1")
    (question,) = await asked(FRIDAY)
    said = await asyncio.gather(
        answer(question, "Disagrees with the invoice", FRIDAY), answer(question, "Says it is paid", FRIDAY, "paul")
    )
    assert sorted(one is None for one in said) == [False, True]
    assert len(await standing_holds()) == 1
    assert await rows("SELECT count(*) FROM answer_reason") == [(1,)]


async def test_messages_answers_rounds_and_calls_at_once_do_not_stop_each_other() -> None:
    await two_invoices()
    await clock.start(Mode.STEPPED, MONDAY)
    for _ in range(6):
        await reply("Bonjour", FRIDAY, "FA-1")
        (question,) = await asked(FRIDAY)  # the round of Monday passes it on
        await asyncio.gather(
            reply("Encore", MONDAY),
            answer(question, "Says it is paid", MONDAY),
            asked(MONDAY),
            log_call("C1", "", Said("says_paid"), MARIE, MONDAY),
            reply("Et encore", MONDAY),
        )
    for question in await asked(MONDAY):
        assert await answer(question, "Nothing to do: go on", MONDAY) is None
    assert await rows("SELECT count(*) FROM incoming_message WHERE read_at IS NULL") == [(0,)]
    assert "unread_reply" not in [kind for kind, *_ in await standing_holds()]


async def test_a_reply_about_what_is_settled_may_mean_what_is_open() -> None:
    await two_invoices()
    await reply("Nous ne pouvons pas payer", FRIDAY, "FA-1")
    await bank(line("FA-1", 100_00), at=FRIDAY)
    await do("UPDATE cases SET closed_at = now(), outcome = 'paid' WHERE id = 1")
    (question,) = await asked(FRIDAY)
    assert await answer(question, "Cannot pay now", FRIDAY) is None
    assert await standing_holds() == [("manual", "FA-2", WEEK, "")]


async def test_what_the_author_wrote_makes_no_list_no_heading_and_no_link() -> None:
    await two_invoices()
    await reply("- un\n1. deux\n===\nvoir [ici](https://x.example) www.x.example", FRIDAY)
    (question,) = await asked(FRIDAY)
    assert "> \\- un  \n> 1\\. deux  \n> \\===  \n> voir \\[ici\\](https:\u2060//x.example) www\u2060.x.example  " in question.description  # fmt: skip


async def test_nothing_to_do_lets_collecting_go_on_and_counts_no_reason() -> None:
    await two_invoices()
    await reply("Merci !", FRIDAY)
    (question,) = await asked(FRIDAY)
    assert await answer(question, "Nothing to do: go on", FRIDAY) is None
    assert (await standing_holds(), await rows("SELECT count(*) FROM answer_reason")) == ([], [(0,)])


async def test_answered_by_hand_rests_seven_days() -> None:
    await two_invoices()
    await reply("Une question", FRIDAY, "FA-2")
    (question,) = await asked(FRIDAY)
    assert await answer(question, "Answered by hand, wait 7 days", FRIDAY) is None
    assert await standing_holds() == [("manual", "FA-2", WEEK, "")]


async def test_a_text_message_is_asked_about_and_stops_its_own_way_only() -> None:
    await bill(invoice("FA-1", "2026-02-01", 100_00, phone="+33612345678"))
    await open_cases()
    await reply("Stop svp", FRIDAY, "FA-1", channel="sms", sender="+33612345678")
    (question,) = await asked(FRIDAY)
    assert "**Text message of +33612345678**" in question.description
    assert await answer(question, "Wants no more messages this way", FRIDAY) is None
    assert await standing_holds() == [("opt_out", "", None, "sms")]
    assert await rows("SELECT source FROM answer_reason") == [("sms",)]


async def test_a_complaint_is_asked_about_and_its_hold_ends_with_the_answer() -> None:
    await two_invoices()
    await reply("spam", FRIDAY, kind=IncomingKind.COMPLAINT)
    (question,) = await asked(FRIDAY)
    assert "**The customer reports our message as unwanted**" in question.description
    assert await answer(question, "Nothing to do: go on", FRIDAY) is None
    assert await standing_holds() == [("opt_out", "", None, "email")]  # that way stays closed


async def test_a_complaint_a_person_put_in_stays() -> None:
    await two_invoices()
    await reply("spam", FRIDAY, kind=IncomingKind.COMPLAINT)
    await do("INSERT INTO hold (customer_id, kind, since, owner) VALUES (1, 'complaint', '2026-03-01', 'paul')")
    (question,) = await asked(FRIDAY)
    assert await answer(question, "Nothing to do: go on", FRIDAY) is None
    assert await standing_holds() == [("complaint", "", None, ""), ("opt_out", "", None, "email")]


async def test_a_better_address_is_kept() -> None:
    await two_invoices()
    await reply("Écrivez à Mme Roy", FRIDAY)
    (question,) = await asked(FRIDAY)
    words = "Ms Roy, e-mail: roy@dupont.example"
    assert await answer(question, "Is not the right contact", FRIDAY, note=words) is None
    assert await rows("SELECT email FROM contact") == [("roy@dupont.example",)]
    kinds = [entry.kind for entry in await entries("customer", 1)]
    assert kinds == ["came_in", "held", "released", "reply_answered", "held", "email_corrected"]


async def test_an_invoice_not_received_is_sent_again_where_its_file_is_kept() -> None:
    await two_invoices()
    await do("UPDATE invoice SET document = 'pdf', document_name = 'FA-1.pdf' WHERE number = 'FA-1'")
    await reply("Nous n'avons pas reçu la facture", FRIDAY)
    (question,) = await asked(FRIDAY)
    assert "No file is kept of FA-2: where the customer has not received it" in question.description
    assert await answer(question, "Has not received the invoice", FRIDAY) is None
    assert await rows("SELECT kind, case_id, actor, why, state FROM correspondence") == [
        ("invoice_copy", 1, "marie", "not_received", "waiting")
    ]
    assert await standing_holds() == [("manual", "FA-1", WEEK, ""), ("manual", "FA-2", WEEK, "")]


async def test_one_who_owes_nothing_is_heard_all_the_same() -> None:
    await two_invoices()
    await do("UPDATE cases SET closed_at = now(), outcome = 'paid'")
    await reply("Merci de nous rembourser", FRIDAY)
    (question,) = await asked(FRIDAY)
    assert (question.title, question.amount) == ("Reply · Dupont SARL", 0)
    assert await answer(question, "Disagrees with the invoice", FRIDAY) is None
    assert await standing_holds() == []
    assert await rows("SELECT reason, case_id FROM answer_reason") == [("disagrees", None)]


async def test_what_is_paid_meanwhile_is_shown_anew() -> None:
    await two_invoices()
    await reply("Bonjour", FRIDAY)
    (first,) = await asked(FRIDAY)
    await bank(line("FA-1", 100_00), at=FRIDAY)
    assert str(await answer(first, "Says it is paid", FRIDAY)).startswith("The case has changed since")
    (second,) = await asked(FRIDAY)
    assert (second.id != first.id, second.title) == (True, "Reply · Dupont SARL · 50,00\xa0€")


async def test_what_is_said_on_the_telephone_is_counted_in_the_same_list() -> None:
    await two_invoices()
    await log_call("C1", "FA-1", Said("promised", "2026-03-20", note="Ms Roy"), MARIE, FRIDAY)
    await log_call("C1", "", Said("says_paid"), MARIE, MONDAY)
    await log_call("C1", "FA-2", Said("no_answer"), MARIE, TUESDAY)
    assert await rows("SELECT reason, source, case_id, words FROM answer_reason ORDER BY id") == [
        ("promise", "call", 1, "Ms Roy"), ("paid", "call", None, ""),
    ]  # fmt: skip


def counted(found: WhyLate) -> list[list[tuple[object, ...]]]:
    return [
        [(one.key, one.reason, one.answers, one.customers, one.invoices) for one in part]
        for part in (found.reasons, found.segments, found.customers)
    ]


async def test_reasons_are_counted_by_answer_customer_and_segment() -> None:
    await bill(
        ONE,
        TWO,
        invoice(
            "FA-3", "2026-02-01", 7_00, customer_number="C2", customer_name="Garage Morel", email="g@morel.example"
        ),
    )
    await do("UPDATE customer SET segment = 'garages' WHERE number = 'C2'")
    await open_cases()
    await reply("Litige", FRIDAY)
    (question,) = await asked(FRIDAY)
    await answer(question, "Disagrees with the invoice", FRIDAY)
    await log_call("C2", "FA-3", Said("disputes"), MARIE, MONDAY)
    await log_call("C2", "FA-3", Said("refuses"), MARIE, TUESDAY)
    assert counted(await why_late(None)) == [
        [("", "disagrees", 2, 2, 3), ("", "refuses", 1, 1, 1)],
        [("", "disagrees", 1, 1, 2), ("garages", "disagrees", 1, 1, 1), ("garages", "refuses", 1, 1, 1)],
        [("C1", "disagrees", 1, 1, 2), ("C2", "disagrees", 1, 1, 1), ("C2", "refuses", 1, 1, 1)],
    ]
    assert counted(await why_late(TUESDAY.date()))[0] == [("", "refuses", 1, 1, 1)]


async def test_a_question_voided_before_it_was_put_again_is_asked_by_the_next_round() -> None:
    await two_invoices()
    await reply("Bonjour", FRIDAY)
    assert await reply_questions.next_question(FRIDAY) == FRIDAY + reply_questions.SOON
    await asked(FRIDAY)
    await do("UPDATE question SET state = 'voided'")
    assert len(await asked(FRIDAY)) == 1
    assert (await questions.inbox())[0].stands_alone
