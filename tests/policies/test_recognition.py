"""A movement of an account books once, whatever files tell it, and two movements stay two."""

from collections import Counter
from datetime import date, timedelta
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policies.account_key import account_key
from policies.bank_line import BankLine, is_same, says_more
from policies.recognition import Recognised, recognise

DAY = date(2026, 3, 2)


def line(amount: int = 10_000, words: str = "FA-1", statement: str = "S1", **more: Any) -> BankLine:
    values: dict[str, Any] = {
        "account": "A", "currency": "EUR", "booked": DAY, "value_date": DAY, "bank_reference": "",
        "content": (words,), "statement": statement,
    }  # fmt: skip
    return BankLine(amount=amount, **(values | more))


def new(known: list[BankLine], lines: list[BankLine]) -> list[BankLine]:
    found = recognise(known, lines)
    return [one for place, one in enumerate(lines) if place not in found.same and place not in found.covered]


def test_the_same_statement_again_brings_nothing() -> None:
    file = [line(), line(words="FA-2"), line(amount=500)]
    assert (new([], file), new(file, file)) == (file, [])


def test_two_equal_lines_of_one_statement_are_two_and_stay_two_in_the_next() -> None:
    file = [line(), line()]
    assert new([], file) == file
    assert new(file, [line(statement="S2"), line(statement="S2")]) == []
    assert new(file, [line(statement="S2")] * 3) == [line(statement="S2")]


def test_two_statements_of_one_file_may_overlap() -> None:
    assert new([], [line(), line(statement="S2")]) == [line()]


def test_two_equal_payments_with_different_references_of_the_bank_are_two() -> None:
    file = [line(bank_reference="B1"), line(bank_reference="B2", statement="S2")]
    assert new([], file) == file


def test_the_bank_reference_makes_one_of_two_tellings_in_other_words() -> None:
    swift = line(words="VIR DUPONT", bank_reference="B1", booked=DAY + timedelta(1))
    camt = line(words="Dupont SARL, FA-1", bank_reference="B1")
    assert new([swift], [camt]) == []


def test_a_telling_without_a_reference_is_the_one_with_it_when_all_words_agree() -> None:
    assert new([line()], [line(bank_reference="B1", statement="S2")]) == []
    assert new([line(words="other")], [line(bank_reference="B1", statement="S2")]) != []


def test_two_references_met_after_a_telling_without_any_are_two() -> None:
    file = [line(), line(bank_reference="B1", statement="S2"), line(bank_reference="B2", statement="S3")]
    assert [len(new([], list(order))) for order in permutations(file)] == [2] * 6


def test_a_reference_that_the_bank_uses_again_on_another_day_is_another_movement() -> None:
    later = DAY + timedelta(1)
    again = line(bank_reference="55555", booked=later, value_date=later)
    assert new([line(bank_reference="55555")], [again]) == [again]


def test_a_telling_that_names_no_account_is_the_movement_of_the_account_that_another_names() -> None:
    table, camt = (
        line(account="", bank_reference="B1", words="VIR"),
        line(bank_reference="B1", words="Dupont SARL, FA-1"),
    )
    assert (new([table], [camt]), new([camt], [table]), says_more(camt, than=table)) == ([], [], True)
    assert new([line(account="B", bank_reference="B1")], [camt]) == [camt]


def test_the_parts_of_a_collective_entry_take_its_place_where_only_one_telling_names_the_account() -> None:
    whole = line(20_000, account="", bank_reference="B1", words="REMISE")
    parts = [line(9_000, batch="B1", words="FA-1"), line(11_000, batch="B1", words="FA-2")]
    assert (recognise([whole], parts).replaced, recognise(parts, [whole]).covered) == ({0}, {0})


def test_intraday_with_one_date_and_end_of_day_with_two_are_one() -> None:
    assert new([line()], [line(value_date=DAY + timedelta(2), statement="S2")]) == []


def test_equal_words_on_another_day_or_with_another_value_date_are_another_movement() -> None:
    first = line(value_date=DAY + timedelta(2))
    later = line(booked=DAY + timedelta(2), value_date=DAY + timedelta(2), statement="S2")
    other = line(value_date=DAY + timedelta(3), statement="S2")
    assert (new([first], [later]), new([first], [other])) == ([later], [other])
    assert new([first], [line(bank_reference="B1", value_date=DAY + timedelta(2), statement="S2")]) == []


