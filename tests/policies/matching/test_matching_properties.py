"""The laws of matching for any items and lines."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from policies.matching.facts import BankLine, Customer, OpenItem
from policies.matching.match import Match
from policies.matching.match_all import match_all
from policies.matching.reasons import Gap, Sureness, Witness

CUSTOMERS = [
    Customer(1, "C1001", "Martin Bois SARL"),
    Customer(2, "C1002", "Martin Métal SAS"),
    Customer(3, "C1003", "Olm"),
]
DAY = date(2026, 1, 1)
AMOUNTS = (5_000, 7_000, 12_000, 31_415, 31_418)


def _item(number: int, customer: int, amount: int, currency: str, day: int) -> OpenItem:
    issued = DAY + timedelta(days=day)
    code = f"FA-26-{number:04d}"
    credit = number % 7 == 0
    return OpenItem(number, code, customer, issued, issued + timedelta(30), currency, amount, is_credit=credit)


ITEMS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(AMOUNTS), st.sampled_from(["EUR", "EUR", "USD"]), st.integers(0, 40)),
    min_size=1,
    max_size=9,
).map(lambda made: [_item(number, *facts) for number, facts in enumerate(made, start=1)])
TEXTS = st.sampled_from(
    [
        "",
        "FA-26-0001",
        "FA-26-0002 FA-26-0003",
        "FA-26-0012",
        "26-0004",
        "0005",
        "FA-26-0001/0002",
        "client C1002",
        "loyer",
    ]
)
LINES = st.lists(
    st.tuples(
        st.sampled_from([*AMOUNTS, 17_000, 10_000, 31_000, -7_000]),
        TEXTS,
        st.sampled_from(["", "MARTIN", "MARTIN BOIS", "Olm", "URSSAF"]),
        st.sampled_from(["", "I1", "I2"]),
        st.sampled_from(["EUR", "EUR", "USD"]),
        st.integers(0, 50),
        st.sampled_from(["", "E1"]),
    ),
    max_size=8,
).map(
    lambda made: [
        BankLine(
            f"L{place}",
            DAY + timedelta(days=day),
            amount,
            currency,
            name,
            iban,
            text=text,
            marks=frozenset({mark} - {""}),
        )
        for place, (amount, text, name, iban, currency, day, mark) in enumerate(made)
    ]
)


@given(ITEMS, LINES, st.randoms(use_true_random=False))
def test_order_and_repetition_of_facts_change_nothing(
    items: list[OpenItem], lines: list[BankLine], random: Random
) -> None:
    mixed_items, mixed_lines, mixed_customers = [*items, *items], [*lines, *lines], CUSTOMERS * 2
    for mixed in (mixed_items, mixed_lines, mixed_customers):
        random.shuffle(mixed)
    assert match_all(mixed_items, mixed_customers, mixed_lines) == match_all(items, CUSTOMERS, lines)


@given(ITEMS, LINES)
def test_shares_never_exceed_a_line_nor_what_is_open_of_an_item(items: list[OpenItem], lines: list[BankLine]) -> None:
    left = {item.id: item.payable for item in items}
    of_line = {line.key: line.amount for line in lines}
    for match in match_all(items, CUSTOMERS, lines):
        assert sum(share.amount for share in match.shares) + match.unused <= max(of_line[match.line], 0)
        assert {share.item for share in match.shares} <= match.named
        if match.sureness == Sureness.SURE:
            for share in match.shares:
                left[share.item] -= abs(share.amount)
    assert min(left.values()) >= 0


@given(ITEMS, LINES)
def test_a_currency_is_never_crossed_and_a_credit_note_is_never_paid(
    items: list[OpenItem], lines: list[BankLine]
) -> None:
    by_id, by_key = {item.id: item for item in items}, {line.key: line for line in lines}
    for match in match_all(items, CUSTOMERS, lines):
        for share in (*match.shares, *(share for other in match.alternatives for share in other.shares)):
            assert by_id[share.item].currency == by_key[match.line].currency
            assert (share.amount < 0) == by_id[share.item].is_credit


@given(ITEMS, LINES)
def test_a_sure_match_without_a_number_stays_within_one_customer(items: list[OpenItem], lines: list[BankLine]) -> None:
    by_id = {item.id: item for item in items}
    for match in _sure(match_all(items, CUSTOMERS, lines)):
        if not {Witness.NUMBER, Witness.REFERENCE} & set(match.why.witnesses):
            assert len({by_id[number].customer for number in match.named}) <= 1


@given(ITEMS, LINES)
def test_what_is_sure_has_no_doubt_and_two_witnesses(items: list[OpenItem], lines: list[BankLine]) -> None:
    for match in _sure(match_all(items, CUSTOMERS, lines)):
        assert match.why.doubts == ()
        assert len(match.why.witnesses) >= 2
        assert all(left.gap != Gap.ROUNDING or left.amount <= 5 for left in match.remains)


def _sure(matches: tuple[Match, ...]) -> list[Match]:
    return [match for match in matches if match.sureness == Sureness.SURE and match.shares]
