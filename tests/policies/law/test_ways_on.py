"""Where a claim may go next, and why the other ways are closed."""

from datetime import date

import pytest

from policies.facts import DebtorKind
from policies.law.freshness import all_on_day, outdated
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.law.ways_on import ways_on

LAW = """id = "XX"
name = "Nowhere"
currency = "EUR"
complete = true

[[route]]
id = "order"
kinds = ["business"]
stage = "legal"
title = "Payment order"
most = "5000.00"
cost = "35 EUR"
source = "art. 1"
as_of = 2026-01-01
confidence = "H"
valid_to = 2026-12-31

[[route]]
id = "claim"
kinds = ["business"]
stage = "legal"
title = "Claim"
least = "5000.01"
source = "art. 2"
as_of = 2026-01-01
confidence = "H"

[[route]]
id = "mediation"
kinds = ["business"]
stage = "mediation"
title = "Mediation"
source = "art. 3"
as_of = 2026-01-01
confidence = "M"

[[route]]
id = "agency"
kinds = ["business", "public"]
stage = "agency"
title = "Agency"
refused = "No agency here."
source = "art. 4"
as_of = 2026-01-01
confidence = "L"

[[route]]
id = "prefect"
kinds = ["public"]
stage = "legal"
title = "The prefect"
source = "practice"
as_of = 2026-01-01
confidence = "L"

[[interest]]
kinds = ["business"]
fixed = "5"
source = "art. 5"
as_of = 2026-01-01
confidence = "H"
valid_to = 2026-06-30
"""


@pytest.fixture
def law() -> Jurisdiction:
    found = load_law(LAW.encode(), "xx.toml")
    assert isinstance(found, Jurisdiction), found
    return found


def test_the_open_ways_stand_from_the_gentlest_to_the_hardest(law: Jurisdiction) -> None:
    ways = ways_on(law, DebtorKind.BUSINESS, 500_000, "EUR")
    assert [route.id for route in ways.open] == ["mediation", "order"]
    assert [(route.id, why) for route, why in ways.closed] == [
        ("agency", "No agency here (art. 4)."),
        ("claim", "Claim is open from 5000.01 EUR on (art. 2)."),
    ]


def test_a_cent_more_closes_the_small_court_and_opens_the_other(law: Jurisdiction) -> None:
    ways = ways_on(law, DebtorKind.BUSINESS, 500_001, "EUR")
    assert [route.id for route in ways.open] == ["mediation", "claim"]
    assert "Payment order is open up to 5000.00 EUR (art. 1)." in [why for _, why in ways.closed]


def test_a_limit_in_another_currency_is_for_a_person(law: Jurisdiction) -> None:
    ways = ways_on(law, DebtorKind.BUSINESS, 1, "USD")
    assert [route.id for route in ways.open] == ["mediation"]
    assert "a person must compare them" in {route.id: why for route, why in ways.closed}["order"]


def test_where_every_way_is_closed_a_sentence_says_so(law: Jurisdiction) -> None:
    ways = ways_on(law, DebtorKind.PUBLIC, 100, "EUR")
    assert (ways.open, ways.none) == ((), "Nowhere: no way on is open against public debtors for this amount.")
    assert [why for _, why in ways.closed] == [
        "No agency here (art. 4).",
        "The route The prefect for Nowhere is not confirmed (practice); confirm it in your own law file.",
    ]


def test_where_only_rates_are_known_there_is_no_court(law: Jurisdiction) -> None:
    found = load_law(LAW.replace("complete = true", "complete = false").encode(), "xx.toml")
    assert isinstance(found, Jurisdiction)
    ways = ways_on(found, DebtorKind.BUSINESS, 100, "EUR")
    assert (ways.open, ways.none) == ((), "Nowhere: only rates and flat sums are known here, no agency and no court.")


def test_on_its_last_day_a_rule_is_used_and_on_the_next_it_is_not(law: Jurisdiction) -> None:
    kind = DebtorKind.BUSINESS
    assert all_on_day(law, date(2026, 6, 30)) == law
    after = all_on_day(law, date(2026, 7, 1)).for_kind(kind)
    assert (after.interest, after.reason("interest")) == (
        None,
        "The rule on interest for Nowhere was good until 2026-06-30 (art. 5); look it up and write it in your own law file.",
    )
    assert after.routes == law.for_kind(kind).routes


def test_a_court_whose_fee_is_out_of_date_stays_open_and_its_fee_is_asked_again(law: Jurisdiction) -> None:
    after = all_on_day(law, date(2027, 1, 1))
    costs = {route.id: route.cost for route in ways_on(after, DebtorKind.BUSINESS, 100, "EUR").open}
    assert costs["order"] == "ask for the current fee: the one known was good until 2026-12-31"
    assert outdated(law, date(2026, 6, 30)) == ()
    assert outdated(law, date(2027, 1, 1)) == (
        "The rule on interest for Nowhere was good until 2026-06-30 (art. 5); look it up and write it in your own law file.",
        "Nowhere: the cost of Payment order was known until 2026-12-31 (art. 1).",
    )


def test_what_is_disputed_closes_a_way_for_debts_that_nobody_disputes() -> None:
    law = load_law(
        LAW.replace('title = "Payment order"', 'title = "Payment order"\nuncontested = true').encode(), "xx.toml"
    )
    assert isinstance(law, Jurisdiction), law
    assert [one.id for one in ways_on(law, DebtorKind.BUSINESS, 500_000, "EUR").open] == ["mediation", "order"]
    ways = ways_on(law, DebtorKind.BUSINESS, 500_000, "EUR", contested=True)
    assert [one.id for one in ways.open] == ["mediation"]
    assert "Payment order is for debts that nobody disputes: decide the dispute first (art. 1)." in [
        why for _, why in ways.closed
    ]
