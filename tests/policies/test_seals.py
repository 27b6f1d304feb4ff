"""A seal stands for every chain: none of them, and no seal, can change without it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policies.seals import Leaf, Sealed, first_wrong, proofs, root_of, seal_hash, sealed

DAY = date(2026, 3, 2)
HEADS = st.dictionaries(
    st.from_regex(r"(case|customer|creditor):[1-9][0-9]{0,3}", fullmatch=True),
    st.tuples(st.integers(1, 99), st.text("0123456789abcdef", min_size=64, max_size=64)),
    min_size=1, max_size=40,
)  # fmt: skip


def leaves(heads: dict[str, tuple[int, str]]) -> list[Leaf]:
    return [Leaf(chain, place, head) for chain, (place, head) in heads.items()]


@given(HEADS)
def test_every_chain_leads_to_the_root(heads: dict[str, tuple[int, str]]) -> None:
    found = leaves(heads)
    paths, root = proofs(found, heads), sealed(1, DAY, found, "").root
    assert {one.chain: root_of(one, paths[one.chain]) for one in found} == dict.fromkeys(heads, root)


@given(HEADS, st.data())
def test_a_chain_that_differs_leads_elsewhere(heads: dict[str, tuple[int, str]], data: st.DataObject) -> None:
    found = leaves(heads)
    one = data.draw(st.sampled_from(found))
    path, root = proofs(found, [one.chain])[one.chain], sealed(1, DAY, found, "").root
    for other in (
        Leaf(one.chain, one.place + 1, one.head), Leaf(one.chain + "1", one.place, one.head), Leaf(one.chain, one.place, "0" * 63),
    ):  # fmt: skip
        assert root_of(other, path) != root


@given(HEADS)
def test_the_order_in_which_chains_are_read_makes_no_difference(heads: dict[str, tuple[int, str]]) -> None:
    found = leaves(heads)
    assert sealed(1, DAY, found, "") == sealed(1, DAY, reversed(found), "")


def test_a_path_that_is_none_leads_nowhere() -> None:
    assert [root_of(Leaf("case:1", 1, "a"), [step]) for step in ("", "<", "x" + "0" * 64, "<" + "G" * 64)] == [""] * 4


def test_seals_hold_each_other() -> None:
    one = sealed(1, DAY, [Leaf("case:1", 1, "a")], "")
    two = sealed(2, date(2026, 3, 3), [Leaf("case:1", 2, "b")], one.hash)
    three = sealed(3, date(2026, 3, 4), [Leaf("case:1", 3, "c")], two.hash)
    other = Sealed(2, two.on, 1, "f" * 64, one.hash, seal_hash(2, two.on, 1, "f" * 64, one.hash))
    assert [
        first_wrong(those)
        for those in ([], [one, two, three], [one, three], [two, three], [one, other, three], [one, two, other])
    ] == [None, None, 2, 1, 3, 3]


def test_nothing_to_seal_has_a_seal_too() -> None:
    assert sealed(1, DAY, [], "").leaves == 0
