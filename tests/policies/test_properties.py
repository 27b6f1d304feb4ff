"""Laws that hold for every case and every ladder, searched for counterexamples."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, timedelta

from hypothesis import given, settings

from policies.calendar_days import in_season
from policies.case import Case
from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Wait
from policies.entry import steps_of
from policies.explain import explain
from policies.ladder import ApprovalRule, Ladder, Step
from policies.look import look_at, steps_done
from policies.questions import QuestionKind
from policies.stages import Channel
from policies.standing import standing_holds
from policies.step import CountedFrom
from policies.step_time import earliest_day, last_contact
from tests.policies.builders import Moment, climb, gone_past
from tests.policies.strategies import Chance, Situation, a_situation, a_start, drawn

SHUFFLED = ("done", "holds", "effects", "agreed", "contacts")


@settings(max_examples=300, deadline=None)
@given(drawn(a_situation))
def test_there_is_always_one_decision_and_the_same_facts_give_the_same(situation: Situation) -> None:
    case, ladder, as_of = situation
    decision = decide(case, ladder, as_of)
    assert decide(case, ladder, as_of) == decision
    if isinstance(decision, Wait) and decision.until is not None:
        assert decision.until > as_of
        assert (decision.until.tzinfo, decision.until.microsecond) == (UTC, 0)


def test_the_situations_drawn_are_of_every_kind() -> None:
    """A property that never meets an act would hold of anything."""
    met = Counter(type(decide(*a_situation(Chance(seed)))).__name__ for seed in range(500))
    assert min(met[name] for name in ("Act", "Ask", "Wait", "Close")) > 20, met


def _shuffled(rng: Chance) -> tuple[Situation, Case]:
    situation = a_situation(rng)
    case = situation[0]
    return situation, replace(
        case, **{name: tuple(rng.sample(getattr(case, name), len(getattr(case, name)))) for name in SHUFFLED}
    )


@settings(max_examples=300, deadline=None)
@given(drawn(_shuffled))
def test_facts_in_any_order_give_the_same_decision(drawn: tuple[Situation, Case]) -> None:
    (case, ladder, as_of), shuffled = drawn
    assert decide(shuffled, ladder, as_of) == decide(case, ladder, as_of)


@settings(max_examples=300, deadline=None)
@given(drawn(a_situation))
def test_nothing_leaves_for_a_settled_held_or_dead_case(situation: Situation) -> None:
    case, ladder, as_of = situation
    decision, today = decide(case, ladder, as_of), case.calendar.day(as_of)
    if case.principal <= 0 or case.written_off is not None:
        assert isinstance(decision, Close)
    elif case.switched_off or standing_holds(case, ladder, today) or (case.dies_on and today > case.dies_on):
        assert isinstance(decision, Wait) or (isinstance(decision, Ask) and decision.step is None)


@settings(max_examples=300, deadline=None)
@given(drawn(a_situation))
def test_every_decision_can_be_explained(situation: Situation) -> None:
    found = explain(*situation)
    assert found.decision == decide(*situation)
    assert [asked.decides for asked in found.rules] == [False] * (len(found.rules) - 1) + [True]
    assert all(asked.answer and asked.rests_on for asked in found.rules)
    assert len(found.coming) <= 5


@settings(max_examples=800, deadline=None)
@given(drawn(a_situation))
def test_what_leaves_is_due_rested_open_approved_and_reachable(situation: Situation) -> None:
    case, ladder, as_of = situation
    act = decide(case, ladder, as_of)
    if not isinstance(act, Act):
        return
    step, today = act.step, case.calendar.day(as_of)
    look = look_at(replace(case, done=(*case.done, *gone_past(act))), ladder, as_of)
    assert today >= earliest_day(look, step, act.occurrence)[0]
    hours = ladder if step.hours is None else step.hours
    assert today.weekday() in hours.send_days
    assert today not in case.calendar.holidays
    assert hours.send_from <= as_of.astimezone(case.calendar.zone).hour < hours.send_until
    assert not (step.keeps_out_of_seasons and in_season(ladder.seasons, today, step.pay_within))
    agreed = {(one.step, one.occurrence) for one in case.agreed}
    assert step.approval is ApprovalRule.NEVER or (step.id, act.occurrence) in agreed
    assert all(channel in case.reach or channel is Channel.HANDOVER for channel in (act.channel, *act.also))
    assert step.lapse_after is None or today <= case.anchor_day + timedelta(days=step.lapse_after)
    assert 1 <= act.occurrence <= step.times
    assert _places_climbed(case, ladder, act) in (0, 1), "no step is skipped"


def _places_climbed(case: Case, ladder: Ladder, act: Act) -> int:
    """How many places an act stands above the last step that is behind the case, or is gone past now."""
    climbed = [step.id for step in steps_of(case, ladder)]
    behind = {one.step for one in (*steps_done(case, steps_of(case, ladder)), *gone_past(act))}
    return climbed.index(act.step.id) - max((place for place, id in enumerate(climbed) if id in behind), default=-1)


@settings(max_examples=400, deadline=None)
@given(drawn(a_start))
def test_a_climb_goes_up_step_by_step_without_a_burst_and_comes_to_its_end(start: Situation) -> None:
    played = list(climb(*start))
    climbed, last = steps_of(*start[:2]), played[-1]
    behind = [(one.step, one.occurrence) for one in (*last.case.done, *gone_past(last.decision))]
    assert behind == _prefix(climbed, behind), "what is behind is a prefix of the ladder, each time once and in order"
    acts = [(moment, moment.decision) for moment in played if isinstance(moment.decision, Act)]
    for moment, act in acts:
        _assert_rested(moment, act)
    assert len(acts) <= sum(step.times for step in climbed)
    if isinstance(last.decision, Ask):
        assert last.decision.question is QuestionKind.EXHAUSTED
        assert {id for id, _ in behind} == {step.id for step in climbed}
    else:
        assert isinstance(last.decision, Wait)
        assert last.decision.until is None, "only a ladder without any open day ends in a wait"


def _prefix(climbed: tuple[Step, ...], behind: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """As many first steps of the ladder as are behind, each with its times from the first one on."""
    reached = climbed[: len({id for id, _ in behind})]
    times = {step.id: sum(id == step.id for id, _ in behind) for step in reached}
    return [(step.id, number) for step in reached for number in range(1, times[step.id] + 1)]


def _assert_rested(moment: Moment, act: Act) -> None:
    """t(n) >= max(anchor + offset, done + gap)."""
    today, step, contact = moment.case.calendar.day(moment.at), act.step, last_contact(moment.case.done)
    assert contact is None or today >= contact + timedelta(days=step.gap)
    if step.after is CountedFrom.DUE:
        assert today >= moment.case.anchor_day + timedelta(days=step.offset)
    if step.repeat is not None and act.occurrence > 1:
        last = max(one.on for one in moment.case.done if one.step == step.id)
        assert today >= last + timedelta(days=step.repeat.every)


def _paid(rng: Chance) -> tuple[Situation, Case]:
    """A situation, and the case after the customer has paid another invoice, the oldest."""
    situation = a_situation(rng)
    case = situation[0]
    less, fewer = rng.randint(0, case.customer_overdue), max(case.overdue_invoices - 1, 0)
    return situation, replace(case, customer_overdue=less, overdue_invoices=fewer, harder=None, harder_until=None)


@settings(max_examples=300, deadline=None)
@given(drawn(_paid))
def test_when_a_step_may_leave_is_its_own_invoices_affair(drawn: tuple[Situation, Case]) -> None:
    """Paying another invoice changes thresholds and precedence; no step may leave sooner for it."""
    (case, ladder, as_of), paid = drawn
    before, after = look_at(case, ladder, as_of), look_at(paid, ladder, as_of)
    for step in steps_of(case, ladder):
        assert earliest_day(after, step, 1) == earliest_day(before, step, 1)


def _paid_on_a_rising_ladder(rng: Chance) -> tuple[Situation, Case]:
    """The same where no harder step asks for less than a gentler one: no threshold is there to be fallen under."""
    (case, ladder, as_of), paid = _paid(rng)
    floors = sorted(rng.randint(0, 900000) for _ in ladder.steps)
    steps = tuple(
        replace(step, only_above=dict.fromkeys(("EUR", "JPY", "CHF"), floor), only_if=None)
        for step, floor in zip(ladder.steps, floors, strict=True)
    )
    return (case, replace(ladder, steps=steps), as_of), paid


@settings(max_examples=300, deadline=None)
@given(drawn(_paid_on_a_rising_ladder))
def test_paying_the_oldest_invoice_never_hardens_another(drawn: tuple[Situation, Case]) -> None:
    (case, ladder, as_of), paid = drawn
    before, after = decide(case, ladder, as_of), decide(paid, ladder, as_of)
    order = [step.id for step in ladder.steps]
    if isinstance(after, Act):
        assert order.index(after.step.id) <= _reached(before, order)


def _reached(decision: Decision, order: list[str]) -> int:
    """The place of the step a decision is about; the end of the ladder where it is about none."""
    match decision:
        case Wait(next_step=step) | Act(step=step) | Ask(step=step) if step is not None:
            return order.index(step.id)
    return len(order)
