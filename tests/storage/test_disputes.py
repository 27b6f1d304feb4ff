"""Disputes in the books: every door opens one, a part of an invoice is set aside, and decisions become facts."""

from datetime import date, datetime

import pytest

from policies.decisions import Act, Ask, Close, Wait
from policies.dispute_form import DisputeWords
from policies.facts import HoldKind
from policies.hold_form import HoldWords
from policies.plan_form import PlanWords
from policies.staff import Role, Signer
from storage import asking, clock, dispute_deeds, dispute_questions, dispute_views, doors, questions
from storage.accessories import statement_of
from storage.agreement_deeds import make_plan
from storage.bundles import message_facts
from storage.call_deeds import Said, log_call
from storage.call_list import calls
from storage.clock import Mode
from storage.dispute_statistics import statistics
from storage.dispute_sums import DEMANDED, SET_ASIDE
from storage.dossier import Dossier, load
from storage.hold_deeds import hold_customer, release_customer
from storage.question_subject import Lead
from storage.session import reading
from tasks.dispute_text import about_dispute
from tasks.question_text import describe
from tests.engine.staff import MARIE
from tests.storage.books import NOON, bank, bill, credit_note, do, invoice, line, refused, rows, told
from tests.storage.test_asking import write
from tests.storage.test_holds import MAIL, at, case_of, look, owed

pytestmark = pytest.mark.usefixtures("database_url")
AGENT = Signer("paul", Role.AGENT)


async def dispute(number: str = "F1", amount: str = "40.00", reason: str = "price", text: str = "the old list") -> int:
    """Open one; answers its number."""
    done = await dispute_deeds.open_dispute("C1", number, DisputeWords(reason, amount, text=text), "marie", NOON)
    assert not isinstance(done, list), done
    return int((await rows("SELECT max(id) FROM dispute"))[0][0])


async def decide(number: int, verdict: str, when: datetime = NOON, signer: Signer = MARIE, **values: str) -> str | None:
    await do("DELETE FROM clock")
    await clock.start(Mode.STEPPED, when, when)
    return await dispute_deeds.decide(number, {"decision": verdict, **values}, signer, when)


async def dossier_of(number: str, when: datetime = NOON) -> Dossier:
    case = await case_of(number)
    async with reading() as connection:
        return (await load(connection, [case], when, MAIL))[case]


async def states() -> list[tuple[str, str, int | None, str]]:
    """Reason, state, amount and source of every dispute."""
    found = await rows("SELECT reason, state, amount, source FROM dispute ORDER BY id")
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def test_a_part_that_is_disputed_is_not_demanded_and_the_rest_is() -> None:
    leased = await owed("F1", "F2")
    await dispute("F1", "40.00")
    one = (await look(leased, "F1", "2026-03-04")).dossier
    assert (one.case.principal, one.case.set_aside, one.case.open) == (60_00, 40_00, 100_00)
    assert one.case.customer_overdue == 160_00
    decision = (await look(leased, "F1", "2026-03-04")).decision
    assert isinstance(decision, Act)
    async with reading() as connection:
        facts = await message_facts(connection, [one], decision.step, decision.channel, at("2026-03-04"))
    assert [(each.invoice, each.open, each.disputed, each.demanded) for each in facts.lines] == [
        ("F1", 60_00, 40_00, True), ("F2", 100_00, 0, True),
    ]  # fmt: skip
    assert facts.demanded == 160_00
    assert (await told("F1"))[:2] == ["opened", "disputed"]


async def test_the_books_and_the_law_set_aside_the_same() -> None:
    await owed("F1", "F2", "F3", "F4")
    await dispute("F1", "40.00")
    await dispute("F2", "")
    await dispute("F3", "70")
    await bank(line("F3", 60_00))
    await decide(await dispute("F4", "50.00"), "accept_part", amount="20")
    await bill(credit_note("CN-4", "F4", 5_00))
    found = await rows(f"SELECT i.number, {SET_ASIDE}, {DEMANDED} FROM invoice i WHERE i.kind = 'invoice' ORDER BY 1")
    laws = [(await dossier_of(number)).case for number in ("F1", "F2", "F3", "F4")]
    assert [tuple(row) for row in found] == [(one.invoice, one.set_aside, one.principal) for one in laws]
    assert [row[1] for row in found] == [40_00, 0, 40_00, 15_00]


