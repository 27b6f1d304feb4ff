"""Segments by the user's own rules, and the mistakes in their file."""

import re
from pathlib import Path

import pytest

from policies.behaviour.assess import NOT_SCORED, Assessed, assess
from policies.behaviour.history import History
from policies.behaviour.scale import Scale
from policies.behaviour.segment import SegmentRule, Segments, segment_of
from policies.behaviour.segment_file import load_segments
from policies.facts import DebtorKind
from policies.payer import Payer
from tests.policies.behaviour.customers import AS_OF, paid, still_open

FILE = b"""\
[behaviour]
tolerance = 5
prompt_share = 20

[[segment]]
name = "over-limit"
above_limit = true

[[segment]]
name = "watch"
payers = ["worsening"]
countries = ["FR", "BE"]

[[segment]]
name = "watch"
exposure_above = { EUR = "10000.00" }
days_late_above = 15

[[segment]]
name = "forgot"
first_lateness = true
share_late_above = 10
broken_promises = 1

[[segment]]
name = "rest"
kinds = ["business", "association"]
"""


def loaded() -> Segments:
    found = load_segments(FILE, "segments.toml")
    assert isinstance(found, Segments), found
    return found


def known(*late: int, open_: int = 0, limits: dict[str, int] | None = None) -> Assessed:
    items = tuple(paid(f"2026-0{month}-01", days) for month, days in enumerate(late, start=1))
    more = (still_open("2026-08-01", open_),) if open_ else ()
    return assess(DebtorKind.BUSINESS, History((*items, *more), limits=limits or {}), AS_OF)


def test_a_file_is_read_as_it_stands() -> None:
    assert loaded() == Segments(
        (
            SegmentRule("over-limit", above_limit=True),
            SegmentRule("watch", payers=frozenset({Payer.WORSENING}), countries=frozenset({"FR", "BE"})),
            SegmentRule("watch", exposure_above={"EUR": 1_000_000}, days_late_above=15),
            SegmentRule("forgot", first_lateness=True, share_late_above=10, broken_promises=1),
            SegmentRule("rest", kinds=frozenset({DebtorKind.BUSINESS, DebtorKind.ASSOCIATION})),
        ),
        Scale(tolerance=5, prompt_share=20),
    )


@pytest.mark.parametrize(
    ("kind", "country", "assessed", "segment"),
    [
        (DebtorKind.BUSINESS, "FR", known(0, 0, 0), "rest"),
        (DebtorKind.BUSINESS, "FR", known(0, 0, 0, open_=500_001, limits={"EUR": 500_000}), "over-limit"),
        (DebtorKind.BUSINESS, "FR", known(0, 0, 0, open_=500_000, limits={"EUR": 500_000}), "rest"),
        (DebtorKind.BUSINESS, "FR", Assessed(Payer.WORSENING, "", known(20, 20, 20).figures), "watch"),
        (DebtorKind.BUSINESS, "DE", Assessed(Payer.WORSENING, "", known(20, 20, 20).figures), "rest"),
        (DebtorKind.BUSINESS, "DE", known(20, 20, 20, open_=1_000_001), "watch"),
        (DebtorKind.BUSINESS, "DE", known(20, 20, 20, open_=1_000_000), "rest"),
        (DebtorKind.BUSINESS, None, known(15, 15, 15, open_=2_000_000), "rest"),
        (DebtorKind.PUBLIC, "FR", known(0, 0, 0), ""),
        (DebtorKind.CONSUMER, "FR", assess(DebtorKind.CONSUMER, History(), AS_OF), ""),
    ],
)
def test_the_first_rule_that_fits_names_the_segment(
    kind: DebtorKind, country: str | None, assessed: Assessed, segment: str
) -> None:
    assert segment_of(loaded(), kind, country, assessed) == segment


def test_a_consumer_is_in_no_segment_that_asks_how_it_pays() -> None:
    rules = Segments((SegmentRule("debts", exposure_above={"EUR": 0}), SegmentRule("all")))
    never = assess(DebtorKind.CONSUMER, History((still_open("2026-01-01"),)), AS_OF)
    assert segment_of(rules, DebtorKind.CONSUMER, "FR", never) == "all"


WRONG = b"""\
[behavior]
[[segment]]
payers = ["late"]
[[segment]]
name = "Old"
kinds = ["consumer"]
broken_promises = 1
exposure_above = { EUR = 10.5 }
[[segment]]
name = "everybody"
[[segment]]
name = "last"
limit = true
"""


def test_every_mistake_is_named_with_its_line() -> None:
    found = load_segments(WRONG, "s.toml")
    assert isinstance(found, list)
    assert [str(problem) for problem in found] == [
        "s.toml:1: behavior: The key is unknown; did you mean behaviour?",
        "s.toml:2: segment 1.name: The key is missing.",
        's.toml:3: segment 1.payers: "late" is unknown; use one of prompt, usual_slow, worsening, new.',
        's.toml:5: segment 2.name: "Old" is not a name; use lowercase letters, digits, _ and -, a letter first.',
        f"s.toml:6: segment 2.kinds: {NOT_SCORED} This segment would never hold anybody.",
        's.toml:8: segment 2.exposure_above: 10.5 is not an amount in EUR; write it between quotes, such as "2000.00".',
        "s.toml:10: segment 3.name: This fits every customer, so that no segment below it is ever reached; put it last.",
        "s.toml:13: segment 4.limit: The key is unknown; did you mean above_limit?",
    ]


def test_lines_of_behaviour_out_of_range_are_refused() -> None:
    found = load_segments(b"[behaviour]\nprompt_share = 101\nleast_items = 0\n", "s.toml")
    assert isinstance(found, list)
    assert [str(problem) for problem in found] == [
        "s.toml:2: behaviour.prompt_share: 101 is out of range; it must be from 0 to 100.",
        "s.toml:3: behaviour.least_items: 0 is out of range; it must be from 1 to 100.",
    ]


def test_the_example_of_the_manual_is_a_good_file() -> None:
    manual = Path(__file__).parents[3] / "docs" / "segments.md"
    (written,) = re.findall(r"```toml\n(.*?)```", manual.read_text(encoding="utf-8"), re.DOTALL)
    found = load_segments(written.encode(), "docs/segments.md")
    assert isinstance(found, Segments)
    assert [one.name for one in found.rules] == ["over-limit", "watch", "large-and-late", "rest"]
