"""A court file in the books: opened by hand, followed by its events, with deadlines, acts of limitation and holds."""

from datetime import UTC, date, datetime

import pytest

from policies.beside import MessageKind
from policies.deadline_choices import DEADLINE_CHOICES
from policies.facts import DebtorKind
from policies.fingerprint import decision_text
from policies.law.limitation_rules import Interruption
from policies.plan_form import PlanWords
from policies.problems import Problem
from storage import (
    clock,
    court_payments,
    court_questions,
    court_views,
    deadline_questions,
    doors,
    journal,
    limitation_acts,
    questions,
)
from storage.agreement_deeds import make_plan, propose_settlement
from storage.clock import Mode
from storage.court_deeds import EventWords, FileWords, open_by_hand, record_event
from storage.hold_deeds import Deed, release_customer
from storage.session import reading
from tasks.agreement_words import about_proposal
from tasks.court_words import about_paid
from tasks.deadline_words import about_deadline
from tests.engine.staff import MARIE
from tests.storage.books import bank, bill, do, invoice, line, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
SEPTEMBER = datetime(2026, 9, 1, 10, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 20, 10, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 10, tzinfo=UTC)


async def opened(route: str = "injonction_de_payer", total: int = 120_000) -> None:
    await bill(invoice("F1", "2026-02-01", total), invoice("F2", "2026-02-15", 30_000), at=SEPTEMBER)
    await open_cases(SEPTEMBER)
    done = await open_by_hand("C1", FileWords(route, docket="RG 26/1"), "lea", SEPTEMBER)
    assert isinstance(done, Deed), done


async def event(name: str, on: str, at: datetime = LATER, **more: str) -> str:
    done = await record_event(1, EventWords(name, on, **more), "lea", at)
    return done.words if isinstance(done, Deed) else " ".join(one.reason for one in done)


async def deadlines(state: str = "standing") -> list[tuple[str, date]]:
    found = await rows("SELECT kind, last_day FROM deadline WHERE state = :state ORDER BY last_day", state=state)
    return [(row[0], row[1]) for row in found]


async def test_a_file_holds_its_cases_and_its_life_moves_the_deadlines_to_the_title() -> None:
    await opened()
    assert [tuple(row) for row in await rows("SELECT kind, ended_at IS NULL FROM hold ORDER BY id")] == [
        ("court", True)
    ] * 2
    assert (
        await event("filed", "2026-09-02") == "court file 1, filed with the court or the officer on 2 Sep 2026: filed"
    )
    await event("order_made", "2026-09-10", amount="1500.00")
    assert await deadlines() == [("order_service", date(2026, 12, 10))]
    await event("served", "2026-10-15")
    assert await deadlines() == [("opposition", date(2026, 11, 16)), ("order_enforceable", date(2026, 12, 15))]
    await event("no_opposition", "2026-12-16")
    assert await deadlines() == []
    await event("title", "2026-12-20")
    assert await deadlines() == [("title_life", date(2036, 12, 20))]
    assert await event("to_bailiff", "2027-01-05") == (
        "Write the last day for the outcome of the enforcement as YYYY-MM-DD."
    )
    await event("to-bailiff", "2027-01-05", last_day="2027-04-05")
    assert ("enforcement_outcome", date(2027, 4, 5)) in await deadlines()
    await event("paid", "2027-01-30")
    assert await deadlines() == []
    assert await deadlines("met") == [
        ("opposition", date(2026, 11, 16)), ("order_service", date(2026, 12, 10)), ("order_enforceable", date(2026, 12, 15)),
        ("enforcement_outcome", date(2027, 4, 5)),
    ]  # fmt: skip
    # the bank has not told of it: nothing asks the debtor again, and a person says what becomes of it
    assert [tuple(row) for row in await rows("SELECT kind, ended_at IS NULL, must_answer FROM hold ORDER BY id")] == [
        ("court", False, False), ("court", False, False), ("manual", True, True), ("manual", True, True),
    ]  # fmt: skip
    found = await court_views.show(1)
    assert found is not None
    assert (found.state, found.ordered, found.docket, found.ended_on) == ("paid", 150_000, "RG 26/1", date(2027, 1, 30))
    assert [one.invoice for one in found.claims] == ["F1", "F2"]
    told = [one.kind for one in await journal.entries("case", found.claims[0].case) if one.kind.startswith("court")]
    assert told == ["court_file_opened"] + ["court_event"] * 7


