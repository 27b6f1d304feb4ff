"""Law files: what they give, what is refused, and every mistake with its line."""

from datetime import date
from decimal import Decimal

import pytest

from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.law.provenance import Confidence

HEAD = """id = "XX"
name = "Nowhere"
currency = "EUR"
complete = true
"""
INTEREST = """
[[interest]]
kinds = ["business"]
series = "ecb_mro"
points = "8"
source = "art. 1"
as_of = 2026-01-01
confidence = "H"
"""


def loaded(text: str, own: str | None = None) -> Jurisdiction:
    found = load_law(text.encode(), "xx.toml", None if own is None else own.encode())
    assert isinstance(found, Jurisdiction), found
    return found


def mistakes(text: str, own: str | None = None) -> list[tuple[str, int | None, str]]:
    found = load_law(text.encode(), "xx.toml", None if own is None else own.encode())
    assert isinstance(found, list)
    return [(one.source, one.line, one.field) for one in found]


def test_a_rule_is_for_the_kinds_it_names_and_carries_its_source() -> None:
    law = loaded(HEAD + INTEREST)
    rule = law.for_kind(DebtorKind.BUSINESS).interest
    assert rule is not None
    assert (rule.series, rule.points, rule.where.source) == ("ecb_mro", Decimal(8), "art. 1")
    assert (rule.where.as_of, rule.where.confidence) == (date(2026, 1, 1), Confidence.HIGH)
    assert law.for_kind(DebtorKind.CONSUMER).interest is None


def test_what_is_not_confirmed_is_not_used_and_says_why() -> None:
    law = loaded(HEAD + INTEREST.replace('"H"', '"L"')).for_kind(DebtorKind.BUSINESS)
    assert (law.interest, law.refused) == (
        None,
        {"interest": "The rule on interest for Nowhere is not confirmed (art. 1); confirm it in your own law file."},
    )


def test_what_was_not_found_says_so() -> None:
    gap = '[[unknown]]\nkinds = ["consumer"]\nrule = "interest"\nsource = "read nowhere"\nas_of = 2026-01-01\nconfidence = "GAP"\n'
    law = loaded(HEAD + gap).for_kind(DebtorKind.CONSUMER)
    assert law.reason("interest") == (
        "The rule on interest for Nowhere was not found (read nowhere); write it in your own law file."
    )


def test_your_own_file_confirms_a_rule_and_takes_its_place() -> None:
    own = INTEREST.replace("art. 1", "counsel, 3 March 2026").replace('points = "8"', 'points = "9"')
    law = loaded(HEAD + INTEREST.replace('"H"', '"L"'), own.replace('"H"', '"L"')).for_kind(DebtorKind.BUSINESS)
    assert law.interest is not None
    assert (law.interest.points, law.interest.where.confirmed_by) == (Decimal(9), "your xx.toml")
    assert law.refused == {}


def test_the_hash_changes_with_either_file() -> None:
    hashes = [loaded(HEAD + INTEREST).hash, loaded(HEAD + INTEREST, "").hash, loaded(HEAD + INTEREST, INTEREST).hash]
    assert (hashes[0] == hashes[1], hashes[1] == hashes[2]) == (True, False)


def test_a_rule_nobody_is_subject_to_names_its_article() -> None:
    nothing = (
        '[[nothing]]\nkinds = ["consumer"]\nrule = "flat"\nreason = "A consumer owes none."\n'
        'source = "art. 2"\nas_of = 2026-01-01\nconfidence = "H"\n'
    )
    assert loaded(HEAD + nothing).for_kind(DebtorKind.CONSUMER).reason("flat") == "A consumer owes none (art. 2)."


def test_every_mistake_is_named_with_its_line() -> None:
    wrong = INTEREST.replace('points = "8"', "points = 8").replace('source = "art. 1"', 'sauce = "art. 1"')
    assert mistakes(HEAD.replace('"EUR"', '"euro"') + wrong) == [
        ("xx.toml", 3, "currency"),
        ("xx.toml", 6, "interest 1.source"),
        ("xx.toml", 9, "interest 1.points"),
        ("xx.toml", 10, "interest 1.sauce"),
    ]


def test_a_mistake_in_your_own_file_names_that_file() -> None:
    assert mistakes(HEAD + INTEREST, '\n[[interest]]\nkinds = ["firm"]\n')[0][:2] == ("your xx.toml", 2)


def test_two_rules_for_one_kind_are_a_mistake() -> None:
    assert mistakes(HEAD + INTEREST + INTEREST) == [("xx.toml", 15, "interest 2.kinds")]


def test_interest_needs_a_rate_from_somewhere() -> None:
    assert mistakes(HEAD + INTEREST.replace('series = "ecb_mro"\n', "")) == [("xx.toml", 6, "interest 1.series")]


def test_a_country_of_which_only_rates_are_known_names_no_ladder() -> None:
    text = HEAD.replace("true", "false") + '[ladders]\nbusiness = "fr-b2b"\n'
    assert mistakes(text) == [("xx.toml", 1, "ladders")]


