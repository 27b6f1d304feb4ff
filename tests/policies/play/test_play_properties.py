"""Laws of the virtual world, searched for counterexamples."""

from dataclasses import replace
from datetime import datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.calendar_days import days_after, month_end
from policies.decisions import Act, Ask, Decision, Reason
from policies.entry import steps_of
from policies.facts import HoldKind
from policies.ladder import Ladder, Step
from policies.play.account import Account
from policies.play.days import start_of
from policies.play.debtor import play_debtor, playing
from policies.play.events import Money
from policies.play.item import Item
from policies.play.opening import first_day, open_case
from policies.play.play import play
from policies.play.played import ActPlayed, Left, Played
from policies.play.snapshot import snapshot
from policies.play.world import Debtor, House, always
from policies.questions import QuestionKind
from policies.stages import Channel
from policies.standing import standing_holds
from policies.step import CountedFrom
from tests.policies.builders import climb
from tests.policies.play.worlds import LADDERS, UNTIL, debtors

HOUSE = House()
GIVEN = settings(max_examples=60, deadline=None)


def played(debtor: Debtor, ladder: Ladder, until: datetime = UNTIL) -> Played:
    return play_debtor(debtor, always(ladder), until, HOUSE)


@GIVEN
@given(debtors(), LADDERS)
def test_nothing_is_done_about_an_item_that_is_settled_or_held(debtor: Debtor, ladder: Ladder) -> None:
    for act in played(debtor, ladder).acts:
        before = playing(debtor, always(ladder), act.at, HOUSE)
        today = before.day(act.at)
        for item in (item for item in before.items if item.name in act.items):
            assert item.principal > 0
            assert standing_holds(snapshot(before, item, today), ladder, today) == ()
            lasting = [hold for hold in (*item.holds, *before.holds) if hold.kind is not HoldKind.PROMISE]
            assert all(hold.until is not None and hold.until < today for hold in lasting)


@GIVEN
@given(debtors(held=False), LADDERS, st.randoms(use_true_random=False))
def test_the_order_of_money_within_a_moment_does_not_matter(debtor: Debtor, ladder: Ladder, chance: Random) -> None:
    first = min((event.known for event in debtor.events), default=None)
    if first is None:
        return
    together = [replace(event, known=first) for event in debtor.events]
    shuffled = list(together)
    chance.shuffle(shuffled)
    one, other = (played(replace(debtor, events=tuple(order)), ladder) for order in (together, shuffled))
    assert one == other


@GIVEN
@given(debtors(number="C1"), debtors(number="C2"), LADDERS)
def test_two_customers_never_share_a_message_nor_touch_each_other(one: Debtor, other: Debtor, ladder: Ladder) -> None:
    both = play([one, other], always(ladder), UNTIL, HOUSE)
    for debtor in (one, other):
        assert tuple(act for act in both.acts if act.debtor == debtor.number) == played(debtor, ladder).acts
    owners = {owed.number: debtor.number for debtor in (one, other) for owed in debtor.owed}
    assert all(owners[item] == act.debtor for act in both.acts for item in (*act.items, *act.besides))


@GIVEN
@given(debtors(), LADDERS)
def test_the_steps_of_an_item_are_a_prefix_of_its_ladder(debtor: Debtor, ladder: Ladder) -> None:
    account = playing(debtor, always(ladder), UNTIL, HOUSE)
    for item in (item for item in account.items if item.ladder is not None):
        order = climbed(account, item)
        behind = list(dict.fromkeys(one.step for one in item.done))
        assert behind == order[: len(behind)]
        taken = [one for act in account.acts for one in act.taken if one.item == item.name and act.left is Left.YES]
        steps = list(dict.fromkeys(one.step for one in taken))
        assert steps == [step for step in order if step in steps]
        for step in order:
            times = list(dict.fromkeys(one.occurrence for one in taken if one.step == step))
            assert times == list(range(1, len(times) + 1))


