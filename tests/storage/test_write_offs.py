"""Write-offs in the books: proposed, decided, proven, taken back; what came after all; the VAT and the accountant's list."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from policies.beside import MessageKind, Piece
from policies.decisions import Close, Outcome
from policies.staff import Role, Signer
from policies.write_off import WriteOffReason, WriteOffWords
from storage import clock, doors, questions, write_off_books, write_off_deeds, write_off_vat
from storage.aging import aging
from storage.clock import Mode
from storage.dispute_sums import DEMANDED
from storage.doubtful import doubtful
from storage.facts import lock_debtor
from storage.session import reading, transaction
from storage.write_off_questions import ask_about_write_offs
from storage.write_off_views import WriteOffView, listing, show
from tasks.vat_page import vat_page
from tasks.write_off_text import about_write_off
from tests.engine.staff import JEAN, MARIE
from tests.storage.books import NOON, bank, do, line, refused, rows, told
from tests.storage.test_holds import at, case_of, look, owed
from tests.storage.test_one_order_of_locks import somebody_waits

pytestmark = pytest.mark.usefixtures("database_url")
PAUL = Signer("paul", Role.AGENT)


async def propose(invoices: str = "", amount: str = "", reason: str = "uneconomic", words: str = "") -> int:
    """Propose one; answers its number."""
    done = await write_off_deeds.propose("C1", invoices, WriteOffWords(reason, words, amount), "paul", NOON)
    assert not isinstance(done, list), done
    await ask_about_write_offs(NOON, about_write_off)
    return int((await rows("SELECT max(id) FROM write_off"))[0][0])


async def answer(code: str = "write_off", signer: Signer = MARIE, note: str = "") -> str | None:
    """Answer the open question."""
    await do("DELETE FROM clock")
    await clock.start(Mode.STEPPED, NOON, NOON)
    asked = next(one for one in await questions.inbox() if one.kind == "write_off")
    sentences = {"write_off": "Write it off as proposed", "refuse": "Refuse it: go on collecting"}
    decision = f"{sentences[code]} · {asked.shown_facts} · {asked.fingerprint}"
    return await doors.answer_directly(asked.id, signer, "terminal", {"decision": decision, "note": note})


async def close(number: str, day: str = "2026-03-02") -> str:
    """The case looks and closes as it decides; answers how."""
    await do("UPDATE lease SET since = since")
    return await _closed(number, day)


async def _closed(number: str, day: str) -> str:
    leased = {number: (await rows("SELECT token FROM lease WHERE case_id = :case", case=await case_of(number)))[0][0]}
    decision = (await look(leased, number, day)).decision
    if not isinstance(decision, Close):
        return "open"
    await do(
        "UPDATE cases SET closed_at = :at, outcome = :outcome WHERE id = :case",
        at=at(day), outcome=decision.outcome.value, case=await case_of(number),
    )  # fmt: skip
    return decision.outcome.value


async def view(number: int) -> WriteOffView:
    found = await show(number)
    assert found is not None
    return found


async def sums(number: str) -> tuple[int, int, int, int]:
    """Written off, paid, credited and still open of an invoice; they make its total."""
    case = await case_of(number)
    listed = [one async for one in _items(case)]
    (total, paid, credited, left) = (
        await rows(
            f"SELECT i.total, i.paid, i.credited, CASE WHEN c.written_off IS NULL THEN {DEMANDED} ELSE 0 END FROM invoice i "
            "JOIN cases c ON c.invoice_id = i.id WHERE c.id = :case",
            case=case,
        )
    )[0]
    given = sum(listed)
    assert given + paid + credited + max(left, 0) == total
    return given, paid, credited, max(left, 0)


async def _items(case: int) -> AsyncIterator[int]:
    for (number,) in await rows("SELECT DISTINCT write_off_id FROM write_off_item WHERE case_id = :case", case=case):
        for one in (await view(number)).items:
            if one.case == case:
                yield one.now


async def test_an_agent_proposes_and_a_manager_writes_off() -> None:
    await owed("F1", "F2")
    number = await propose("F1")
    asked = [one for one in await questions.inbox() if one.kind == "write_off"]
    assert [(one.title, one.amount) for one in asked] == [("Write it off? · Dupont SARL · 100,00\xa0€", 100_00)]
    assert (await answer(signer=PAUL) or "").startswith("“Write it off as proposed” is for a manager")
    assert await close("F1") == "open"
    assert await answer() is None
    assert (await view(number)).state == "standing"
    assert await close("F1") == Outcome.WRITTEN_OFF
    assert await close("F2") == "open"
    assert await sums("F1") == (100_00, 0, 0, 0)
    said = [kind for kind in await told("F1") if kind.startswith("writ")]
    assert said == ["write_off_proposed", "written_off"]


async def test_a_refused_proposal_changes_nothing() -> None:
    await owed("F1")
    number = await propose()
    assert await answer("refuse", note="they pay next month") is None
    assert ((await view(number)).state, await close("F1")) == ("refused", "open")
    assert await rows("SELECT text FROM note") == [("they pay next month",)]


async def test_above_the_amount_two_people_write_off_and_two_take_it_back() -> None:
    await owed("F1")
    await do("UPDATE creditor SET second_signature_write_off = '50 EUR'")
    number = await propose()
    assert await answer() is None
    assert (await view(number)).state == "proposed"
    assert await answer(signer=JEAN) is None
    assert (await view(number)).state == "standing"
    first = await write_off_deeds.reverse(number, "it pays", "marie", NOON)
    assert not isinstance(first, list)
    assert "a second person" in first.words
    assert not isinstance(await write_off_deeds.reverse(number, "it pays", "marie", NOON), list)
    assert (await view(number)).state == "standing"
    await write_off_deeds.reverse(number, "it pays", "jean", NOON)
    assert (await view(number)).state == "reversed"


async def test_a_part_is_given_up_and_the_rest_goes_on() -> None:
    await owed("F1")
    await propose("F1", "40.00", "gesture")
    await answer()
    assert (await sums("F1"), await close("F1")) == ((40_00, 0, 0, 60_00), "open")
    await bank(line("F1", 60_00))
    assert (await sums("F1"), await close("F1")) == ((40_00, 60_00, 0, 0), Outcome.WRITTEN_OFF)
    await bank(line("VIR F1", 40_00, invoices=("F1",)))
    assert (await sums("F1"), await close("F1")) == ((0, 100_00, 0, 0), Outcome.PAID)


async def test_a_claim_written_off_and_paid_after_all_ends_as_paid_and_a_return_brings_the_write_off_back() -> None:
    await owed("F1")
    number = await propose()
    await answer()
    assert await close("F1") == Outcome.WRITTEN_OFF
    await bank(line("F1", 100_00, end_to_end_id="E1"))
    assert await rows("SELECT outcome FROM cases") == [(None,)]
    assert ((await view(number)).now, await close("F1", "2026-03-03")) == (0, Outcome.PAID)
    await bank(line("F1", -100_00, on="2026-03-05", end_to_end_id="E1", return_reason="AC04"))
    assert (await close("F1", "2026-03-06"), await sums("F1")) == (Outcome.WRITTEN_OFF, (100_00, 0, 0, 0))
    await write_off_deeds.reverse(number, "they are trading again", "marie", NOON)
    assert (await close("F1", "2026-03-06"), await sums("F1")) == ("open", (0, 0, 0, 100_00))


async def test_a_proof_is_kept_byte_for_byte_once() -> None:
    await owed("F1")
    number = await propose(reason="insolvency")
    before = [one.description for one in await questions.inbox() if one.kind == "write_off"]
    assert "**No proof is kept with it**" in before[0]
    assert await write_off_deeds.add_proof(number, "liquidator", "attestation.pdf", b"%PDF-1", "paul", NOON) == []
    assert refused(await write_off_deeds.add_proof(number, "liquidator", "again.pdf", b"%PDF-1", "paul", NOON)) == [
        "This very file is kept with the write-off already."
    ]
    await ask_about_write_offs(NOON, about_write_off)
    after = [one.description for one in await questions.inbox() if one.kind == "write_off"]
    assert ("attestation.pdf" in after[0], len(after)) == (True, 1)
    assert [(name, content) for name, content, _ in await write_off_deeds.proofs(number)] == [
        ("attestation.pdf", b"%PDF-1")
    ]


async def test_what_cannot_be_written_off_is_told_in_sentences() -> None:
    await owed("F1", "F2")
    asked = [
        ("", "10.00", "gesture", "A part is written off one invoice at a time: name the invoice."),
        ("F1", "100.01", "gesture", "More than is open of it."),
        ("F1", "", "other", "Write down what the other reason is."),
        ("F9", "", "gesture", "Dupont SARL has no open invoice F9."),
    ]
    for invoices, amount, reason, why in asked:
        done = await write_off_deeds.propose("C1", invoices, WriteOffWords(reason, "", amount), "paul", NOON)
        assert refused(done) == [why]
    number = await propose("F1")
    again = await write_off_deeds.propose("C1", "", WriteOffWords("gesture"), "paul", NOON)
    assert refused(again) == [f"Write-off {number} is proposed for it already: it waits for an answer."]


async def test_what_is_paid_before_the_answer_is_asked_about_no_more() -> None:
    await owed("F1")
    number = await propose()
    await bank(line("F1", 100_00))
    await ask_about_write_offs(NOON, about_write_off)
    assert ([one.kind for one in await questions.inbox()], (await view(number)).state) == ([], "refused")


async def test_the_vat_has_its_last_date_until_the_duplicate_is_sent() -> None:
    await owed("F1")
    number = await propose(reason="insolvency")
    await answer()
    said = await write_off_vat.sent(number, date(2026, 3, 2), "marie", NOON)
    assert refused(said) == [
        f"Enter net and VAT of what is lost of F1 now first: ./relance write-off vat amounts {number} INVOICE --net … --vat …"
    ]
    assert refused(await write_off_vat.enter_amounts(number, "F1", 80_00, 16_00, "marie", NOON)) == [
        "Net and VAT together must make what is still written off of it, to the cent."
    ]
    assert await write_off_vat.enter_amounts(number, "F1", 80_00, 20_00, "marie", NOON) == []
    assert refused(await write_off_vat.sent(number, date(2026, 3, 2), "marie", NOON)) == [
        "Enter the day of the liquidation judgment first (--judged YYYY-MM-DD): it is possible from then on."
    ]
    assert await write_off_vat.enter_days(number, date(2026, 2, 20), date(2026, 3, 1), "marie", NOON) == []
    deadline = "SELECT kind, last_day, article, state FROM deadline ORDER BY id"
    assert await rows(deadline) == [("vat_recovery", date(2028, 12, 31), "art. 272 CGI", "standing")]
    assert await write_off_vat.sent(number, date(2026, 3, 2), "marie", NOON) == []
    assert await rows(deadline) == [("vat_recovery", date(2028, 12, 31), "art. 272 CGI", "met")]
    assert write_off_vat.given_back(await view(number)) is None
    await bank(line("F1", 50_00))
    assert write_off_vat.given_back(await view(number)) == write_off_vat.GiveBack(50_00, 10_00)
    await write_off_deeds.reverse(number, "paid by the liquidator", "marie", NOON)
    assert write_off_vat.given_back(await view(number)) == write_off_vat.GiveBack(100_00, 20_00)


async def test_the_page_tells_of_nothing_that_was_paid_before_it_leaves_and_a_page_that_was_dropped_is_sent_again() -> (
    None
):
    await owed("F1", "F2")
    number = await propose(reason="insolvency")
    await answer()
    await write_off_vat.enter_days(number, date(2026, 2, 20), None, "marie", NOON)
    for invoice in ("F1", "F2"):
        assert await write_off_vat.enter_amounts(number, invoice, 80_00, 20_00, "marie", NOON) == []
    await bank(line("F1", 50_00), line("F2", 100_00))
    command = f"./relance write-off vat amounts {number} INVOICE --net … --vat …"
    assert refused(await write_off_vat.send(number, b"%PDF-1", "marie", NOON)) == [
        f"Enter net and VAT of what is lost of F1, F2 now first: {command}"
    ]
    assert await write_off_vat.enter_amounts(number, "F1", 40_00, 10_00, "marie", NOON) == []
    assert await write_off_vat.enter_amounts(number, "F2", 0, 0, "marie", NOON) == []
    said = PdfReader(io.BytesIO(vat_page(await view(number), date(2026, 3, 2)))).pages[0].extract_text()
    assert ("Duplicata de la facture F1" in said, "40,00" in said, "F2" in said) == (True, True, False)
    for dropped in (True, False):
        assert await write_off_vat.send(number, b"%PDF-1", "marie", NOON) == []
        assert refused(await write_off_vat.send(number, b"%PDF-1", "marie", NOON)) == [
            "It is on its way, or sent, already."
        ]
        if dropped:
            await do("UPDATE correspondence SET state = 'dropped' WHERE kind = 'vat_duplicate'")
    piece = Piece(MessageKind.VAT_DUPLICATE, "", 0, 0, date(2026, 3, 2))
    async with reading() as connection:
        told_ = await write_off_vat.piece_of(connection, f"write_off:{number}", piece)
    assert told_ == replace(piece, invoice="F1", amount=50_00)
    await bank(line("VIR F1", 10_00, invoices=("F1",)))
    async with reading() as connection:
        told_ = await write_off_vat.piece_of(connection, f"write_off:{number}", piece)
    assert told_ == "what is lost has changed since the page was approved"


async def test_a_page_that_was_posted_by_hand_meanwhile_does_not_leave_by_mail_too() -> None:
    await owed("F1")
    number = await propose(reason="insolvency")
    await answer()
    await write_off_vat.enter_days(number, date(2026, 2, 20), None, "marie", NOON)
    await write_off_vat.enter_amounts(number, "F1", 80_00, 20_00, "marie", NOON)
    assert await write_off_vat.send(number, b"%PDF-1", "marie", NOON) == []
    assert await write_off_vat.sent(number, date(2026, 3, 2), "marie", NOON) == []
    piece = Piece(MessageKind.VAT_DUPLICATE, "", 0, 0, date(2026, 3, 2))
    async with reading() as connection:
        assert await write_off_vat.piece_of(connection, f"write_off:{number}", piece) == "it was sent on paper already"


async def test_a_reversal_drops_the_last_date() -> None:
    await owed("F1")
    number = await propose(reason="insolvency")
    await answer()
    await write_off_vat.enter_days(number, None, date(2026, 3, 1), "marie", NOON)
    await write_off_deeds.reverse(number, "a mistake", "marie", NOON)
    assert await rows("SELECT state, ended_how FROM deadline") == [("dropped", "the write-off was reversed")]


async def test_the_accountants_list_is_equal_to_the_aged_balance() -> None:
    await owed("F1", "F2", "F3")
    await propose("F2", "30.00", "gesture")
    await answer()
    await bank(line("F3", 25_00))
    await do("UPDATE invoice SET due = '2025-11-01', net = 8000, vat = 2000 WHERE number = 'F2'")
    found = await doubtful(date(2026, 3, 2))
    assert [
        (one.invoice, one.net, one.vat, one.total, one.open, one.days, one.reason.value) for one in found.items
    ] == [("F2", 80_00, 20_00, 100_00, 70_00, 121, "age")]
    assert [(one.currency, one.doubtful, one.others) for one in found.totals] == [("EUR", 70_00, 175_00)]
    assert sum(one.amount for one in await aging(date(2026, 3, 2))) == sum(one.open for one in found.totals)


async def test_every_reason_to_doubt_an_item_is_found_on_its_day_and_none_after_it_has_ended() -> None:
    await owed("F1", "F2", "F3", "F4", "F5", "F6")
    steps = "INSERT INTO step_done (case_id, step, stage, done_on, how) VALUES (:case, :stage, :stage, '2026-02-20', 'confirmed')"
    for number, stage in (("F1", "legal"), ("F2", "agency")):
        await do(steps, case=await case_of(number), stage=stage)
    hold = (
        "INSERT INTO hold (customer_id, case_id, kind, reason, since, owner, ended_at) "
        "SELECT customer_id, id, :kind, 'x', '2026-02-20', 'marie', CAST(:ended AS timestamptz) FROM cases WHERE id = :case"
    )
    for number, kind, ended in (
        ("F3", "dispute", None),
        ("F4", "insolvency", None),
        ("F5", "dispute", at("2026-03-01")),
    ):
        await do(hold, case=await case_of(number), kind=kind, ended=ended)

    async def reasons(day: date) -> dict[str, str]:
        return {one.invoice: one.reason.value for one in (await doubtful(day)).items}

    standing = {"F1": "court", "F2": "agency", "F3": "dispute", "F4": "insolvency"}
    assert await reasons(date(2026, 3, 2)) == standing
    assert await reasons(date(2026, 2, 25)) == standing | {"F5": "dispute"}
    assert await reasons(date(2026, 2, 19)) == {}


async def test_any_order_of_write_off_payment_return_and_reversal_ends_the_same() -> None:
    """Paid in part before, or after; the written off part is what is still open, whatever came first."""
    await owed("F1", "F2")
    await bank(line("F1", 30_00))
    await propose("F1")
    await answer()
    await propose("F2")
    await answer()
    await bank(line("F2", 30_00))
    assert await sums("F1") == await sums("F2") == (70_00, 30_00, 0, 0)
    assert [await close("F1"), await close("F2")] == [Outcome.WRITTEN_OFF] * 2
    for number in (1, 2):
        await write_off_deeds.reverse(number, "a mistake", "marie", NOON)
    assert await sums("F1") == await sums("F2") == (0, 30_00, 0, 70_00)
    assert await rows("SELECT closed_at, written_off FROM cases ORDER BY id") == [(None, None)] * 2


async def test_what_a_question_about_a_case_writes_off_is_in_the_list_too() -> None:
    await owed("F1")
    case = await case_of("F1")
    async with transaction() as connection:
        await write_off_books.book_case(
            connection, case, WriteOffReason.TIME_BARRED, "too old", "", "marie", date(2026, 3, 2), NOON
        )
    listed = [(one.reason.value, one.row["remark"], one.amount, one.state) for one in await listing()]
    assert listed == [("time_barred", "too old", 100_00, "standing")]


async def test_a_round_that_has_nothing_left_to_give_up_and_an_answer_do_not_stop_each_other() -> None:
    await owed("F1")
    await propose()
    asked = next(one for one in await questions.inbox() if one.kind == "write_off")
    await bank(line("F1", 100_00))
    async with transaction() as answering:  # as a door does: the customer with its cases, then the question
        await lock_debtor(answering, int(asked.customer or 0))
        round_ = asyncio.create_task(ask_about_write_offs(NOON, about_write_off))
        await somebody_waits()
        await answering.execute(text("SELECT id FROM question WHERE id = :id FOR UPDATE"), {"id": asked.id})
    assert await round_ == 0
    assert await rows("SELECT state, decided_by FROM write_off") == [("refused", "relance")]


@pytest.mark.parametrize("part", ["", "40.00"])
async def test_money_from_before_a_write_off_that_goes_back_is_owed_again_and_never_given_up_with_it(part: str) -> None:
    await owed("F1")
    if part:
        await propose("F1", part, "gesture")
        await answer()
    await bank(line("F1", 60_00, end_to_end_id="E1"))
    if not part:
        await propose("F1")
        await answer()
    assert (await close("F1"), await sums("F1")) == (Outcome.WRITTEN_OFF, (40_00, 60_00, 0, 0))
    await bank(line("F1", -60_00, on="2026-03-05", end_to_end_id="E1", return_reason="AC04"))
    assert await rows("SELECT outcome, written_off FROM cases") == [(None, None)]
    assert (await close("F1", "2026-03-06"), await sums("F1")) == ("open", (40_00, 0, 0, 60_00))
    await bank(line("F1", 60_00, on="2026-03-07"))
    assert (await close("F1", "2026-03-08"), await sums("F1")) == (Outcome.WRITTEN_OFF, (40_00, 60_00, 0, 0))


async def test_what_was_paid_between_the_proposal_and_the_answer_is_never_given_up() -> None:
    await owed("F1")
    number = await propose()
    await bank(line("F1", 30_00, end_to_end_id="E1"))
    await ask_about_write_offs(NOON, about_write_off)
    assert await answer() is None
    assert ((await view(number)).amount, await close("F1")) == (70_00, Outcome.WRITTEN_OFF)
    await bank(line("F1", -30_00, on="2026-03-05", end_to_end_id="E1", return_reason="AC04"))
    assert (await close("F1", "2026-03-06"), await sums("F1")) == ("open", (70_00, 0, 0, 30_00))


@pytest.mark.parametrize("paid", [0, 50_00])
async def test_a_part_that_is_owed_again_leaves_what_another_write_off_gave_up(paid: int) -> None:
    await owed("F1")
    first = await propose("F1", "40.00", "gesture")
    await answer()
    await propose("F1")
    await answer()
    assert (await close("F1"), await sums("F1")) == (Outcome.WRITTEN_OFF, (100_00, 0, 0, 0))
    if paid:
        await bank(line("F1", paid))
    await write_off_deeds.reverse(first, "not a gesture", "marie", NOON)
    after: tuple[str, tuple[int, ...]] = (
        (Outcome.WRITTEN_OFF, (50_00, 50_00, 0, 0)) if paid else ("open", (60_00, 0, 0, 40_00))
    )
    assert (await close("F1", "2026-03-03"), await sums("F1")) == after
