"""Cash discounts an invoice states, as day and amount."""

from datetime import date

from policies.discount import DiscountRecord, Offer, offers

ISSUED = date(2026, 2, 1)


def test_percentages_and_days_become_amounts_and_dates() -> None:
    stated = [
        DiscountRecord("3.00", days=7),
        DiscountRecord("2", until=date(2026, 2, 15), basis=100_000),
        DiscountRecord("", until=date(2026, 2, 20), amount=900),
    ]
    assert offers(stated, ISSUED, 119_050) == (
        Offer(date(2026, 2, 8), 3_572), Offer(date(2026, 2, 15), 2_000), Offer(date(2026, 2, 20), 900),
    )  # fmt: skip


def test_what_has_no_day_or_no_amount_or_takes_all_is_no_offer() -> None:
    stated = [
        DiscountRecord("2"), DiscountRecord("2", days=10), DiscountRecord("", days=10), DiscountRecord("100", until=ISSUED),
        DiscountRecord("0.00", until=ISSUED),
    ]  # fmt: skip
    assert offers(stated, None, 10_000) == ()
