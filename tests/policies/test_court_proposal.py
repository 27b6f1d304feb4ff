"""Which ways to court are proposed for a debt, in which order, and why the others are closed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from policies.court_proposal import CourtMatter, CourtProposal, propose
from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law

LAWS = Path(__file__).parents[2] / "policies" / "law"
MEMBERS = frozenset({"FR", "DE", "BE", "DK"})
SMALL = CourtMatter(DebtorKind.BUSINESS, 4_200_00, "EUR", date(2026, 9, 10), "FR", "FR", MEMBERS)
CONSUMER = replace(SMALL, kind=DebtorKind.CONSUMER)


def law(name: str) -> Jurisdiction:
    found = load_law((LAWS / name).read_bytes(), name)
    assert isinstance(found, Jurisdiction)
    return found


def ids(found: CourtProposal) -> list[str]:
    return [one.route.id for one in found.open]


def why(found: CourtProposal, route: str) -> str:
    return next(words for one, words in found.closed if one.id == route)


def test_the_ways_stand_from_the_cheapest_on_and_the_closed_one_says_why() -> None:
    found = propose(law("fr.toml"), SMALL)
    assert ids(found) == ["injonction_de_payer", "small_claims", "refere_provision", "ordinary_claim"]
    assert found.closed[0][1] == (
        "European Payment Order (Form A), cross-border, not Denmark needs a creditor and a debtor in different member "
        "states (regulation (EC) 1896/2006)."
    )


def test_above_five_thousand_there_are_no_small_claims_and_a_cent_decides() -> None:
    assert "small_claims" in ids(propose(law("fr.toml"), replace(SMALL, owed=5_000_00)))
    found = propose(law("fr.toml"), replace(SMALL, owed=5_000_01))
    assert ids(found) == ["injonction_de_payer", "refere_provision", "ordinary_claim"]
    assert "is open up to 5000.00 EUR" in why(found, "small_claims")


def test_before_the_tribunal_judiciaire_an_attempt_comes_first_up_to_five_thousand() -> None:
    found = propose(law("fr.toml"), CONSUMER)
    assert ids(found) == ["injonction_de_payer", "small_claims"]
    assert why(found, "ordinary_claim") == (
        "Ordinary claim is inadmissible without an amicable attempt first, and none is on file: mediation, conciliation or "
        "small claims (art. 750-1 CPC)."
    )
    everything = ["injonction_de_payer", "small_claims", "refere_provision", "ordinary_claim"]
    assert ids(propose(law("fr.toml"), replace(CONSUMER, attempted=True))) == everything
    assert "ordinary_claim" in ids(propose(law("fr.toml"), replace(CONSUMER, owed=5_000_01)))


def test_a_debt_that_is_contested_has_no_refere_and_none_is_open_once_the_claim_is_dead() -> None:
    contested = propose(law("fr.toml"), replace(SMALL, contested=True))
    assert "refere_provision" not in ids(contested)
    dead = propose(law("fr.toml"), replace(SMALL, dies_on=date(2026, 9, 9)))
    assert dead.open == ()
    assert dead.none == "France: no court is open for this debt as it stands."
    assert ids(propose(law("fr.toml"), replace(SMALL, dies_on=date(2026, 9, 10)))) != []


def test_a_way_that_was_tried_and_refused_is_not_proposed_again() -> None:
    found = propose(law("fr.toml"), replace(CONSUMER, attempted=True, lost=frozenset({"small_claims"})))
    assert ids(found) == ["injonction_de_payer", "refere_provision", "ordinary_claim"]


def test_across_a_border_the_european_order_is_open_but_not_to_denmark() -> None:
    abroad = replace(SMALL, debtor_country="DE")
    assert ids(propose(law("de.toml"), abroad)) == ["mahnverfahren", "european_payment_order"]
    assert ids(propose(law("eu.toml"), replace(SMALL, debtor_country="DK"))) == []
    swiss = propose(law("de.toml"), replace(abroad, creditor_country="CH"))
    assert "does not reach CH" in why(swiss, "european_payment_order")


def test_the_english_claim_waits_for_the_letter_before_it() -> None:
    english = replace(SMALL, currency="GBP", debtor_country="GB", creditor_country="GB")
    assert ids(propose(law("uk_ew.toml"), english)) == ["mcol"]
    early = propose(law("uk_ew.toml"), replace(english, notice_over=False))
    assert why(early, "mcol") == (
        "Money Claim Online waits until the delay of the formal notice has run out (gov.uk, court fees)."
    )


def test_what_is_missing_is_told_and_closes_nothing() -> None:
    found = propose(law("fr.toml"), replace(SMALL, without_document=("FA-1", "FA-2")))
    order, small = found.open[0], found.open[1]
    assert order.missing == ("the invoices themselves: no file is kept of FA-1, FA-2",)
    assert small.missing == ()


def test_against_a_public_body_there_is_no_order_to_pay() -> None:
    found = propose(law("fr.toml"), replace(SMALL, kind=DebtorKind.PUBLIC))
    assert found.open == ()
    assert [one.id for one, _ in found.closed] == ["commercial_court", "mandatement_office"]


def test_a_small_claim_counts_its_interest() -> None:
    french = law("fr.toml")
    assert "small_claims" in ids(propose(french, replace(SMALL, owed=4_900_00, interest=100_00)))
    over = propose(french, replace(SMALL, owed=4_900_00, interest=100_01))
    assert "small_claims" not in ids(over)
    assert {route.id: why for route, why in over.closed}["small_claims"] == (
        "Small claims by commissaire de justice is open up to 5000.00 EUR, interest included, and 5000.01 EUR is owed with it "
        "(art. L125-1 and R125-1 to R125-8 CPCE)."
    )


def test_the_attempt_is_asked_of_what_is_claimed_and_not_of_all_that_is_owed() -> None:
    french = law("fr.toml")
    owing = replace(CONSUMER, owed=7_000_00, claimed=3_000_00)
    assert "ordinary_claim" not in ids(propose(french, owing))
    assert "ordinary_claim" in ids(propose(french, replace(owing, claimed=6_000_00)))
