"""A case put on the screen."""

from collections.abc import Sequence
from typing import Any

from cli.printing import clean, money, print_table
from policies.money import plain
from policies.said import passed_sentence
from storage.case_views import Explained
from storage.timeline import Event

AMOUNTS = frozenset({"amount", "principal"})


def print_explained(found: Explained, *, coming: bool) -> None:
    """Where the case stands, what would be done now and why, and what then comes."""
    view = found.view
    print(clean(f"Case {view.id} · {view.customer_name} ({view.customer_number}) · {view.invoice}"))
    print(f"{money(view.open, view.currency)} open of {money(view.original, view.currency)}, due {view.due}")
    reached = f"{view.reached.value.replace('_', ' ')} on {view.reached_on}" if view.reached else "nothing sent yet"
    print(clean(f"Reached: {reached} · state: {view.state.replace('_', ' ')} · owner: {view.owner or '–'}"))
    print(clean(f"Now: {view.says}."))
    if view.problem:
        print(clean(f"In trouble: {view.problem}"))
    if coming:
        _print_reasons(found)


def _print_reasons(found: Explained) -> None:
    because = found.decision.because
    facts = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in because.facts)
    print(clean(f"Because: {because.code.value.replace('_', ' ')}{f' ({facts})' if facts else ''}."))
    for passed in found.decision.passed:
        print(clean(f"Gone past: {passed_sentence(passed, found.ladder)}"))
    print(f"Policy: {found.ladder.title} ({found.ladder.hash[:12]})\n")
    rows = [
        (one.on, one.stage.value.replace("_", " "), "asks a person" if one.asks else f"by {one.how}")
        for one in found.coming
    ]
    print_table(["On", "Step", "How"], rows, "No step is to come.")


def print_history(events: Sequence[Event], currency: str) -> None:
    """What happened, oldest first, in the journal's own terms."""
    print()
    rows = [(f"{one.at:%Y-%m-%d %H:%M}", one.kind.replace("_", " "), _facts(one, currency)) for one in events]
    print_table(["When (UTC)", "What", "Facts"], rows, "Nothing has happened yet.")


def _facts(event: Event, currency: str) -> str:
    return ", ".join(
        f"{name} {_fact(name, value, currency)}" for name, value in event.facts.items() if value not in ("", None)
    )


def _fact(name: str, value: Any, currency: str) -> str:
    if name in AMOUNTS and isinstance(value, int):
        return plain(value, currency)
    return str(value)[:80]
