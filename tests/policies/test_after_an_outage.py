"""After an outage nothing is made up for: rests, caps, hours and quiet days are kept, and a customer hears of it once."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings

from policies.calendar_days import in_season
from policies.case import Contact
from policies.contact_budget import caps, is_owed_by_law
from policies.decisions import Act
from policies.entry import steps_of
from policies.ladder import Season
from policies.look import steps_done
from policies.step_time import last_contact
from tests.policies.builders import Moment, climb
from tests.policies.strategies import Chance, Situation, a_start, drawn

Outage = tuple[datetime, datetime]


def _with_outages(rng: Chance) -> tuple[Situation, tuple[Outage, ...]]:
    """A start, and some stretches of hours to months in which nothing runs."""
    case, ladder, as_of = a_start(rng)
    made = []
    for _ in range(rng.randint(1, 3)):
        since = as_of + timedelta(hours=rng.randint(0, 24 * 90))
        made.append((since, since + timedelta(minutes=rng.randint(1, 60 * 24 * 60))))
    if rng.random() < 0.5:
        ladder = replace(ladder, quiet=(Season((12, 24), (1, 1)), Season((8, 1), (8, 15))), spread=rng.choice((0, 90)))
    return (case, ladder, as_of), tuple(made)


def _acts(start: Situation, outages: tuple[Outage, ...]) -> list[tuple[Moment, Act]]:
    return [(one, one.decision) for one in climb(*start, outages=outages) if isinstance(one.decision, Act)]


def test_the_outages_drawn_do_put_acts_off() -> None:
    """A property of outages that never matter would hold of anything."""
    put_off = 0
    for seed in range(300):
        start, outages = _with_outages(Chance(seed))
        put_off += [one.at for one, _ in _acts(start, ())] != [one.at for one, _ in _acts(start, outages)]
    assert put_off > 40


@settings(max_examples=200, deadline=None)
@given(drawn(_with_outages))
def test_nothing_leaves_in_a_heap_when_things_run_again(drawn_: tuple[Situation, tuple[Outage, ...]]) -> None:
    start, outages = drawn_
    case, ladder, _ = start
    for moment, act in _acts(start, outages):
        assert not any(since <= moment.at < until for since, until in outages)
        today, heard = case.calendar.day(moment.at), last_contact(moment.case.done)
        assert heard is None or today >= heard + timedelta(days=act.step.gap), "a rest is kept, however late we are"
        assert today not in case.calendar.holidays
        assert not in_season(ladder.quiet, today, None)
        made = [*moment.case.contacts, Contact(today, act.channel)]
        for cap in caps(case, ladder) if not is_owed_by_law(act.step) else ():
            first = today - timedelta(days=cap.days - 1)
            assert (
                act.channel not in cap.channels
                or sum(first <= one.on and one.channel in cap.channels for one in made) <= cap.most
            )


@settings(max_examples=200, deadline=None)
@given(drawn(_with_outages))
def test_an_outage_skips_no_step_that_does_not_lapse(drawn_: tuple[Situation, tuple[Outage, ...]]) -> None:
    start, outages = drawn_
    climbed = steps_of(*start[:2])
    for moment, act in _acts(start, outages):
        behind = {one.step for one in (*steps_done(moment.case, climbed), *act.passed)}
        assert {step.id for step in climbed[: climbed.index(act.step)]} <= behind