def test_a_scale_rises_and_its_last_row_has_no_limit() -> None:
    flat = (
        '[[flat]]\nkinds = ["business"]\nper = "debt"\nbands = [{ below = "1000.00", sum = "40.00" }]\n'
        'source = "art. 3"\nas_of = 2026-01-01\nconfidence = "H"\n'
    )
    assert mistakes(HEAD + flat) == [("xx.toml", 8, "flat 1.bands")]


FLAT = """
[[flat]]
kinds = ["business"]
per = "debt"
bands = [{ below = "1000.00", sum = "40.00" }, { below = "10000.00", sum = "70.00" }, { sum = "100.00" }]
source = "art. 3"
as_of = 2026-01-01
confidence = "H"
"""
ROUTE = """
[[route]]
id = "court"
kinds = ["business"]
stage = "legal"
title = "Court"
most = "5000.00"
source = "art. 4"
as_of = 2026-01-01
confidence = "H"
"""
WHOLE = HEAD + INTEREST + FLAT + ROUTE


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ('currency = "EUR"', 'curency = "EUR"', "3: curency: The key is unknown; did you mean currency?"),
        ('confidence = "H"\n\n[[flat]]', 'valid_to = 2025-12-31\nconfidence = "H"\n\n[[flat]]', "12: interest 1.valid_to: 2025-12-31 is before 2026-01-01, the day the rule was read."),
        ('source = "art. 1"\n', "", "6: interest 1.source: The key is missing."),
        ('source = "art. 1"', 'source = ""', '10: interest 1.source: "" is not a text; write it between quotes.'),
        ("as_of = 2026-01-01\nconfidence = \"H\"\n\n[[flat]]", "as_of = \"2026\"\nconfidence = \"H\"\n\n[[flat]]", '11: interest 1.as_of: "2026" is not a day; write it without quotes, such as 2025-01-01.'),
        ('points = "8"', 'points = "8,5"', '9: interest 1.points: "8,5" is not a percentage a year; write it between quotes, such as "3.15".'),
        ('points = "8"', 'ponits = "8"', "9: interest 1.ponits: The key is unknown; did you mean points?"),
        ('points = "8"', 'fixed = "5"', "8: interest 1.series: Name a series, or a fixed percentage, or say needs_terms = true: one of the three."),
        ('sum = "70.00"', "sum = 70.00", '17: flat 1.bands: 70.0 is not an amount in EUR; write it between quotes, such as "2000.00".'),
        ('sum = "70.00"', 'sun = "70.00"', "17: flat 1.bands: The key sun of a row is unknown; known here: below, sum."),
        ('below = "10000.00"', 'below = "900.00"', "17: flat 1.bands: The rows of a scale stand in the order of their upper limits."),
        ('per = "debt"', 'per = "month"', '16: flat 1.per: "month" is unknown; use one of invoice, debt, instalment.'),
        ('stage = "legal"', 'stage = "formal_notice"', '25: court.stage: "formal_notice" is unknown; use one of mediation, agency, legal.'),
        ('most = "5000.00"', 'most = "5000.5"', '27: court.most: "5000.5" is not an amount in EUR; write it between quotes, such as "2000.00".'),
        ('kinds = ["business"]\nstage', 'kinds = ["company"]\nstage', '24: court.kinds: "company" is unknown; use one of business, consumer, public, association.'),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_what_would_be_right(written: str, instead: str, problem: str) -> None:
    assert written in WHOLE
    found = load_law(WHOLE.replace(written, instead, 1).encode(), "xx.toml")
    assert isinstance(found, list)
    assert f"xx.toml:{problem}" in [str(one) for one in found]


def test_the_file_those_mistakes_are_made_in_is_right() -> None:
    assert loaded(WHOLE).for_kind(DebtorKind.BUSINESS).routes[0].most == 500_000


@pytest.mark.parametrize("key", ['id = "XX"', 'name = "Elsewhere"', 'currency = "USD"', "complete = true"])
def test_your_own_file_cannot_change_the_country_itself(key: str) -> None:
    assert mistakes(HEAD, f"{key}\n") == [("your xx.toml", 1, key.partition(" ")[0])]


def test_a_file_that_is_no_toml_is_one_mistake_with_its_line() -> None:
    found = load_law(b'id = "XX"\nname = Nowhere\n', "xx.toml")
    assert isinstance(found, list)
    assert [str(one) for one in found] == ["xx.toml:2: This is not TOML: Invalid value."]


LIMITATION = """
[[limitation]]
kinds = ["business"]
years = 5
starts = "due"
interrupts = ["acknowledgement"]
title_years = 10
agreed_years = [1, 10]
source = "art. 2"
as_of = 2026-01-01
confidence = "H"
"""


def test_a_limitation_rule_says_how_long_a_title_lives_and_what_the_parties_may_agree_on() -> None:
    rule = loaded(HEAD + LIMITATION).for_kind(DebtorKind.BUSINESS).limitation
    assert rule is not None
    assert (rule.title_years, rule.agreed_least, rule.agreed_most) == (10, 1, 10)


@pytest.mark.parametrize("span", ["[10, 1]", "[1]", "10", '["1", "10"]', "[0, 10]", "[true, 10]"])
def test_a_span_of_agreed_years_that_is_none_is_named_with_its_line(span: str) -> None:
    assert mistakes(HEAD + LIMITATION.replace("[1, 10]", span)) == [("xx.toml", 12, "limitation 1.agreed_years")]
