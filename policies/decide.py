"""The one decision: what is to be done about this invoice now, and why. Pure and total.

Settled? Close. Switched off? Wait. A hold? Wait until it ends. Too old for a court? Ladder exhausted? Ask a person.
Something underway? Let it come to rest. Before the step's time, money that may be for it, behind a harder stage, heard from
us often enough, or bank data too old? Wait. Approval? Ask. Else act. The rules stand in two tables in this order: those about the case as a whole, and those
about the step whose turn it is. The first that answers decides.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from policies.case import Case
from policies.climb import position
from policies.decisions import Because, Decision, Passed, Reason, Wait
from policies.exhausted import exhausted
from policies.holds import held
from policies.ladder import Ladder
from policies.look import Look, look_at
from policies.settled import settled
from policies.step_rules import STEP_RULES
from policies.time_barred import time_barred

Answered = tuple[str, Decision | None]


def decide(case: Case, ladder: Ladder, as_of: datetime) -> Decision:
    """The decision for `case` on its `ladder` at `as_of` (aware): the same facts always give the same decision."""
    for _, decision in rules_asked(case, ladder, as_of):
        if decision is not None:
            return decision
    raise AssertionError("the last rule always answers")


def switched_off(look: Look) -> Wait | None:
    """While the creditor has switched collecting off, only a fact can wake the case."""
    return Wait(None, Because(Reason.SWITCHED_OFF)) if look.case.switched_off else None


CASE_RULES: Mapping[str, Callable[[Look], Decision | None]] = {
    "settled": settled,
    "switched_off": switched_off,
    "held": held,
    "time_barred": time_barred,
}
"""Rules about the case as a whole, in the order in which they are asked."""

EXHAUSTED = "exhausted"
"""The rule between the two tables: no step is left."""


def rules_asked(case: Case, ladder: Ladder, as_of: datetime) -> Iterator[Answered]:
    """Each rule that is asked, by its name, with its answer; the last one has decided."""
    look = look_at(case, ladder, as_of)
    for name, rule in CASE_RULES.items():
        decision = rule(look)
        yield name, decision
        if decision is not None:
            return
    here = position(look)
    if here.turn is None:
        yield EXHAUSTED, _past(exhausted(look), here.passed)
        return
    yield EXHAUSTED, None
    for name, step_rule in STEP_RULES.items():
        decision = step_rule(look, here.turn)
        yield name, None if decision is None else _past(decision, here.passed)
        if decision is not None:
            return


def _past(decision: Decision, passed: tuple[Passed, ...]) -> Decision:
    """The decision with the steps the ladder went past on its way to it."""
    return replace(decision, passed=passed) if passed else decision
