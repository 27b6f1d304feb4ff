"""Caps and windows are never broken: random calendars, zones, holidays and changes of the clock; told by counting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings

from policies.case import Case, Contact
from policies.contact_budget import is_owed_by_law
from policies.decisions import Act, Ask, Reason
from policies.ladder import Ladder
from policies.law.contact_rules import Cap, ContactRule, Window
from policies.stages import Channel
from tests.policies.builders import Moment, climb
from tests.policies.strategies import Chance, Situation, a_contact, a_start, drawn

Leaving = tuple[Moment, tuple[Channel, ...], bool]
"""A contact: its moment, its channels, and whether the law asked for the first of them."""


def _known_before(rng: Chance) -> Situation:
    """A start, with contacts the debtor had for other invoices: some close to it."""
    case, ladder, as_of = a_start(rng)
    near = rng.several(lambda: replace(a_contact(rng), on=as_of.date() - timedelta(days=rng.randint(0, 12))), 6)
    return replace(case, contacts=near), ladder, as_of


def _leaving(start: Situation) -> Iterator[Leaving]:
    """Every contact of a climb."""
    for moment in climb(*start):
        match moment.decision:
            case Act(step=step, channel=channel, also=also):
                yield moment, (channel, *also), is_owed_by_law(step)
            case Ask(step=step, because=because) if because.code is Reason.STEP_DUE and step is not None:
                yield moment, (Channel.CALL,), is_owed_by_law(step)


def _contact_rule(case: Case) -> ContactRule | None:
    return None if case.law is None else case.law.contact


def _caps(case: Case, ladder: Ladder) -> list[Cap]:
    rule = _contact_rule(case)
    return [*ladder.caps, *(rule.caps if rule else ())]


def test_the_climbs_drawn_do_contact_under_caps_windows_and_rests() -> None:
    """A property of contacts that are never made would hold of anything."""
    capped = windowed = 0
    for seed in range(300):
        case, ladder, as_of = _known_before(Chance(seed))
        rule, contacts = _contact_rule(case), sum(1 for _ in _leaving((case, ladder, as_of)))
        capped += contacts if _caps(case, ladder) else 0
        windowed += contacts if rule and rule.windows else 0
    assert min(capped, windowed) > 50


@settings(max_examples=300, deadline=None)
@given(drawn(_known_before))
def test_no_run_of_days_ever_holds_more_contacts_than_a_cap_allows(start: Situation) -> None:
    for moment, channels, owed in _leaving(start):
        today, made = moment.case.calendar.day(moment.at), list(moment.case.contacts)
        for place, channel in enumerate(channels):
            made.append(Contact(today, channel))
            for cap in _caps(*start[:2]):
                if channel in cap.channels and not (owed and place == 0):
                    assert _in_run(made, cap, today) <= cap.most


def _in_run(made: list[Contact], cap: Cap, today: date) -> int:
    first = today - timedelta(days=cap.days - 1)
    return sum(first <= one.on and one.channel in cap.channels for one in made)


@settings(max_examples=300, deadline=None)
@given(drawn(a_start))
def test_nothing_ever_leaves_outside_the_windows_of_the_law(start: Situation) -> None:
    case, rule = start[0], _contact_rule(start[0])
    for moment, channels, _ in _leaving(start):
        local = moment.at.astimezone(case.calendar.zone)
        assert local.date() not in case.calendar.holidays
        for channel in channels:
            windows = [one for one in (rule.windows if rule else ()) if channel in one.channels]
            assert not windows or any(_inside(local, window) for window in windows)


def _inside(local: datetime, window: Window) -> bool:
    return local.weekday() in window.days and window.send_from <= local.hour < window.send_until


@settings(max_examples=300, deadline=None)
@given(drawn(_known_before))
def test_nobody_is_called_in_the_days_after_a_conversation(start: Situation) -> None:
    case, rule = start[0], _contact_rule(start[0])
    rest = rule.rest_after_conversation if rule else 0
    spoken = max((one.on for one in case.contacts if one.conversation), default=date.min)
    for moment, channels, owed in _leaving(start):
        if channels[0] is Channel.CALL and rest and not owed:
            assert case.calendar.day(moment.at) >= spoken + timedelta(days=rest)
