"""A file before a court: its periods counted as the law counts them, and what each event does."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.calendar_days import month_end
from policies.court_days import last_day, next_working
from policies.court_event import EVENT_WORDS, CourtEvent, event_named
from policies.court_follows import CourtFollows, follows
from policies.court_life import ENDED, LAWS, STATE_WORDS, CourtState
from policies.court_told import Begins, CourtFile, Told
from policies.court_turns import SAID_AS_EVENTS, SAID_AT_DEADLINES, why_not_done
from policies.deadline import DeadlineKind as K
from policies.facts import DebtorKind
from policies.law.contact_rules import Route
from policies.law.court_rules import CourtPeriod
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.law.limitation_rules import Interruption
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import KindLaw
from policies.months import months_after

TOML = Path(__file__).parents[2] / "policies" / "law"
WHERE = Provenance("art. 1", None, Confidence.HIGH)
TODAY = date(2028, 1, 1)
DAYS = st.dates(date(1990, 1, 1), date(2200, 1, 1))


def law(name: str, kind: DebtorKind = DebtorKind.BUSINESS) -> KindLaw:
    found = load_law((TOML / name).read_bytes(), name)
    assert isinstance(found, Jurisdiction)
    return found.for_kind(kind)


def route(of: KindLaw, id: str) -> Route:
    return next(one for one in of.routes if one.id == id)


def after(name: str, id: str, state: CourtState, told: Told, order: date | None = None) -> CourtFollows:
    of = law(name)
    found = follows(CourtFile(state, route(of, id), date(2026, 1, 5), order), told, of, TODAY)
    assert isinstance(found, CourtFollows), found
    return found


def days(found: CourtFollows) -> dict[K, date]:
    return {one.kind: one.last_day for one in found.begins}


@pytest.mark.parametrize(
    ("begun", "months", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 9, 1), 3, date(2026, 12, 1)),
        (date(2026, 12, 15), 2, date(2027, 2, 15)),
    ],
)
def test_months_end_on_the_day_of_the_same_number_or_on_the_last_of_the_month(
    begun: date, months: int, last: date
) -> None:
    assert months_after(begun, months) == last


@given(DAYS, st.integers(1, 240))
def test_a_period_in_months_lies_in_the_month_it_must_and_never_past_its_number(begun: date, months: int) -> None:
    last = months_after(begun, months)
    assert (last.year * 12 + last.month) - (begun.year * 12 + begun.month) == months
    assert last.day == begun.day or (last.day < begun.day and last == month_end(last))


@given(DAYS, DAYS, st.integers(1, 240))
def test_who_begins_later_never_ends_earlier(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert months_after(first, months) <= months_after(second, months)


@given(DAYS, st.integers(0, 12), st.integers(0, 60), st.sets(DAYS, max_size=3))
def test_ours_never_moves_and_theirs_ends_on_a_working_day_at_most_days_later(
    begun: date, months: int, extra: int, holidays: set[date]
) -> None:
    ours = CourtPeriod("r", K.ORDER_SERVICE, CourtEvent.SERVED, WHERE, months, extra)
    strict, moved = last_day(ours, begun, holidays), last_day(replace(ours, theirs=True), begun, holidays)
    assert strict == months_after(begun, months) + timedelta(days=extra)
    assert strict <= moved <= strict + timedelta(days=9)
    assert moved == next_working(moved, holidays)
    assert moved.weekday() < 5
    assert moved not in holidays


def test_an_order_is_served_within_six_months_or_three_by_its_own_day() -> None:
    before = after("fr.toml", "injonction_de_payer", CourtState.FILED, Told(CourtEvent.ORDER_MADE, date(2026, 8, 31)))
    since = after("fr.toml", "injonction_de_payer", CourtState.FILED, Told(CourtEvent.ORDER_MADE, date(2026, 9, 1)))
    assert days(before) == {K.ORDER_SERVICE: date(2027, 2, 28)}
    assert since.begins == (
        Begins(
            K.ORDER_SERVICE,
            date(2026, 12, 1),
            "art. 1411 CPC, decree 2026-96: three months for orders made from 1 September 2026",
        ),
    )
    part = after("fr.toml", "injonction_de_payer", CourtState.FILED, Told(CourtEvent.ORDER_IN_PART, date(2026, 9, 1)))
    assert days(part) == days(since)


def test_from_service_the_debtor_has_a_month_and_the_clerk_two() -> None:
    told = Told(CourtEvent.SERVED, date(2026, 10, 15))
    found = after("fr.toml", "injonction_de_payer", CourtState.ORDER, told, order=date(2026, 9, 10))
    # 15 November is a Sunday: the debtor may still oppose on the Monday
    assert days(found) == {K.OPPOSITION: date(2026, 11, 16), K.ORDER_ENFORCEABLE: date(2026, 12, 15)}
    assert found.meets == {K.ORDER_SERVICE}
    assert found.act is Interruption.COURT_ACT
    older = after("fr.toml", "injonction_de_payer", CourtState.ORDER, told, order=date(2026, 8, 31))
    assert days(older) == {K.OPPOSITION: date(2026, 11, 16)}


def test_a_title_lives_ten_years_and_is_an_act_of_limitation() -> None:
    found = after("fr.toml", "injonction_de_payer", CourtState.UNOPPOSED, Told(CourtEvent.TITLE, date(2026, 12, 20)))
    assert days(found) == {K.TITLE_LIFE: date(2036, 12, 20)}
    assert found.act is Interruption.COURT_TITLE
    assert K.OPPOSITION in found.meets
    assert K.TITLE_LIFE not in found.drops


def test_the_officer_waits_a_month_for_an_answer() -> None:
    found = after("fr.toml", "small_claims", CourtState.FILED, Told(CourtEvent.LETTER_SENT, date(2026, 9, 15)))
    assert days(found) == {K.SMALL_CLAIM_ANSWER: date(2026, 10, 15)}
    assert found.act is None
    refused = after("fr.toml", "small_claims", CourtState.LETTER, Told(CourtEvent.REFUSED, date(2026, 10, 16)))
    assert refused.state is CourtState.REFUSED
    assert K.SMALL_CLAIM_ANSWER in refused.meets


def test_in_germany_two_weeks_to_object_and_six_months_to_ask_for_the_enforcement_order() -> None:
    found = after("de.toml", "mahnverfahren", CourtState.FILED, Told(CourtEvent.SERVED, date(2026, 8, 31)))
    assert days(found) == {K.OPPOSITION: date(2026, 9, 14), K.COURT_STEP: date(2027, 2, 28)}
    assert [one.what for one in found.begins] == ["", "asking for the enforcement order"]
    assert K.COURT_STEP not in found.drops
    asked = after("de.toml", "mahnverfahren", CourtState.SERVED, Told(CourtEvent.ENFORCEMENT_ASKED, date(2026, 9, 20)))
    assert asked.state is CourtState.SERVED
    assert K.COURT_STEP in asked.meets


def test_in_belgium_a_month_to_answer_and_eight_days_to_the_report() -> None:
    found = after("be.toml", "rci", CourtState.FILED, Told(CourtEvent.SERVED, date(2026, 9, 1)))
    assert days(found) == {K.OPPOSITION: date(2026, 10, 1), K.ORDER_ENFORCEABLE: date(2026, 10, 9)}


def test_a_european_order_leaves_thirty_days() -> None:
    found = after("de.toml", "european_payment_order", CourtState.FILED, Told(CourtEvent.SERVED, date(2026, 9, 1)))
    assert days(found) == {K.OPPOSITION: date(2026, 10, 1)}


def test_what_the_law_files_lack_is_asked_for_and_never_guessed() -> None:
    of = law("uk_ew.toml")
    file = CourtFile(CourtState.FILED, route(of, "mcol"), date(2026, 9, 1))
    served = follows(file, Told(CourtEvent.SERVED, date(2026, 9, 10)), of, TODAY)
    assert isinstance(served, CourtFollows)
    assert served.begins == ()
    told = Told(CourtEvent.SERVED, date(2026, 9, 10), date(2026, 9, 24), "CPR 15.4")
    entered = follows(file, told, of, TODAY)
    assert isinstance(entered, CourtFollows)
    assert entered.begins == (Begins(K.OPPOSITION, date(2026, 9, 24), "CPR 15.4"),)
    hearing = follows(file, Told(CourtEvent.HEARING, date(2026, 9, 10)), of, TODAY)
    assert [one.reason for one in hearing if not isinstance(hearing, CourtFollows)] == [
        "Write the last day for the next step before the court as YYYY-MM-DD."
    ]


def test_a_day_to_come_one_before_the_last_and_an_event_out_of_turn_are_refused() -> None:
    of = law("fr.toml")
    made = date(2026, 9, 10)
    file = CourtFile(
        CourtState.ORDER, route(of, "injonction_de_payer"), date(2026, 9, 1), made, ((CourtEvent.ORDER_MADE, made),)
    )

    def reasons(told: Told) -> list[str]:
        found = follows(file, told, of, date(2026, 10, 1))
        assert not isinstance(found, CourtFollows)
        return [one.reason for one in found]

    assert reasons(Told(CourtEvent.SERVED, date(2026, 10, 2))) == [
        "The day is still to come: record it when it has happened."
    ]
    assert reasons(Told(CourtEvent.SERVED, date(2026, 9, 9))) == [
        "The day is before 2026-09-10, the day of what is known last."
    ]
    assert reasons(Told(CourtEvent.TO_BAILIFF, date(2026, 9, 12)))[0].startswith(
        "“given to a bailiff for enforcement” cannot follow “order made”. What can: declined, served, hearing"
    )
    assert reasons(Told(CourtEvent.REFUSED, date(2026, 9, 12))) == [
        (
            "“the debtor refused, or did not answer the officer” belongs to small claims before an officer; this file takes "
            "another way."
        )
    ]


def refused(file: CourtFile, told: Told, name: str = "fr.toml") -> list[str]:
    found = follows(file, told, law(name), TODAY)
    return [] if isinstance(found, CourtFollows) else [one.reason for one in found]


def test_an_order_served_after_its_last_day_has_lapsed_and_one_of_no_known_day_is_not_served() -> None:
    order = CourtFile(
        CourtState.ORDER, route(law("fr.toml"), "injonction_de_payer"), date(2026, 9, 1), date(2026, 9, 10),
        until={K.ORDER_SERVICE: date(2026, 12, 10)},
    )  # fmt: skip
    assert refused(order, Told(CourtEvent.SERVED, date(2026, 12, 10))) == []
    assert refused(order, Told(CourtEvent.SERVED, date(2026, 12, 11))) == [
        "The order was to be served until 2026-12-10: record that the procedure lapsed (lapsed)."
    ]
    assert refused(replace(order, order_made=None, until={}), Told(CourtEvent.SERVED, date(2026, 12, 10))) == [
        "Record first when the order was made (order-made): its day decides which periods begin."
    ]


@pytest.mark.parametrize("event", [CourtEvent.NO_OPPOSITION, CourtEvent.ENFORCEMENT_ASKED])
def test_while_the_debtor_may_oppose_nobody_says_that_it_did_not(event: CourtEvent) -> None:
    served = CourtFile(
        CourtState.SERVED, route(law("fr.toml"), "injonction_de_payer"), date(2026, 9, 1), date(2026, 9, 10),
        until={K.OPPOSITION: date(2026, 11, 16)},
    )  # fmt: skip
    assert refused(served, Told(event, date(2026, 11, 16))) == [
        "The debtor can oppose until 2026-11-16: record it from the day after on."
    ]
    assert refused(served, Told(event, date(2026, 11, 17))) == []


@pytest.mark.parametrize("state", [CourtState.TITLE, CourtState.ENFORCING])
def test_the_debtor_may_oppose_a_title_whose_life_goes_on_until_the_court_has_judged(state: CourtState) -> None:
    found = after("fr.toml", "injonction_de_payer", state, Told(CourtEvent.OPPOSITION, date(2027, 1, 10)))
    assert found.state is CourtState.OPPOSED
    assert K.ENFORCEMENT_OUTCOME in found.drops
    assert K.TITLE_LIFE not in found.drops
    lost = after("fr.toml", "injonction_de_payer", found.state, Told(CourtEvent.REJECTED, date(2027, 6, 1)))
    assert K.TITLE_LIFE in lost.drops


@pytest.mark.parametrize("event", [CourtEvent.WITHDRAWN, CourtEvent.LAPSED, CourtEvent.REJECTED])
def test_a_suit_that_fails_gives_the_claim_no_life_where_its_law_says_so(event: CourtEvent) -> None:
    told = Told(event, date(2027, 1, 10))
    assert after("fr.toml", "ordinary_claim", CourtState.FILED, told).undoes
    assert not after("de.toml", "mahnverfahren", CourtState.SERVED, told).undoes
    assert not after("fr.toml", "ordinary_claim", CourtState.FILED, Told(CourtEvent.JUDGMENT, told.on)).undoes


@pytest.mark.parametrize("event", [CourtEvent.TO_BAILIFF, CourtEvent.PART_PAID])
def test_while_a_title_is_enforced_there_is_a_day_to_look_at_it_again(event: CourtEvent) -> None:
    file = CourtFile(CourtState.ENFORCING, route(law("fr.toml"), "injonction_de_payer"), date(2026, 9, 1))
    assert refused(file, Told(event, date(2027, 1, 10))) == [
        "Write the last day for the outcome of the enforcement as YYYY-MM-DD."
    ]
    assert refused(file, Told(event, date(2027, 1, 10), date(2027, 4, 10))) == []


def test_giving_up_to_enforce_leaves_the_title_its_life() -> None:
    for event in (CourtEvent.WITHDRAWN, CourtEvent.FRUITLESS):
        found = after("fr.toml", "injonction_de_payer", CourtState.ENFORCING, Told(event, date(2027, 1, 10)))
        assert not found.undoes
        assert K.TITLE_LIFE not in found.drops
    paid = after("fr.toml", "injonction_de_payer", CourtState.ENFORCING, Told(CourtEvent.PAID, date(2027, 1, 10)))
    assert K.TITLE_LIFE in paid.drops


def test_the_latest_event_is_told_once_more_where_its_day_was_wrong() -> None:
    of = law("fr.toml")
    file = CourtFile(
        CourtState.ORDER, route(of, "injonction_de_payer"), date(2026, 9, 1), date(2026, 9, 20),
        ((CourtEvent.FILED, date(2026, 9, 2)), (CourtEvent.ORDER_MADE, date(2026, 9, 20))),
    )  # fmt: skip
    found = follows(file, Told(CourtEvent.ORDER_MADE, date(2026, 9, 12)), of, TODAY)
    assert isinstance(found, CourtFollows)
    assert (found.state, found.corrects, days(found)) == (
        CourtState.ORDER, True, {K.ORDER_SERVICE: date(2026, 12, 12)},
    )  # fmt: skip
    assert refused(file, Told(CourtEvent.ORDER_MADE, date(2026, 9, 1))) == [
        "The day is before 2026-09-02, the day of what is known last."
    ]
    assert refused(file, Told(CourtEvent.FILED, date(2026, 9, 3)))[0].startswith("“filed with the court")


def test_a_deadline_tells_the_file_one_event_or_asks_which() -> None:
    assert SAID_AT_DEADLINES.keys() & SAID_AS_EVENTS.keys() == set()
    assert why_not_done(K.OPPOSITION, 3) == (
        "What happened is an event of the file: ./relance court event 3 with one of opposition, no-opposition, or *Event of a "
        "court file*; the last day ends with it."
    )
    for kind, events in {**SAID_AS_EVENTS, **{kind: (one,) for kind, one in SAID_AT_DEADLINES.items()}}.items():
        assert all(kind in LAWS[one].meets | LAWS[one].drops for one in events), kind


@given(
    st.sampled_from(CourtState), st.sampled_from(CourtEvent), st.sampled_from(["injonction_de_payer", "small_claims"])
)
def test_nothing_follows_the_end_and_an_end_leaves_no_deadline_but_a_titles_life(
    state: CourtState, event: CourtEvent, id: str
) -> None:
    of = law("fr.toml")
    told = Told(event, date(2026, 10, 1), date(2026, 12, 1) if LAWS[event].asks_day else None)
    found = follows(CourtFile(state, route(of, id), date(2026, 9, 1)), told, of, date(2026, 10, 1))
    if state in ENDED:
        assert not isinstance(found, CourtFollows)
    if isinstance(found, CourtFollows) and found.state in ENDED:
        assert found.begins == ()
        assert frozenset(K) - found.meets - found.drops <= {K.TITLE_LIFE}


def test_every_event_and_state_has_its_words_and_is_known_by_them() -> None:
    assert set(EVENT_WORDS) == set(CourtEvent) == set(LAWS)
    assert set(STATE_WORDS) == set(CourtState)
    assert all(
        event_named(words) is event and event_named(event.value.replace("_", "-")) is event
        for event, words in EVENT_WORDS.items()
    )
    assert event_named("nothing of the kind") is None
