"""Wrong rate files: every mistake at once, with file, line, key and reason."""

from datetime import date
from decimal import Decimal

import pytest

from policies.law.provenance import Confidence, Provenance
from policies.rates.rate_file import load_rates
from policies.rates.series import RateValue, Series, SetEach

GOOD = """\
id = "xx_rate"
title = "A rate"
ask = "the gazette"
set_each = "half_year"
known_until = 2025-12-31

[[published]]
source = "gazette 2025/1"
as_of = 2025-01-02
confidence = "H"

[published.percent]
2025-01-01 = "3.50"

[[published]]
source = "gazette 2025/7"
as_of = 2025-07-02
confidence = "M"

[published.percent]
2025-07-01 = "-0.25"
"""


def problems(text: str) -> list[str]:
    found = load_rates({"xx_rate.toml": text.encode()})
    assert isinstance(found, list), found
    return [str(problem) for problem in found]


def test_a_good_file_is_read_whole() -> None:
    first = Provenance("gazette 2025/1", date(2025, 1, 2), Confidence.HIGH)
    second = Provenance("gazette 2025/7", date(2025, 7, 2), Confidence.MEDIUM)
    assert load_rates({"xx_rate.toml": GOOD.encode()}) == {
        "xx_rate": Series(
            id="xx_rate",
            title="A rate",
            values=(
                RateValue(date(2025, 1, 1), Decimal("3.50"), first, date(2025, 6, 30)),
                RateValue(date(2025, 7, 1), Decimal("-0.25"), second, date(2025, 12, 31)),
            ),
            known_until=date(2025, 12, 31),
            set_each=SetEach.HALF_YEAR,
            ask="the gazette",
        )
    }


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ('"3.50"', "3.50", '13: published 1.percent.2025-01-01: 3.5 is not a percentage a year; write it between quotes, such as "3.15".'),
        ('"3.50"', '"3,50"', '13: published 1.percent.2025-01-01: "3,50" is not a percentage a year; write it between quotes, such as "3.15".'),
        ("2025-07-01 =", "2025-02-30 =", "21: published 2.percent.2025-02-30: 2025-02-30 is not a day; write year, month and day, such as 2025-01-01."),
        ("2025-07-01 =", "2025-07-02 =", "21: published 2.percent.2025-07-02: The rate is set for each half-year: it starts on 1 January or 1 July."),
        ("2025-07-01 =", "2024-07-01 =", "21: 2024-07-01: It stands after 2025-01-01; put the values in order."),
        ('confidence = "M"', 'confidence = "sure"', '18: published 2.confidence: "sure" is unknown; use one of H, M, L, GAP.'),
        ('source = "gazette 2025/7"\n', "", "15: published 2.source: The key is missing."),
        ("as_of = 2025-01-02", 'as_of = "2025-01-02"', '9: published 1.as_of: "2025-01-02" is not a day; write it without quotes, such as 2025-01-01.'),
        ("known_until = 2025-12-31", "known_until = 2026-12-31", "5: known_until: 2026-12-31 is after 2025-12-31, the last day of the last value's period."),
        ("known_until = 2025-12-31", "known_until = 2025-06-30", "5: known_until: 2025-06-30 is before the last value starts, on 2025-07-01."),
        ('ask = "the gazette"', 'asks = "the gazette"', "3: asks: The key is unknown; did you mean ask?"),
        ('id = "xx_rate"', 'id = "yy_rate"', '1: id: The series "yy_rate" belongs into yy_rate.toml.'),
        ('set_each = "half_year"', 'set_each = "week"', '4: set_each: "week" is unknown; use one of change, half_year, year.'),
        ('[published.percent]\n2025-01-01 = "3.50"\n', "", '7: published 1.percent: Write the percentages by first day under [published.percent]: 2025-01-01 = "3.15".'),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_what_would_be_right(written: str, instead: str, problem: str) -> None:
    assert f"xx_rate.toml:{problem}" in problems(GOOD.replace(written, instead, 1))


def test_all_mistakes_are_reported_at_once_and_nothing_is_half_loaded() -> None:
    wrong = GOOD.replace('"3.50"', '"x"').replace('title = "A rate"\n', "").replace('"M"', '"?"')
    assert problems(wrong) == [
        "xx_rate.toml:1: title: The key is missing.",
        'xx_rate.toml:12: published 1.percent.2025-01-01: "x" is not a percentage a year; write it between quotes, such as "3.15".',
        'xx_rate.toml:17: published 2.confidence: "?" is unknown; use one of H, M, L, GAP.',
    ]
    assert isinstance(load_rates({"xx_rate.toml": GOOD.encode(), "zz.toml": b"id ="}), list)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"id = \xff", "xx_rate.toml:1: The file is not UTF-8 text; save it again as UTF-8."),
        (b"id = 'x'\n[[[", "xx_rate.toml:2: This is not TOML: Invalid initial character for a key part."),
    ],
)
def test_a_file_that_is_no_toml_has_one_problem(content: bytes, problem: str) -> None:
    found = load_rates({"xx_rate.toml": content})
    assert isinstance(found, list)
    assert [str(one) for one in found] == [problem]


def test_a_file_without_values_says_how_to_write_them() -> None:
    assert problems(GOOD.split("[[published]]", maxsplit=1)[0]) == [
        "xx_rate.toml:1: published: Write the values under lines [[published]], one for each source."
    ]
