"""The laws that come with Relance against the worked examples: what each gives to the cent, and what each refuses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from policies.facts import DebtorKind
from policies.interest.claim import claim
from policies.interest.debt import Debt, Terms
from policies.interest.flat_scale import legal_sum
from policies.interest.statement import Flag, Statement
from policies.law.provenance import Confidence
from policies.law.rules import FlatRule, Interruption, LimitationStart, Moves
from policies.stages import Stage
from storage import law_store
from storage.rate_store import shipped_rates

BUSINESS, CONSUMER, PUBLIC, ASSOCIATION = (
    DebtorKind.BUSINESS, DebtorKind.CONSUMER, DebtorKind.PUBLIC, DebtorKind.ASSOCIATION,
)  # fmt: skip
LAWS = law_store.all_laws()


def stated(id: str, kind: DebtorKind, debt: Debt, until: str, terms: Terms | None = None) -> Statement:
    return claim(debt, LAWS[id].for_kind(kind), shipped_rates(), date.fromisoformat(until), terms=terms)


def owed(amount: int, due: str, currency: str = "EUR") -> Debt:
    return Debt(amount, currency, date.fromisoformat(due))


def flat_rule(id: str, kind: DebtorKind) -> FlatRule:
    found = LAWS[id].for_kind(kind).flat
    assert found is not None
    return found


@pytest.mark.parametrize("id", sorted(LAWS))
def test_every_law_answers_for_every_kind_of_debtor_or_says_why_not(id: str) -> None:
    law = LAWS[id]
    asked = ("interest", "flat", "limitation", *(("contact", "notice") if law.complete else ()))
    silent = [
        (kind.value, rule)
        for kind, of_kind in law.kinds.items()
        for rule in asked
        if getattr(of_kind, rule) is None and not of_kind.reason(rule)
    ]
    assert silent == []


@pytest.mark.parametrize("id", sorted(LAWS))
def test_every_rule_in_use_has_a_source_a_day_and_enough_confidence(id: str) -> None:
    rules = [
        rule
        for of_kind in LAWS[id].kinds.values()
        for rule in (
            of_kind.interest,
            of_kind.flat,
            of_kind.limitation,
            of_kind.contact,
            of_kind.notice,
            *of_kind.routes,
        )
        if rule is not None
    ]
    assert rules
    assert all(rule.where.source and rule.where.as_of for rule in rules)
    usable = (Confidence.HIGH, Confidence.MEDIUM)
    assert all(getattr(rule, "refused", "") or rule.where.confidence in usable for rule in rules)


def test_what_is_refused_until_the_user_confirms_it() -> None:
    found = sorted(
        {
            (id, name, "not found" if "not found" in words else "not confirmed")
            for id, law in LAWS.items()
            for of_kind in law.kinds.values()
            for name, words in (of_kind.refused or {}).items()
            if name in ("interest", "flat", "limitation")
        }
    )
    assert found == [
        ("AT", "limitation", "not confirmed"),
        ("BE", "flat", "not confirmed"),
        ("BE", "interest", "not confirmed"),
        ("CA", "interest", "not found"),
        ("CA", "limitation", "not confirmed"),
        ("ES", "interest", "not found"),
        ("EU", "limitation", "not found"),
        ("IE", "interest", "not found"),
        ("IT", "flat", "not confirmed"),
        ("IT", "limitation", "not confirmed"),
        ("LU", "interest", "not found"),
        ("LU", "limitation", "not confirmed"),
        ("LU", "limitation", "not found"),
        ("PT", "interest", "not found"),
        ("PT", "limitation", "not confirmed"),
        ("QC", "interest", "not found"),
        ("US", "interest", "not found"),
        ("US", "limitation", "not found"),
    ]


@pytest.mark.parametrize(
    ("id", "points"),
    [
        ("FR", "10"),
        ("BE", "8"),
        ("LU", "8"),
        ("NL", "8"),
        ("ES", "8"),
        ("IT", "8"),
        ("PT", "8"),
        ("IE", "8"),
        ("EU", "8"),
    ],
)
def test_between_businesses_the_european_rate_and_so_many_points(id: str, points: str) -> None:
    rule = LAWS[id].for_kind(BUSINESS).interest
    assert rule is not None
    assert (rule.series, rule.points) == ("ecb_mro", Decimal(points))
    assert rule.moves is (Moves.FROZEN if id == "IE" else Moves.SEMESTER)


@pytest.mark.parametrize(
    ("id", "kind", "amount", "currency", "due", "until", "interest", "flat"),
    [
        ("FR", BUSINESS, 100_000, "EUR", "2025-05-31", "2025-08-31", 3145, 4000),
        ("FR", PUBLIC, 100_000, "EUR", "2024-06-30", "2025-12-31", 18425, 4000),
        ("BE", BUSINESS, 100_000, "EUR", "2024-06-30", "2024-07-30", 1027, None),  # 12.5: rounded up from 12.25
        ("LU", BUSINESS, 100_000, "EUR", "2024-06-30", "2024-07-30", 1007, 4000),
        ("EU", BUSINESS, 100_000, "EUR", "2024-06-30", "2024-07-30", 1007, 4000),
        ("DE", BUSINESS, 1_000_000, "EUR", "2024-01-31", "2024-03-01", 10373, 4000),
        ("AT", BUSINESS, 100_000, "EUR", "2024-01-31", "2024-03-01", 1075, 4000),  # 3.88 + 9.2
        ("AT", CONSUMER, 100_000, "EUR", "2024-01-31", "2024-03-01", 329, None),
        ("IT", CONSUMER, 100_000, "EUR", "2026-01-31", "2026-03-02", None, None),
        ("UK-EW", BUSINESS, 1_000_000, "GBP", "2026-01-31", "2026-04-01", 19315, 10000),
        ("UK-EW", BUSINESS, 100_000, "GBP", "2025-07-09", "2026-07-09", 12250, 7000),  # one rate for its whole life
        ("UK-SCT", BUSINESS, 99_999, "GBP", "2026-01-31", "2026-02-01", 32, 4000),
        ("IE", BUSINESS, 100_000, "EUR", "2025-06-29", "2026-06-29", 11150, 4000),  # one rate: that of 2025-H1
        ("IE", BUSINESS, 100_001, "EUR", "2025-06-29", "2025-06-30", 31, 7000),
        ("PT", BUSINESS, 100_000, "EUR", "2026-01-31", "2026-03-02", 834, 4000),
        ("CH", BUSINESS, 100_000, "CHF", "2025-01-31", "2025-12-31", 4575, None),
        ("QC", BUSINESS, 100_000, "CAD", "2025-01-31", "2025-12-31", None, None),
    ],
)
def test_what_a_law_gives_to_the_cent(
    id: str, kind: DebtorKind, amount: int, currency: str, due: str, until: str, interest: int | None, flat: int | None
) -> None:
    found = stated(id, kind, owed(amount, due, currency), until)
    assert (found.interest, found.flat) == (interest, flat)


@pytest.mark.parametrize(
    ("debt", "sum"),
    [
        (10_000, 4000), (100_000, 15_000), (500_000, 62_500), (1_000_000, 87_500), (5_000_000, 127_500),
        (100_000_000, 677_500),
    ],
)  # fmt: skip
def test_the_dutch_scale(debt: int, sum: int) -> None:
    assert [legal_sum(flat_rule("NL", kind), debt) for kind in (BUSINESS, CONSUMER)] == [sum, sum]


@pytest.mark.parametrize(
    ("debt", "cap"),
    [(15_000, 2000), (30_000, 4500), (50_000, 6500), (100_000, 9000), (1_000_000, 54_000), (3_920_000, 200_000)],
)
def test_the_belgian_caps_towards_consumers(debt: int, cap: int) -> None:
    assert legal_sum(flat_rule("BE", CONSUMER), debt) == cap


@pytest.mark.parametrize("id", sorted(LAWS))
@pytest.mark.parametrize("kind", [CONSUMER, ASSOCIATION])
def test_forty_euros_are_never_claimed_from_who_does_not_trade(id: str, kind: DebtorKind) -> None:
    """Not even where the debt is old and the parties agreed on it: NL and BE have scales of their own after a free letter."""
    debt = owed(100_000, "2024-03-31", LAWS[id].currency)
    assert stated(id, kind, debt, "2024-06-30").flat is None


def test_a_dutch_consumer_owes_the_scale_only_after_the_free_letter() -> None:
    debt = owed(100_000, "2024-03-31")
    before = stated("NL", CONSUMER, debt, "2024-06-30")
    after = stated("NL", CONSUMER, replace(debt, notice_on=date(2024, 5, 15)), "2024-06-30")
    assert (before.flat, Flag.NEEDS_NOTICE in before.flags, after.flat) == (None, True, 15_000)


def test_a_swiss_reminder_fee_is_owed_where_an_amount_was_agreed() -> None:
    debt = owed(100_000, "2025-01-31", "CHF")
    agreed = stated("CH", CONSUMER, debt, "2025-03-31", Terms(flat=2000, flat_currency="CHF", record="general terms"))
    assert (agreed.flat, stated("CH", CONSUMER, debt, "2025-03-31").flags) == (2000, ())


def test_an_american_debt_bears_nothing_that_was_not_agreed() -> None:
    found = stated("US", BUSINESS, owed(100_000, "2025-01-31", "USD"), "2025-03-31")
    assert (found.interest, found.flat, found.flags) == (None, None, (Flag.NEEDS_TERMS,))


def test_a_french_association_owes_the_legal_rate_and_no_flat_sum_until_it_is_known_to_trade() -> None:
    law = LAWS["FR"].for_kind(ASSOCIATION)
    assert (law.flat, law.interest and law.interest.series, law.ladder) == (None, "fr_legal", "key-account")
    assert law.reason("flat").startswith("An association owes no flat sum until you know that it trades")


def test_how_long_claims_live() -> None:
    found = {
        (id, kind.value): (rule.years, rule.starts.value)
        for id, kind in (
            ("FR", BUSINESS), ("FR", CONSUMER), ("FR", PUBLIC), ("BE", BUSINESS), ("BE", CONSUMER), ("DE", BUSINESS),
            ("UK-EW", BUSINESS), ("UK-SCT", BUSINESS), ("IE", BUSINESS), ("NL", CONSUMER), ("QC", BUSINESS),
        )
        if (rule := LAWS[id].for_kind(kind).limitation) is not None
    }  # fmt: skip
    assert found == {
        ("FR", "business"): (5, "due"),
        ("FR", "consumer"): (2, "due"),
        ("FR", "public"): (4, "next_january"),
        ("BE", "business"): (10, "due"),
        ("BE", "consumer"): (1, "due"),
        ("DE", "business"): (3, "year_end"),
        ("UK-EW", "business"): (6, "due"),
        ("UK-SCT", "business"): (5, "due"),
        ("IE", "business"): (6, "due"),
        ("NL", "consumer"): (2, "due"),
        ("QC", "business"): (3, "due"),
    }
    scottish = LAWS["UK-SCT"].for_kind(BUSINESS).limitation
    assert scottish is not None
    assert scottish.extinguishes


def test_a_written_demand_gives_a_claim_a_new_life_against_a_french_public_body_and_not_against_a_business() -> None:
    public, business = (LAWS["FR"].for_kind(kind).limitation for kind in (PUBLIC, BUSINESS))
    assert public is not None
    assert business is not None
    assert (public.starts, Interruption.WRITTEN_DEMAND in public.interrupts) == (LimitationStart.NEXT_JANUARY, True)
    assert Interruption.WRITTEN_DEMAND not in business.interrupts


def test_what_gives_a_claim_on_a_french_public_body_a_new_life_is_that_of_the_law_of_1968() -> None:
    rule = LAWS["FR"].for_kind(PUBLIC).limitation
    assert rule is not None
    assert {kind.value for kind in rule.interrupts} == {"written_demand", "acknowledgement", "part_payment"}
    assert {kind.value for kind in rule.stops} == {"court_act", "court_title"}


def test_titles_and_agreed_periods_stand_where_they_were_read_and_nowhere_else() -> None:
    found = {
        (id, kind.value): (rule.title_years, rule.agreed_least, rule.agreed_most)
        for id, law in LAWS.items()
        for kind in DebtorKind
        if (rule := law.for_kind(kind).limitation) is not None and (rule.title_years or rule.agreed_most)
    }
    assert found == {
        ("FR", "business"): (10, 1, 10),
        ("FR", "consumer"): (10, None, None),
        ("FR", "association"): (10, None, None),
        **{("CH", kind.value): (10, None, None) for kind in DebtorKind},
    }


def test_a_belgian_consumer_has_fourteen_free_days_and_a_british_person_thirty_days_to_reply() -> None:
    belgian, british = LAWS["BE"].for_kind(CONSUMER).notice, LAWS["UK-EW"].for_kind(CONSUMER).notice
    assert belgian is not None
    assert british is not None
    assert (belgian.free_reminder_first, belgian.reminder_days, british.least_days) == (True, 14, 30)


def test_the_default_ladders() -> None:
    ladders = {
        id: {kind.value: law.kinds[kind].ladder for kind in DebtorKind} for id, law in LAWS.items() if law.complete
    }
    assert ladders == {
        "FR": {"business": "fr-b2b", "consumer": "fr-consumer", "public": "fr-public", "association": "key-account"},
        "BE": {"business": "eu-b2b", "consumer": "be-consumer", "public": "", "association": "key-account"},
        "LU": {"business": "eu-b2b", "consumer": "", "public": "", "association": "key-account"},
        "DE": {"business": "de-b2b", "consumer": "", "public": "", "association": "key-account"},
        "UK-EW": {"business": "uk-b2b", "consumer": "", "public": "", "association": "key-account"},
        "EU": {"business": "eu-b2b", "consumer": "", "public": "", "association": "key-account"},
    }
    without = [of_kind for law in LAWS.values() for of_kind in law.kinds.values() if not of_kind.ladder]
    assert all(of_kind.no_ladder for of_kind in without)
    assert all(
        not route.refused or route.where.source
        for law in LAWS.values()
        for k in law.kinds.values()
        for route in k.routes
    )


def test_where_only_rates_are_known_there_is_no_route() -> None:
    assert [
        id for id, law in LAWS.items() if not law.complete and any(of_kind.routes for of_kind in law.kinds.values())
    ] == []
    assert {route.stage for route in LAWS["FR"].for_kind(BUSINESS).routes} == {
        Stage.MEDIATION,
        Stage.AGENCY,
        Stage.LEGAL,
    }


def test_outside_the_euro_the_european_rate_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    finnish, polish = (law_store.for_country(country).for_kind(BUSINESS) for country in ("FI", "PL"))
    assert finnish.interest is not None
    assert polish.interest is None
    assert polish.reason("interest").startswith("In PL the reference rate is that of the national central bank")
    assert polish.flat == finnish.flat
    assert polish.reason("interest").endswith("write the law of the country in your own law file pl.toml.")


OWN = """id = "PL"
name = "Poland"
currency = "PLN"
complete = false

