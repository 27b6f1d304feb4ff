"""A letter is done when a person has posted it, and leaves the queue when it is no longer true."""

import asyncio
import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from policies.case import EffectState
from policies.hold_form import HoldWords
from policies.letter_outcome import Outcome
from policies.staff import Role
from storage import handing, leases, ledger, print_queue
from storage.approvals import stale
from storage.contacts import contacts_of
from storage.creditor import ensure_creditor
from storage.customers import import_customers
from storage.dossier import load
from storage.handing import NotNow
from storage.hold_deeds import hold_customer
from storage.letter_outcomes import outcome
from storage.letter_posted import posted
from storage.letter_posting import posting_of
from storage.session import transaction
from storage.skipping import skip_step
from tasks.print_folder import lay_out, take_back
from tasks.write import write
from tests.storage.books import bank, customer, do, line, rows, told, woken
from tests.storage.letters import (
    EVERY,
    MORNING,
    NEXT_DAY,
    TODAY,
    customers_at_second_reminder,
    effects,
    handed_over,
    leased,
    postings,
    reserved,
    sentences,
)

pytestmark = pytest.mark.usefixtures("database_url")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    return tmp_path


async def in_the_queue(*invoices: str) -> int:
    """The letter of a customer in the queue and in the folder."""
    cases = await customers_at_second_reminder(*invoices)
    message = await handed_over(cases[0])
    await print_queue.enqueue(message, MORNING)
    await lay_out(MORNING)
    await do("DELETE FROM lease")
    await do("UPDATE cases SET wake_at = NULL")
    return message


def manifest(home: Path) -> list[list[str]]:
    text = (home / "print" / TODAY.isoformat() / "manifest.csv").read_text("utf-8-sig")
    return [
        [row["letter"], row["do"], row["how"], row["pages"], row["cost"], row["address"]]
        for row in csv.DictReader(text.splitlines())
    ]


def pdfs(home: Path) -> list[tuple[str, str]]:
    return sorted((one.parent.name, one.name.partition("-")[0]) for one in (home / "print").rglob("*.pdf"))


async def test_a_letter_in_the_queue_is_neither_done_nor_in_doubt(home: Path) -> None:
    await in_the_queue()
    assert await effects() == [("letter", "handing_over")]
    assert await rows("SELECT step FROM step_done WHERE step = 'second_reminder'") == []
    assert await postings() == ["L1 to post"]
    assert pdfs(home) == [("2026-03-03", "L1")]
    assert manifest(home) == [["L1", "post", "plain", "1", "1.49", "14 quai du Port, 69002 Lyon"]]


async def test_what_is_printed_is_what_the_ledger_keeps_byte_for_byte(home: Path) -> None:
    await in_the_queue()
    (file,) = (home / "print" / "2026-03-03").glob("*.pdf")
    assert [(bytes(raw),) for (raw,) in await rows("SELECT raw FROM message")] == [(file.read_bytes(),)]


async def test_a_letter_in_the_queue_waits_for_a_person_and_is_never_written_again() -> None:
    await in_the_queue()
    case = (await rows("SELECT id FROM cases"))[0][0]
    for moment in (MORNING + timedelta(hours=1), MORNING + timedelta(days=6)):
        again = await handing.prepare(case, await leased(case), moment, EVERY, write)
        assert isinstance(again, NotNow)
        await do("DELETE FROM lease")
    assert await effects() == [("letter", "handing_over")]


async def test_posting_confirms_the_step_on_the_day_of_posting() -> None:
    await in_the_queue()
    ended = await posted("L1", TODAY, "1A 123", "marie", NEXT_DAY)
    assert sentences(ended) == ["L1 posted on 2026-03-03, 1A 123"]
    assert await effects() == [("letter", "confirmed")]
    assert await rows("SELECT step, done_on, how FROM step_done WHERE step = 'second_reminder'") == [
        ("second_reminder", date(2026, 3, 3), "confirmed")
    ]
    assert await told("F1") == ["opened", "reserved", "queued", "confirmed", "posted"]
    assert await woken() == ["F1"]
    assert await rows("SELECT handed_at::date, cost_minor, cost_currency FROM message") == [
        (date(2026, 3, 3), 149, "EUR")
    ]