async def test_interest_runs_on_the_undisputed_part_and_is_reserved_on_the_other() -> None:
    await bill(invoice("F1", "2026-02-02", 10_000_00, country="FR"))
    await do("UPDATE invoice SET issued = '2026-01-01'")
    leased = await owed("F0")
    assert leased
    await dispute("F1", "4000.00")
    one = await dossier_of("F1")
    async with reading() as connection:
        rest = await statement_of(connection, one, date(2026, 3, 2))
        whole = await statement_of(connection, one, date(2026, 3, 2), whole=True)
    assert rest is not None
    assert whole is not None
    assert (rest.open, whole.open) == (6_000_00, 10_000_00)
    assert rest.interest is not None
    assert whole.interest is not None
    assert abs(rest.interest * 10 - whole.interest * 6) <= 10


async def test_when_the_rest_is_paid_the_case_waits_and_does_not_close() -> None:
    leased = await owed("F1")
    number = await dispute("F1", "40.00")
    await bank(line("F1", 60_00))
    waits = (await look(leased, "F1", "2026-03-04")).decision
    assert isinstance(waits, Wait)
    assert dict(waits.because.facts)["reason"] == "40.00 EUR disputed: price"
    assert await decide(number, "accept") is None
    await bill(credit_note("CN-1", "F1", 40_00))
    assert isinstance((await look(leased, "F1", "2026-03-05")).decision, Close)


@pytest.mark.parametrize("note_first", [True, False])
async def test_a_credit_note_counts_the_same_before_and_after_the_decision(note_first: bool) -> None:
    await owed("F1")
    number = await dispute("F1", "40.00")
    if note_first:
        await bill(credit_note("CN-1", "F1", 40_00))
    assert await decide(number, "accept") is None
    if not note_first:
        await bill(credit_note("CN-1", "F1", 40_00))
    case = (await dossier_of("F1")).case
    assert (case.principal, case.set_aside, case.credited) == (60_00, 0, 40_00)
    view = await dispute_views.show(number, NOON)
    assert view is not None
    assert view.standing == "credited"


async def test_every_door_opens_a_dispute() -> None:
    await owed("F1", "F2", "F3")
    await hold_customer("C1", "F1", HoldWords("wrong goods", HoldKind.DISPUTE.value), "marie", NOON)
    await log_call("C1", "F2", Said("disputes", note="quantity: three boxes are missing"), MARIE, NOON)
    await log_call("C1", "F3", Said("disputes", note="price 25.00: not as agreed"), MARIE, NOON)
    assert await states() == [
        ("other", "open", None, "person"),
        ("quantity", "open", None, "call"),
        ("price", "open", 25_00, "call"),
    ]
    holds = await rows("SELECT kind, reason FROM hold WHERE ended_at IS NULL ORDER BY id")
    assert [tuple(one) for one in holds] == [
        ("dispute", "wrong goods"),
        ("dispute", "quantity: three boxes are missing"),
    ]


async def test_what_an_import_says_is_disputed_opens_one_and_ends_it() -> None:
    await owed("F1")
    await bill(invoice("F1", "2026-02-02", 100_00, einvoice_status="disputed"))
    assert await states() == [("other", "open", None, "import")]
    await bill(invoice("F1", "2026-02-02", 100_00, einvoice_status="received"))
    assert [one[1] for one in await states()] == ["ended"]


async def test_a_second_objection_widens_the_first_and_never_makes_two() -> None:
    await owed("F1")
    number = await dispute("F1", "40.00")
    await hold_customer("C1", "F1", HoldWords("all of it is wrong", HoldKind.DISPUTE.value), "marie", NOON)
    assert await states() == [("price", "open", None, "person")]
    again = await dispute_deeds.open_dispute("C1", "F1", DisputeWords("price"), "marie", NOON)
    assert refused(again) == [f"F1 is disputed already: decide dispute {number} first, or add a document to it."]


async def test_to_release_the_hold_ends_the_dispute_without_a_word_on_who_was_right() -> None:
    await owed("F1")
    await dispute("F1", "")
    await release_customer("C1", "F1", "marie", NOON)
    assert [one[1] for one in await states()] == ["ended"]
    assert await decide(1, "reject", note="x") == "This dispute is over: nothing was done."


