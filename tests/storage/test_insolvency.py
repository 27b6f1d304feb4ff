"""Insolvency in the books: what is older than the judgment stops at once, whatever is known when; what is younger goes on."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from policies.choices import choices
from policies.decide import decide
from policies.decisions import Act, Ask
from policies.fingerprint import decision_text
from policies.insolvency import InsolvencyWords, Office
from policies.law.ways_on import DECLARED
from policies.public_notice import PublicNotice
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Channel
from policies.write_off import WriteOffReason
from storage import case_views, clock, doors, insolvency_deeds, insolvency_views, questions, write_off_books
from storage.clock import Mode
from storage.creditor import ensure_creditor
from storage.customers import import_customers
from storage.dossier import load
from storage.hold_deeds import Deed, release_customer
from storage.insolvency_claim import claim_for
from storage.insolvency_claimed import declared
from storage.insolvency_notices import look_at
from storage.insolvency_questions import ask_about_insolvencies, next_question
from storage.interest_stops import stops_of
from storage.session import reading, transaction
from storage.write_off_books import NewWriteOff
from tasks.insolvency_words import WORDS
from tests.storage.books import NOON, bank, bill, credit_note, customer, do, invoice, line, open_cases, refused, rows

pytestmark = pytest.mark.usefixtures("database_url")
MARIE = Signer("marie", Role.ADMIN)
ROY = Office("Me Roy", "roy@aj.example", "3 place du Palais\n69002 Lyon")
JUDGMENT = date(2026, 2, 16)


def judged(**more: Any) -> InsolvencyWords:
    known: dict[str, Any] = {
        "kind": "redressement", "judgment": "2026-02-16", "administrator": ROY, "published": "2026-02-20",
        "declare_by": "2026-04-20", "court": "TC Lyon",
    }  # fmt: skip
    return InsolvencyWords(**known | more)


async def enter(at: datetime = NOON, **more: Any) -> Deed:
    done = await insolvency_deeds.open_insolvency("C1", judged(**more), "marie", at)
    assert isinstance(done, Deed), done
    return done


async def would(at: datetime = NOON) -> dict[str, str]:
    """What each case would do: *act*, *ask* or the word of its hold."""
    async with reading() as connection:
        ids = [row[0] for row in await rows("SELECT id FROM cases ORDER BY id")]
        found = await load(connection, ids, at, frozenset(Channel))
    said = {}
    for one in found.values():
        decision = decide(one.case, one.ladder, at)
        facts = dict(decision.because.facts)
        said[one.case.invoice] = "acts" if isinstance(decision, Act | Ask) else facts.get("hold", "waits")
    return said


async def ladders() -> dict[str, str]:
    found = await rows(
        "SELECT i.number, p.ladder FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN policy p ON p.hash = c.policy_hash"
    )
    return {str(row[0]): str(row[1]) for row in found}


async def answer(kind: QuestionKind, code: str, at: datetime = NOON, **values: str) -> str | None:
    await do("DELETE FROM clock")
    await clock.start(Mode.STEPPED, at, at)
    await ask_about_insolvencies(at, WORDS)
    found = next(one for one in await questions.inbox() if one.kind is kind)
    choice = next(one for one in choices(kind, None) if one.code == code)
    text = decision_text(choice.sentence, found.shown_facts, found.fingerprint)
    return await doors.answer_directly(found.id, MARIE, "terminal", {"decision": text} | values)


async def asked() -> list[str]:
    await ask_about_insolvencies(NOON, WORDS)
    return sorted(one.kind.value for one in await questions.inbox())


async def deadlines() -> list[tuple[Any, ...]]:
    return await rows("SELECT kind, last_day, state, article FROM deadline ORDER BY id")


OLD = invoice("OLD", "2026-01-10", 100_000)
OLD_1 = invoice("OLD-1", "2026-01-10", 100_000)
YOUNG = invoice("YOUNG", "2026-02-26", 50_000, issued=date(2026, 2, 20))
OF_THE_DAY = invoice("DAY", "2026-02-25", 30_000, issued=JUDGMENT)


@pytest.mark.parametrize("order", ["known last", "known first", "between"])
async def test_in_any_order_the_older_invoice_is_held_and_the_younger_one_goes_on_to_the_administrator(
    order: str,
) -> None:
    if order == "known first":
        await bill(invoice("X", "2026-12-01", 1_000))
        await enter()
    await bill(OLD)
    await open_cases()
    if order == "between":
        await enter()
    await bill(YOUNG, OF_THE_DAY)
    await open_cases()
    if order == "known last":
        await enter()
    await open_cases()
    told = await would()
    told.pop("X", None)
    assert told == {"OLD": "insolvency", "YOUNG": "acts", "DAY": "acts"}
    found = await ladders()
    assert [found["OLD"], found["YOUNG"], found["DAY"]] == ["fr-b2b", "fr-after-judgment", "fr-after-judgment"]


async def test_an_older_invoice_that_is_not_due_yet_gets_its_case_and_its_hold_at_once() -> None:
    await bill(invoice("LATER", "2026-08-01", 70_000))
    await enter()
    assert await would() == {"LATER": "insolvency"}


async def test_whose_day_is_not_known_counts_as_older() -> None:
    await bill(invoice("UNKNOWN", "2026-02-26", 70_000, issued=None))
    await enter()
    await open_cases()
    assert await would() == {"UNKNOWN": "insolvency"}


async def test_interest_of_an_invoice_whose_day_is_not_known_stops_with_that_of_the_older_ones() -> None:
    await bill(invoice("UNKNOWN", "2026-02-26", 70_000, issued=None))
    await enter()
    async with reading() as connection:
        stops = await stops_of(connection, [(await rows("SELECT id FROM invoice"))[0][0]])
    assert [one.on for one in stops.values()] == [date(2026, 2, 15)]


async def test_a_part_the_customer_was_let_off_is_not_declared() -> None:
    await bill(OLD)
    await open_cases()
    await enter()
    for reason, part in (("gesture", 30_000), ("uneconomic", 20_000)):
        async with transaction() as connection:
            case, us, them = (await rows("SELECT id, creditor_id, customer_id FROM cases"))[0]
            new = NewWriteOff(us, them, "EUR", WriteOffReason(reason), "", False, {case: part})
            await write_off_books.book(connection, new, "marie", date(2026, 3, 2), NOON)
    found = await claim_for(1, NOON)
    assert found is not None
    assert [(one.invoice, one.open) for one in found[1]] == [("OLD", 70_000)]


async def test_interest_stops_on_the_day_before_and_no_flat_sum_is_declared_of_what_was_not_due() -> None:
    await bill(OLD, invoice("LATER", "2026-03-10", 70_000))
    await open_cases()
    await enter()
    found = await claim_for(1, NOON)
    assert found is not None
    view, lines = found
    assert (view.eve, [(one.invoice, one.open, one.flat) for one in lines]) == (
        date(2026, 2, 15), [("OLD", 100_000, 4_000), ("LATER", 70_000, 0)]
    )  # fmt: skip
    interest = [one.interest for one in lines]
    assert interest == [1_198, 0]
    later = await claim_for(1, datetime(2026, 9, 1, 12, tzinfo=UTC))
    assert later is not None
    assert later[1] == lines


@pytest.mark.parametrize("paid", ["before it was known", "after it was known"])
async def test_a_payment_dated_before_the_judgment_is_not_declared_whenever_it_came_to_be_known(paid: str) -> None:
    await bill(invoice("OLD-1", "2026-01-10", 100_000))
    await open_cases()
    if paid == "after it was known":
        await enter()
    await bank(line("OLD-1", 40_000, "2026-02-10"))
    if paid == "before it was known":
        await enter()
    found = await claim_for(1, NOON)
    assert found is not None
    assert [(one.invoice, one.open) for one in found[1]] == [("OLD-1", 60_000)]


async def test_the_last_day_to_declare_stands_with_its_article_until_it_is_declared() -> None:
    await bill(OLD)
    await open_cases()
    await enter()
    article = "C. com. L622-24, R622-24 (day entered by marie)"
    assert await deadlines() == [("claim_declaration", date(2026, 4, 20), "standing", article)]
    assert await asked() == ["claim_declaration", "retention"]
    assert await answer(QuestionKind.CLAIM_DECLARATION, "declare") is None
    assert [row[2] for row in await deadlines()] == ["standing"]
    assert await asked() == ["retention"]
    assert await answer(QuestionKind.RETENTION, "claim_back", date="2026-05-01", note="ten pallets of OLD") is None
    assert [row[:3] for row in await deadlines()][1:] == [("retention_claim", date(2026, 5, 1), "standing")]
    assert await asked() == []
    assert isinstance(await declared(1, date(2026, 3, 2), "marie", NOON), Deed)
    assert [row[2] for row in await deadlines()] == ["met", "standing"]
    view = await insolvency_views.show(1)
    assert view is not None
    assert (view.claim, view.claim_on, view.goods) == (
        "declared", date(2026, 3, 2), "ten pallets of OLD"
    )  # fmt: skip


async def test_a_claim_is_not_said_to_be_declared_before_the_judgment_or_on_a_day_to_come() -> None:
    await bill(OLD)
    await open_cases()
    await enter()
    for day in ("2026-02-15", "2026-03-03"):
        said = await answer(QuestionKind.CLAIM_DECLARATION, "declared", date=day)
        assert said is not None
    assert [row[2] for row in await deadlines()] == ["standing"]
    said = await answer(QuestionKind.CLAIM_DECLARATION, "declared", date="2026-02-15")
    assert said == "2026-02-15 does not lie between the judgment of 2026-02-16 and today."


async def test_the_hold_of_proceedings_is_not_released_by_a_slip() -> None:
    await bill(OLD)
    await open_cases()
    await enter()
    done = await release_customer("C1", "", "marie", NOON)
    assert refused(done) == [
        "Proceedings hold what is older than the judgment: see ./relance insolvency list, and close them there."
    ]


async def test_after_the_closing_a_person_says_of_each_older_invoice_what_becomes_of_it_and_interest_stays_stopped() -> (
    None
):
    await bill(OLD, invoice("OLD2", "2026-01-12", 20_000))
    await open_cases()
    await enter()
    before = await claim_for(1, NOON)
    assert isinstance(await insolvency_deeds.close(1, "insufficient", None, "marie", NOON), Deed)
    assert await would() == {"OLD": "acts", "OLD2": "acts"}
    async with reading() as connection:
        found = await load(connection, [1, 2], NOON, frozenset(Channel))
    asks = [decide(one.case, one.ladder, NOON) for one in found.values()]
    assert [one.question for one in asks if isinstance(one, Ask)] == [QuestionKind.HOLD_REVIEW] * 2
    after = await claim_for(1, NOON)
    assert before is not None
    assert after is not None
    assert after[1] == before[1]


@pytest.mark.parametrize("how", ["plan", "reversed"])
async def test_after_the_closing_nothing_is_written_to_the_administrator_any_more(how: str) -> None:
    await bill(YOUNG, OF_THE_DAY)
    await open_cases()
    await enter()
    assert await ladders() == {"YOUNG": "fr-after-judgment", "DAY": "fr-after-judgment"}
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid' WHERE id = 2", at=NOON)
    assert isinstance(await insolvency_deeds.close(1, how, None, "marie", NOON), Deed)
    assert await ladders() == {
        "YOUNG": "fr-b2b",
        "DAY": "fr-b2b",
    }  # should its payment go back, it is the customer's too
    async with reading() as connection:
        found = await load(connection, [1], NOON, frozenset(Channel))
    asked_ = [one for each in found.values() if isinstance(one := decide(each.case, each.ladder, NOON), Ask)]
    assert [one.question for one in asked_] == ([] if how == "reversed" else [QuestionKind.HOLD_REVIEW])
    assert await rows("SELECT kind, reason FROM hold WHERE ended_at IS NULL") == (
        [] if how == "reversed" else [("manual", "redressement judiciaire of 2026-02-16, closed")]
    )


async def test_another_administrator_takes_the_declarations_that_went_to_the_first_and_an_address_alone_is_changed() -> (
    None
):
    await bill(OLD)
    await open_cases()
    await enter()

    async def change(**more: Any) -> tuple[Office, Office]:
        words = InsolvencyWords(**({"kind": "", "judgment": ""} | more))
        assert isinstance(await insolvency_deeds.change(1, words, "marie", NOON), Deed)
        found = await insolvency_views.show(1)
        assert found is not None
        return found.administrator, found.representative

    moved = Office("Me Roy", "etude@aj.example", ROY.postal)
    assert await change(administrator=Office("", "etude@aj.example")) == (moved, moved)
    blanc = Office("Me Blanc", "blanc@lj.example")
    assert await change(kind="liquidation", administrator=blanc) == (blanc, blanc)
    assert await change(representative=ROY) == (blanc, ROY)
    noir = Office("Me Noir", "noir@lj.example")
    assert await change(administrator=noir) == (noir, ROY)


async def test_a_change_of_which_nothing_is_said_is_refused_and_no_question_is_put_anew() -> None:
    await bill(OLD)
    await open_cases()
    await enter()
    for words in (InsolvencyWords("", ""), InsolvencyWords("", "", ROY)):
        assert refused(await insolvency_deeds.change(1, words, "marie", NOON)) == [
            "Nothing of it changes: say what is different now."
        ]
    assert await rows("SELECT kind FROM journal WHERE kind = 'insolvency_changed'") == []


async def test_no_way_on_is_told_of_what_the_judgment_stopped() -> None:
    await bill(OLD)
    await open_cases()
    before = await case_views.explained(1, NOON, frozenset())
    assert before.ways is not None
    assert "Injonction de payer" in [one.title for one in before.ways.open]
    await enter()
    after = await case_views.explained(1, NOON, frozenset())
    assert after.ways == DECLARED


async def test_a_judgment_that_was_set_aside_leaves_nothing_behind() -> None:
    await bill(OLD)
    await open_cases()
    await enter()
    assert isinstance(await insolvency_deeds.close(1, "reversed", None, "marie", NOON), Deed)
    assert await would() == {"OLD": "acts"}
    assert [row[2] for row in await deadlines()] == ["dropped"]


async def test_what_cannot_be_opened_says_why() -> None:
    await bill(OLD)
    bad = judged(judgment="2027-01-01", administrator=Office("", "x"), declare_by="")
    assert refused(await insolvency_deeds.open_insolvency("C1", bad, "marie", NOON)) == [
        "2027-01-01 is still to come; today is 2026-03-02.",
        "2026-02-20 lies before the judgment of 2027-01-01.",
        "Say the last day to declare: the notice is published, and claims that are declared late are lost.",
        "Say whom the court appointed, by name.",
        "“x” is not an e-mail address; write one such as accounts@example.com.",
    ]
    await enter()
    again = await insolvency_deeds.open_insolvency("C1", judged(), "marie", NOON)
    assert refused(again) == ["Dupont SARL has proceedings 1 already: change or close them."]
    assert refused(await insolvency_deeds.open_insolvency("C1", judged(ladder="fr-b2b"), "marie", NOON)) != []


NOTICE = PublicNotice(
    "A2026/1", ("356000000",), "LA POSTE", "liquidation", date(2026, 2, 25), date(2026, 3, 1), "TC Lyon", "ouverture"
)


async def known_as(number: str) -> int:
    us = (await ensure_creditor()).id
    await import_customers([customer("C1", "Dupont SARL", company_number=number)], "crm", "0" * 64, us, NOON)
    return us


async def test_a_notice_with_a_customers_number_holds_it_and_asks_and_opens_nothing_by_itself() -> None:
    await bill(OLD)
    await open_cases()
    us = await known_as("356000000")
    looked = await look_at([NOTICE], us, "marie", NOON)
    assert [(one.customer_number, one.what) for one in looked.matched] == [("C1", "held, a person is asked")]
    assert (await would(), await insolvency_views.listing()) == ({"OLD": "insolvency"}, ())
    assert [one.what for one in (await look_at([NOTICE], us, "marie", NOON)).matched] == ["known already"]
    said = await answer(QuestionKind.INSOLVENCY_NOTICE, "open", date="2026-05-04", note="Me Roy")
    assert said == "administrator: Say how to reach them: an e-mail address or a postal address."
    where = "Me Roy, 3 place du Palais, 69002 Lyon"
    assert await answer(QuestionKind.INSOLVENCY_NOTICE, "open", date="2026-05-04", note=where) is None
    (one,) = await insolvency_views.listing()
    assert (one.proceedings, one.judgment, one.declare_by, one.register, one.administrator.postal) == (
        "liquidation judiciaire", date(2026, 2, 25), date(2026, 5, 4), "356000000", "3 place du Palais\n69002 Lyon"
    )  # fmt: skip
    assert await rows("SELECT kind, origin, since FROM hold WHERE ended_at IS NULL") == [
        ("insolvency", "insolvency:1", date(2026, 2, 25))
    ]


async def test_a_notice_about_somebody_else_is_dismissed_and_collecting_goes_on() -> None:
    await bill(OLD)
    await open_cases()
    await look_at([NOTICE], await known_as("356000000"), "marie", NOON)
    assert await answer(QuestionKind.INSOLVENCY_NOTICE, "dismiss", note="a namesake") is None
    assert await would() == {"OLD": "acts"}


async def test_a_name_alone_is_told_and_holds_nobody() -> None:
    await bill(OLD)
    await open_cases()
    us = await known_as("")
    named = PublicNotice("A2026/2", ("732829320",), "SARL DUPONT", "redressement", JUDGMENT, None)
    looked = await look_at([named], us, "marie", NOON)
    assert (looked.matched, [(one.customer_number, one.notice.reference) for one in looked.possible]) == (
        (), [("C1", "A2026/2")]
    )  # fmt: skip
    assert await would() == {"OLD": "acts"}


@pytest.mark.parametrize("late", ["an invoice", "a payment", "a credit note"])
async def test_what_changes_after_the_declaration_is_to_be_declared_too_and_its_last_day_stands_again(
    late: str,
) -> None:
    await bill(OLD_1)
    await open_cases()
    await enter()
    assert await answer(QuestionKind.RETENTION, "none") is None
    assert await answer(QuestionKind.CLAIM_DECLARATION, "declared", date="2026-03-01") is None
    assert (await asked(), [row[2] for row in await deadlines()]) == ([], ["met"])
    if late == "an invoice":
        await bill(invoice("FOUND", "2026-04-10", 5_000))
    elif late == "a payment":
        await bank(line("OLD-1", 40_000, "2026-02-10"))
    else:
        await bill(credit_note("A1", "OLD-1", 10_000, on="2026-02-28"))
    assert await next_question(NOON) is not None
    assert await asked() == ["claim_declaration"]
    assert await next_question(NOON) is None
    assert [(row[1], row[2]) for row in await deadlines()] == [
        (date(2026, 4, 20), "met"), (date(2026, 4, 20), "standing")
    ]  # fmt: skip
    text = next(one.description for one in await questions.inbox())
    assert "declared on 1 March 2026 already" in text
    assert await answer(QuestionKind.CLAIM_DECLARATION, "declared", date="2026-03-02") is None
    assert (await asked(), [row[2] for row in await deadlines()]) == ([], ["met", "met"])


async def test_a_payment_after_the_judgment_and_a_set_off_do_not_lessen_what_is_declared() -> None:
    await bill(OLD_1)
    await open_cases()
    await enter()
    await bank(line("OLD-1", 40_000, "2026-02-28"))
    found = await claim_for(1, NOON)
    assert found is not None
    assert [(one.invoice, one.open) for one in found[1]] == [("OLD-1", 100_000)]


@pytest.mark.parametrize(("reason", "declared_still"), [("insolvency", True), ("gesture", False)])
async def test_what_is_written_off_in_our_books_is_declared_all_the_same_unless_the_customer_was_let_off(
    reason: str, declared_still: bool
) -> None:
    await bill(OLD)
    await open_cases()
    await enter()
    async with transaction() as connection:
        case = (await rows("SELECT id FROM cases"))[0][0]
        await write_off_books.book_case(
            connection, case, WriteOffReason(reason), "", "", "marie", date(2026, 3, 2), NOON
        )
    await do("UPDATE cases SET written_off = 'x', closed_at = :at, outcome = 'written_off'", at=NOON)
    found = await claim_for(1, NOON)
    assert found is not None
    assert [(one.invoice, one.open, one.interest) for one in found[1]] == ([("OLD", 100_000, 1_198)] * declared_still)


async def test_a_declaration_is_not_approved_before_its_last_day_is_known() -> None:
    await bill(OLD)
    await open_cases()
    await enter(published="", declare_by="")
    assert await answer(QuestionKind.CLAIM_DECLARATION, "declare") == (
        "No last day to declare is known, so nobody would be reminded of it: enter it first "
        "(./relance insolvency change 1 --declare-by YYYY-MM-DD), or say on which day it was declared."
    )
    assert await answer(QuestionKind.CLAIM_DECLARATION, "declared", date="2026-03-01") is None


async def test_proceedings_opened_by_hand_answer_the_notice_that_waits() -> None:
    await bill(OLD)
    await open_cases()
    await look_at([NOTICE], await known_as("356000000"), "marie", NOON)
    await ask_about_insolvencies(NOON, WORDS)
    await enter()
    assert await asked() == ["claim_declaration", "retention"]
    assert await rows("SELECT state, decided_by FROM insolvency_notice") == [("opened", "marie")]
