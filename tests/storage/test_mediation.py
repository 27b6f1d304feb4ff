"""A mediation names its mediator, waits for an answer by a rule, and what came of it becomes facts."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from policies.case import EffectState
from policies.decisions import Act, Ask, Wait
from policies.facts import DebtorKind
from policies.mediation import MediationOutcome, StartedBy
from policies.mediation_proposal import Mediator
from policies.problems import Problem
from policies.staff import Role, Signer
from policies.stages import Channel
from storage import asking, clock, collecting, doors, handing, leases, ledger, mediators, questions
from storage.clock import Mode
from storage.confidential import confidential
from storage.handing import NotNow, Reserved
from storage.hold_deeds import Deed
from storage.mediation_attempts import attempts
from storage.mediation_deeds import MediationWords, outcome, propose
from storage.mediation_questions import ask_about_mediations, next_question
from storage.mediator_questions import ask_about_mediators
from storage.question_subject import Lead
from storage.session import reading
from tasks.mediation_words import about_mediation, about_mediators
from tasks.question_text import describe
from tasks.write import write
from tests.storage.books import bill, do, invoice, open_cases, rows, told, woken

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})
AGENT, MANAGER = Signer("marie", Role.AGENT), Signer("paul", Role.MANAGER)
KINDS = ("consumer_mediation", "conciliation", "mediator")


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:30:00").replace(tzinfo=UTC)


async def at_the_mediation(
    number: str = "FA-1", total: int = 3_000_00, kind: DebtorKind = DebtorKind.BUSINESS
) -> tuple[int, UUID]:
    """A case whose proposal of mediation is due on 23 March; its number and the lease on it."""
    await bill(invoice(number, "2026-01-20", total, customer_kind=kind))
    await do(
        "UPDATE creditor SET email = 'compta@us.example', mentions = 'SIREN 552 100 554', mediator = 'Médiation Conso, Nantes'"
    )
    await open_cases(at("2026-03-02"))
    case = int((await rows("SELECT id FROM cases"))[0][0])
    step = "follow_up_call"
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) VALUES (:case, :step, :step, '2026-03-10', 'confirmed')",
        case=case,
        step=step,
    )
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    await clock.start(Mode.STEPPED, at("2026-03-23"))
    return case, lease.token


async def proposed(case: int, token: UUID) -> int:
    """The proposal leaves; the question about its outcome."""
    await left(case, token)
    return await asked(case, token)


async def left(case: int, token: UUID) -> None:
    """The proposal leaves."""
    found = await collecting.consider(case, token, at("2026-03-23"), MAIL)
    assert isinstance(found.decision, Act), found.decision
    prepared = await handing.prepare(case, token, at("2026-03-23"), MAIL, write)
    assert isinstance(prepared, Reserved), prepared
    (message,) = prepared.messages
    assert await ledger.begin_handing_over(message, token, at("2026-03-23"))
    await ledger.settle(message, EffectState.CONFIRMED, "", at("2026-03-23"))


async def asked(case: int, token: UUID, day: str = "2026-03-23") -> int:
    found = await collecting.consider(case, token, at(day), MAIL)
    assert isinstance(found.decision, Ask), found.decision
    placed = await asking.ask(case, token, at(day), MAIL, write, describe)
    assert isinstance(placed, Lead)
    return placed.question


async def answer(question: int, code: str, day: str, who: Signer = AGENT, **fields: str) -> str | None:
    await clock.advance(at(day, 10))
    found = await questions.read(question)
    assert found is not None
    sentences = {
        "plan": "Agreement reached: it is paid in parts, as written below",
        "credit": "Agreement reached: the amount below is given up, the rest is due",
        "refused": "Mediation was refused, go on",
        "no_answer": "No answer came in time, go on",
        "under_way": "Still under way, come back on the date below",
        "together": "Name nobody: the mediator is chosen together",
    }
    sentence = sentences.get(code, code)
    decision = f"{sentence} · {found.shown_facts} · {found.fingerprint}"
    return await doors.answer_directly(question, who, "terminal", {"decision": decision, **fields})


async def mediations() -> list[tuple[str, ...]]:
    found = await rows("SELECT started_by, route, mediator, state, outcome FROM mediation ORDER BY id")
    return [tuple(row) for row in found]


async def deadlines() -> list[tuple[str, date, str, str]]:
    found = await rows("SELECT kind, last_day, article, state FROM deadline ORDER BY id")
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def test_the_proposal_names_the_mediator_and_an_answer_is_waited_for_by_the_policys_rule() -> None:
    case, token = await at_the_mediation()
    question = await proposed(case, token)
    text = (await rows("SELECT text FROM message WHERE stage = 'mediation'"))[0][0]
    assert "Médiateur proposé : Médiateur des entreprises" in text
    assert "au plus tard le 7 avril 2026" in text
    assert await mediations() == [("ladder", "mediateur_entreprises", "Médiateur des entreprises", "proposed", "")]
    rule = "policy fr-b2b, step mediation: 15 days to answer"
    assert await deadlines() == [("mediation_answer", date(2026, 4, 7), rule, "standing")]
    refusal = await answer(question, "no_answer", "2026-04-07")
    assert refusal is not None
    assert "2026-04-07" in refusal
    assert await answer(question, "no_answer", "2026-04-08", note="silence") is None
    assert await deadlines() == [("mediation_answer", date(2026, 4, 7), rule, "met")]
    assert isinstance((await collecting.consider(case, token, at("2026-04-08"), MAIL)).decision, Wait)
    assert "mediation_ended" in await told("FA-1")


async def test_asking_for_its_outcome_is_no_news_that_wakes_the_invoice() -> None:
    case, token = await at_the_mediation()
    await left(case, token)
    await do("UPDATE cases SET wake_at = NULL")
    await asked(case, token)
    assert await mediations() == [("ladder", "mediateur_entreprises", "Médiateur des entreprises", "proposed", "")]
    assert await woken() == []


async def test_what_was_agreed_becomes_a_plan_and_the_note_stays_with_the_mediation() -> None:
    case, token = await at_the_mediation()
    question = await proposed(case, token)
    short = await answer(question, "plan", "2026-03-30", payments="2026-05-01=500.00")
    assert short is not None
    assert "3000.00 EUR" in short
    done = await answer(question, "plan", "2026-03-30", payments="2 from 2026-05-01", note="they first offered half")
    assert done is None
    assert await rows("SELECT kind, state, amount FROM agreement") == [("plan", "agreed", 3_000_00)]
    assert await rows("SELECT outcome, words, agreement_id IS NOT NULL FROM mediation") == [
        ("plan", "they first offered half", True)
    ]
    assert await rows("SELECT count(*) FROM note") == [(0,)]
    assert await rows("SELECT reason FROM hold WHERE ended_at IS NULL") == [("payment plan",)]
    assert isinstance((await collecting.consider(case, token, at("2026-03-30"), MAIL)).decision, Wait)


async def test_a_part_given_up_needs_a_manager_and_is_awaited_as_a_credit_note() -> None:
    case, token = await at_the_mediation()
    question = await proposed(case, token)
    assert "a manager" in (await answer(question, "credit", "2026-03-30", payments="500.00") or "")
    assert await answer(question, "credit", "2026-03-30", MANAGER, payments="500.00") is None
    assert await rows("SELECT reason, state, claimed FROM dispute") == [("credit_promised", "accepted", 500_00)]
    found = await collecting.consider(case, token, at("2026-03-30"), MAIL)
    assert found.dossier.case.principal == 2_500_00
    assert await rows("SELECT step, how FROM step_done ORDER BY id DESC LIMIT 1") == [("mediation", "confirmed")]


async def test_while_it_is_under_way_nothing_leaves_and_it_is_asked_about_again_on_the_day_named() -> None:
    case, token = await at_the_mediation()
    question = await proposed(case, token)
    assert await answer(question, "under_way", "2026-03-30", date="2026-05-04", note="first meeting") is None
    assert isinstance((await collecting.consider(case, token, at("2026-05-04"), MAIL)).decision, Wait)
    again = await asked(case, token, "2026-05-05")
    assert await answer(again, "refused", "2026-05-05") is None
    assert await mediations() == [("ladder", "mediateur_entreprises", "Médiateur des entreprises", "ended", "refused")]


async def test_among_several_mediators_a_person_chooses_and_the_proposal_names_that_one() -> None:
    case, token = await at_the_mediation(kind=DebtorKind.CONSUMER, total=900_00)
    one = Mediator(0, "conciliation", "M. Lenoir, conciliateur", "1 place du Palais, 44000 Nantes")
    assert await mediators.name(one, KINDS, "marie", at("2026-03-23")) == 1
    found = await collecting.consider(case, token, at("2026-03-30"), MAIL)
    assert isinstance(found.decision, Act), found.decision
    wait = NotNow("a person chooses the mediator first", "tomorrow")
    assert await handing.prepare(case, token, at("2026-03-30"), MAIL, write) == wait
    assert await ask_about_mediators(at("2026-03-30"), about_mediators) == 1
    assert await ask_about_mediators(at("2026-03-30"), about_mediators) == 0
    ((question,),) = await rows("SELECT id FROM question WHERE kind = 'mediator' AND state = 'open'")
    shown = await questions.read(question)
    assert shown is not None
    assert shown.offers == (
        "Consumer mediation: Médiation Conso, Nantes",
        "Amicable attempt with a conciliateur de justice: M. Lenoir, conciliateur, 1 place du Palais, 44000 Nantes",
    )
    assert await answer(question, shown.offers[1], "2026-03-30") is None
    assert isinstance(await handing.prepare(case, token, at("2026-03-30", 11), MAIL, write), Reserved)
    text = (await rows("SELECT text FROM message WHERE stage = 'mediation'"))[0][0]
    assert "Médiation Conso, Nantes" in text
    assert "M. Lenoir, conciliateur, 1 place du Palais, 44000 Nantes" in text
    assert "art. 750-1 CPC" in text
    assert await rows("SELECT route, compulsory FROM mediation") == [("conciliation", "art. 750-1 CPC")]


async def test_a_customers_own_mediator_pauses_the_ladder_until_somebody_says_what_became_of_it() -> None:
    case, token = await at_the_mediation()
    words = MediationWords(StartedBy.CUSTOMER, "Chambre de commerce", words="they want a year")
    made = await propose("C1", "", words, "marie", at("2026-03-23"))
    assert isinstance(made, Deed), made
    assert made.words == "mediation 1"
    assert isinstance((await collecting.consider(case, token, at("2026-06-01"), MAIL)).decision, Wait)
    again = await propose("C1", "", words, "marie", at("2026-03-23"))
    assert again == [Problem("form", None, "invoice", "Mediation 1 is about it already: say what became of it first.")]
    assert await next_question(at("2026-03-23")) is not None
    assert await ask_about_mediations(at("2026-03-23"), about_mediation) == 1
    assert await next_question(at("2026-03-23")) is None
    values = {"decision": "failed", "note": "no agreement"}
    assert await outcome(1, values, AGENT, at("2026-03-24"), about_mediation) is None
    assert await mediations() == [("customer", "mediator", "Chambre de commerce", "ended", "failed")]
    assert isinstance((await collecting.consider(case, token, at("2026-03-24"), MAIL)).decision, Act)
    async with reading() as connection:
        (one,) = await attempts(connection, [case])
    assert (one.mediator, one.outcome) == ("Chambre de commerce", MediationOutcome.FAILED)


async def test_a_mediation_proposed_by_hand_is_written_once_and_ends_with_what_it_was_about() -> None:
    await at_the_mediation()
    made = await propose("C1", "", MediationWords(StartedBy.PERSON), "marie", at("2026-03-23"))
    assert isinstance(made, Deed), made
    assert made.words == "mediation 1, answer by 7 Apr"
    assert await rows("SELECT kind, state FROM correspondence") == [("mediation_proposed", "waiting")]
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid'", at=at("2026-03-24"))
    assert await ask_about_mediations(at("2026-03-24"), about_mediation) == 0
    assert await mediations() == [
        ("person", "mediateur_entreprises", "Médiateur des entreprises", "ended", "taken_back")
    ]
    assert [state for *_, state in await deadlines()] == ["dropped"]


async def test_nothing_is_mediated_with_a_customer_in_insolvency() -> None:
    await at_the_mediation()
    await do(
        "INSERT INTO hold (customer_id, kind, reason, since, owner) SELECT id, 'insolvency', 'judgment', '2026-03-20', 'marie' FROM customer"
    )
    refused = await propose("C1", "", MediationWords(StartedBy.PERSON), "marie", at("2026-03-23"))
    assert refused == [
        Problem("form", None, "mediator", "Nothing is mediated with a debtor in insolvency: declare the claim instead.")
    ]


async def test_the_message_that_proposes_it_and_the_answer_stay_out_of_what_is_handed_over() -> None:
    case, token = await at_the_mediation()
    question = await proposed(case, token)
    await answer(question, "refused", "2026-03-30", note="offered 10 percent")
    async with reading() as connection:
        kept = await confidential(connection, [case])
    ((message,),) = await rows("SELECT id FROM message WHERE stage = 'mediation'")
    assert kept.messages == {message}
    assert kept.questions == {question}
