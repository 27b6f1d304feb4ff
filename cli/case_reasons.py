"""Why a case stands where it stands, on the screen and as JSON."""

from typing import Any

from cli.deadlines import deadline_lines
from cli.deadlines import shown as deadline_shown
from cli.printing import clean, fields_of, print_table
from policies.law.rules import Route
from policies.law.ways_on import Ways
from policies.limitation_words import life_notes, life_sentence
from storage.case_views import Explained


def print_reasons(found: Explained) -> None:
    """Every rule that was asked, the steps gone past, the policy, and the acts to come."""
    print()
    for asked in found.why.rules:
        print(clean(f"{'→' if asked.decides else ' '} {asked.question} {asked.answer}."))
        print(clean(f"      {asked.rests_on}"))
    for passed in found.why.gone_past:
        print(clean(f"  Gone past: {passed}"))
    print(clean(f"\nPolicy: {found.ladder.title} ({found.ladder.id}, {found.ladder.hash[:12]})\n"))
    rows = [
        (one.on, one.stage.value.replace("_", " "), "asks a person" if one.asks else f"by {one.how}")
        for one in found.why.coming
    ]
    print_table(["On", "If nothing changes", "How"], rows, "Nothing is planned while this stands.")
    for line in deadline_lines(found.deadlines):
        print(line)
    if found.ways is not None:
        print()
        for line in ways_in_words(found.ways):
            print(clean(line))


def ways_in_words(ways: Ways) -> list[str]:
    """*Way on: Injonction de payer (legal), 30 days to object; cost: …*, then what is closed and why."""
    told = [f"Way on: {_route(route)}" for route in ways.open]
    told += [f"Closed: {why if why.startswith(route.title) else f'{route.title}: {why}'}" for route, why in ways.closed]
    return [*told, *([ways.none] if ways.none else [])]


def _route(route: Route) -> str:
    object_within = f", {route.days_to_object} days to object" if route.days_to_object else ""
    cost = f"; cost: {route.cost}" if route.cost else ""
    needs = f"; needs: {', '.join(route.needs)}" if route.needs else ""
    return f"{route.title} ({route.stage.value}){object_within}{cost}{needs} [{route.where.source}]"


def reasons_as_json(found: Explained) -> dict[str, Any]:
    """The same for other programs."""
    life = found.dossier.life.time
    return {
        "rules": [fields_of(one) for one in found.why.rules],
        "gone_past": list(found.why.gone_past),
        "coming": [fields_of(one) for one in found.why.coming],
        "life": None if life is None else {"says": life_sentence(life), "notes": list(life_notes(life))},
        "deadlines": [deadline_shown(one) for one in found.deadlines],
        "acts": [fields_of(one) for one in found.acts],
        "ways": []
        if found.ways is None
        else [
            *(
                {"route": one.id, "stage": one.stage.value, "open": True, "says": _route(one)}
                for one in found.ways.open
            ),
            *(
                {"route": one.id, "stage": one.stage.value, "open": False, "says": why}
                for one, why in found.ways.closed
            ),
        ],
    }
