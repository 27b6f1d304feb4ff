"""A question that takes the place of another says what is different."""

import json

from hypothesis import given
from hypothesis import strategies as st

from policies.what_changed import Changed, Shown, as_document, changes, from_document

BEFORE = Shown({"FA-1": 100, "FA-2": 200, "FA-3": 300}, "a@dupont.example", "one", "x")

shown = st.builds(
    Shown, st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 10**9), max_size=4), st.text(max_size=4),
    st.text(max_size=4), st.text(max_size=4),
)  # fmt: skip


def test_every_difference_is_told_in_its_order() -> None:
    after = Shown({"FA-2": 150, "FA-3": 300, "FA-4": 400}, "b@dupont.example", "two", "y")
    assert changes(BEFORE, after, ["marie"]) == (
        Changed("gone", "FA-1", 100),
        Changed("new", "FA-4", "", 400),
        Changed("amount", "FA-2", 200, 150),
        Changed("recipient", "", "a@dupont.example", "b@dupont.example"),
        Changed("policy", "", "one", "two"),
        Changed("unsigned", "", "marie"),
    )


def test_where_only_the_days_have_passed_the_draft_alone_is_another() -> None:
    assert changes(BEFORE, Shown(BEFORE.invoices, BEFORE.recipient, BEFORE.policy, "y")) == (Changed("text"),)


@given(shown)
def test_what_is_the_same_is_no_change(one: Shown) -> None:
    assert changes(one, one) == ()
    assert changes(None, one) == ()


@given(shown, shown)
def test_what_differs_is_told(one: Shown, other: Shown) -> None:
    assert (changes(one, other) == ()) is (one == other)


@given(shown)
def test_what_is_kept_is_read_again_as_it_was(one: Shown) -> None:
    assert from_document(json.loads(json.dumps(as_document(one)))) == one
    assert from_document({}) is None
