"""The question before a court: which ways are offered, what is kept of the choice, and the file that is born of it."""

import io
import zipfile
from datetime import UTC, date, datetime
from email import message_from_bytes
from uuid import UUID, uuid4

import pytest

from policies.case import EffectState
from policies.decisions import Act
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Channel, Stage
from storage import asking, clock, court_files, court_views, doors, handing, leases, ledger, limitation_acts, questions
from storage.case_views import explained
from storage.clock import Mode
from storage.court_deeds import EventWords, record_event
from storage.question_subject import Lead
from storage.questions import Question
from storage.session import transaction
from tasks.question_text import describe
from tasks.write import write
from tests.engine.staff import MARIE
from tests.storage.books import bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
MORNING = datetime(2026, 8, 20, 9, 30, tzinfo=UTC)
MAIL = frozenset({Channel.EMAIL})


async def at_the_court(total: int = 120_000) -> tuple[int, UUID]:
    """A case whose file goes to court on this morning; its number and the lease on it."""
    bill_of = invoice("F1", "2026-05-01", total, reached_stage=Stage.AGENCY, reached_on=date(2026, 7, 15))
    await bill(bill_of, at=MORNING)
    await do(
        "UPDATE creditor SET name = 'Atelier Nord SAS', email = 'compta@atelier-nord.example', iban = "
        "'FR7630006000011234567890189', address = '1 rue du Port, 44000 Nantes', mentions = 'SAS · SIREN 552 100 554 · RCS Nantes',"
        " legal_email = 'etude@durand.example', bank_max_age = NULL, courtesy_max_age = NULL"
    )
    await open_cases(MORNING)
    case = int((await rows("SELECT id FROM cases"))[0][0])
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test') ON CONFLICT DO NOTHING")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    await clock.start(Mode.STEPPED, MORNING)
    return case, lease.token


async def asked(case: int, token: UUID) -> Question:
    placed = await asking.ask(case, token, MORNING, MAIL, write, describe)
    assert isinstance(placed, Lead)
    found = await questions.read(placed.question)
    assert found is not None
    return found


async def answer(question: Question, sentence: str, signer: Signer = MARIE) -> str | None:
    decision = f"{sentence} · {question.fingerprint}"
    return await doors.answer_directly(question.id, signer, "terminal", {"decision": decision})


def attached(raw: bytes) -> dict[str, bytes]:
    mail = message_from_bytes(raw)
    return {
        str(part.get_filename()): bytes(part.get_payload(decode=True) or b"")
        for part in mail.walk()
        if part.get_filename()
    }


async def test_the_ways_are_offered_in_their_order_with_cost_and_article_and_the_closed_one_says_why() -> None:
    question = await asked(*(await at_the_court()))
    assert question.offers == (
        "Take it to court: Injonction de payer",
        "Take it to court: Small claims by commissaire de justice",
        "Take it to court: Référé-provision",
        "Take it to court: Ordinary claim",
    )
    assert question.routes == ("injonction_de_payer", "small_claims", "refere_provision", "ordinary_claim")
    told = question.description
    assert "**missing**: the invoices themselves: no file is kept of F1" in told
    assert "**nothing may be paid until its outcome** (art. R125-7 CPCE)" in told
    assert "needs a creditor and a debtor in different member states" in told
    assert "art. 1405 to 1422 CPC" in told


async def test_another_way_is_drafted_anew_and_both_choices_are_kept() -> None:
    case, token = await at_the_court()
    first = await asked(case, token)
    assert await answer(first, "Take it to court: Small claims by commissaire de justice") is None
    second = await asked(case, token)
    assert second.id != first.id
    assert second.routes[0] == "small_claims"
    raw = (await rows("SELECT raw FROM message WHERE state = 'draft' ORDER BY id DESC LIMIT 1"))[0][0]
    files = attached(bytes(raw))
    assert sorted(files) == ["C1-2026-08-20.zip", "claim.csv", "claim.json", "court.pdf"]
    with zipfile.ZipFile(io.BytesIO(files["C1-2026-08-20.zip"])) as archive:
        assert "claim.pdf" in archive.namelist()
        assert b"FR76" not in archive.read("claim.json")
    assert await answer(second, "Take it to court: Small claims by commissaire de justice") is None
    assert await rows("SELECT route, message_id IS NULL, actor FROM legal_choice ORDER BY id") == [
        ("small_claims", True, "marie"),
        ("small_claims", False, "marie"),
    ]


