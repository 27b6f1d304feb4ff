"""Which terms records count for an invoice: the particular before the general, the later before the earlier."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from policies.interest.agreed import TermsRecord, agreed_terms
from policies.interest.debt import Terms

ISSUED = date(2026, 2, 1)


def record(id: int, on: str, rate: str | None = None, flat: int | None = None, *, one: bool = False) -> TermsRecord:
    percent = None if rate is None else Decimal(rate)
    return TermsRecord(id, date.fromisoformat(on), percent, flat, "EUR" if flat else "", f"contract {id}", one)


def test_without_a_record_nothing_is_agreed() -> None:
    assert agreed_terms([], ISSUED) is None


def test_terms_bind_the_invoices_issued_from_the_day_they_were_accepted() -> None:
    assert agreed_terms([record(1, "2026-02-01", "12")], ISSUED) == Terms(
        rate=Decimal(12), flat=None, flat_currency="", record="contract 1, accepted on 2026-02-01"
    )
    assert agreed_terms([record(1, "2026-02-02", "12")], ISSUED) is None


def test_what_was_accepted_for_one_invoice_counts_for_it_whatever_its_day() -> None:
    found = agreed_terms([record(1, "2026-02-20", "9", one=True)], ISSUED)
    assert found is not None
    assert found.rate == Decimal(9)


def test_the_particular_goes_before_the_general_and_the_later_before_the_earlier() -> None:
    general = [record(1, "2025-01-01", "10"), record(2, "2025-06-01", "11")]
    newest = agreed_terms(general, ISSUED)
    assert newest is not None
    assert newest.rate == Decimal(11)
    own = agreed_terms([*general, record(3, "2024-01-01", "5", one=True)], ISSUED)
    assert own is not None
    assert own.rate == Decimal(5)


def test_each_record_counts_for_what_it_says() -> None:
    found = agreed_terms([record(1, "2025-01-01", "10", 4000), record(2, "2025-06-01", "11")], ISSUED)
    assert found == Terms(
        rate=Decimal(11),
        flat=4000,
        flat_currency="EUR",
        record="contract 2, accepted on 2025-06-01; contract 1, accepted on 2025-01-01",
    )


def test_clauses_without_figures_claim_nothing() -> None:
    assert agreed_terms([record(1, "2025-01-01")], ISSUED) is None


records = st.builds(
    TermsRecord,
    id=st.integers(1, 1000),
    accepted_on=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    rate=st.none() | st.decimals(0, 20, places=2),
    flat=st.none() | st.integers(0, 10_000),
    currency=st.just("EUR"),
    proof=st.just("contract"),
    one_invoice=st.booleans(),
)


@given(
    st.lists(records, unique_by=lambda one: one.id, max_size=5).flatmap(
        lambda some: st.tuples(st.just(some), st.permutations(some))
    )
)
def test_the_order_of_entry_means_nothing(both: tuple[list[TermsRecord], list[TermsRecord]]) -> None:
    assert agreed_terms(both[0], ISSUED) == agreed_terms(both[1], ISSUED)


def test_an_agreed_limitation_period_counts_by_the_same_order() -> None:
    older = replace(record(1, "2025-01-01", "10"), limitation_years=8)
    newer = record(2, "2025-06-01", "11")
    own = replace(record(3, "2026-02-20", one=True), limitation_years=3)
    assert [found and found.limitation_years for found in (
        agreed_terms([newer], ISSUED), agreed_terms([older, newer], ISSUED), agreed_terms([older, own], ISSUED),
    )] == [None, 8, 3]  # fmt: skip