async def test_service_and_title_keep_the_claim_alive_as_their_law_counts_them() -> None:
    await opened()
    for name, on in (("order_made", "2026-09-10"), ("served", "2026-10-15"), ("title", "2026-12-20")):
        await event(name, on)
    case = int((await rows("SELECT min(id) FROM cases"))[0][0])
    assert [(one.kind, one.on) for one in await limitation_acts.of_case(case)] == [
        (Interruption.COURT_ACT, date(2026, 10, 15)),
        (Interruption.COURT_TITLE, date(2026, 12, 20)),
    ]


async def acts() -> list[tuple[str, date, bool]]:
    """What was recorded of the first case, and whether it counts."""
    case = int((await rows("SELECT min(id) FROM cases"))[0][0])
    return [(one.kind.value, one.on, one.taken_back is None) for one in await limitation_acts.of_case(case)]


async def shown() -> court_views.CourtFileView:
    found = await court_views.show(1)
    assert found is not None
    return found


async def test_a_suit_that_is_withdrawn_or_rejected_gives_the_claim_no_life() -> None:
    await opened("ordinary_claim")
    await event("filed", "2026-09-02")
    assert await acts() == [("court_act", date(2026, 9, 2), True)]
    await event("rejected", "2027-01-10")
    assert await acts() == [("court_act", date(2026, 9, 2), False)]


async def test_a_mistyped_service_is_told_once_more_and_its_days_and_its_act_follow() -> None:
    await opened()
    await event("order_made", "2026-09-10")
    await event("served", "2026-11-15")
    await event("served", "2026-10-15")
    assert await deadlines() == [("opposition", date(2026, 11, 16)), ("order_enforceable", date(2026, 12, 15))]
    assert await acts() == [("court_act", date(2026, 10, 15), True), ("court_act", date(2026, 11, 15), False)]
    await event("opposition", "2026-10-20")
    assert [(one.event.value, one.on) for one in (await shown()).events] == [
        ("order_made", date(2026, 9, 10)), ("served", date(2026, 11, 15)), ("served", date(2026, 10, 15)),
        ("opposition", date(2026, 10, 20)),
    ]  # fmt: skip


async def test_what_is_told_once_more_is_put_right_for_a_case_that_was_paid_meanwhile_too() -> None:
    await opened()
    await event("order_made", "2026-09-10")
    await event("served", "2026-11-15")
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid' WHERE id = (SELECT min(id) FROM cases)", at=LATER)
    await event("served", "2026-10-15")
    assert await acts() == [("court_act", date(2026, 10, 15), True), ("court_act", date(2026, 11, 15), False)]


async def test_an_order_is_not_served_when_it_has_lapsed_nor_unopposed_before_the_debtors_month_is_over() -> None:
    await opened()
    await event("order_made", "2026-09-10")
    assert await event("served", "2026-12-11") == (
        "The order was to be served until 2026-12-10: record that the procedure lapsed (lapsed)."
    )
    await event("served", "2026-10-15")
    assert await event("no_opposition", "2026-11-16") == (
        "The debtor can oppose until 2026-11-16: record it from the day after on."
    )
    assert await deadlines() == [("opposition", date(2026, 11, 16)), ("order_enforceable", date(2026, 12, 15))]


async def test_what_is_wrong_is_said_and_nothing_is_recorded() -> None:
    await opened()
    assert await event("served", "tomorrow") == "Write the day as YYYY-MM-DD, for example 2026-10-15."
    assert "is no such event" in await event("knighted", "2026-09-02")
    assert await event("filed", "2027-03-01") == "The day is still to come: record it when it has happened."
    assert await event("refused", "2026-09-02") == (
        "“the debtor refused, or did not answer the officer” belongs to small claims before an officer; this file takes "
        "another way."
    )
    assert await rows("SELECT id FROM legal_event") == []
    none = await record_event(7, EventWords("filed", "2026-09-02"), "lea", LATER)
    assert [one.reason for one in none if isinstance(one, Problem)] == [
        "There is no court file 7. See ./relance court list."
    ]


async def test_a_way_that_is_not_open_a_second_file_and_a_release_are_refused() -> None:
    await bill(invoice("F1", "2026-02-01", 600_000), at=SEPTEMBER)
    await open_cases(SEPTEMBER)

    async def refused(route: str) -> str:
        done = await open_by_hand("C1", FileWords(route), "lea", SEPTEMBER)
        assert not isinstance(done, Deed)
        return done[0].reason

    assert "is open up to 5000.00 EUR" in await refused("small_claims")
    assert await refused("duel") == (
        "“duel” is no way that is open here; choose one of: injonction_de_payer, refere_provision, ordinary_claim."
    )
    assert isinstance(await open_by_hand("C1", FileWords("Injonction de payer"), "lea", SEPTEMBER), Deed)
    assert await refused("ordinary_claim") == "Court file 1 holds one of them: end it first."
    kept = await release_customer("C1", "F1", "lea", SEPTEMBER)
    assert [one.reason for one in kept if isinstance(one, Problem)] == [
        "Court file 1 holds it: record how it ended with ./relance court event 1, or *Event of a court file*."
    ]


