"""Credit insurance in the books: what waits for the insurer, its last days, and what is refused without its consent."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.forms import decisions
from policies.beside import MessageKind
from policies.case import DatedAmount, HoldKind
from policies.choices import choices
from policies.claim_file import ClaimFile
from policies.dispute_form import DisputeWords
from policies.insurance import ConsentFor
from policies.insurance_form import PolicyWords
from policies.plan_form import PlanWords
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Stage
from storage import (
    agreement_deeds,
    clock,
    dispute_deeds,
    doors,
    holds,
    insurance_claim_books,
    insurance_claim_views,
    insurance_claims,
    insurance_deeds,
    insurance_refusals,
    insurer_waiting,
    questions,
)
from storage.clock import Mode
from storage.deadline_questions import ask_about_deadlines
from storage.dispute_questions import ask_about_disputes
from storage.hold_deeds import Deed
from storage.insurance_claim_questions import ask_about_claims
from storage.insurance_deadlines import keep_in_step
from storage.insurance_deeds import ConsentWords
from storage.insurer_questions import ask_about_consents
from storage.session import reading, transaction
from tasks.agreement_words import about_proposal
from tasks.deadline_words import about_deadline
from tasks.dispute_text import about_dispute
from tasks.insurer_claim_words import about_claim
from tasks.insurer_words import about_consent
from tests.storage.books import NOON, bank, bill, do, invoice, line, open_cases, refused, rows, told

pytestmark = pytest.mark.usefixtures("database_url")
PAUL = Signer("paul", Role.MANAGER)
POLICY = PolicyWords(
    "Coface", "P-77", "EUR", "60", "90", "extension", "90", "2026-01-01",
    extension_clause="art. 7.2", filing_clause="art. 9.1",
)  # fmt: skip


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=UTC)


async def insured(*numbers: str, limit: str = "1000.00") -> None:
    """Invoices of 300,00 € due on 1 February, insured up to the limit: extension to 2 April, claim by 1 July 2026."""
    await bill(*(invoice(number, "2026-02-01", 300_00) for number in numbers))
    await open_cases()
    assert isinstance(await insurance_deeds.set_policy(POLICY, "paul", NOON), int)
    covered = await insurance_deeds.set_cover("C1", limit, "2026-01-01", "paul", NOON, reference="D-1")
    assert isinstance(covered, Deed)


async def plan(*payments: str) -> Deed:
    made = await agreement_deeds.make_plan("C1", "", PlanWords("; ".join(payments)), "marie", NOON)
    assert isinstance(made, Deed), made
    return made


async def answer(code: str, day: str, **values: str) -> str | None:
    """Answer the open question of the insurer."""
    await clock.start(Mode.STEPPED, at(day))
    number = int((await rows("SELECT id FROM question WHERE kind = 'insurer_consent' AND state = 'open'"))[0][0])
    found = await questions.read(number)
    assert found is not None
    place = [one.code for one in choices(QuestionKind.INSURER_CONSENT, None)].index(code)
    return await doors.answer_directly(number, PAUL, "terminal", {"decision": decisions(found)[place], **values})


async def agreements() -> list[tuple[Any, ...]]:
    return await rows("SELECT state, ended_how FROM agreement ORDER BY id")


async def waiting() -> list[str]:
    """What leaves to the customer next."""
    return [row[0] for row in await rows("SELECT kind FROM correspondence ORDER BY id")]


async def deadlines() -> list[tuple[Any, ...]]:
    return await rows("SELECT kind, state, last_day, article FROM deadline ORDER BY id")


async def test_a_plan_within_the_extension_asks_nobody() -> None:
    await insured("F1")
    await plan("2026-03-15=150.00", "2026-04-02=150.00")
    assert (await agreements(), await ask_about_consents(NOON, about_consent)) == ([("agreed", "")], 0)


async def test_a_plan_beyond_the_extension_waits_and_stands_once_the_insurer_agreed() -> None:
    await insured("F1")
    made = await plan("2026-03-15=150.00", "2026-04-15=150.00")
    assert made.words == "agreement 1 waits for the credit insurer's consent"
    assert (await agreements(), await waiting()) == ([("proposed", "")], [])
    assert [await ask_about_consents(NOON, about_consent) for _ in range(2)] == [1, 0]
    assert await answer("granted", "2026-03-10", date="2026-03-09", note="R-12") is None
    assert await agreements() == [("agreed", "")]
    assert MessageKind.PLAN_AGREED.value in await waiting()
    assert await rows("SELECT ended_by FROM hold WHERE kind = 'plan'") == [("",)]
    assert [kind for kind in await told("F1") if kind.startswith("insurer")] == ["insurer_asked", "insurer_granted"]


async def test_a_consent_that_comes_after_the_first_payment_makes_no_plan_but_holds_for_the_next() -> None:
    await insured("F1")
    await plan("2026-03-15=150.00", "2026-04-15=150.00")
    await ask_about_consents(NOON, about_consent)
    assert await answer("granted", "2026-03-20", date="2026-03-19", note="R-12") is None
    assert (await agreements(), await waiting()) == ([("ended", "cancelled")], [])
    words = PlanWords("2026-03-25=150.00; 2026-04-15=150.00")
    assert isinstance(await agreement_deeds.make_plan("C1", "", words, "marie", at("2026-03-20")), Deed)
    assert await agreements() == [("ended", "cancelled"), ("agreed", "")]


async def test_a_refused_plan_is_not_made_and_the_reason_stands_in_the_customers_file() -> None:
    await insured("F1")
    await plan("2026-03-15=150.00", "2026-04-15=150.00")
    await ask_about_consents(NOON, about_consent)
    assert await answer("refused", "2026-03-10", note="limit cancelled") is None
    assert (await agreements(), await waiting()) == ([("ended", "refused")], [])
    assert await rows("SELECT actor, text FROM note") == [("paul", "marie: the insurer refused. limit cancelled")]


async def test_a_promise_beyond_the_extension_stands_only_with_consent() -> None:
    await insured("F1")
    assert isinstance(await agreement_deeds.note_promise("C1", "F1", "2026-04-20", "", "marie", NOON), Deed)
    assert await rows("SELECT kind, ended_by FROM hold") == [("promise", "insurer")]
    assert "held" not in await told("F1")
    await ask_about_consents(NOON, about_consent)
    assert await answer("not_needed", "2026-03-10", note="below the deductible") is None
    assert await rows("SELECT kind, ended_by FROM hold") == [("promise", "")]
    assert (await told("F1"))[-1] != "insurer_not_needed"


async def test_a_promise_for_everything_that_waits_for_the_insurer_is_told_so_and_holds_its_cases_once_it_agreed() -> (
    None
):
    await insured("F1", "F2")
    made = await agreement_deeds.note_promise("C1", "", "2026-04-20", "", "marie", NOON)
    assert isinstance(made, Deed)
    assert made.words == "written down; it waits for the credit insurer's consent"
    assert ["held" in await told(number) for number in ("F1", "F2")] == [False, False]
    await ask_about_consents(NOON, about_consent)
    assert await answer("not_needed", "2026-03-10", note="below the deductible") is None
    assert [(await told(number)).count("held") for number in ("F1", "F2")] == [1, 1]


async def test_nobody_is_asked_any_more_once_the_invoice_is_paid() -> None:
    await insured("F1")
    await plan("2026-03-15=150.00", "2026-04-15=150.00")
    await ask_about_consents(NOON, about_consent)
    await bank(line("F1", 300_00))
    await ask_about_consents(NOON, about_consent)
    assert await rows("SELECT state FROM question WHERE kind = 'insurer_consent'") == [("voided",)]
    assert await rows("SELECT state FROM insurer_consent") == [("dropped",)]
    assert await agreements() == [("ended", "cancelled")]


async def test_a_settlement_beyond_the_extension_cannot_be_offered_without_consent() -> None:
    await insured("F1")
    await clock.start(Mode.STEPPED, NOON)
    done = await agreement_deeds.propose_settlement(
        "C1", "", "200.00", "2026-04-15", "poor", "marie", NOON, about_proposal
    )
    assert isinstance(done, Deed)
    number = int((await rows("SELECT id FROM question WHERE kind = 'settlement'"))[0][0])
    found = await questions.read(number)
    assert found is not None
    given = {"decision": decisions(found)[0]}
    refusal = await doors.answer_directly(number, PAUL, "terminal", given)
    assert refusal is not None
    assert refusal.startswith("F1 is insured with Coface: a settlement for less needs the insurer's consent.")
    await ask_about_consents(NOON, about_consent)
    assert await answer("granted", "2026-03-02", date="2026-03-02", note="R-1") is None
    assert await doors.answer_directly(number, PAUL, "terminal", given) is None
    assert await agreements() == [("agreed", "")]


async def test_the_last_days_are_set_with_their_clauses_kept_in_step_and_dropped_on_payment() -> None:
    await insured("F1", "F2")
    assert [await keep_in_step(NOON) for _ in range(2)] == [1, 0]
    both = [
        ("insurance_extension", "standing", date(2026, 4, 2), "art. 7.2, policy P-77 (Coface)"),
        ("insurance_filing", "standing", date(2026, 7, 1), "art. 9.1, policy P-77 (Coface)"),
    ]
    assert await deadlines() == both
    await bank(line("F1", 300_00))
    assert (await keep_in_step(NOON), await deadlines()) == (0, both)
    await bank(line("F2", 300_00))
    assert await keep_in_step(NOON) == 1
    assert [(row[0], row[1]) for row in await deadlines()] == [
        ("insurance_extension", "dropped"),
        ("insurance_filing", "dropped"),
    ]


async def test_a_cancelled_cover_drops_the_last_days_and_an_extension_that_is_over_goes_on_being_asked() -> None:
    await insured("F1")
    await keep_in_step(NOON)
    assert (await keep_in_step(at("2026-04-20")), [row[1] for row in await deadlines()]) == (
        0,
        ["standing", "standing"],
    )
    covered = await insurance_deeds.set_cover(
        "C1", "1000.00", "2026-01-01", "paul", NOON, cancelled="2026-01-01", reference="D-2"
    )
    assert isinstance(covered, Deed)
    assert (await keep_in_step(at("2026-04-20")), [row[1] for row in await deadlines()]) == (1, ["dropped", "dropped"])


async def test_an_agency_and_a_court_need_the_insurers_consent() -> None:
    await insured("F1")
    case = int((await rows("SELECT id FROM cases"))[0][0])
    async with reading() as connection:
        said = await insurance_refusals.why_not_at(connection, [case], Stage.AGENCY)
        assert said.startswith("F1 is insured with Coface: placing it with an agency needs the insurer's consent.")
        assert await insurance_refusals.why_not_at(connection, [case], Stage.FORMAL_NOTICE) == ""
    words = ConsentWords(ConsentFor.AGENCY.value, "granted", "R-3")
    assert isinstance(await insurance_deeds.record_consent("C1", "", words, "paul", NOON), Deed)
    async with reading() as connection:
        assert await insurance_refusals.why_not_at(connection, [case], Stage.AGENCY) == ""
        assert "going to court" in await insurance_refusals.why_not_at(connection, [case], Stage.LEGAL)


async def test_what_cannot_be_entered_is_told_field_by_field() -> None:
    await bill(invoice("F1", "2026-02-01", 300_00))
    bad = PolicyWords("", "P", "euro", "x", "0", "sometime", "120", "soon", minimum="much")
    found = await insurance_deeds.set_policy(bad, "paul", NOON)
    assert isinstance(found, list)
    assert sorted(one.field for one in found) == [
        "currency", "extension_days", "filing_days", "filing_from", "insured_percent", "insurer", "minimum_claim", "valid_from",
    ]  # fmt: skip
    assert refused(await insurance_deeds.set_cover("C1", "1", "2026-01-01", "paul", NOON)) == [
        "No such policy is entered: ./relance insurance set, first."
    ]
    assert isinstance(await insurance_deeds.set_policy(POLICY, "paul", NOON), int)
    ended = await insurance_deeds.set_cover("C1", "1.00", "2026-01-01", "paul", NOON, cancelled="2025-12-31")
    assert refused(ended) == ["Its last day is before its first."]


async def test_a_policy_whose_covers_are_entered_keeps_its_currency() -> None:
    await insured("F1")
    found = await insurance_deeds.set_policy(replace(POLICY, currency="USD"), "paul", NOON)
    assert isinstance(found, list)
    assert [one.field for one in found] == ["currency"]
    assert isinstance(await insurance_deeds.set_policy(replace(POLICY, percent="80"), "paul", NOON), int)


async def claim_answered(code: str) -> str | None:
    number = int((await rows("SELECT id FROM question WHERE kind = 'insurance_claim' AND state = 'open'"))[0][0])
    found = await questions.read(number)
    assert found is not None
    place = [one.code for one in choices(QuestionKind.INSURANCE_CLAIM, None)].index(code)
    return await doors.answer_directly(number, PAUL, "terminal", {"decision": decisions(found)[place]})


async def test_a_claim_is_approved_filed_and_paid_and_the_customer_owes_all_the_same() -> None:
    await insured("F1", limit="200.00")
    await clock.start(Mode.STEPPED, NOON)
    await keep_in_step(NOON)
    assert isinstance(await insurance_claims.propose("C1", "", "marie", NOON, about_claim), Deed)
    assert isinstance(await insurance_claims.file_of(1, NOON), list)
    assert refused(await insurance_claims.propose("C1", "", "marie", NOON, about_claim)) == [
        "It is in claim 1 already: see ./relance insurance claims."
    ]
    assert await claim_answered("file") is None
    file = await insurance_claims.file_of(1, NOON)
    assert isinstance(file, ClaimFile)
    assert ([one.invoice for one in file.items], file.choice.receiver) == (["F1"], "Coface")
    assert refused(await insurance_claims.filed(1, "2020-03-01", "S-9", "marie", NOON)) == [
        "An invoice of it was issued on 2026-01-01, after 2020-03-01."
    ]
    assert isinstance(await insurance_claims.filed(1, "2026-03-01", "S-9", "marie", NOON), Deed)
    assert refused(await insurance_claims.indemnity(1, "180.00", "2026-02-28", "V-1", "marie", NOON)) == [
        "The claim was filed on 2026-03-01: nothing was paid on it before."
    ]
    unknown = ["There is no claim 9: see ./relance insurance claims."]
    assert refused(await insurance_claims.filed(9, "", "S-9", "marie", NOON)) == unknown
    assert refused(await insurance_claims.file_of(9, NOON)) == unknown
    assert [row[1] for row in await deadlines()] == ["standing", "met"]
    assert (await keep_in_step(NOON), [row[1] for row in await deadlines()]) == (0, ["standing", "met"])
    assert isinstance(await insurance_claims.indemnity(1, "180.00", "2026-03-02", "V-1", "marie", NOON), Deed)
    assert await rows("SELECT closed_at FROM cases") == [(None,)]
    await bank(line("F1", 100_00, on="2026-03-02"))
    found = await insurance_claim_views.claims()
    assert [(one.state, one.amount, one.indemnity, one.received, one.recovered, one.share) for one in found] == [
        ("paid", 200_00, 180_00, 180_00, 100_00, 90_00)
    ]
    assert refused(await insurance_claims.indemnity(1, "50.00", "2026-03-02", "V-2", "marie", NOON)) == [
        "That is more than was claimed: look again."
    ]


async def test_what_is_disputed_is_not_claimed_until_it_is_settled() -> None:
    await insured("F1")
    said = DisputeWords("price", "100.00")
    assert isinstance(await dispute_deeds.open_dispute("C1", "F1", said, "marie", NOON), Deed)
    assert refused(await insurance_claims.propose("C1", "", "marie", NOON, about_claim)) == [
        "F1 is disputed: the insurer covers it once the dispute is settled."
    ]


async def asked_of_filing(day: str) -> list[tuple[str, str]]:
    """The questions about the last day for filing that are open after a round on that day."""
    await keep_in_step(at(day))
    await ask_about_deadlines(at(day), about_deadline)
    return [
        (row[0], row[1])
        for row in await rows(
            "SELECT q.step, q.title FROM question q JOIN deadline x ON q.subject = 'deadline:' || x.id "
            "WHERE q.state = 'open' AND x.kind = 'insurance_filing' ORDER BY q.id"
        )
    ]


async def test_the_last_day_for_filing_is_asked_about_30_and_10_days_before_until_the_claim_is_filed() -> None:
    await insured("F1")
    title = "Last day 1 July 2026 · Filing the claim with the credit insurer (F1) · Dupont SARL"
    assert await asked_of_filing("2026-05-31") == []
    assert await asked_of_filing("2026-06-01") == [("30", title)]
    assert await asked_of_filing("2026-06-21") == [("10", title)]
    await clock.start(Mode.STEPPED, at("2026-06-22"))
    assert isinstance(await insurance_claims.propose("C1", "", "marie", at("2026-06-22"), about_claim), Deed)
    assert await claim_answered("file") is None
    assert isinstance(await insurance_claims.filed(1, "2026-06-22", "S-9", "marie", at("2026-06-22")), Deed)
    assert await asked_of_filing("2026-06-23") == []


async def filed(number: int, day: str) -> None:
    await clock.start(Mode.STEPPED, at(day))
    assert await claim_answered("file") is None
    assert isinstance(await insurance_claims.filed(number, day, "S-9", "marie", at(day)), Deed)


async def claim_of(invoice_number: str, day: str) -> None:
    done = await insurance_claims.propose("C1", invoice_number, "marie", at(day), about_claim)
    assert isinstance(done, Deed), done


async def filing() -> list[tuple[Any, ...]]:
    return await rows("SELECT state, what FROM deadline WHERE kind = 'insurance_filing' ORDER BY id")


async def test_an_invoice_insured_after_the_claim_for_another_of_the_same_due_date_has_its_own_last_day() -> None:
    await insured("F1", "F2", limit="300.00")
    await keep_in_step(NOON)
    await claim_of("F1", "2026-03-02")
    await filed(1, "2026-03-02")
    await keep_in_step(NOON)
    assert await filing() == [("met", "F1")]
    assert isinstance(await insurance_deeds.set_cover("C1", "900.00", "2026-01-01", "paul", NOON), Deed)
    assert [await keep_in_step(NOON) for _ in range(2)] == [1, 0]
    assert await filing() == [("met", "F1"), ("standing", "F2")]


async def test_claims_filed_one_by_one_meet_the_last_day_together_and_a_new_due_date_asks_nobody_again() -> None:
    await insured("F1", "F2")
    await keep_in_step(NOON)
    await claim_of("F1", "2026-03-02")
    await filed(1, "2026-03-02")
    await keep_in_step(NOON)
    assert await filing() == [("standing", "F1, F2")]
    await claim_of("F2", "2026-03-02")
    await filed(2, "2026-03-02")
    assert await filing() == [("met", "F1, F2")]
    await bill(*(invoice(number, "2026-02-10", 300_00) for number in ("F1", "F2")))
    assert await rows("SELECT DISTINCT due FROM invoice") == [(date(2026, 2, 10),)]
    await keep_in_step(NOON)
    assert await filing() == [("met", "F1, F2")]


async def claims() -> list[tuple[Any, ...]]:
    return await rows("SELECT state, amount FROM insurance_claim ORDER BY id")


async def asked_about_claims() -> list[str]:
    return [row[0] for row in await rows("SELECT state FROM question WHERE kind = 'insurance_claim' ORDER BY id")]


async def test_a_proposed_claim_whose_sums_change_is_asked_anew_and_one_that_is_paid_is_let_go() -> None:
    await insured("F1", "F2")
    await clock.start(Mode.STEPPED, NOON)
    await claim_of("", "2026-03-02")
    await bank(line("F1", 100_00))
    assert await claim_answered("file") is not None
    assert [await ask_about_claims(NOON, about_claim) for _ in range(2)] == [1, 0]
    assert (await claims(), await asked_about_claims()) == (
        [("refused", 600_00), ("proposed", 500_00)],
        ["voided", "open"],
    )
    await bank(line("F1", 200_00), line("F2", 300_00))
    assert [await ask_about_claims(NOON, about_claim) for _ in range(2)] == [0, 0]
    assert ([row[0] for row in await claims()], await asked_about_claims()) == (["refused"] * 2, ["voided"] * 2)


async def test_a_claim_whose_question_was_never_put_is_asked_about_by_the_next_round() -> None:
    await insured("F1")
    await clock.start(Mode.STEPPED, NOON)

    def dies(*_: object) -> Any:
        raise RuntimeError("here the process died")

    with pytest.raises(RuntimeError):
        await insurance_claims.propose("C1", "", "marie", NOON, dies)
    assert (await claims(), await asked_about_claims()) == ([("proposed", 300_00)], [])
    assert [await ask_about_claims(NOON, about_claim) for _ in range(2)] == [1, 0]
    assert (await claims(), await asked_about_claims()) == ([("proposed", 300_00)], ["open"])


async def test_the_file_of_an_approved_claim_does_not_leave_once_it_is_disputed_or_paid_in_part() -> None:
    await insured("F1")
    await clock.start(Mode.STEPPED, NOON)
    await claim_of("", "2026-03-02")
    assert await claim_answered("file") is None
    await bank(line("F1", 100_00))
    assert refused(await insurance_claims.file_of(1, NOON)) == [insurance_claim_books.CHANGED]
    await claim_of("", "2026-03-02")
    assert await claims() == [("refused", 300_00), ("proposed", 200_00)]
    assert await claim_answered("file") is None
    said = DisputeWords("price", "100.00")
    assert isinstance(await dispute_deeds.open_dispute("C1", "F1", said, "marie", NOON), Deed)
    assert refused(await insurance_claims.file_of(2, NOON)) == [
        "F1 is disputed: the insurer covers it once the dispute is settled."
    ]


async def test_a_consent_to_another_day_or_about_another_invoice_answers_nothing_that_was_asked() -> None:
    await insured("F1", "F2")
    await agreement_deeds.make_plan("C1", "F1", PlanWords("2026-03-15=150.00; 2026-04-15=150.00"), "marie", NOON)
    short = await insurance_deeds.record_consent(
        "C1", "F1", ConsentWords("plan", "granted", "R-12", until="2026-04-10"), "paul", NOON
    )
    assert isinstance(short, list)
    assert [one.field for one in short] == ["until"]
    endless = await insurance_deeds.record_consent("C1", "F1", ConsentWords("plan", "granted", "R-12"), "paul", NOON)
    assert isinstance(endless, list)
    other = ConsentWords("plan", "granted", "R-12", until="2026-05-01")
    assert isinstance(await insurance_deeds.record_consent("C1", "F2", other, "paul", NOON), Deed)
    assert await agreements() == [("proposed", "")]
    assert isinstance(await insurance_deeds.record_consent("C1", "F1", other, "paul", NOON), Deed)
    assert await agreements() == [("agreed", "")]


async def test_a_promise_overtaken_by_another_does_not_come_back_with_the_consent() -> None:
    await insured("F1")
    assert isinstance(await agreement_deeds.note_promise("C1", "F1", "2026-04-20", "", "marie", NOON), Deed)
    assert isinstance(await agreement_deeds.note_promise("C1", "F1", "2026-03-20", "", "marie", NOON), Deed)
    await ask_about_consents(NOON, about_consent)
    assert await answer("granted", "2026-03-10", date="2026-03-09", note="R-12") is None
    assert await rows("SELECT until, ended_by FROM hold ORDER BY id") == [
        (date(2026, 4, 20), "insurer"), (date(2026, 3, 20), ""),
    ]  # fmt: skip


async def test_a_plan_of_one_invoice_whose_first_day_has_passed_does_not_stand_with_the_consent() -> None:
    await insured("F1")
    case, customer = (await rows("SELECT id, customer_id FROM cases"))[0]
    parts = (DatedAmount(date(2026, 3, 5), 150_00), DatedAmount(date(2026, 4, 15), 150_00))
    async with transaction() as connection:
        await holds.place(
            connection, customer, case, HoldKind.PLAN, "", date(2026, 3, 2), None, "marie", NOON, instalments=parts
        )
    await ask_about_consents(NOON, about_consent)
    assert await answer("granted", "2026-03-10", date="2026-03-09", note="R-12") is None
    assert await rows("SELECT ended_by FROM hold") == [("insurer",)]
    assert [row[0] for row in await rows("SELECT text FROM note")] == [insurer_waiting.OVER]


async def test_a_promise_that_is_kept_open_beyond_the_extension_asks_the_insurer() -> None:
    await insured("F1")
    assert isinstance(await agreement_deeds.note_promise("C1", "F1", "2026-03-10", "", "marie", NOON), Deed)
    case = int((await rows("SELECT id FROM cases"))[0][0])
    async with transaction() as connection:
        await holds.keep_asked(connection, [case], date(2026, 4, 20), "", "marie", date(2026, 3, 20), at("2026-03-20"))
    assert await rows("SELECT until, ended_by FROM hold ORDER BY id") == [
        (date(2026, 3, 10), "marie"), (date(2026, 4, 20), "insurer"),
    ]  # fmt: skip
    assert await rows("SELECT about, state, until FROM insurer_consent") == [("promise", "asked", date(2026, 4, 20))]


async def answered(kind: str, code: str, **values: str) -> str | None:
    """Answer the open question of a kind."""
    number = int((await rows("SELECT id FROM question WHERE kind = :kind AND state = 'open'", kind=kind))[0][0])
    found = await questions.read(number)
    assert found is not None
    place = [one.code for one in choices(QuestionKind(kind), None)].index(code)
    return await doors.answer_directly(number, PAUL, "terminal", {"decision": decisions(found)[place], **values})


async def test_where_the_policy_asks_nothing_is_given_up_without_the_insurers_consent() -> None:
    await insured("F1")
    assert isinstance(await insurance_deeds.set_policy(replace(POLICY, asks_write_off="yes"), "paul", NOON), int)
    await clock.start(Mode.STEPPED, NOON)
    refusal = "F1 is insured with Coface: {what} needs the insurer's consent."
    settled = await agreement_deeds.propose_settlement(
        "C1", "", "200.00", "2026-03-20", "poor", "marie", NOON, about_proposal
    )
    assert isinstance(settled, Deed)
    assert str(await answered("settlement", "offer")).startswith(refusal.format(what="a settlement for less"))
    said = DisputeWords("price", "100.00")
    assert isinstance(await dispute_deeds.open_dispute("C1", "F1", said, "marie", NOON), Deed)
    await do("UPDATE dispute SET ask_on = '2026-03-01'")
    await ask_about_disputes(NOON, about_dispute)
    assert str(await answered("dispute", "accept")).startswith(refusal.format(what="a credit note"))
    for about in ("settlement", "credit_note"):
        words = ConsentWords(about, "granted", "R-1", until="2026-04-30")
        assert isinstance(await insurance_deeds.record_consent("C1", "", words, "paul", NOON), Deed)
    assert await answered("dispute", "accept") is None
