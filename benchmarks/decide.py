"""Decisions a second on one core: cases on a ladder of eight steps that wait, also under the law of France, or act."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from policies.case import Calendar, Case, Contact, DebtorKind, DoneHow, EffectFact, EffectState, StepDone
from policies.decide import decide
from policies.decisions import Wait
from policies.ladder import Ladder
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.law.rules import KindLaw
from policies.stages import Channel

Say = Callable[[str], None]
CASES, ROUNDS = 20_000, 5
WANTED = 30_000
"""Decisions a second on one core, for cases that wait."""
LATE = 30
"""Days since the due date at most: most cases wait, for any step up to the formal notice; some act."""
AS_OF = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)

_HOLIDAYS = frozenset({date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 25)})
_ZONES = ("Europe/Paris", "Europe/Brussels", "Europe/Berlin", "Europe/London", "America/New_York")
CALENDARS = tuple(Calendar(ZoneInfo(zone), _HOLIDAYS) for zone in _ZONES)


def run(say: Say) -> dict[str, Any]:
    """The best of five rounds over twenty thousand different cases, after one that nobody counts."""
    from storage.policy_store import parsed, shipped

    ladder = parsed(shipped("fr-b2b"), "fr-b2b.toml")
    france = load_law(files("policies").joinpath("law", "fr.toml").read_bytes(), "fr.toml")
    assert isinstance(france, Jurisdiction), france
    mixed = [_reminded(number) for number in range(CASES)]
    waiting = [case for case in mixed if isinstance(decide(case, ladder, AS_OF), Wait)]
    law = france.for_kind(DebtorKind.BUSINESS)
    figures = {"steps": len(ladder.steps), "cases": CASES, "wanted_per_s": WANTED}
    groups = {
        "waiting": waiting,
        "waiting_under_law": [_known(case, law) for case in waiting],
        "waiting_and_acting": mixed,
    }
    for name, cases in groups.items():
        per_s = _per_second(cases, ladder)
        say(f"{name.replace('_', ' ')}: {per_s} decisions/s on one core = {1_000_000 / per_s:.1f} µs each")
        figures[f"{name}_per_s"] = per_s
    return figures


def _per_second(cases: Sequence[Case], ladder: Ladder) -> int:
    best = 0.0
    for _ in range(ROUNDS + 1):
        began = time.process_time()
        for case in cases:
            decide(case, ladder, AS_OF)
        best = max(best, len(cases) / (time.process_time() - began))
    return round(best)


def _reminded(number: int) -> Case:
    """A customer's invoice, reminded once."""
    due = AS_OF.date() - timedelta(days=number % LATE)
    done = StepDone("courtesy_reminder", due + timedelta(days=3), DoneHow.CONFIRMED)
    return Case(
        id=number,
        invoice=f"FA-{number}",
        customer=number // 3,
        customer_name="Dupont SARL",
        kind=DebtorKind.BUSINESS,
        country="FR",
        currency="EUR",
        due=due,
        original=125_000,
        principal=125_000,
        customer_overdue=125_000,
        calendar=CALENDARS[number % len(CALENDARS)],
        reach=frozenset({Channel.EMAIL, Channel.SMS, Channel.CALL}),
        done=(done,) if done.on <= AS_OF.date() else (),
    )


def _known(case: Case, law: KindLaw) -> Case:
    """The same under the law of its country, with the contacts it had and the effects of its reminder."""
    sent = [EffectFact(one.step, Channel.EMAIL, EffectState.CONFIRMED, AS_OF - timedelta(days=3)) for one in case.done]
    contacts = tuple(Contact(one.on, Channel.EMAIL) for one in case.done)
    return replace(case, law=law, contacts=contacts, effects=tuple(sent))
