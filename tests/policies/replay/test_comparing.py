"""Two policies over the same history, and sums that do not depend on who adds them up in which order."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.replay.difference import Contacted, MonthDifference, StageDifference
from policies.replay.past import PastCustomer, PastInvoice, PastMoney
from policies.replay.replay import Sums, compare, replay
from policies.stages import Channel, Stage
from tests.policies.replay.histories import ONE, YEAR, customer, dispute, invoice, ladder, of

COURTESY, SECOND = Stage.COURTESY_REMINDER, Stage.SECOND_REMINDER
FIRST = date(2025, 1, 1)


def test_two_policies_stand_side_by_side() -> None:
    """A is paid after the first reminder, B after the second: the late policy reminds of B alone."""
    history = [
        customer("C1", invoice("A", date(2025, 3, 3), date(2025, 3, 6))),
        customer("C2", invoice("B", date(2025, 3, 3), date(2025, 3, 13))),
    ]
    found = compare(history, of(ladder()), of(ladder(ONE)))
    assert found.stages == (
        StageDifference(COURTESY, Channel.EMAIL, 2, 0), StageDifference(SECOND, Channel.EMAIL, 1, 1),
        StageDifference(SECOND, Channel.SMS, 1, 0),
    )  # fmt: skip
    assert found.months == (MonthDifference("2025-03", COURTESY, 2, 0), MonthDifference("2025-03", SECOND, 1, 1))
    assert [one.more for one in found.stages] == [2, 0, 1]
    assert (found.customers, found.invoices) == (Contacted(1, 0, 1), Contacted(1, 0, 1))
    assert found.this == replay(history, of(ladder()))
    assert found.other == replay(history, of(ladder(ONE)))


@st.composite
def invoices(draw: st.DrawFn, number: str) -> PastInvoice:
    due = FIRST + timedelta(draw(st.integers(0, 200)))
    parts = draw(st.lists(st.tuples(st.integers(-10, 60), st.sampled_from([100_00, 50_00, 30_00, -50_00])), max_size=3))
    money = [PastMoney(due + timedelta(days), amount) for days, amount in parts]
    held = draw(st.lists(st.integers(0, 30), max_size=1))
    holds = tuple(dispute(due + timedelta(days), due + timedelta(days + 9)) for days in held)
    return invoice(number, due, *money, currency=draw(st.sampled_from(["EUR", "EUR", "CHF"])), holds=holds)


@st.composite
def histories(draw: st.DrawFn) -> list[PastCustomer]:
    return [
        customer(f"C{place}", *(draw(invoices(f"F{number}")) for number in range(draw(st.integers(0, 4)))))
        for place in range(draw(st.integers(0, 3)))
    ]


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[PastCustomer], list[PastCustomer]]:
    """A history, and the same told in another order."""
    found = draw(histories())
    other = []
    for one in draw(st.permutations(found)):
        mixed = [replace(each, money=tuple(draw(st.permutations(each.money)))) for each in one.invoices]
        other.append(replace(one, invoices=tuple(draw(st.permutations(mixed)))))
    return found, other


@settings(max_examples=60, deadline=None)
@given(shuffled())
def test_the_same_facts_in_another_order_give_the_same_report(
    told: tuple[list[PastCustomer], list[PastCustomer]],
) -> None:
    one, other = told
    assert compare(one, of(ladder()), of(ladder(ONE))) == compare(other, of(ladder()), of(ladder(ONE)))


@settings(max_examples=30, deadline=None)
@given(histories(), st.integers(0, 3))
def test_customers_may_be_shared_out_and_added_up(history: list[PastCustomer], cut: int) -> None:
    both, within = (of(ladder()), of(ladder(ONE))), 7
    total = Sums()
    for share in (history[cut:], history[:cut]):
        sums = Sums()
        for one in share:
            sums.take(one, both, within)
        total.add(sums)
    assert total.difference(both, within) == compare(history, *both)


@settings(max_examples=60, deadline=None)
@given(histories(), st.booleans())
def test_nothing_is_ever_done_about_a_settled_invoice(history: list[PastCustomer], plain: bool) -> None:
    found = replay(history, of(ladder(), YEAR, plain=plain))
    assert found.acts_on_settled == 0
    assert sum(one.count for one in found.months) >= sum(
        one.count for one in found.acts if one.channel is not Channel.SMS
    )
