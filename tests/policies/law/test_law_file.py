"""Law files: what they give, what is refused, and every mistake with its line."""

from datetime import date
from decimal import Decimal

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
