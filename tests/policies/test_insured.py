"""Which invoices are insured: cover in force on their day, within the limit, oldest first."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from policies.insurance import BuyerCover, ConsentFor, CreditInsurance, FilingFrom
from policies.insurance_claim import shared, why_not_claimed
from policies.insurance_refusals import why_not
from policies.insured import Insured, OpenInvoice, Why, insured
from policies.insurer_consent import beyond

DAY = date.fromisoformat
POLICY = CreditInsurance(
    1, "Coface", "P-77", "EUR", 60, 90, FilingFrom.EXTENSION, Decimal(90), DAY("2026-01-01"), DAY("2026-12-31")
)
COVER = BuyerCover(5, 1, 100_000, DAY("2026-02-01"), reference="D-1")


def bill(case: int, issued: str, due: str, open_: int) -> OpenInvoice:
    return OpenInvoice(case, f"F{case}", DAY(issued), DAY(due), "EUR", open_)


def told(found: tuple[Insured, ...]) -> list[tuple[str, str, int, int]]:
    return [(one.invoice.number, one.why.value, one.amount, one.indemnity) for one in found]


def test_the_limit_is_taken_by_the_oldest_invoices_first() -> None:
    found = insured(
        [bill(3, "2026-03-03", "2026-04-03", 50_000), bill(1, "2026-01-31", "2026-02-28", 20_000),
         bill(2, "2026-02-01", "2026-03-01", 70_001), bill(4, "2026-03-04", "2026-04-04", 1)],
        [POLICY], [COVER],
    )  # fmt: skip
    assert told(found) == [
        ("F1", "no_cover", 0, 0),
        ("F2", "insured", 70_001, 63_000),
        ("F3", "in_part", 29_999, 26_999),
        ("F4", "limit_used", 0, 0),
    ]


def test_cover_begins_and_ends_with_the_day_of_the_invoice() -> None:
    cancelled = replace(COVER, cancelled_on=DAY("2026-03-10"))
    days = ["2026-01-31", "2026-02-01", "2026-03-09", "2026-03-10"]
    bills = [bill(place, day, "2026-06-30", 100) for place, day in enumerate(days)]
    assert [one.why for one in insured(bills, [POLICY], [cancelled])] == [
        Why.NO_COVER,
        Why.INSURED,
        Why.INSURED,
        Why.NO_COVER,
    ]


def test_blind_cover_is_for_customers_nobody_asked_about() -> None:
    blind = replace(POLICY, blind_cover=5_000)
    refused = replace(COVER, limit=0)
    bills = [bill(1, "2026-02-01", "2026-03-01", 6_000)]
    assert told(insured(bills, [blind], [])) == [("F1", "in_part", 5_000, 4_500)]
    assert told(insured(bills, [blind], [refused])) == [("F1", "no_cover", 0, 0)]


def test_the_last_days_are_those_the_policy_counts() -> None:
    from_due = replace(POLICY, filing_from=FilingFrom.DUE)
    due = DAY("2026-03-31")
    assert (POLICY.extension_day(due), POLICY.filing_day(due)) == (DAY("2026-05-30"), DAY("2026-08-28"))
    assert from_due.filing_day(due) == DAY("2026-06-29")


def test_supply_after_the_extension_is_covered_only_with_consent() -> None:
    bills = [bill(1, "2026-02-01", "2026-03-01", 100), bill(2, "2026-04-30", "2026-05-30", 100)]
    later = [*bills, bill(3, "2026-05-01", "2026-06-01", 100)]
    assert [one.why for one in insured(later, [POLICY], [COVER])] == [Why.INSURED, Why.INSURED, Why.SUPPLIED]
    agreed = insured(later, [POLICY], [COVER], DAY("2026-05-01"))
    assert [one.why for one in agreed] == [Why.INSURED, Why.INSURED, Why.INSURED]


def test_an_agency_is_refused_without_the_insurers_consent() -> None:
    found = insured([bill(1, "2026-02-01", "2026-03-01", 100)], [POLICY], [COVER])
    assert why_not(ConsentFor.AGENCY, found, ()).startswith(
        "F1 is insured with Coface: placing it with an agency needs the insurer's consent."
    )
    assert why_not(ConsentFor.AGENCY, found, {1}) == ""
    assert why_not(ConsentFor.WRITE_OFF, found, ()) == ""


def test_a_payment_up_to_the_last_day_of_the_extension_needs_nobodys_consent() -> None:
    found = insured([bill(1, "2026-02-01", "2026-03-31", 100)], [POLICY], [COVER])
    assert beyond(found, DAY("2026-05-30"), ()) == ()
    assert beyond(found, DAY("2026-05-31"), ()) == found
    assert beyond(found, DAY("2026-05-31"), {1}) == ()


def test_what_is_disputed_or_late_is_not_claimed() -> None:
    one = bill(1, "2026-02-01", "2026-03-31", 100)
    disputed = insured([replace(one, disputed=True)], [POLICY], [COVER])
    assert "is disputed" in why_not_claimed(disputed, DAY("2026-08-28"))
    found = insured([one], [POLICY], [COVER])
    assert why_not_claimed(found, DAY("2026-08-28")) == ""
    assert "2026-08-28" in why_not_claimed(found, DAY("2026-08-29"))
    assert "smallest claim" in why_not_claimed(
        insured([one], [replace(POLICY, minimum_claim=101)], [COVER]), DAY("2026-08-28")
    )


def test_what_comes_in_after_the_indemnity_is_shared_as_the_insurer_paid() -> None:
    assert (shared(10_000, 90_000, 100_000), shared(10_000, 0, 100_000), shared(1, 90_000, 100_000)) == (9_000, 0, 0)


amounts = st.integers(min_value=1, max_value=10**7)
days = st.integers(min_value=0, max_value=330).map(lambda more: DAY("2026-01-01") + timedelta(days=more))
bills = st.lists(
    st.builds(
        OpenInvoice, case=st.integers(1, 999), number=st.text("F123", min_size=1, max_size=4), issued=days, due=days,
        currency=st.sampled_from(["EUR", "USD"]), open=amounts,
    ),
    max_size=12,
)  # fmt: skip


@given(bills, amounts, days)
def test_never_more_than_the_limit_is_insured_and_never_more_than_is_open(
    invoices: list[OpenInvoice], limit: int, since: date
) -> None:
    found = insured(invoices, [POLICY], [replace(COVER, limit=limit, since=since)])
    assert sum(one.amount for one in found) <= limit
    assert all(0 <= one.indemnity <= one.amount <= one.invoice.open for one in found)
    assert all(
        one.amount == 0 for one in found if one.invoice.currency != "EUR" or (one.invoice.issued or since) < since
    )


@given(bills, amounts)
def test_the_order_in_which_invoices_are_listed_changes_nothing(invoices: list[OpenInvoice], limit: int) -> None:
    covers = [replace(COVER, limit=limit)]
    key = sorted(told(insured(invoices, [POLICY], covers)))
    assert sorted(told(insured(list(reversed(invoices)), [POLICY], covers))) == key