async def test_a_file_is_not_handed_over_before_its_invoices_were_written() -> None:
    await bill(invoice("F1", "2026-02-01", 300_000, issued=date(2026, 1, 5)), at=SEPTEMBER)
    await open_cases(SEPTEMBER)
    early = await open_by_hand("C1", FileWords("Injonction de payer", "2025-01-05"), "lea", SEPTEMBER)
    assert [one.reason for one in early if isinstance(one, Problem)] == [
        "Invoice F1 is of 2026-01-05: the file cannot have been handed over before."
    ]
    assert await rows("SELECT id FROM legal_file") == []
    assert isinstance(await open_by_hand("C1", FileWords("Injonction de payer", "2026-01-05"), "lea", SEPTEMBER), Deed)


async def test_a_small_claim_that_fails_is_the_attempt_an_ordinary_claim_wants_first() -> None:
    consumer = DebtorKind.CONSUMER
    await bill(
        invoice("F1", "2026-02-01", 120_000, customer_kind=consumer),
        invoice("F2", "2026-02-02", 20_000, customer_kind=consumer),
        at=SEPTEMBER,
    )
    await open_cases(SEPTEMBER)
    first = await open_by_hand("C1", FileWords("ordinary_claim"), "lea", SEPTEMBER)
    assert not isinstance(first, Deed)
    assert "inadmissible without an amicable attempt" in first[0].reason
    assert isinstance(await open_by_hand("C1", FileWords("small_claims", invoices="F1"), "lea", SEPTEMBER), Deed)
    await event("letter_sent", "2026-09-15", OCTOBER)
    assert await deadlines() == [("small_claim_answer", date(2026, 10, 15))]
    await event("refused", "2026-10-16", OCTOBER)
    assert await deadlines() == []
    both = await open_by_hand("C1", FileWords("ordinary_claim"), "lea", OCTOBER)
    assert not isinstance(both, Deed)
    assert "inadmissible without an amicable attempt" in both[0].reason
    assert isinstance(await open_by_hand("C1", FileWords("ordinary_claim", invoices="F1"), "lea", OCTOBER), Deed)


async def test_events_and_choices_cannot_be_rewritten() -> None:
    await opened()
    await event("filed", "2026-09-02")
    for statement in ("UPDATE legal_event SET on_day = '2026-01-01'", "DELETE FROM legal_file_case"):
        with pytest.raises(Exception, match=r"append-only|permission denied"):
            await do(statement)


async def test_while_the_officer_has_it_no_copy_and_no_details_to_pay_leave_to_the_customer() -> None:
    await opened("small_claims", 80_000)
    for kind in (
        MessageKind.INVOICE_COPY,
        MessageKind.PAYMENT_DETAILS,
        MessageKind.SETTLEMENT_OFFER,
        MessageKind.PLAN_AGREED,
        MessageKind.MEASURE_TAKEN,
        MessageKind.MEDIATION_PROPOSED,
    ):
        assert await untold(kind) == "nothing may be paid until the officer has recorded the outcome (art. R125-7 CPCE)"
    assert await untold(MessageKind.WRITTEN) == ""
    await event("agreed", "2026-09-10")
    assert await untold(MessageKind.INVOICE_COPY) != ""
    await event("title", "2026-09-20")
    assert await untold(MessageKind.INVOICE_COPY) == ""


async def test_while_the_officer_has_it_no_plan_is_made_and_no_settlement_is_proposed() -> None:
    await opened("small_claims", 80_000)
    words = PlanWords("3 from 2026-10-01")
    reason = (
        "Nothing of it may be paid until the officer has recorded the outcome (art. R125-7 CPCE): tell its court file of the "
        "title, or of its end, first."
    )
    plan = await make_plan("C1", "F1", words, "lea", SEPTEMBER)
    assert [one.reason for one in plan if isinstance(one, Problem)] == [reason]
    offer = await propose_settlement("C1", "F1", "500.00", "2026-10-01", "cash now", "lea", SEPTEMBER, about_proposal)
    assert [one.reason for one in offer if isinstance(one, Problem)] == [reason]
    await event("withdrawn", "2026-09-10")
    assert isinstance(await make_plan("C1", "F1", words, "lea", SEPTEMBER), Deed)


async def test_a_small_claim_that_is_withdrawn_forbids_nothing_any_more() -> None:
    await opened("small_claims", 80_000)
    assert await untold(MessageKind.INVOICE_COPY) != ""
    await event("withdrawn", "2026-09-10")
    assert await untold(MessageKind.INVOICE_COPY) == ""