[[interest]]
kinds = ["business"]
fixed = "13.5"
source = "read by counsel"
as_of = 2026-11-01
confidence = "L"
"""


def test_a_country_that_does_not_ship_has_the_law_the_user_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "pl.toml").write_text(OWN, encoding="utf-8")
    (folder / "us_ny.toml").write_text(OWN.replace('"PL"', '"US-NY"'), encoding="utf-8")
    (folder / "poland.toml").write_text(OWN, encoding="utf-8")
    law = law_store.for_country("PL")
    rule = law.for_kind(BUSINESS).interest
    assert rule is not None
    assert (law.name, rule.fixed, rule.where.confirmed_by) == ("Poland", Decimal("13.5"), "your pl.toml")
    assert [law_store.for_country("US", region).id for region in ("NY", "TX")] == ["US-NY", "US"]
    assert law_store.stray_files() == (
        "your poland.toml: the file is not read; name it for its law, such as fr.toml or uk_ew.toml.",
    )
    (folder / "cz.toml").write_text(OWN, encoding="utf-8")
    with pytest.raises(law_store.NoLaw, match=r"^your cz\.toml:1: id: The law PL belongs into pl\.toml\.$"):
        law_store.for_country("CZ")


def test_a_broken_file_of_the_user_is_named_and_never_read_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "fr.toml").write_text('[[flat]]\nkinds = ["business"]\nper = "invoce"\n', encoding="utf-8")
    with pytest.raises(
        law_store.NoLaw, match=r"your fr\.toml:3: flat 1\.per: \"invoce\" is unknown; use one of invoice"
    ):
        law_store.law_of("FR", "", BUSINESS)
    assert law_store.law_of("JP", "", BUSINESS) is None


def test_a_fee_past_its_last_day_is_asked_for_again_and_the_court_stays_open() -> None:
    def cost(today: date) -> str:
        law = law_store.law_of("GB", "", BUSINESS, today)
        assert law is not None
        return next(route.cost for route in law.routes if route.id == "mcol")

    assert cost(date(2026, 12, 31)).startswith("up to 300: 35;")
    assert cost(date(2027, 1, 1)) == "ask for the current fee: the one known was good until 2026-12-31"
