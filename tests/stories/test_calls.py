"""A customer phones while a question about him is open; another pays while he is on the telephone; a third never answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy

import pytest

from policies.questions import QuestionKind
from storage.questions import Question
from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import ended
from tests.engine.world import World

SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
NOTICED = {"reached_stage": "formal_notice", "reached_on": "2026-03-10"}
"""The follow-up call is due thirteen days later, on Monday, 23 March 2026."""


@dataclass
class Weeks:
    """The world, and what was seen on the way."""

    world: World
    claire: Person
    refusal: str | None = None
    run: tuple[str, str] = ("", "")
    shown: str = ""
    waits: str = ""
    sheets: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def weeks(begin: Callable[..., World]) -> Weeks:
    """Monday, 30 March 2026: Kern is to be called, Klein never answers, Koch waits for a formal notice to be approved."""
    world = begin("2026-03-30")
    world.invoice(world.customer("K1", "Koch SA", phone="+33240112233"), "K1A", "2026-03-02", 900_000, **SECOND)
    world.invoice(world.customer("K2", "Kern SARL", phone="+33240445566"), "K2A", "2026-02-05", 80_000, **NOTICED)
    world.invoice(world.customer("K3", "Klein SAS", phone="+33240778899"), "K3A", "2026-02-05", 70_000, **NOTICED)
    weeks = Weeks(world, Person(world.stack, "claire"))
    world.until("2026-04-01", 12)
    koch_phones(weeks)
    kern_pays(weeks)
    klein_never_answers(weeks)
    koch_breaks_his_word(weeks)
    return weeks


def of(world: World, name: str) -> Question:
    """The open question about a customer."""
    (found,) = [one for one in world.inbox() if name in one.title]
    return found


def koch_phones(weeks: Weeks) -> None:
    """The notice waits for approval since the morning; he calls and promises to pay on the 8th."""
    world = weeks.world
    stale = of(world, "Koch")
    assert stale.kind is QuestionKind.APPROVE
    run = ended(world, weeks.claire.start(
        "log-call", customer="K1", what_was_said="Promised to pay on the date below", date="2026-04-08",
        note="Mr Koch himself", who_called="they called",
    ))  # fmt: skip
    weeks.run = run["state"]["name"], run["name"]
    weeks.refusal = world.answer(stale, "send")
    world.settle()
    weeks.waits = world.case_run("K1A")["state"]["message"]


def kern_pays(weeks: Weeks) -> None:
    """He is called, and does his transfer at once."""
    question = of(weeks.world, "Kern")
    weeks.sheets.append(question.description)
    assert weeks.world.answer(question, "pays_now") is None
    weeks.world.settle()


def klein_never_answers(weeks: Weeks) -> None:
    """Three calls, each two days after the one before; then the ladder goes on without one."""
    for day in ("2026-04-01", "2026-04-03", "2026-04-07"):
        weeks.world.until(day, 12)
        question = of(weeks.world, "Klein")
        assert weeks.world.answer(question, "voicemail") is None
        weeks.world.settle()


def koch_breaks_his_word(weeks: Weeks) -> None:
    """The 8th and its bank days pass without money: the notice is asked about anew, with the call in it."""
    world = weeks.world
    world.until("2026-04-14", 12)
    question = of(world, "Koch")
    weeks.shown = question.description
    assert world.answer(question, "send") is None
    world.settle()


def test_the_call_is_logged_in_a_run_of_its_own(weeks: Weeks) -> None:
    assert weeks.run == ("Completed", "call · Koch SA · promised 8 Apr")


def test_the_open_question_is_void_at_once_and_its_answer_comes_too_late(weeks: Weeks) -> None:
    assert weeks.refusal is not None
    assert weeks.world.rows("SELECT count(*) FROM approval a JOIN question q ON q.id = a.question_id "
                            "WHERE q.state = 'voided'") == [(0,)]  # fmt: skip
    assert "on hold (promise: Mr Koch himself) until 8 Apr" in weeks.waits


def test_it_is_asked_anew_when_the_promise_is_broken_and_shows_what_was_said(weeks: Weeks) -> None:
    asked = told.questions(weeks.world, "K1")
    assert [line.split(" ", 2)[2] for line in asked] == [
        "approve formal_notice voided",
        "approve formal_notice answered",
    ]
    assert "they called: Promised to pay, 8 Apr (claire). *Mr Koch himself*" in weeks.shown


def test_nothing_leaves_to_him_before_he_breaks_his_word(weeks: Weeks) -> None:
    assert told.messages(weeks.world, "K1") == ["2026-04-14 14:00 formal_notice by email to compta@k1.example"]


def test_who_pays_on_the_telephone_gets_the_details_with_their_code_at_once(weeks: Weeks) -> None:
    assert told.messages(weeks.world, "K2")[:1] == ["2026-04-01 14:00  by email to compta@k2.example"]
    (raw,) = weeks.world.rows("SELECT raw FROM message WHERE kind = 'payment_details' AND state = 'confirmed'")
    mail = message_from_bytes(bytes(raw[0]), policy=policy.default)
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Pour régler la facture K2A"
    assert "FR76 3000 6000 0112 3456 7890 189" in text
    assert "800,00" in text
    assert [part.get_content_type() for part in mail.walk() if part.get_content_maintype() == "image"] == ["image/png"]


def test_the_sheet_reads_out_account_and_reference(weeks: Weeks) -> None:
    (sheet,) = weeks.sheets
    assert ["FR76 3000 6000 0112 3456 7890 189" in sheet, "K2A" in sheet, "+33240445566" in sheet] == [True] * 3


def test_after_the_last_call_in_vain_the_step_is_passed_over_and_says_why(weeks: Weeks) -> None:
    assert "2026-04-07 follow_up_call passed_over" in told.steps(weeks.world, "K3A")
    assert "Follow-up call passed over: nobody was reached in 3 calls" in told.timeline(weeks.world, "K3A")
    outcomes = weeks.world.rows("SELECT outcome FROM phone_call p JOIN customer d ON d.id = p.customer_id "
                                "WHERE d.number = 'K3' ORDER BY p.id")  # fmt: skip
    assert outcomes == [("voicemail",)] * 3


def test_sink_and_ledger_agree_and_the_journals_are_whole(weeks: Weeks) -> None:
    assert told.agreed(weeks.world)
    assert {told.broken_place(weeks.world, invoice) for invoice in ("K1A", "K2A", "K3A")} == {None}