async def test_a_rejection_is_explained_and_rests_and_the_ladder_goes_on_where_it_stood() -> None:
    leased = await owed("F1")
    number = await dispute("F1", "")
    assert isinstance((await look(leased, "F1", "2026-03-04")).decision, Wait)
    assert await decide(number, "reject", note="The delivery note bears your signature.") is None
    waiting = await rows("SELECT kind, text, state FROM correspondence")
    assert [tuple(one) for one in waiting] == [
        ("dispute_rejected", "The delivery note bears your signature.", "waiting")
    ]
    rests = (await look(leased, "F1", "2026-03-09")).decision
    assert isinstance(rests, Wait)
    assert dict(rests.because.facts)["until"] == "2026-03-09"
    assert isinstance((await look(leased, "F1", "2026-03-10")).decision, Act)
    happened = [one for one in await told("F1") if one not in ("decided", "passed")]
    assert happened == ["opened", "disputed", "held", "dispute_decided", "released", "held"]


async def test_what_is_accepted_in_part_leaves_the_rest_due() -> None:
    leased = await owed("F1")
    number = await dispute("F1", "")
    assert await decide(number, "accept_part", amount="15.00") is None
    case = (await look(leased, "F1", "2026-03-04")).dossier.case
    assert (case.principal, case.set_aside, case.holds) == (85_00, 15_00, ())
    refusal = await decide(number, "accept_part", amount="15.00")
    assert refusal == (
        "amount: Say what is accepted of the 15.00 EUR in dispute: more than nothing, and less than all of it."
    )


async def test_the_owner_is_asked_once_and_answers_in_the_form() -> None:
    await owed("F1")
    number = await dispute("F1", "40.00")
    assert await dispute_questions.ask_about_disputes(NOON, about_dispute) == 1
    assert await dispute_questions.ask_about_disputes(NOON, about_dispute) == 0
    assert await dispute_questions.next_question(NOON) is None
    (question,) = await questions.inbox()
    assert (question.kind, question.amount, question.dispute) == ("dispute", 40_00, number)
    assert (
        "**40,00\u00a0€** of F1 is disputed since 2 March 2026; to be decided by 16 March 2026." in question.description
    )
    assert "> the old list" in question.description
    assert await decide(number, "accept", signer=AGENT) == (
        "“The customer is right: a credit note follows” is for a manager or an administrator to decide; you are an agent. "
        "Nothing was done: ask one of them, or choose another answer."
    )
    assert await decide(number, "later", date="2026-03-12") is None
    assert await dispute_questions.ask_about_disputes(at("2026-03-11"), about_dispute) == 0
    assert await dispute_questions.ask_about_disputes(at("2026-03-12"), about_dispute) == 1


async def test_a_credit_note_that_does_not_come_is_asked_about() -> None:
    await owed("F1")
    number = await dispute("F1", "40.00")
    await decide(number, "accept")
    assert await dispute_questions.ask_about_disputes(at("2026-03-15"), about_dispute) == 0
    assert await dispute_questions.ask_about_disputes(at("2026-03-16"), about_dispute) == 1
    assert [one.title for one in await questions.inbox()] == [
        "A credit note is awaited · Dupont SARL · F1 · 40,00\u00a0€"
    ]
    await bill(credit_note("CN-1", "F1", 40_00), at=at("2026-03-17"))
    await dispute_questions.ask_about_disputes(at("2026-03-17"), about_dispute)
    assert await questions.inbox() == ()


async def test_a_form_about_what_has_changed_is_refused_and_asked_anew() -> None:
    await owed("F1")
    number = await dispute("F1", "40.00")
    await dispute_questions.ask_about_disputes(NOON, about_dispute)
    (question,) = await questions.inbox()
    assert await dispute_deeds.add_document(number, "note.pdf", b"%PDF-1.7 x", "marie", NOON) == []
    refusal = await decide(number, "withdrawn")
    assert refusal is not None
    assert refusal.startswith("The case has changed since this form was opened")
    assert await dispute_questions.ask_about_disputes(NOON, about_dispute) == 1
    (again,) = await questions.inbox()
    assert (again.id != question.id, "note.pdf, 10 bytes" in again.description) == (True, True)