@GIVEN
@given(debtors(), LADDERS)
def test_no_step_leaves_before_its_day_or_without_its_gap(debtor: Debtor, ladder: Ladder) -> None:
    due = {owed.number: owed.due for owed in debtor.owed}
    last: dict[str, ActPlayed] = {}
    for act in played(debtor, ladder).acts:
        for one in act.taken:
            step = ladder.step(one.step)
            assert step is not None
            if step.after is not CountedFrom.PREVIOUS:
                anchor = due[one.item] if step.after is CountedFrom.DUE else month_end(due[one.item])
                assert act.on >= days_after(anchor, step.offset)
            if one.item in last and last[one.item].at < act.at:
                assert act.on >= days_after(last[one.item].on, step.gap)
            last[one.item] = act


@GIVEN
@given(debtors(), LADDERS)
def test_one_message_a_day_channel_and_stage_and_none_without_an_end(debtor: Debtor, ladder: Ladder) -> None:
    acts = played(debtor, ladder).acts
    windows = [
        (act.currency, act.stage, act.on, channel)
        for act in acts
        for channel in act.channels
        if channel is not Channel.CALL
    ]
    assert len(windows) == len(set(windows))
    times = sum(step.times for step in ladder.steps)
    assert len(acts) <= 2 * times * len(debtor.owed)  # a message and the call it announces


@GIVEN
@given(debtors(held=False), LADDERS)
def test_paying_the_oldest_hardens_nothing_of_the_others(debtor: Debtor, ladder: Ladder) -> None:
    """Whatever becomes free of the others when it is paid leaves in its order, at its own age, each step once."""
    oldest = min(debtor.owed, key=lambda owed: owed.due)
    paid = Money(
        known=min(owed.known for owed in debtor.owed), on=oldest.due, amount=2 * oldest.amount, currency=oldest.currency,
        names=(oldest.number,), key="all",
    )  # fmt: skip
    account = playing(replace(debtor, events=(*debtor.events, paid)), always(ladder), UNTIL, HOUSE)
    for item in account.items:
        if item.name != oldest.number and item.ladder is not None:
            behind = list(dict.fromkeys(one.step for one in item.done))
            assert behind == climbed(account, item)[: len(behind)]
            assert all(one.on >= first_day(ladder, item.owed.due) for one in item.done)


@GIVEN
@given(debtors(held=False), LADDERS)
def test_one_invoice_by_itself_climbs_as_the_law_says(debtor: Debtor, ladder: Ladder) -> None:
    """The world adds nothing to `decide` where there is nothing to share: the same acts at the same moments."""
    ladder = replace(ladder, steps=tuple(_alone(step) for step in ladder.steps))
    alone = replace(debtor, owed=debtor.owed[:1], events=())
    account = Account(alone, always(ladder), HOUSE)
    item = account.items[0]
    item.known = True
    account.file(item)
    start = max(item.owed.known, start_of(alone.calendar, first_day(ladder, alone.owed[0].due)))
    open_case(account, item, start)
    case = snapshot(account, item, account.day(start))
    expected = [(moment.at, moment.decision.step.id) for moment in climb(case, ladder, start) if _acts(moment.decision)]
    acts = [(act.at, act.step) for act in played(alone, ladder).acts]
    assert acts == [one for one in expected if one[0] <= UNTIL]


def _alone(step: Step) -> Step:
    """The step without what hangs on the account, and with no call but the step's own: each call is a contact."""
    asks = step.asks if step.channels == (Channel.CALL,) else None
    return replace(step, only_above=None, only_if=None, asks=asks)


def climbed(account: Account, item: Item) -> list[str]:
    """The steps the item climbs, in their order: some ladders have others for a backlog."""
    assert item.ladder is not None
    return [step.id for step in steps_of(snapshot(account, item, account.day(UNTIL)), item.ladder)]


def _acts(decision: Decision) -> bool:
    """A message, or a call: its outcome can be told only by who made it."""
    if not isinstance(decision, Ask):
        return isinstance(decision, Act)
    return decision.question is QuestionKind.CALL_OUTCOME or decision.because.code is Reason.STEP_DUE
