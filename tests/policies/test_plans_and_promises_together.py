"""Plans, settlements and several promises, judged from money alone: in whatever order it came, counted once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.agreement import Agreement
from policies.broken_promise import broken_on
from policies.case import Calendar, DatedAmount, Hold, HoldKind
from policies.plan_form import PlanAsked, PlanWords, equal_parts, read_plan
from policies.plan_state import PlanState, missing_on, plan_state
from policies.promise import Word, word_of
from policies.promise_together import counted_together
from policies.set_off import SetOffAsked, read_set_off
from policies.settlement_offer import OfferAsked, read_offer
from tests.policies.builders import FRENCH_HOLIDAYS, PARIS, a_ladder

FRANCE = Calendar(PARIS, FRENCH_HOLIDAYS)
LADDER = a_ladder(promise_grace=1)
START = date(2026, 3, 2)
amounts = st.integers(1, 500)
days = st.integers(0, 60).map(lambda number: START + timedelta(days=number))
moneys = st.lists(st.builds(DatedAmount, days, amounts), max_size=6)


def a_plan(received: list[tuple[str, int]], open_: int, **terms: object) -> Hold:
    """300 on 1 April, 300 on 1 May, of which so much is still open."""
    parts = (DatedAmount(date(2026, 4, 1), 300), DatedAmount(date(2026, 5, 1), 300))
    came = tuple(DatedAmount(date.fromisoformat(on), amount) for on, amount in received)
    agreement = replace(Agreement(1, open_), **terms)  # type: ignore[arg-type]
    return Hold(HoldKind.PLAN, "plan", START, None, "marie", instalments=parts, receipts=came, agreement=agreement)


@pytest.mark.parametrize(
    ("received", "terms", "today", "expected"),
    [
        ([], {}, "2026-04-01", PlanState.ON_TRACK),
        ([], {}, "2026-04-02", PlanState.LATE),
        ([], {}, "2026-04-03", PlanState.LAPSED),
        ([], {"late_days": 8}, "2026-04-09", PlanState.LATE),
        ([], {"late_days": 8}, "2026-04-10", PlanState.LAPSED),
        ([], {"first_payment": True}, "2026-03-20", PlanState.AWAITING_FIRST),
        ([], {"first_payment": True, "late_days": 8}, "2026-04-03", PlanState.LAPSED),
        ([("2026-03-30", 300)], {"first_payment": True}, "2026-04-03", PlanState.ON_TRACK),
        ([("2026-04-09", 300)], {"late_days": 8}, "2026-04-10", PlanState.ON_TRACK),
        ([("2026-04-01", 300), ("2026-04-20", 300)], {}, "2026-04-20", PlanState.KEPT),
        ([("2026-03-30", 600)], {}, "2026-03-30", PlanState.KEPT),
        ([("2026-04-01", 299)], {}, "2026-04-03", PlanState.LAPSED),
    ],
)
def test_a_plan_is_on_track_late_kept_or_lapsed(
    received: list[tuple[str, int]], terms: dict[str, object], today: str, expected: PlanState
) -> None:
    hold = a_plan(received, 600 - sum(amount for _, amount in received), **terms)
    assert plan_state(hold, LADDER, FRANCE, date.fromisoformat(today)) is expected


def test_what_a_credit_note_took_away_is_not_missed() -> None:
    assert plan_state(a_plan([("2026-04-01", 300)], 100), LADDER, FRANCE, date(2026, 5, 1)) is PlanState.ON_TRACK
    kept = a_plan([("2026-04-01", 300), ("2026-05-01", 100)], 0)
    assert plan_state(kept, LADDER, FRANCE, date(2026, 5, 2)) is PlanState.KEPT


def test_a_payment_that_is_there_already_is_not_reminded_of() -> None:
    hold = a_plan([("2026-03-10", 400)], 200)
    assert [missing_on(hold, on, LADDER, FRANCE) for on in (date(2026, 4, 1), date(2026, 5, 1))] == [0, 200]


@given(moneys, st.randoms(use_true_random=False), days)
def test_the_state_of_a_plan_does_not_depend_on_the_order_of_its_money(
    came: list[DatedAmount], random: object, today: date
) -> None:
    mixed = list(came)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one = replace(a_plan([], 600), receipts=tuple(came))
    assert plan_state(one, LADDER, FRANCE, today) is plan_state(
        replace(one, receipts=tuple(mixed)), LADDER, FRANCE, today
    )


@given(moneys, st.builds(DatedAmount, days, amounts), days)
def test_more_money_never_makes_a_plan_lapse(came: list[DatedAmount], more: DatedAmount, today: date) -> None:
    first = replace(a_plan([], 2000), receipts=tuple(came))
    if plan_state(first, LADDER, FRANCE, today) is not PlanState.LAPSED:
        assert first.agreement is not None
        left = replace(first.agreement, open=2000 - more.amount)
        then = replace(first, receipts=(*came, more), agreement=left)
        assert plan_state(then, LADDER, FRANCE, today) is not PlanState.LAPSED


def promise(on: date, amount: int, since: date = START) -> Hold:
    return Hold(HoldKind.PROMISE, "promised", since, None, "marie", instalments=(DatedAmount(on, amount),))


@given(st.lists(st.tuples(days, amounts), min_size=2, max_size=4), moneys, st.randoms(use_true_random=False))
def test_money_of_several_promises_is_counted_once_in_any_order(
    promised: list[tuple[date, int]], came: list[DatedAmount], random: object
) -> None:
    holds = [replace(promise(on, amount), receipts=tuple(came)) for on, amount in promised]
    told = counted_together(holds, LADDER, FRANCE)
    assert sum(one.amount for hold in told for one in hold.receipts) <= sum(one.amount for one in came)
    mixed = list(came)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    again = counted_together([replace(hold, receipts=tuple(mixed)) for hold in holds], LADDER, FRANCE)
    late = START + timedelta(days=90)
    words = [[word_of(hold, 5000, LADDER, FRANCE, late) for hold in found] for found in (told, again)]
    assert words[0] == words[1]


def test_each_of_several_promises_has_its_own_day_and_amount() -> None:
    came = (DatedAmount(date(2026, 3, 6), 100), DatedAmount(date(2026, 3, 13), 50))
    holds = [replace(promise(on, 100), receipts=came) for on in (date(2026, 3, 6), date(2026, 3, 13))]
    told = counted_together(holds, LADDER, FRANCE)
    words = [word_of(hold, 500, LADDER, FRANCE, date(2026, 3, 20)) for hold in told]
    assert words == [Word.KEPT, Word.PARTLY_KEPT]


def test_a_promise_counts_as_broken_on_the_first_day_after_it_was_waited_for() -> None:
    friday = promise(date(2026, 3, 6), 100)
    assert broken_on([friday], 500, LADDER, FRANCE, date(2026, 3, 9)) is None
    assert broken_on([friday], 500, LADDER, FRANCE, date(2026, 3, 10)) == date(2026, 3, 10)
    kept = replace(friday, receipts=(DatedAmount(date(2026, 3, 9), 100),))
    assert broken_on([kept], 500, LADDER, FRANCE, date(2026, 3, 10)) is None


@given(st.integers(1, 10**9), st.integers(1, 60), days)
def test_equal_parts_come_to_the_total_a_month_apart(total: int, parts: int, first: date) -> None:
    if total < parts:
        return
    found = equal_parts(total, parts, first)
    assert sum(one.amount for one in found) == total
    assert len({(one.on.year, one.on.month) for one in found}) == parts


def test_a_plan_is_read_as_it_is_written() -> None:
    words = PlanWords("3 from 2026-04-30", interest_until="2026-03-02", late_days="8", first_payment="yes")
    assert read_plan(words, 1000, "EUR", START) == PlanAsked(
        (
            DatedAmount(date(2026, 4, 30), 333),
            DatedAmount(date(2026, 5, 30), 333),
            DatedAmount(date(2026, 6, 30), 334),
        ),
        "payment plan", date(2026, 3, 2), 8, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "reasons"),
    [
        (PlanWords(""), ["Say which payments: 2026-05-01=500.00; 2026-06-01=250.00, or 3 from 2026-05-01."]),
        (PlanWords("0 from 2026-05-01"), ["A plan has from 1 to 60 payments."]),
        (PlanWords("3 from 2026-02-30"), ["“2026-02-30” is no day to come; write 3 from 2026-05-01."]),
        (PlanWords("3 from 9999-11-01"), ["“9999-11-01” is no day to come; write 3 from 2026-05-01."]),
        (PlanWords("9 from 2026-05-01", late_days="99", first_payment="maybe", interest_until="soon"), [
            "“soon” is not a day; write it as YYYY-MM-DD.", "“99” is no number of days; at most 60.", "Write yes or no.",
        ]),
        (PlanWords("2026-05-01=11.00"), [
            "The payments come to 11.00 EUR, open are 10.00 EUR: a plan pays all of it. For less, make a settlement."
        ]),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_in_sentences(words: PlanWords, reasons: list[str]) -> None:
    found = read_plan(words, 1000, "EUR", START)
    assert isinstance(found, list)
    assert [one.reason for one in found] == reasons


def test_a_settlement_is_less_than_everything_by_a_day_and_for_a_reason() -> None:
    assert read_offer("7.50", "2026-03-20", "soon insolvent", 1000, "EUR", START) == OfferAsked(
        750, date(2026, 3, 20), "soon insolvent"
    )
    found = read_offer("10", "2026-03-01", "", 1000, "EUR", START)
    assert isinstance(found, list)
    assert [one.reason for one in found] == [
        "Open are 10.00 EUR: a settlement is for less. For all of it, make a plan.",
        "2026-03-01 is not in the future; today is 2026-03-02.",
        "Say why less is enough: whoever decides reads it.",
    ]


def test_a_set_off_is_never_for_more_than_is_open() -> None:
    assert read_set_off(" THEIR  7 ", "10.00", "", 1000, "EUR") == SetOffAsked("THEIR 7", 1000, "")
    found = read_set_off("", "10.01", "", 1000, "EUR")
    assert isinstance(found, list)
    assert [one.reason for one in found] == [
        "Say which invoice of the customer's own: its number.",
        "Open are 10.00 EUR: no more than that can be set off.",
    ]