async def test_documents_are_kept_byte_for_byte_and_once() -> None:
    await owed("F1")
    number = await dispute()
    content = bytes(range(256))
    assert await dispute_deeds.add_document(number, "a.bin", content, "marie", NOON) == []
    assert await dispute_deeds.documents(number) == (("a.bin", content),)
    assert refused(await dispute_deeds.add_document(number, "b.bin", content, "marie", NOON)) == [
        "This very file is kept with the dispute already."
    ]
    assert refused(await dispute_deeds.add_document(number, "b", b"", "marie", NOON)) == ["The file is empty."]
    large = await dispute_deeds.add_document(number, "b", b"x" * 10_000_001, "marie", NOON)
    assert refused(large) == ["The file is larger than 10 MB."]


async def test_an_approval_given_before_is_void_when_a_part_is_disputed() -> None:
    leased = await owed("F1")
    await do("UPDATE invoice SET total = 900000")
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT id, s, s, '2026-02-16', 'confirmed' "
        "FROM cases, unnest(ARRAY['courtesy_reminder', 'second_reminder']) s"
    )
    morning = at("2026-03-04")
    await clock.start(Mode.STEPPED, morning, morning)
    case = await case_of("F1")
    placed = await asking.ask(case, leased["F1"], morning, MAIL, write, describe)
    assert isinstance(placed, Lead)
    question = await questions.read(placed.question)
    assert question is not None
    await dispute("F1", "400.00")
    assert (
        await doors.answer_directly(
            question.id, MARIE, "terminal", {"decision": f"Send the formal notice · x · {question.fingerprint}"}
        )
        == "The case has changed since this form was opened: nothing was done. Reload the page and read the new question."
    )
    again = await look(leased, "F1", "2026-03-04")
    assert isinstance(again.decision, Ask)
    assert again.dossier.case.principal == 8_600_00


async def test_statistics_by_reason_customer_and_segment() -> None:
    await owed("F1", "F2", "F3")
    await dispute("F1", "40.00", "price")
    await decide(await dispute("F2", "20.00", "price"), "reject", at("2026-03-06"), note="No.")
    await dispute("F3", "", "quantity")
    found = await statistics(at("2026-03-12"))
    assert [(one.name, one.count, one.amount, one.open, one.open_amount, one.days, one.outcomes) for one in found.by_reason] == [
        ("quantity", 1, 100_00, 1, 100_00, 10.0, {"open": 1}),
        ("price", 2, 60_00, 1, 40_00, 7.0, {"open": 1, "rejected": 1}),
    ]  # fmt: skip
    assert [(one.name, one.count) for one in found.by_customer] == [("Dupont SARL (C1)", 3)]
    assert [(one.name, one.amount) for one in found.by_segment] == [("none", 160_00)]
    assert (await statistics(at("2026-03-12"), since=date(2026, 3, 3))).by_reason == ()


async def test_a_notice_question_names_what_else_is_disputed() -> None:
    leased = await owed("F1", "F2")
    await do("UPDATE invoice SET total = 900000 WHERE number = 'F1'")
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT id, s, s, '2026-02-16', 'confirmed' "
        "FROM cases, unnest(ARRAY['courtesy_reminder', 'second_reminder']) s"
    )
    await dispute("F2", "40.00")
    await dispute("F1", "500.00")
    morning = at("2026-03-04")
    placed = await asking.ask(await case_of("F1"), leased["F1"], morning, MAIL, write, describe)
    assert isinstance(placed, Lead)
    question = await questions.read(placed.question)
    assert question is not None
    assert "Besides, 540,00\u00a0€ of it is disputed and not asked for." in question.description


async def test_a_wrong_dispute_is_told_in_sentences() -> None:
    await owed("F1")
    wrong = await dispute_deeds.open_dispute("C1", "F1", DisputeWords("weather", "500"), "marie", NOON)
    assert refused(wrong)[1] == "Only 100.00 EUR is open of the invoice; leave it empty to dispute the whole."
    assert refused(await dispute_deeds.open_dispute("C1", "", DisputeWords("price"), "marie", NOON)) == [
        "Say which invoice is disputed."
    ]
    assert await decide(99, "accept") == "There is no dispute 99. See ./relance disputes list."


