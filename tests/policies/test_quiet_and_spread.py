"""Days on which nothing leaves, and the minutes after opening over which customers are spread."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings

from policies.calendar_days import in_season
from policies.case import Case
from policies.decide import decide
from policies.decisions import Act, Ask, Reason, Wait
from policies.ladder import Ladder, Season
from policies.ladder_file import load_ladder
from policies.problems import Problem
from policies.spread import spread_of
from policies.stages import Stage
from tests.policies.builders import a_case, a_ladder, a_step, climb, paris
from tests.policies.strategies import Chance, Situation, a_start, drawn

CHRISTMAS = Season((12, 24), (1, 1))


def test_nothing_leaves_on_quiet_days_not_even_what_the_law_asks_for() -> None:
    """23 December 2026 is a Wednesday; the office opens again on Monday, 4 January."""
    for stage in (Stage.COURTESY_REMINDER, Stage.FORMAL_NOTICE):
        ladder = a_ladder(a_step(stage=stage, pay_within=14), quiet=(CHRISTMAS,))
        due = a_case(due=date(2026, 12, 1))
        assert isinstance(decide(due, ladder, paris("2026-12-23 17:59")), Act)
        for moment in ("2026-12-24 09:00", "2026-12-31 12:00", "2027-01-01 10:00"):
            decision = decide(due, ladder, paris(moment))
            assert isinstance(decision, Wait)
            assert decision.until == paris("2027-01-04 09:00")


def test_a_deadline_may_fall_on_quiet_days() -> None:
    ladder = a_ladder(a_step(pay_within=10), quiet=(CHRISTMAS,))
    assert isinstance(decide(a_case(due=date(2026, 12, 1)), ladder, paris("2026-12-18 10:00")), Act)


def named(name: str) -> Case:
    return a_case(customer_name=name)


HOUR = a_ladder(spread=60)


def test_a_customer_is_written_to_at_its_own_minute_and_always_at_the_same() -> None:
    minute = spread_of(HOUR, named("Dupont SARL"))
    assert minute == spread_of(HOUR, replace(named("Dupont SARL"), id=99, invoice="other")) > timedelta()
    at = paris("2026-03-06 09:00") + minute
    before = decide(named("Dupont SARL"), HOUR, paris("2026-03-06 09:00"))
    assert isinstance(before, Wait)
    assert before.until == at
    early = decide(named("Dupont SARL"), HOUR, paris("2026-03-05 20:00"))
    assert isinstance(early, Wait)
    assert early.until == at
    assert isinstance(decide(named("Dupont SARL"), HOUR, at), Act)
    assert isinstance(decide(named("Dupont SARL"), HOUR, paris("2026-03-06 15:00")), Act)


def test_ten_thousand_customers_leave_in_sixty_minutes_and_no_minute_has_much_more_than_its_share() -> None:
    minutes = Counter(spread_of(HOUR, named(f"Client {number} SARL")) for number in range(10_000))
    assert len(minutes) == 60
    assert max(minutes.values()) < 2 * 10_000 / 60


def test_without_a_spread_and_in_hours_shorter_than_it_everybody_leaves_at_opening() -> None:
    assert spread_of(a_ladder(), named("Dupont SARL")) == timedelta()
    short = a_ladder(spread=600, send_from=9, send_until=10)
    late = next(name for name in map(str, range(100)) if spread_of(short, named(name)) >= timedelta(hours=1))
    assert isinstance(decide(named(late), short, paris("2026-03-06 09:00")), Act)


FILE = """
id = "ours"
title = "Ours"
spread = 90
[[quiet]]
first = "12-24"
last = "01-01"
[[step]]
id = "courtesy"
stage = "courtesy_reminder"
offset = 3
gap = 4
channels = ["email"]
"""


def read(text: str) -> Ladder | list[Problem]:
    return load_ladder(text.encode(), "ours.toml")


def test_a_ladder_file_names_both_and_what_is_wrong_is_told() -> None:
    ladder = read(FILE)
    assert isinstance(ladder, Ladder), ladder
    assert (ladder.quiet, ladder.spread) == ((CHRISTMAS,), 90)
    whole_year = read(FILE.replace('"12-24"', '"01-01"').replace('last = "01-01"', 'last = "12-31"'))
    assert isinstance(whole_year, list)
    assert [(one.field, one.reason) for one in whole_year] == [
        ("quiet", "The quiet days leave no day of the year on which anything may leave.")
    ]
    for wrong in ("spread = -1", "spread = 2000", 'spread = "an hour"'):
        found = read(FILE.replace("spread = 90", wrong))
        assert isinstance(found, list)
        assert [one.field for one in found] == ["spread"]


def _quiet_start(rng: Chance) -> Situation:
    """A start under a ladder with quiet days and a spread."""
    case, ladder, as_of = a_start(rng)
    seasons = rng.several(lambda: _season(rng), 3)
    return case, replace(ladder, quiet=seasons, spread=rng.choice((0, 1, 45, 600))), as_of


def _season(rng: Chance) -> Season:
    first = date(2001, 1, 1) + timedelta(days=rng.randint(0, 364))
    last = first + timedelta(days=rng.randint(0, 40))
    return Season((first.month, first.day), (last.month, last.day))


def test_the_climbs_drawn_do_leave_beside_quiet_days() -> None:
    """A property of acts that are never made would hold of anything."""
    acts = quiet = 0
    for seed in range(200):
        start = _quiet_start(Chance(seed))
        quiet += bool(start[1].quiet)
        acts += sum(isinstance(moment.decision, Act) for moment in climb(*start))
    assert min(acts, quiet) > 50


@settings(max_examples=300, deadline=None)
@given(drawn(_quiet_start))
def test_nothing_ever_leaves_on_quiet_days_on_holidays_or_outside_the_hours(start: Situation) -> None:
    """Over random calendars, zones and changes of the clock; calls that fall due are asked for at such times alone too."""
    case, ladder, _ = start
    for moment in climb(*start):
        match moment.decision:
            case Act(step=step) | Ask(step=step, because=_) if step is not None and _is_due(moment.decision):
                local = moment.at.astimezone(case.calendar.zone)
                hours = ladder if step.hours is None else step.hours
                assert not in_season(ladder.quiet, local.date(), None)
                assert local.date() not in case.calendar.holidays
                assert local.weekday() in hours.send_days
                assert hours.send_from <= local.hour < hours.send_until


def _is_due(decision: Act | Ask) -> bool:
    return isinstance(decision, Act) or decision.because.code is Reason.STEP_DUE
