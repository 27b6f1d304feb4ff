"""What holds for every customer: the order of facts changes nothing, and paying earlier never hurts."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.behaviour.assess import assess
from policies.behaviour.figures import HALF, figures
from policies.behaviour.history import History, PastItem
from policies.behaviour.scale import USUAL
from policies.facts import DatedAmount, DebtorKind
from policies.payer import Payer
from tests.policies.behaviour.customers import AS_OF

BUSINESS = DebtorKind.BUSINESS
WORSE = (Payer.PROMPT, Payer.USUAL_SLOW, Payer.WORSENING)

days = st.integers(-30, 600).map(lambda ago: AS_OF - timedelta(days=ago))
amounts = st.integers(1, 50_000)
money = st.builds(DatedAmount, on=days, amount=amounts)
items = st.builds(
    PastItem, due=days, amount=st.integers(1, 100_000), currency=st.sampled_from(["EUR", "USD", "JPY"]),
    paid=st.lists(money, max_size=3).map(tuple), credited=st.lists(money, max_size=1).map(tuple),
    given_up=st.none() | days,
)  # fmt: skip
histories = st.builds(
    History, items=st.lists(items, max_size=8).map(tuple), broken=st.lists(days, max_size=4).map(tuple),
    limits=st.dictionaries(st.sampled_from(["EUR", "USD"]), amounts, max_size=2),
)  # fmt: skip


@given(histories, st.randoms(use_true_random=False))
def test_facts_in_any_order_give_the_same_answer(history: History, chance: st.DataObject) -> None:
    def shuffled(things: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chance.sample(things, len(things)))  # type: ignore[attr-defined]

    moved = replace(
        history,
        items=tuple(replace(one, paid=shuffled(one.paid)) for one in shuffled(history.items)),  # type: ignore[type-var]
        broken=shuffled(history.broken),
    )
    assert assess(BUSINESS, moved, AS_OF) == assess(BUSINESS, history, AS_OF)


@given(histories)
def test_a_consumer_is_never_scored_whatever_it_did(history: History) -> None:
    found = assess(DebtorKind.CONSUMER, history, AS_OF)
    assert (found.payer, found.figures) == (None, None)


@given(histories, st.data())
def test_paying_earlier_never_raises_a_figure_nor_in_the_last_six_months_makes_the_word_worse(
    history: History, data: st.DataObject
) -> None:
    payable = [place for place, one in enumerate(history.items) if one.paid]
    if not payable:
        return
    place = data.draw(st.sampled_from(payable))
    item = history.items[place]
    first, *others = item.paid
    earlier = replace(first, on=first.on - timedelta(days=data.draw(st.integers(1, 400))))
    better = replace(item, paid=(earlier, *others))
    after = replace(history, items=(*history.items[:place], better, *history.items[place + 1 :]))

    was, now = figures(history, AS_OF, USUAL), figures(after, AS_OF, USUAL)
    assert now.days_late <= was.days_late
    assert now.late <= was.late
    assert now.share_late <= was.share_late
    words = [assess(BUSINESS, one, AS_OF).payer for one in (history, after)]
    if item.due >= AS_OF - HALF and Payer.NEW not in words:
        assert WORSE.index(words[1]) <= WORSE.index(words[0])  # type: ignore[arg-type]


@given(histories, days)
def test_another_broken_promise_of_the_last_six_months_never_makes_the_word_better(history: History, day: date) -> None:
    recent = max(AS_OF - HALF, min(day, AS_OF))
    words = [
        assess(BUSINESS, one, AS_OF).payer for one in (history, replace(history, broken=(*history.broken, recent)))
    ]
    if Payer.NEW not in words:
        assert WORSE.index(words[1]) >= WORSE.index(words[0])  # type: ignore[arg-type]


@given(histories, money)
def test_what_comes_after_the_day_changes_nothing_of_how_it_paid(history: History, later: DatedAmount) -> None:
    future = replace(later, on=AS_OF + timedelta(days=1))
    told = replace(history, items=tuple(replace(one, paid=(*one.paid, future)) for one in history.items))
    assert assess(BUSINESS, told, AS_OF) == assess(BUSINESS, history, AS_OF)