def test_an_announced_line_is_the_one_booked_within_ten_days() -> None:
    announced = line(is_pending=True)
    soon, late = (line(booked=DAY + timedelta(n), value_date=DAY + timedelta(n), statement="S2") for n in (10, 11))
    assert (new([announced], [soon]), new([announced], [late])) == ([], [late])
    assert new([soon], [announced]) == []


def test_a_rejection_reported_apart_is_the_return_on_the_statement() -> None:
    told = line(-10_000, "AC04", end_to_end_id="E1", is_return=True)
    booked = line(
        -10_000, "RETOUR", "S2", end_to_end_id="E1", is_return=True, bank_reference="B7", booked=DAY + timedelta(3)
    )
    assert (new([told], [booked]), new([booked], [told])) == ([], [])


def test_two_returns_of_one_collection_with_references_of_the_bank_are_two() -> None:
    first, again = (
        line(-10_000, end_to_end_id="E1", is_return=True, bank_reference=one, booked=DAY + timedelta(days))
        for one, days in (("B1", 0), ("B2", 5))
    )
    assert new([first], [again]) == [again]


def test_a_collective_entry_known_in_parts_brings_nothing() -> None:
    parts = [line(6_000, "FA-1", batch="B1"), line(4_000, "FA-2", batch="B1")]
    whole = line(10_000, "COLLECTIVE", "S2", bank_reference="B1")
    assert recognise(parts, [whole]) == Recognised(covered={0})


def test_the_parts_of_a_known_collective_entry_take_its_place() -> None:
    parts = [line(6_000, "FA-1", batch="B1"), line(4_000, "FA-2", batch="B1")]
    whole = line(10_000, "COLLECTIVE", "S2", bank_reference="B1")
    assert recognise([whole], parts) == Recognised(replaced={0})
    assert recognise([line(9_999, bank_reference="B1")], parts) == Recognised()


def test_a_table_line_with_a_reference_of_the_payer_is_one_however_often_it_stands_there() -> None:
    assert new([], [line(statement="", has_mark=True)] * 2) == [line(statement="", has_mark=True)]
    assert len(new([], [line(statement="")] * 2)) == 2


def test_many_equal_lines_are_told_apart_in_time() -> None:
    file = [line()] * 5_000
    assert (len(new([], file)), new(file, file)) == (5_000, [])


def test_one_account_in_several_formats() -> None:
    pairs = {
        "FR76 3000 4000 0312 3456 7890 143": "300040000312345678901",
        "DE89370400440532013000": "37040044/532013000",
        "1526.89.184EUR": "152689184",
        "TRIODOSBANK/0390123456": "390123456",
        "0001234567": "1234567",
        "NL26VAYB8060476890": "NL26VAYB8060476890",
    }
    assert {account: account_key(account) for account in pairs} == pairs
    assert account_key("37040044/0532013000") == account_key("DE89370400440532013000")


_LINES = st.builds(
    line, amount=st.sampled_from([100, 200]), words=st.sampled_from(["a", "b"]),
    bank_reference=st.sampled_from(["", "B1", "B2"]),
    booked=st.sampled_from([DAY, DAY + timedelta(1)]), value_date=st.just(DAY),
)  # fmt: skip
_STATEMENTS = st.lists(_LINES, max_size=6)


def _in(statement: str, lines: list[BankLine]) -> list[BankLine]:
    return [
        line(one.amount, one.content[0], statement, bank_reference=one.bank_reference, booked=one.booked)
        for one in lines
    ]


@given(_STATEMENTS)
def test_every_line_of_one_statement_is_a_movement_and_none_of_them_again(lines: list[BankLine]) -> None:
    assert new([], lines) == lines
    assert new(lines, _in("again", lines)) == []


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), max_size=3), max_size=4))
def test_in_any_order_of_statements_as_many_lines_book_as_the_fullest_one_holds(statements: list[list[str]]) -> None:
    files = [[line(words=word, statement=str(number)) for word in words] for number, words in enumerate(statements)]
    fullest: Counter[str] = Counter()
    for words in statements:
        fullest |= Counter(words)
    for order in permutations(files):
        known: list[BankLine] = []
        for file in order:
            known += new(known, file)
        assert Counter(one.content[0] for one in known) == fullest


@given(_LINES, _LINES)
def test_sameness_goes_both_ways_and_one_telling_wins(one: BankLine, other: BankLine) -> None:
    assert is_same(one, other) == is_same(other, one)
    if is_same(one, other) and one != other:
        assert says_more(one, other) != says_more(other, one)
