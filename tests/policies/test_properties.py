"""Laws that hold for every case and every ladder, searched for counterexamples."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.calendar_days import in_season
from policies.case import (
    Agreed,
    Calendar,
    Case,
    DatedAmount,
    DoneHow,
    EffectFact,
    EffectState,
    Hold,
    HoldKind,
    StepDone,
)
from policies.decide import decide
from policies.decisions import Act, Ask, Close, Wait
from policies.explain import explain
from policies.ladder import ApprovalRule, Ladder, Season, Step
from policies.limitation_warnings import DEAD
from policies.look import look_at
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from policies.standing import standing_holds
from policies.step_time import earliest_day, last_contact
from tests.policies.builders import a_case, a_ladder, climb

ZONES = ("Europe/Paris", "Pacific/Noumea", "America/Los_Angeles", "Asia/Kathmandu", "Africa/Casablanca")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
AMOUNTS = st.integers(0, 900000)
LIMITS = st.none() | st.dictionaries(st.sampled_from(["EUR", "CHF"]), AMOUNTS, max_size=2)
CHANNELS = st.lists(st.sampled_from(Channel), min_size=1, max_size=3, unique=True).map(tuple)
MESSAGES = st.lists(st.sampled_from([Channel.EMAIL, Channel.SMS, Channel.LETTER]), max_size=2, unique=True).map(tuple)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """One to six steps in rising order, with every rule a ladder may have."""
    stages = sorted(draw(st.lists(st.sampled_from(list(Stage)), min_size=1, max_size=6)), key=list(Stage).index)
    offsets = sorted(draw(st.lists(st.integers(-10, 120), min_size=len(stages), max_size=len(stages))))
    steps = [
        Step(
            id=f"s{place}",
            stage=stage,
            offset=offset,
            gap=draw(st.integers(1, 30)),
            channels=draw(CHANNELS),
            also=draw(MESSAGES),
            lapse_after=draw(st.none() | st.integers(offset, offset + 40)),
            only_above=draw(LIMITS),
            approval=draw(st.sampled_from(ApprovalRule)),
            approval_above=draw(LIMITS),
            asks=draw(st.sampled_from([None, QuestionKind.CALL_OUTCOME, QuestionKind.MEDIATION_OUTCOME])),
            pay_within=draw(st.none() | st.integers(1, 20)),
            keeps_out_of_seasons=draw(st.booleans()),
        )
        for place, (stage, offset) in enumerate(zip(stages, offsets, strict=True))
    ]
    seasons = draw(
        st.sampled_from([(), (Season((8, 1), (8, 25)), Season((12, 20), (1, 3))), (Season((1, 1), (12, 31)),)])
    )
    return a_ladder(*steps, seasons=seasons, ask_at_end_after=draw(st.integers(0, 40)))


@st.composite
def cases(draw: st.DrawFn, fresh: bool = False) -> Case:
    """A case with any facts; `fresh`: nothing has happened to it yet."""
    calendar = Calendar(ZoneInfo(draw(st.sampled_from(ZONES))), draw(st.frozensets(DAYS, max_size=5)))
    case = a_case(
        due=draw(DAYS),
        calendar=calendar,
        currency=draw(st.sampled_from(["EUR", "CHF", "JPY"])),
        customer_overdue=draw(AMOUNTS),
        reach=draw(st.frozensets(st.sampled_from(Channel))),
    )
    if fresh:
        return case
    steps = st.sampled_from([f"s{place}" for place in range(6)] + ["gone"])
    nobody = st.none()
    money = st.lists(st.builds(DatedAmount, DAYS, st.integers(1, 500000)), max_size=2).map(tuple)
    holds = st.builds(
        Hold,
        st.sampled_from(HoldKind),
        st.just("x"),
        DAYS,
        nobody | DAYS,
        st.just("m"),
        st.booleans(),
        channels=st.frozensets(st.sampled_from(Channel), max_size=2),
        instalments=money,
        receipts=money,
    )
    effects = st.builds(
        EffectFact,
        steps,
        st.sampled_from(Channel),
        st.sampled_from(EffectState),
        MOMENTS,
        st.integers(0, 9),
        st.booleans(),
    )
    done = st.builds(StepDone, steps, DAYS, st.sampled_from(DoneHow))
    agreed = st.builds(Agreed, steps, st.sampled_from(QuestionKind), DAYS)
    return replace(
        case,
        principal=draw(st.integers(-10, 900000)),
        done=tuple(draw(st.lists(done, max_size=4))),
        holds=tuple(draw(st.lists(holds, max_size=2))),
        effects=tuple(draw(st.lists(effects, max_size=4))),
        agreed=tuple(draw(st.lists(agreed, max_size=2))),
        written_off=draw(nobody | st.just("x")),
        switched_off=draw(st.booleans()),
        harder=draw(nobody | st.sampled_from(Stage)),
        harder_until=draw(nobody | DAYS),
        dies_on=draw(nobody | DAYS),
        limitation_seen=draw(st.frozensets(st.sampled_from([DEAD, 90, 30]))),
    )


@settings(max_examples=120, deadline=None)
@given(cases(), ladders(), MOMENTS)
def test_there_is_always_one_decision_and_the_same_facts_give_the_same(
    case: Case, ladder: Ladder, as_of: datetime
) -> None:
    decision = decide(case, ladder, as_of)
    assert decide(case, ladder, as_of) == decision
    if isinstance(decision, Wait) and decision.until is not None:
        assert decision.until > as_of
        assert (decision.until.tzinfo, decision.until.microsecond) == (UTC, 0)


@settings(max_examples=120, deadline=None)
@given(cases(), ladders(), MOMENTS)
def test_nothing_leaves_for_a_settled_or_held_case(case: Case, ladder: Ladder, as_of: datetime) -> None:
    decision = decide(case, ladder, as_of)
    today = case.calendar.day(as_of)
    if case.principal <= 0 or case.written_off is not None:
        assert isinstance(decision, Close)
    elif case.switched_off or standing_holds(case, ladder, today):
        assert isinstance(decision, Wait) or (isinstance(decision, Ask) and decision.step is None)


@settings(max_examples=120, deadline=None)
@given(cases(), ladders(), MOMENTS)
def test_nothing_leaves_by_itself_for_a_claim_that_has_died(case: Case, ladder: Ladder, as_of: datetime) -> None:
    decision = decide(case, ladder, as_of)
    if case.dies_on is not None and case.calendar.day(as_of) > case.dies_on:
        assert not isinstance(decision, Act)
        assert getattr(decision, "step", None) is None
        assert getattr(decision, "next_step", None) is None


@settings(max_examples=120, deadline=None)
@given(cases(), ladders(), MOMENTS)
def test_every_decision_can_be_explained(case: Case, ladder: Ladder, as_of: datetime) -> None:
    found = explain(case, ladder, as_of)
    assert found.decision == decide(case, ladder, as_of)
    assert [asked.decides for asked in found.rules] == [False] * (len(found.rules) - 1) + [True]
    assert all(asked.answer and asked.rests_on for asked in found.rules)
    assert len(found.coming) <= 5


@settings(max_examples=120, deadline=None)
@given(cases(), ladders(), MOMENTS)
def test_what_leaves_is_due_rested_open_approved_and_reachable(case: Case, ladder: Ladder, as_of: datetime) -> None:
    decision = decide(case, ladder, as_of)
    if not isinstance(decision, Act):
        return
    step, today = decision.step, case.calendar.day(as_of)
    assert today >= earliest_day(look_at(case, ladder, as_of), step, decision.occurrence)[0]
    assert today.weekday() in ladder.send_days
    assert today not in case.calendar.holidays
    assert not (step.keeps_out_of_seasons and in_season(ladder.seasons, today, step.pay_within))
    assert ladder.send_from <= as_of.astimezone(case.calendar.zone).hour < ladder.send_until
    assert step.approval is ApprovalRule.NEVER or step.id in {agreed.step for agreed in case.agreed}
    assert all(channel in case.reach or channel is Channel.HANDOVER for channel in (decision.channel, *decision.also))
    assert step.lapse_after is None or today <= case.due + timedelta(days=step.lapse_after)
    behind = {one.step for one in case.done} | {one.step for one in decision.passed}
    gentler = [one.id for one in ladder.steps[: ladder.steps.index(step)]]
    assert step.id not in behind
    assert not gentler or gentler[-1] in behind or any(fact.step == gentler[-1] for fact in case.effects)


@settings(max_examples=80, deadline=None)
@given(cases(fresh=True), ladders(), MOMENTS)
def test_a_climb_goes_up_step_by_step_without_a_burst_and_comes_to_its_end(
    case: Case, ladder: Ladder, start: datetime
) -> None:
    moments = list(climb(case, ladder, start))
    order = [step.id for step in ladder.steps]
    acts = [(moment, moment.decision.step) for moment in moments if isinstance(moment.decision, Act)]
    last = moments[-1]
    behind = [one.step for one in last.case.done] + [one.step for one in last.decision.passed]
    assert behind == order[: len(behind)], "acts and passed steps are a prefix of the ladder"
    for moment, step in acts:
        today, contact = moment.case.calendar.day(moment.at), last_contact(moment.case.done)
        assert today >= case.due + timedelta(days=step.offset)
        assert contact is None or today >= contact + timedelta(days=step.gap)
    assert isinstance(last.decision, Ask | Wait)
    if isinstance(last.decision, Ask):
        assert (last.decision.question, behind) == (QuestionKind.EXHAUSTED, order)
    else:
        assert last.decision.until is None, "only a ladder without any open day ends in a wait"
