"""docs/jurisdictions.md says what ships: each of its rows is made again from the law files."""

from pathlib import Path

from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.rules import FlatRule, InterestRule, Moves
from policies.money import plain
from storage import law_store

PAGE = (Path(__file__).parents[2] / "docs" / "jurisdictions.md").read_text(encoding="utf-8")


def interest_words(law: Jurisdiction, kind: DebtorKind) -> str:
    found = law.for_kind(kind)
    rule = found.interest
    if rule is None:
        return "none" if (found.nothing or {}).get("interest") else "refused"
    return f"{_formula(rule)} ({rule.where.confidence.value})"


def _formula(rule: InterestRule) -> str:
    if rule.needs_terms:
        return "only as agreed"
    base = f"{rule.fixed:f} %" if rule.fixed is not None else f"`{rule.series}`"
    points = f" + {rule.points:f}" if rule.points else ""
    step = f", up to the next {rule.round_up_to:f}" if rule.round_up_to is not None else ""
    return f"{base}{points}{step}{', frozen' if rule.moves is Moves.FROZEN else ''}"


def flat_words(law: Jurisdiction, kind: DebtorKind) -> str:
    found = law.for_kind(kind)
    rule = found.flat
    if rule is None:
        return "none" if (found.nothing or {}).get("flat") else "refused"
    return f"{_sum(rule)} ({rule.where.confidence.value})"


def _sum(rule: FlatRule) -> str:
    if rule.needs_terms or rule.only_agreed:
        return "only as agreed"
    if rule.bands:
        return f"{' / '.join(plain(sum, rule.currency).removesuffix('.00') for _, sum in rule.bands)} per {rule.per}"
    if rule.slices:
        return f"scale per {rule.per}"
    return f"{plain(rule.amount, rule.currency).removesuffix('.00')} per {rule.per}"


def years(law: Jurisdiction) -> str:
    rules = [law.for_kind(kind).limitation for kind in (DebtorKind.BUSINESS, DebtorKind.CONSUMER)]
    return " / ".join("refused" if rule is None else f"{rule.years} ({rule.where.confidence.value})" for rule in rules)


def row(law: Jurisdiction) -> str:
    business, consumer = DebtorKind.BUSINESS, DebtorKind.CONSUMER
    cells = (
        law.id,
        "full" if law.complete else "rates",
        interest_words(law, business),
        flat_words(law, business),
        interest_words(law, consumer),
        years(law),
    )
    return f"| {' | '.join(cells)} |"


def refusals() -> list[str]:
    """`- ID, rule, kinds: sentence` for every rule that waits for the user."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for id, law in law_store.all_laws().items():
        for kind, of_kind in law.kinds.items():
            for name, words in (of_kind.refused or {}).items():
                found.setdefault((id, name, words), []).append(kind.value)
    return [f"| {id} | {name} | {', '.join(kinds)} | {words} |" for (id, name, words), kinds in found.items()]


def test_every_law_stands_in_the_table_as_its_file_has_it() -> None:
    assert [row(law) for law in law_store.all_laws().values() if row(law) not in PAGE] == []


def test_everything_that_is_refused_stands_there_with_its_sentence() -> None:
    assert [line for line in refusals() if line not in PAGE] == []


def test_the_page_tells_no_more_than_that() -> None:
    rows = {line for line in PAGE.splitlines() if line.split(" | ")[0].removeprefix("| ") in law_store.ids()}
    assert rows == {row(law) for law in law_store.all_laws().values()} | set(refusals())