async def test_of_everything_a_customer_owes_nothing_is_accepted_in_a_lump() -> None:
    leased = await owed("F1", "F2")
    await hold_customer("C1", "", HoldWords("everything is wrong", HoldKind.DISPUTE.value), "marie", NOON)
    refusal = await decide(1, "accept")
    assert refusal is not None
    assert refusal.startswith("This dispute is about everything the customer owes")
    assert await decide(1, "withdrawn") is None
    assert isinstance((await look(leased, "F1", "2026-03-04")).decision, Act)


async def test_an_invoice_put_on_hold_twice_is_free_once_its_dispute_is_decided() -> None:
    leased = await owed("F1")
    for why in ("wrong goods", "still wrong"):
        await hold_customer("C1", "F1", HoldWords(why, HoldKind.DISPUTE.value), "marie", NOON)
    assert await decide(1, "withdrawn") is None
    assert await rows("SELECT id FROM hold WHERE ended_at IS NULL") == []
    assert isinstance((await look(leased, "F1", "2026-03-04")).decision, Act)


async def test_a_promise_to_pay_everything_is_kept_without_what_is_disputed() -> None:
    leased = await owed("F1", "F2")
    await dispute("F1", "40.00")
    await log_call("C1", "", Said("promised", "2026-03-06"), MARIE, NOON)
    await bank(line("F1", 60_00, on="2026-03-05"), line("F2", 100_00, on="2026-03-05"))
    await look(leased, "F1", "2026-03-11")
    assert await rows("SELECT word FROM hold") == [("kept",)]


async def test_a_plan_is_over_what_is_not_disputed_and_misses_nothing_that_is_disputed_later() -> None:
    leased = await owed("F1", "F2")
    await dispute("F1", "40.00")
    words = PlanWords("2 from 2026-03-10")
    done = await make_plan("C1", "", words, "marie", NOON)
    assert not isinstance(done, list), done
    assert await rows("SELECT amount FROM hold_instalment WHERE hold_id = 1 ORDER BY on_day") == [(80_00,), (80_00,)]
    await dispute("F2", "50.00")
    held = [one for one in (await look(leased, "F1", "2026-03-04")).dossier.case.holds if one.agreement is not None]
    assert [one.agreement.open for one in held if one.agreement] == [110_00]


async def test_the_list_of_calls_asks_for_nothing_that_is_disputed() -> None:
    await owed("F1", "F2")
    await log_call("C1", "", Said("call_back", "2026-03-03 15:00"), MARIE, NOON)
    await dispute("F1", "40.00")
    found = await calls(at("2026-03-03"))
    assert [(one.amount, [(item.invoice, item.open) for item in one.items]) for one in found] == [
        (160_00, [("F1", 60_00), ("F2", 100_00)])
    ]


async def test_an_invoice_that_is_not_due_yet_can_be_disputed() -> None:
    await bill(invoice("F8", "2026-04-02", 100_00), invoice("F9", "2026-04-02", 100_00))
    await dispute("F8", "40.00")
    await dispute("F9", "")
    assert await states() == [("price", "open", 40_00, "person"), ("price", "open", None, "person")]
    assert (await dossier_of("F8")).case.set_aside == 40_00
    assert (await told("F9"))[:3] == ["opened", "disputed", "held"]
    assert refused(await dispute_deeds.open_dispute("", "F7", DisputeWords("price"), "marie", NOON)) == [
        "There is no invoice “F7”."
    ]


async def test_a_document_may_have_any_name() -> None:
    await owed("F1")
    number = await dispute()
    assert await dispute_deeds.add_document(number, "bon\udce9\x00.pdf", b"x", "marie", NOON) == []
    assert await dispute_deeds.documents(number) == (("bon??.pdf", b"x"),)


async def test_a_dispute_of_what_is_paid_or_given_up_waits_for_nothing() -> None:
    await owed("F1", "F2", "F3")
    numbers = [await dispute(number, "40.00") for number in ("F1", "F2", "F3")]
    assert await decide(numbers[0], "accept") is None
    await bank(line("F1", 100_00))
    await do("UPDATE cases SET closed_at = now(), outcome = 'written_off' WHERE id = :case", case=await case_of("F2"))
    every = await dispute_views.listing(NOON, every=True)
    assert sorted((one.invoice, one.standing) for one in every) == [("F1", "paid"), ("F2", "ended"), ("F3", "open")]
    assert [one.invoice for one in await dispute_views.listing(NOON)] == ["F3"]
    assert await decide(numbers[1], "accept") == "This dispute is over: nothing was done."
