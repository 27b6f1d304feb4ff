"""The examples of the manual, and its generator, hold."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from benchmarks.matching import PAY_NOTHING, counted, judged
from benchmarks.matching_habits import HABITS, SHARES
from benchmarks.matching_world import STYLES
from policies.matching.facts import BankLine, Customer, OpenItem
from policies.matching.match_all import match_all

MANUAL = Path(__file__).parents[3] / "docs" / "matching.md"
ISSUED, DUE, PAID = date(2026, 1, 10), date(2026, 2, 9), date(2026, 2, 20)


def _tables() -> tuple[list[list[str]], list[list[str]]]:
    examples = MANUAL.read_text(encoding="utf-8").split("## Examples")[1].split("## How")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in examples.splitlines() if row.startswith("|")]
    data = [row for row in rows if row[0] not in {"number", "amount", "---"}]
    return [row for row in data if len(row) == 3], [row for row in data if len(row) == 6]


def _cents(amount: str) -> int:
    return int(amount.replace(".", ""))


def test_every_example_of_the_manual_is_answered_as_it_says() -> None:
    asked, lines = _tables()
    names = list(dict.fromkeys(name for _, name, _ in asked))
    customers = [Customer(place, f"C{place}", name) for place, name in enumerate(names)]
    items = [
        OpenItem(place, number, names.index(name), ISSUED, DUE, "EUR", _cents(amount))
        for place, (number, name, amount) in enumerate(asked)
    ]
    found = []
    for amount, counterparty, text, *_ in lines:
        line = BankLine("a", PAID, _cents(amount), "EUR", counterparty, text=text)
        (match,) = match_all(items, customers, [line])
        pays = ", ".join(item.number for item in items if item.id in match.named)
        found.append(
            [
                amount,
                counterparty,
                text,
                match.sureness.value,
                ", ".join(sorted(pays.split(", "))),
                match.why.reason.value,
            ]
        )
    assert found == lines
    assert len(lines) == 16


def test_the_generator_has_a_share_for_every_habit_and_they_add_up_to_a_hundred() -> None:
    assert (set(SHARES) - {"paid_twice"}, sum(SHARES.values())) == (set(HABITS), 100)


def test_of_labelled_lines_what_is_sure_is_right() -> None:
    counts: Counter[tuple[str, str]] = counted(Random(7), STYLES[0], 400)
    figures = judged(counts)
    assert (figures["lines"], figures["sure_wrong"]) == (400, 0)
    assert figures["recall"] > 0.85
    assert {habit for habit, verdict in counts if verdict == "sure right"}.isdisjoint(PAY_NOTHING)


def test_one_seed_gives_one_world() -> None:
    assert counted(Random(7), STYLES[2], 60) == counted(Random(7), STYLES[2], 60)
