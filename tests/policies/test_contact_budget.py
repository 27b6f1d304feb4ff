"""How often a debtor hears from us: at, below and above each cap, on the edges of its days."""

from datetime import date
from typing import Any

import pytest

from policies.case import Contact
from policies.contact_budget import is_counted, is_owed_by_law, may_contact
from policies.decide import decide
from policies.decisions import Act, Ask, Reason, Wait
from policies.ladder import Ladder
from policies.law.contact_rules import Cap
from policies.law.rules import KindLaw
from policies.questions import QuestionKind
from policies.said import sentence
from policies.stages import Channel, Stage
from tests.policies.builders import a_case, a_ladder, a_step, because, paris
from tests.policies.laws import CALLS, WRITING, contact

TODAY = date(2026, 3, 12)
THREE_A_WEEK = Cap(WRITING, 3, 7)


def contacts(*days: str, by: Channel = Channel.EMAIL, spoken: bool = False) -> tuple[Contact, ...]:
    return tuple(Contact(date.fromisoformat(f"2026-03-{day}"), by, spoken) for day in days)


def first(found: tuple[Contact, ...], *caps: Cap, law: KindLaw | None = None, by: Channel = Channel.EMAIL) -> str:
    case, ladder = a_case(contacts=found, law=law), a_ladder(caps=caps)
    wait = may_contact(case, ladder, ladder.steps[0], by, TODAY)
    return "today" if wait is None else wait[0].isoformat()


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (contacts("10", "11"), "today"),
        (contacts("06", "10", "11"), "2026-03-13"),  # 6 to 12 March are seven days, and hold three
        (contacts("05", "10", "11"), "today"),
        (contacts("11", "06", "10"), "2026-03-13"),  # in whatever order they are known
        (contacts("06", "09", "10", "11"), "2026-03-16"),  # until two of the four are out
        (contacts("12", "12", "12"), "2026-03-19"),
        (contacts("09", "10") + contacts("11", by=Channel.SMS), "2026-03-16"),
        (contacts("09", "10") + contacts("11", by=Channel.CALL), "today"),
        (contacts("13", "14", "15"), "2026-03-20"),  # a clock that went back: counted all the same
    ],
)
def test_in_any_seven_days_there_are_no_more_than_three(found: tuple[Contact, ...], day: str) -> None:
    assert first(found, THREE_A_WEEK) == day


def test_the_stricter_of_several_caps_counts_whether_the_ladder_or_the_law_has_it() -> None:
    found = contacts("09", "10", "11")
    assert first(found, THREE_A_WEEK, Cap(WRITING, 1, 14)) == "2026-03-25"
    assert first(found, THREE_A_WEEK, law=contact(Cap(WRITING, 1, 14))) == "2026-03-25"
    assert first(found, Cap(WRITING, 1, 14), law=contact(THREE_A_WEEK)) == "2026-03-25"
    assert first(found, law=contact()) == "today"


def test_a_cap_on_calls_says_nothing_about_letters() -> None:
    assert first(contacts("12", by=Channel.CALL), Cap(CALLS, 1, 1)) == "today"
    assert first(contacts("12", by=Channel.CALL), Cap(CALLS, 1, 1), by=Channel.CALL) == "2026-03-13"


SEVEN_CALLS = contact(Cap(CALLS, 7, 7), rest=7)


def test_seven_calls_in_seven_days_and_a_week_from_a_conversation_as_in_the_united_states() -> None:
    unanswered = contacts("06", "07", "08", "09", "10", "11", by=Channel.CALL)
    assert first(unanswered, law=SEVEN_CALLS, by=Channel.CALL) == "today"
    assert first(unanswered + contacts("12", by=Channel.CALL), law=SEVEN_CALLS, by=Channel.CALL) == "2026-03-13"
    spoken = contacts("05", by=Channel.CALL, spoken=True)
    assert first(spoken, law=SEVEN_CALLS, by=Channel.CALL) == "today"
    assert first(contacts("06", by=Channel.CALL, spoken=True), law=SEVEN_CALLS, by=Channel.CALL) == "2026-03-13"
    assert first(contacts("12", by=Channel.CALL, spoken=True), law=SEVEN_CALLS) == "today"  # letters may go on