async def test_a_letter_counts_as_one_contact_on_the_day_it_is_posted() -> None:
    await in_the_queue("F1", "F2")
    assert sentences(await posted("1", date(2026, 3, 4), "", "marie", NEXT_DAY)) == ["L1 posted on 2026-03-04"]
    async with transaction() as connection:
        heard = await contacts_of(connection, [1], NEXT_DAY)
    assert [(one.on, one.channel.value) for one in heard[1]] == [(date(2026, 3, 4), "letter")]


async def test_posting_said_twice_counts_once() -> None:
    await in_the_queue()
    await posted("L1", None, "", "marie", NEXT_DAY)
    assert sentences(await posted("L1", None, "1A 123", "paul", NEXT_DAY)) == ["L1 is posted since 2026-03-04"]
    assert sentences(await posted("L1", TODAY, "", "paul", NEXT_DAY)) == [
        "L1 is posted since 2026-03-04 (said by marie); nothing was changed."
    ]
    assert sentences(await posted("L1", None, "9Z 999", "paul", NEXT_DAY)) == [
        "L1 has the tracking number 1A 123; nothing was changed."
    ]
    assert (await told("F1")).count("posted") == 1
    assert await rows("SELECT posted_on, posted_by, tracking FROM posting") == [(date(2026, 3, 4), "marie", "1A 123")]


@pytest.mark.parametrize(
    ("said", "on", "why"),
    [
        ("L9", None, "“L9” is no letter of the print queue (./relance letters list)."),
        ("", None, "“” is no letter of the print queue (./relance letters list)."),
        ("L1", date(2026, 3, 5), "2026-03-05 is yet to come; say the day on which L1 was posted."),
        ("L1", date(2026, 3, 2), "L1 was put into the queue on 2026-03-03: it was not posted before."),
    ],
)
async def test_a_word_that_cannot_be_true_is_refused_in_a_sentence(said: str, on: date | None, why: str) -> None:
    await in_the_queue()
    assert sentences(await posted(said, on, "", "marie", NEXT_DAY)) == [why]
    assert await effects() == [("letter", "handing_over")]


async def test_a_letter_is_withdrawn_when_money_comes_before_it_is_posted(home: Path) -> None:
    await in_the_queue()
    await bank(line("F1", 10_000))
    assert await take_back(MORNING + timedelta(hours=2)) == 1
    assert await effects() == [("letter", "refused")]
    assert pdfs(home) == [("withdrawn", "L1")]
    assert manifest(home)[0][:2] == ["L1", "DO NOT POST"]
    assert await take_back(MORNING + timedelta(hours=3)) == 0


async def test_whoever_posts_what_is_paid_meanwhile_is_told_not_to() -> None:
    await in_the_queue()
    await bank(line("F1", 10_000))
    assert sentences(await posted("L1", TODAY, "", "marie", NEXT_DAY)) == [
        "L1 is withdrawn: do not post it. F1: paid in full. Had it left already? Then say --anyway."
    ]
    assert await postings() == ["L1 withdrawn"]
    assert await effects() == [("letter", "refused")]


async def test_a_letter_that_had_left_before_the_money_came_is_written_down_as_it_was() -> None:
    await in_the_queue()
    await bank(line("F1", 10_000))
    await take_back(NEXT_DAY)
    ended = await posted("L1", TODAY, "", "marie", NEXT_DAY, anyway=True)
    assert sentences(ended) == ["L1 had left on 2026-03-03 although withdrawn (F1: paid in full): tell the customer"]
    assert await postings() == ["L1 posted 2026-03-03"]
    assert await effects() == [("letter", "confirmed")]


