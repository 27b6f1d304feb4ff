"""The settlement of invoices by money: exact, and the same whatever the order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policies.settlement import Item, Line, settle

FEB, MAR = date(2026, 2, 1), date(2026, 3, 1)
OLD, NEW = Item(1, "FA-1", FEB, "EUR", 100), Item(2, "FA-2", MAR, "EUR", 50)


def line(
    key: str, amount: int, *names: int, on: date = MAR, currency: str = "EUR", marks: tuple[str, ...] = ()
) -> Line:
    return Line(key, on, amount, currency, frozenset(names), frozenset(marks))


def test_the_oldest_item_is_settled_first_and_never_by_more_than_is_open() -> None:
    assert settle([NEW, OLD], [line("a", 120, 1, 2)]).shares == {("a", 1): 100, ("a", 2): 20}
    assert settle([NEW, OLD], [line("a", 200, 1, 2)]).shares == {("a", 1): 100, ("a", 2): 50}


def test_the_earlier_value_date_settles_first() -> None:
    assert settle([OLD], [line("a", 80, 1, on=MAR), line("b", 80, 1, on=FEB)]).shares == {("b", 1): 80, ("a", 1): 20}


def test_money_in_another_currency_settles_nothing() -> None:
    assert settle([OLD], [line("a", 100, 1, currency="USD")]).shares == {}


def test_a_return_undoes_the_payment_of_the_same_mark_and_amount() -> None:
    lines = [line("a", 60, 1, marks=("E1",)), line("b", 40, 1, marks=("E1",)), line("r", -40, marks=("E1",))]
    result = settle([OLD], lines)
    assert (result.shares, result.returned, result.returns) == ({("a", 1): 60}, {"b": 40}, {"r": "b"})


def test_a_part_returned_for_one_item_leaves_the_others_of_the_payment_settled() -> None:
    result = settle([OLD, NEW], [line("a", 150, 1, 2), line("r", -100, 1)])
    assert result.shares == {("a", 2): 50}


def test_a_return_larger_than_any_payment_undoes_none() -> None:
    assert settle([OLD], [line("a", 60, 1), line("r", -80, 1)]).returns == {}


LINES = st.lists(
    st.builds(
        lambda amount, names, on, mark: (amount, names, on, mark),
        st.integers(-120, 120).filter(bool),
        st.frozensets(st.integers(1, 3)),
        st.dates(date(2026, 1, 1), date(2026, 1, 4)),
        st.sampled_from(["", "E1", "E2"]),
    ),
    max_size=8,
).map(
    lambda made: [
        Line(str(place), on, amount, "EUR", names, frozenset({mark} - {""}))
        for place, (amount, names, on, mark) in enumerate(made)
    ]
)
ITEMS = [OLD, NEW, Item(3, "FA-3", FEB, "EUR", 0)]


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_in_which_lines_arrive_changes_nothing(lines: list[Line], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(ITEMS, shuffled) == settle(list(reversed(ITEMS)), lines)


@given(LINES)
def test_no_item_gets_more_than_it_asks_and_no_line_gives_more_than_it_has(lines: list[Line]) -> None:
    result = settle(ITEMS, lines)
    for item in ITEMS:
        assert sum(share for (_, one), share in result.shares.items() if one == item.id) <= item.payable
    for one in lines:
        given_away = sum(share for (key, _), share in result.shares.items() if key == one.key)
        assert given_away + result.returned.get(one.key, 0) <= max(one.amount, 0)
