"""How the consequences of a choice are made: a wait, a hold, an act, a reason out of the note."""

from collections.abc import Callable
from datetime import date

from policies.calendar_days import days_after
from policies.case import HoldKind
from policies.consequences import Consequence, RecordAct, SetHold
from policies.form_values import Given
from policies.law.limitation_rules import Interruption

Consequences = tuple[Consequence, ...]
Rule = Callable[[Given, date], Consequences]


def wait(days: int) -> Rule:
    """Nothing leaves for so many days."""
    return lambda given, as_of: (SetHold(HoldKind.MANUAL, days_after(as_of, days), reason(given)),)


def hold(kind: HoldKind, *further: Consequence) -> Rule:
    """A hold up to the form's date, or without an end where the form has none."""
    return lambda given, as_of: (SetHold(kind, given.on, reason(given)), *further)


def always(*consequences: Consequence) -> Rule:
    """The same whatever the form holds."""
    return lambda given, as_of: consequences


def with_reason(*made: Callable[[str], Consequence]) -> Rule:
    """Consequences that carry the reason given."""
    return lambda given, as_of: tuple(make(reason(given)) for make in made)


def reason(given: Given) -> str:
    """The note, or the sentence chosen where nothing was written."""
    return given.note or given.choice.sentence


def act(kind: Interruption) -> Rule:
    """The act the choice speaks of; the form has its day."""
    return lambda given, as_of: (RecordAct(kind, given.on or as_of, reason(given)),)