async def test_one_paid_invoice_of_several_withdraws_the_letter_and_the_others_are_written_anew() -> None:
    await in_the_queue("F1", "F2")
    await bank(line("F1", 10_000))
    assert await take_back(MORNING) == 1
    assert await effects() == [("letter", "refused"), ("letter", "refused")]
    left = (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'F2'"))[0][0]
    token = await leased(left)
    message = await reserved(left, token, NEXT_DAY)
    assert await rows("SELECT demanded FROM message WHERE id = :id", id=message) == [(10_000,)]


@pytest.mark.parametrize("change", ["hold", "part", "address", "live", "collecting"])
async def test_what_would_keep_a_letter_from_being_written_takes_it_out_of_the_queue(change: str) -> None:
    await in_the_queue()
    if change == "hold":
        await hold_customer("C1", "", HoldWords("they dispute it", "dispute"), "marie", MORNING)
    elif change == "part":
        await bank(line("F1", 4_000))
    elif change == "address":
        await do("UPDATE contact SET postal = '1 rue Neuve'")
    else:
        await do(f"UPDATE creditor SET {change} = false")
    assert await take_back(MORNING) == 1
    assert await postings() == ["L1 withdrawn"]


async def test_the_customer_is_not_written_to_twice_when_a_letter_was_withdrawn_and_left_anyway() -> None:
    await in_the_queue("F1", "F2")
    await bank(line("F1", 10_000))
    await take_back(MORNING)
    left = (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'F2'"))[0][0]
    await handed_over(left, NEXT_DAY)
    ended = await posted("L1", TODAY, "", "marie", NEXT_DAY, anyway=True)
    assert "had left on 2026-03-03 although withdrawn" in sentences(ended)[0]
    assert await effects() == [("letter", "refused"), ("letter", "refused"), ("letter", "handing_over")]


async def test_money_that_comes_before_the_handing_over_keeps_a_letter_out_of_the_queue() -> None:
    case, *_ = await customers_at_second_reminder()
    token = await leased(case)
    message = await reserved(case, token)
    await bank(line("F1", 10_000))
    assert not await ledger.begin_handing_over(message, token, MORNING)
    await print_queue.enqueue(message, MORNING)
    assert await postings() == []


async def test_a_crash_before_the_queue_leaves_no_doubt_the_letter_is_in_it(home: Path) -> None:
    case, *_ = await customers_at_second_reminder()
    token = await leased(case)
    message = await reserved(case, token)
    assert await ledger.begin_handing_over(message, token, MORNING)
    await leases.give_back(leases.Lease(f"case:{case}", token, case))
    assert await effects() == [("letter", "handing_over")]
    assert await postings() == ["L1 to post"]
    await take_back(NEXT_DAY)
    assert [file for _, file in pdfs(home)] == ["L1"]


async def test_a_crash_after_the_files_lays_the_same_files_out_once_more(home: Path) -> None:
    await in_the_queue()
    await do("UPDATE posting SET tidy = false, placed_at = NULL")
    assert await lay_out(NEXT_DAY) == 1
    assert pdfs(home) == [("2026-03-03", "L1")]


async def test_a_letter_that_was_printed_and_taken_away_is_not_put_back(home: Path) -> None:
    await in_the_queue()
    for file in (home / "print").rglob("*.pdf"):
        file.unlink()
    await do("UPDATE posting SET tidy = false")
    await lay_out(NEXT_DAY)
    assert pdfs(home) == []


async def test_a_full_disk_leaves_the_letter_in_the_queue_and_is_tried_again(home: Path) -> None:
    (home / "print").write_text("a file where the folder should be")
    case, *_ = await customers_at_second_reminder()
    await print_queue.enqueue(await handed_over(case), MORNING)
    assert await take_back(MORNING) == 0
    assert await rows("SELECT placed_at, tidy FROM posting") == [(None, False)]
    (home / "print").unlink()
    await take_back(MORNING)
    assert pdfs(home) == [("2026-03-03", "L1")]


async def test_burying_a_dispatcher_does_not_disturb_a_letter_in_the_queue() -> None:
    await in_the_queue()
    leaving = leases.Registration.from_environment("leaving")
    await leaving.register()
    await leases.free_dead(leaving.id, NEXT_DAY)
    await leaving.leave()
    assert await effects() == [("letter", "handing_over")]


async def test_a_letter_given_twice_is_in_the_queue_once() -> None:
    message = await in_the_queue()
    await print_queue.enqueue(message, NEXT_DAY)
    assert await postings() == ["L1 to post"]


async def posted_letter() -> None:
    """A registered letter under French law that gives eight days, posted on 3 March."""
    await in_the_queue()
    await posted("L1", TODAY, "1A 123", "marie", NEXT_DAY)
    await do("UPDATE posting SET registered = true, law = 'FR', pay_within = 8")


async def became(kind: Outcome, on: date) -> list[str]:
    return list(sentences(await outcome("1A 123", kind, on, "marie", datetime(2026, 3, 25, 9, tzinfo=UTC))))


async def approve(case: int, message: int) -> None:
    """A person agreed to this very letter."""
    await do(
        "INSERT INTO question (creditor_id, kind, state, asked_at) SELECT creditor_id, 'approve', 'answered', :at "
        "FROM cases WHERE id = :case",
        case=case, at=MORNING,
    )  # fmt: skip
    await do(
        "INSERT INTO approval (case_id, step, kind, question_id, message_id, principal, agreed_on) "
        "SELECT :case, 'second_reminder', 'approve', max(id), :message, 10000, '2026-03-03' FROM question",
        case=case, message=message,
    )  # fmt: skip


async def test_a_letter_whose_approval_no_longer_stands_leaves_the_queue() -> None:
    message = await in_the_queue()
    await approve((await rows("SELECT id FROM cases"))[0][0], message)
    assert await take_back(MORNING) == 0
    await do("UPDATE approval SET voided_at = :at", at=MORNING)
    assert await take_back(MORNING) == 1
    assert await rows("SELECT withdrawn_why FROM posting") == [("F1: the approval no longer stands",)]


async def test_whoever_paid_what_was_approved_is_said_to_have_paid() -> None:
    message = await in_the_queue()
    await approve((await rows("SELECT id FROM cases"))[0][0], message)
    await bank(line("F1", 10_000))
    await do("UPDATE approval SET voided_at = :at", at=MORNING)
    assert await take_back(MORNING) == 1
    assert await rows("SELECT withdrawn_why FROM posting") == [("F1: paid in full",)]


async def test_what_was_approved_for_an_address_that_refused_it_is_approved_anew_for_another() -> None:
    message = await in_the_queue()
    case = (await rows("SELECT id FROM cases"))[0][0]
    await approve(case, message)
    await posted("L1", TODAY, "1A 123", "marie", NEXT_DAY)
    await became(Outcome.UNKNOWN, date(2026, 3, 12))
    assert await rows("SELECT voided_why FROM approval") == [("its message was not delivered",)]


async def test_an_approval_is_void_once_its_address_has_refused_it_for_good() -> None:
    case, *_ = await customers_at_second_reminder()
    message = await handed_over(case)
    await approve(case, message)
    await ledger.settle(message, EffectState.REFUSED, "moved", MORNING, temporary=False, sender=case)
    async with transaction() as connection:
        dossier = (await load(connection, [case], MORNING, EVERY))[case]
    assert stale(dossier, MORNING) == "the address it was for has refused it"


async def test_the_delay_of_a_letter_not_collected_runs_from_the_day_the_post_tells() -> None:
    await posted_letter()
    (words,) = await became(Outcome.NOT_COLLECTED, date(2026, 3, 20))
    assert words.startswith("L1: not collected at the post office on 2026-03-20. Cass. 1re civ., 20 Jan 2021")
    assert words.endswith("The delay ends on 2026-03-28.")
    assert await rows("SELECT outcome, pay_by FROM posting") == [("not_collected", date(2026, 3, 28))]
    assert await rows("SELECT pay_by FROM step_done WHERE step = 'second_reminder'") == [(date(2026, 3, 28),)]


async def test_an_outcome_told_twice_counts_once_and_may_be_put_right() -> None:
    await posted_letter()
    await became(Outcome.DELIVERED, date(2026, 3, 5))
    assert await became(Outcome.DELIVERED, date(2026, 3, 5)) == ["L1: delivered on 2026-03-05, as known"]
    await became(Outcome.REFUSED, date(2026, 3, 6))
    assert await rows("SELECT outcome, pay_by FROM posting") == [("refused", date(2026, 3, 14))]
    assert (await told("F1")).count("letter_outcome") == 2


async def test_a_letter_that_reached_nobody_undoes_its_step_and_its_address_is_dead() -> None:
    await posted_letter()
    (words,) = await became(Outcome.UNKNOWN, date(2026, 3, 12))
    assert words.endswith("the address is not written to any more: find another, and import it.")
    assert await effects() == [("letter", "refused")]
    assert await rows("SELECT step FROM step_done WHERE step = 'second_reminder'") == []
    assert await rows("SELECT postal_dead_why FROM contact WHERE postal_dead_at IS NOT NULL") == [
        ("L1 came back: unknown at this address, told on 2026-03-12",)
    ]
    assert await became(Outcome.DELIVERED, date(2026, 3, 13)) == [
        "L1 came back as unknown at its address; its step was undone, and another letter is due."
    ]


async def test_an_outcome_that_cannot_be_is_refused_in_a_sentence() -> None:
    await in_the_queue()
    assert list(sentences(await outcome("L1", Outcome.DELIVERED, TODAY, "marie", NEXT_DAY))) == [
        "L1 is not posted: say first on which day it was (./relance letters posted)."
    ]
    await posted("L1", TODAY, "", "marie", NEXT_DAY)
    assert list(sentences(await outcome("L1", Outcome.DELIVERED, date(2026, 3, 2), "marie", NEXT_DAY))) == [
        "L1 was posted on 2026-03-03: nothing became of it before."
    ]
    assert list(sentences(await outcome("L1", Outcome.DELIVERED, date(2026, 3, 9), "marie", NEXT_DAY))) == [
        "2026-03-09 is yet to come."
    ]


async def test_a_new_address_lets_a_letter_that_reached_nobody_be_written_again() -> None:
    await posted_letter()
    await became(Outcome.UNKNOWN, date(2026, 3, 12))
    people = [customer("C1", "Dupont SARL", postal="1 rue Neuve\n69003 Lyon", country="FR")]
    await import_customers(people, "crm", "0" * 64, (await ensure_creditor()).id, NEXT_DAY)
    assert await rows("SELECT state, temporary FROM effect") == [("refused", True)]
    case = (await rows("SELECT id FROM cases"))[0][0]
    message = await reserved(case, await leased(case), datetime(2026, 3, 26, 9, tzinfo=UTC))
    assert await rows("SELECT recipient FROM message WHERE id = :id", id=message) == [("1 rue Neuve, 69003 Lyon",)]


async def test_a_letter_that_came_back_is_not_written_again_to_the_same_address() -> None:
    await posted_letter()
    await became(Outcome.UNKNOWN, date(2026, 3, 12))
    people = [customer("C1", "Dupont SARL", postal="14 quai du Port\n69002 Lyon", country="FR", phone="+33612345678")]
    await import_customers(people, "crm", "0" * 64, (await ensure_creditor()).id, NEXT_DAY)
    assert await rows("SELECT state, temporary FROM effect") == [("refused", False)]


async def test_a_letter_that_leaves_tells_of_no_message_that_went_to_the_sink_only() -> None:
    await in_the_queue("FA-1")
    await posted("L1", TODAY, "", "marie", NEXT_DAY)

    async def told_before() -> tuple[str, ...]:
        async with transaction() as connection:
            (case,) = [row[0] for row in await rows("SELECT id FROM cases")]
            one = (await load(connection, [case], NEXT_DAY, EVERY))[case]
            notice = one.ladder.step("formal_notice")
            assert notice is not None
            return tuple(words for _, words in (await posting_of(connection, [one], notice)).history)

    assert await told_before() == ("letter · FA-1",)
    await do("UPDATE message SET route = 'sink'")
    assert await told_before() == ()
    await do("UPDATE creditor SET live = false")
    assert await told_before() == ("letter · FA-1",)


async def test_a_number_the_post_gave_to_another_letter_is_asked_about_and_never_guessed() -> None:
    await in_the_queue("FA-1")
    await posted("L1", None, "2", "marie", NEXT_DAY)
    await do(
        "INSERT INTO posting (message_id, creditor_id, printed_on, address, registered, law, pages, queued_at, withdrawn_at) "
        "SELECT message_id, creditor_id, printed_on, '', false, '', 1, queued_at, queued_at FROM posting"
    )
    assert sentences(await outcome("2", Outcome.DELIVERED, TODAY, "marie", NEXT_DAY)) == [
        "“2” fits several letters: give the letter's number, L… in the list (./relance letters list)."
    ]
    assert sentences(await posted("L1", None, "2", "marie", NEXT_DAY)) == ["L1 is posted since 2026-03-04"]


async def test_a_letter_withdrawn_twice_with_the_same_draft_and_left_anyway_is_only_written_down() -> None:
    message = await in_the_queue()
    case = (await rows("SELECT id FROM cases"))[0][0]
    await approve(case, message)
    await do("INSERT INTO question_case (question_id, case_id, principal, message_id) SELECT id, :case, 10000, :message FROM question", case=case, message=message)  # fmt: skip
    for number in (1, 2):
        await do("UPDATE creditor SET live = false")
        assert await take_back(MORNING + timedelta(hours=number)) == 1
        await do("UPDATE creditor SET live = true")
        if number == 1:
            later = MORNING + timedelta(hours=1, minutes=30)
            assert await handed_over(case, later) == message
            await print_queue.enqueue(message, later)
            await do("DELETE FROM lease")
    ended = await posted("L1", TODAY, "", "marie", NEXT_DAY, anyway=True)
    assert "had left on 2026-03-03 although withdrawn" in sentences(ended)[0]
    assert await effects() == [("letter", "refused"), ("letter", "refused")]


async def test_two_people_who_say_at_once_that_a_letter_is_posted_say_it_once() -> None:
    await in_the_queue()
    both = await asyncio.gather(*(posted("L1", None, "", who, NEXT_DAY) for who in ("marie", "paul")))
    assert sorted(sentences(one)[0] for one in both) == ["L1 is posted since 2026-03-04", "L1 posted on 2026-03-04"]
    assert (await told("F1")).count("posted") == 1


async def test_a_customer_who_wants_no_letters_any_more_gets_none_that_is_not_posted_yet() -> None:
    await in_the_queue()
    await hold_customer("C1", "", HoldWords("no letters", "opt_out", channels="letter"), "marie", MORNING)
    assert await take_back(MORNING) == 1
    assert await rows("SELECT withdrawn_why FROM posting") == [("Dupont SARL does not want letters",)]


async def test_skipping_a_step_takes_its_letter_out_of_the_queue() -> None:
    await in_the_queue()
    case = (await rows("SELECT id FROM cases"))[0][0]
    skipped = await skip_step(case, "by telephone", "marie", NEXT_DAY, EVERY, Role.ADMIN)
    assert not isinstance(skipped, list)
    assert await postings() == ["L1 withdrawn"]
    assert await effects() == [("letter", "refused")]
    assert await rows("SELECT how FROM step_done WHERE step = 'second_reminder'") == [("skipped",)]
