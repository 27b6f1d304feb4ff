"""The laws that come with Relance, and the user's own file."""

from pathlib import Path

import pytest

from policies.facts import DebtorKind
from policies.ladder_file import load_ladder
from policies.stages import Stage
from storage import dossier, law_store, policy_store
from storage.rate_store import shipped_rates
from storage.session import reading
from tests.storage.books import NOON, bill, invoice, open_cases, rows

FULL = ["BE", "DE", "EU", "FR", "LU", "UK-EW"]
RATES_ONLY = ["AT", "CA", "CH", "ES", "IE", "IT", "NL", "PT", "QC", "UK-SCT", "US"]


def test_seventeen_laws_ship_six_of_them_in_full() -> None:
    laws = law_store.all_laws()
    assert sorted(id for id, law in laws.items() if law.complete) == FULL
    assert sorted(id for id, law in laws.items() if not law.complete) == RATES_ONLY


def test_every_rate_a_law_names_is_shipped() -> None:
    rules = [
        (id, kind.value, rule.series)
        for id, law in law_store.all_laws().items()
        for kind, of_kind in law.kinds.items()
        if (rule := of_kind.interest) is not None and rule.series
    ]
    assert rules
    assert [rule for rule in rules if rule[2] not in shipped_rates()] == []


def test_every_ladder_a_law_names_is_shipped_and_keeps_that_law() -> None:
    named = {one.ladder for law in law_store.all_laws().values() for one in law.kinds.values() if one.ladder}
    problems = [
        str(problem)
        for name in sorted(named)
        for found in [load_ladder(policy_store.shipped(name), f"{name}.toml", laws=law_store.all_laws())]
        if isinstance(found, list)
        for problem in found
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("country", "region", "law"),
    [("FR", "", "FR"), ("GB", "", "UK-EW"), ("GB", "SCT", "UK-SCT"), ("CA", "QC", "QC"), ("PL", "", "EU")],
)
def test_a_country_has_its_own_law_or_that_of_the_union(country: str, region: str, law: str) -> None:
    assert law_store.for_country(country, region).id == law


def test_a_country_without_a_law_is_refused_in_a_sentence() -> None:
    with pytest.raises(law_store.NoLaw, match=r"^No law is known for JP; known are AT, BE, "):
        law_store.for_country("JP")


def test_no_consumer_and_no_association_owes_the_flat_sum_between_businesses() -> None:
    sums = [
        (id, kind.value)
        for id, law in law_store.all_laws().items()
        for kind in (DebtorKind.CONSUMER, DebtorKind.ASSOCIATION)
        if (flat := law.kinds[kind].flat) is not None and flat.amount
    ]
    assert sums == []


def test_a_french_public_body_meets_no_agency_and_no_commercial_court() -> None:
    routes = law_store.jurisdiction("FR").for_kind(DebtorKind.PUBLIC).routes
    assert [(route.id, route.stage) for route in routes] == [
        ("agency", Stage.AGENCY),
        ("commercial_court", Stage.LEGAL),
        ("mandatement_office", Stage.LEGAL),
    ]
    assert all(route.refused for route in routes)


def test_belgian_flat_sums_between_businesses_wait_for_your_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    before = law_store.jurisdiction("BE").for_kind(DebtorKind.BUSINESS)
    assert (before.flat, "not confirmed" in before.reason("flat")) == (None, True)
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "be.toml").write_text(
        '[[flat]]\nkinds = ["business"]\nper = "debt"\namount = "40.00"\n'
        'source = "law of 2 August 2002, art. 6, read by counsel"\nas_of = 2026-11-01\nconfidence = "H"\n',
        encoding="utf-8",
    )
    after = law_store.jurisdiction("BE").for_kind(DebtorKind.BUSINESS).flat
    assert after is not None
    assert (after.amount, after.where.confirmed_by) == (4000, "your be.toml")


@pytest.mark.usefixtures("database_url")
async def test_a_customer_without_a_country_is_collected_but_no_law_is_guessed() -> None:
    """The ladder is the creditor's; interest and flat sums wait until somebody says where the customer lives."""
    await bill(invoice("F1", "2026-01-31", 1000_00, country=""))
    await open_cases()
    (case,) = await rows("SELECT id FROM cases")
    async with reading() as connection:
        found = (await dossier.load(connection, [int(case[0])], NOON, frozenset()))[int(case[0])]
    assert (found.ladder.id, found.case.law) == ("fr-b2b", None)