def at(moment: str, ladder: Ladder, **facts: Any) -> Any:
    return decide(a_case(**facts), ladder, paris(moment))


def test_a_step_waits_until_the_customer_may_hear_from_us_again() -> None:
    ladder = a_ladder(caps=(THREE_A_WEEK,))
    found = contacts("06", "10", "11")
    decision = at("2026-03-12 10:00", ladder, contacts=found)
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step) == (paris("2026-03-13 09:00"), ladder.steps[0])
    assert because(decision) is Reason.CONTACT_BUDGET
    assert decision.because.facts == (
        ("step", "courtesy_reminder"), ("most", "3"), ("days", "7"), ("channels", "email, letter, sms"),
        ("earliest", "2026-03-13"),
    )  # fmt: skip
    assert sentence(decision, a_case().calendar) == (
        "the courtesy reminder waits, because the customer has heard from us often enough, looked at again on 13 Mar"
    )
    assert isinstance(at("2026-03-13 09:00", ladder, contacts=found), Act)


def test_a_step_that_lapses_while_it_waits_is_not_announced() -> None:
    ladder = a_ladder(a_step(lapse_after=10), caps=(THREE_A_WEEK,))
    decision = at("2026-03-12 10:00", ladder, contacts=contacts("06", "10", "11"))
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step) == (paris("2026-03-13 09:00"), None)


def test_a_call_is_not_asked_for_a_week_after_a_conversation() -> None:
    ladder = a_ladder(a_step(channels=(Channel.CALL,), asks=QuestionKind.CALL_OUTCOME))
    spoken = contacts("06", by=Channel.CALL, spoken=True)
    decision = at("2026-03-12 10:00", ladder, contacts=spoken, law=SEVEN_CALLS)
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-03-13 09:00"), Reason.AFTER_CONVERSATION)
    assert isinstance(at("2026-03-13 10:00", ladder, contacts=spoken, law=SEVEN_CALLS), Ask)


@pytest.mark.parametrize(
    ("step", "owed"),
    [
        (a_step(id="notice", stage=Stage.FORMAL_NOTICE), True),
        (a_step(text="free_reminder"), True),
        (a_step(), False),
        (a_step(text="statement"), False),
    ],
)
def test_a_message_the_law_asks_for_is_counted_but_never_held_up(step: Any, owed: bool) -> None:
    decision = at("2026-03-12 10:00", a_ladder(step, caps=(THREE_A_WEEK,)), contacts=contacts("06", "10", "11"))
    assert is_owed_by_law(step) is owed
    assert isinstance(decision, Act if owed else Wait)
    assert is_counted(Channel.EMAIL)


def test_what_is_handed_to_somebody_else_is_not_counted_and_never_held_up() -> None:
    agency = a_step(id="agency", stage=Stage.AGENCY, channels=(Channel.HANDOVER,))
    everything = Cap(frozenset(Channel), 1, 300)
    assert isinstance(at("2026-03-12 10:00", a_ladder(agency, caps=(everything,)), contacts=contacts("11")), Act)
    assert [channel.value for channel in Channel if is_counted(channel)] == ["email", "sms", "letter", "call"]


def test_what_goes_besides_takes_part_in_the_budget_and_holds_nothing_up() -> None:
    step = a_step(id="notice", stage=Stage.FORMAL_NOTICE, also=(Channel.SMS,))
    two = a_ladder(step, caps=(Cap(WRITING, 2, 7),))
    free, full = at("2026-03-12 10:00", two), at("2026-03-12 10:00", two, contacts=contacts("11"))
    assert (free.also, full.also) == ((Channel.SMS,), ())
    assert (free.channel, full.channel) == (Channel.EMAIL, Channel.EMAIL)
