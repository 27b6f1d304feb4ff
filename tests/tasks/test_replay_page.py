"""A replay as a page: its bars stand for the figures, and it asks nothing of any network."""

import re
from datetime import date

import pytest

from policies.replay.difference import Contacted, difference
from policies.replay.report import ActCount, AlthoughPaying, MonthCount, PayingCustomer, Report
from policies.stages import Channel, Stage
from tasks.bar_chart import scale_of, stacked
from tasks.replay_page import replay_page


def report(policy: str, *months: MonthCount) -> Report:
    acts = tuple(ActCount(one.stage.value, one.stage, Channel.EMAIL, one.count, one.count) for one in months)
    paying = AlthoughPaying(7, 2, (PayingCustomer("C<7>", 3, 2),))
    return Report(
        policy=policy, title=f"The policy {policy}", hash="0" * 64, first=date(2026, 1, 1), last=date(2026, 2, 28),
        invoices=40, customers=9, outside=0, contacted_invoices=20, contacted_customers=5, acts=acts, months=months,
        although_paying=paying, accessories=(), questions=(), acts_on_settled=0,
    )  # fmt: skip


JANUARY = MonthCount("2026-01", Stage.COURTESY_REMINDER, 12)
FEBRUARY = MonthCount("2026-02", Stage.FORMAL_NOTICE, 3)


@pytest.mark.parametrize(
    ("most", "scale"), [(1, (1, 1)), (5, (5, 1)), (6, (6, 2)), (70, (80, 20)), (1234, (1500, 500))]
)
def test_a_scale_has_at_most_five_lines_on_round_numbers(most: int, scale: tuple[int, int]) -> None:
    assert scale_of(most) == scale


def test_bars_are_as_high_as_what_they_count_and_stand_on_each_other() -> None:
    chart = stacked([("2026-01", {"a": 5, "b": 10}), ("2026-02", {"b": 20})], {"a": "#111", "b": "#222"}, 20)
    assert [(part.told, part.y, part.height) for part in chart.parts] == [
        ("2026-01: a 5", 168.0, 50.0),
        ("2026-01: b 10", 68.0, 100.0),
        ("2026-02: b 20", 18.0, 200.0),
    ]
    assert [label.text for label in chart.scale] == ["0", "5", "10", "15", "20"]


def test_the_page_loads_nothing_and_escapes_what_files_say() -> None:
    page = replay_page(report("fr-b2b", JANUARY), [["38 customers."]], "No promise of cash.", "2026-03-05")
    assert re.findall(r"(?:src|href|url|@import)\W", page) == []
    assert ("C&lt;7&gt;" in page, "C<7>" in page) == (True, False)
    assert page.count("<title>2026-01: courtesy reminder 12</title>") == 1


def test_two_policies_are_drawn_on_the_same_scale_and_compared() -> None:
    this, other = report("fr-b2b", JANUARY, FEBRUARY), report("key-account", FEBRUARY)
    found = difference(this, other, Contacted(4, 0, 1), Contacted(9, 0, 2))
    page = replay_page(found, [["A."], ["B."]], "No promise of cash.", "2026-03-05")
    rows = re.findall(
        r"<tr><td>(.+?)</td><td>(.+?)</td><td class=\"n\">(\d+)</td><td class=\"n\">(\d+)</td><td class=\"n\">(.+?)</td>",
        page,
    )
    assert rows == [("courtesy reminder", "email", "12", "0", "+12"), ("formal notice", "email", "3", "3", "+0")]
    heights = re.findall(r'height="([\d.]+)" fill="[^"]+"><title>2026-02: formal notice 3<', page)
    assert heights == [heights[0]] * 2