async def untold(kind: MessageKind) -> str:
    customer = int((await rows("SELECT id FROM customer"))[0][0])
    async with reading() as connection:
        return await court_payments.why_untold(connection, kind, customer, None)


async def test_where_everything_is_paid_a_person_is_asked_once_to_tell_the_court() -> None:
    await opened()
    await event("filed", "2026-09-02")
    await bank(line("F1", 120_000, "2026-09-20"), line("F2", 30_000, "2026-09-20"), at=LATER)
    assert await court_questions.ask_about_paid(LATER, about_paid) == 0
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid'", at=LATER)
    await clock.start(Mode.STEPPED, LATER)
    assert await court_questions.ask_about_paid(LATER, about_paid) == 1
    assert await court_questions.ask_about_paid(LATER, about_paid) == 0
    (asked,) = await questions.inbox()
    assert asked.title == "Paid: tell the court · Dupont SARL · 1\u202f500,00\xa0€"
    decision = f"The court or the officer was told on the date below · {asked.fingerprint}"
    early = await doors.answer_directly(asked.id, MARIE, "terminal", {"decision": decision, "date": "2026-09-01"})
    assert early == "The day is before 2026-09-02, the day of what is known last."
    values = {"decision": decision, "date": "2027-01-30"}
    assert await doors.answer_directly(asked.id, MARIE, "terminal", values) is None
    found = await court_views.show(1)
    assert found is not None
    assert (found.state, found.ended_on) == ("paid", date(2027, 1, 30))
    assert await court_questions.ask_about_paid(LATER, about_paid) == 0


async def answer_deadline(day: str, decision: str, **values: str) -> str | None:
    await deadline_questions.ask_about_deadlines(datetime.fromisoformat(f"{day}T08:00+00:00"), about_deadline)
    when = datetime.fromisoformat(f"{day}T09:00+00:00")
    await do("DELETE FROM clock")
    await clock.start(Mode.STEPPED, when, when)
    (question,) = await questions.inbox()
    choice = next(one for one in DEADLINE_CHOICES if one.code == decision)
    text = decision_text(choice.sentence, question.shown_facts, question.fingerprint)
    return await doors.answer_directly(question.id, MARIE, "terminal", {"decision": text, **values})


async def test_a_service_told_at_its_deadline_reaches_the_file_and_a_day_that_does_not_fit_is_refused() -> None:
    await opened()
    await event("order_made", "2026-09-10", OCTOBER)
    refusal = await answer_deadline("2026-11-20", "done", date="2026-09-05")
    assert refusal == "The day is before 2026-09-10, the day of what is known last."
    assert await deadlines() == [("order_service", date(2026, 12, 10))]
    assert await answer_deadline("2026-11-20", "done", date="2026-10-15") is None
    assert await deadlines() == [("opposition", date(2026, 11, 16)), ("order_enforceable", date(2026, 12, 15))]
    found = await court_views.show(1)
    assert found is not None
    assert found.state == "served"


async def test_done_does_not_say_whether_the_debtor_opposed_and_is_refused() -> None:
    await opened()
    await event("order_made", "2026-09-10", OCTOBER)
    await event("served", "2026-10-15", OCTOBER)
    refusal = await answer_deadline("2026-11-06", "done", date="2026-11-05")
    assert str(refusal).startswith(
        "What happened is an event of the file: ./relance court event 1 with one of opposition, no-opposition"
    )
    (question,) = await questions.inbox()
    assert str(refusal) in question.description
    await event("opposition", "2026-11-05")
    assert await deadlines() == []


async def test_a_file_that_goes_on_though_it_is_paid_keeps_its_deadlines() -> None:
    await opened()
    await event("order_made", "2026-09-10", OCTOBER)
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid'", at=OCTOBER)
    await deadline_questions.ask_about_deadlines(OCTOBER, about_deadline)
    assert await deadlines() == []
    await clock.start(Mode.STEPPED, OCTOBER)
    await court_questions.ask_about_paid(OCTOBER, about_paid)
    (asked,) = await questions.inbox()
    decision = f"It goes on for interest and costs, for the reason below · {asked.fingerprint}"
    assert await doors.answer_directly(asked.id, MARIE, "terminal", {"decision": decision, "note": "costs"}) is None
    for _ in range(2):
        await deadline_questions.ask_about_deadlines(OCTOBER, about_deadline)
        assert await deadlines() == [("order_service", date(2026, 12, 10))]
    await event("paid", "2026-12-01")
    await deadline_questions.ask_about_deadlines(LATER, about_deadline)
    assert await deadlines() == []