async def test_an_agent_may_not_choose_a_way_to_court() -> None:
    question = await asked(*(await at_the_court()))
    for sentence in question.offers[:2]:
        refused = await answer(question, sentence, Signer("paul", Role.AGENT))
        assert refused is not None
        assert "is for a manager, the legal department or an administrator to decide" in refused


async def test_a_small_claim_stays_one_though_its_way_has_closed_before_it_is_confirmed() -> None:
    case, token = await at_the_court()
    assert await answer(await asked(case, token), "Take it to court: Small claims by commissaire de justice") is None
    assert await answer(await asked(case, token), "Take it to court: Small claims by commissaire de justice") is None
    reserved = await handing.prepare(case, token, MORNING, MAIL, write)
    assert isinstance(reserved, handing.Reserved)
    (message,) = reserved.messages
    assert await ledger.begin_handing_over(message, token, MORNING)
    await bill(invoice("F2", "2026-05-02", 600_000), at=MORNING)
    await ledger.settle(message, EffectState.CONFIRMED, "", MORNING, sender=case)
    (file,) = await court_views.listing()
    assert (file.route, file.forbids) == ("small_claims", "art. R125-7 CPCE")


async def test_the_file_is_born_when_the_ledger_confirms_it_and_holds_its_case() -> None:
    case, token = await at_the_court()
    question = await asked(case, token)
    assert question.kind is QuestionKind.APPROVE
    assert await answer(question, "Take it to court: Injonction de payer") is None
    found = await explained(case, MORNING, MAIL)
    assert isinstance(found.why.decision, Act)
    reserved = await handing.prepare(case, token, MORNING, MAIL, write)
    assert isinstance(reserved, handing.Reserved)
    assert await court_views.listing() == ()
    (message,) = reserved.messages
    assert await ledger.begin_handing_over(message, token, MORNING)
    await ledger.settle(message, EffectState.CONFIRMED, "", MORNING, sender=case)
    (file,) = await court_views.listing()
    assert (file.route, file.title, file.state, file.principal, file.opened_by, file.opened_on) == (
        "injonction_de_payer", "Injonction de payer", "handed_over", 120_000, "marie", date(2026, 8, 20),
    )  # fmt: skip
    assert [tuple(row) for row in await rows("SELECT kind, reason FROM hold")] == [
        ("court", "court file 1: Injonction de payer")
    ]


async def test_a_file_only_the_sink_had_gives_the_claim_no_life() -> None:
    case, token = await at_the_court()
    assert await answer(await asked(case, token), "Take it to court: Injonction de payer") is None
    reserved = await handing.prepare(case, token, MORNING, MAIL, write)
    assert isinstance(reserved, handing.Reserved)
    (message,) = reserved.messages
    assert await ledger.begin_handing_over(message, token, MORNING)
    await ledger.settle(message, EffectState.CONFIRMED, "", MORNING, sender=case)
    for event, on in (("order_made", "2026-09-10"), ("served", "2026-10-15")):
        assert not isinstance(
            await record_event(1, EventWords(event, on), "lea", datetime(2026, 11, 1, tzinfo=UTC)), list
        )
    assert [one.taken_back is None for one in await limitation_acts.of_case(case)] == [True]
    async with transaction() as connection:
        await court_files.forget_sunk(connection, [case], date(2026, 11, 2), "we send in earnest", MORNING)
    assert [(one.on, one.taken_back is None) for one in await limitation_acts.of_case(case)] == [
        (date(2026, 10, 15), False)
    ]
