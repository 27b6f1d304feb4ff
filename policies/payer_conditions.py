"""Conditions of a step that go by how the customer pays. Consumers are never scored (CNIL deliberation 2021-130)."""

from policies.case import Case
from policies.condition import Condition
from policies.facts import DebtorKind


def payers(case: Case, condition: Condition) -> str | None:
    """Why the step is not for how this customer pays; None: it is."""
    if not condition.payers:
        return None
    if case.kind is DebtorKind.CONSUMER:
        return "The step goes by how a customer pays, and consumers are never scored."
    if case.payer is None:
        return "The step goes by how a customer pays, which is not known here."
    if case.payer in condition.payers:
        return None
    named = ", ".join(sorted(one.value.replace("_", " ") for one in condition.payers))
    return f"The step is for customers who are {named}; this one is {case.payer.value.replace('_', ' ')}."


def first_lateness(case: Case, condition: Condition) -> str | None:
    """Why the step is not for a first lateness, or not for any other; None: it applies.

    Whoever is not scored, or about whom too little is known, is never late for the first time.
    """
    if condition.first_lateness is None or condition.first_lateness is case.first_lateness:
        return None
    if case.first_lateness:
        return "The customer is late for the first time in twelve months, and the step is for everybody else."
    return "The step is for customers who are late for the first time in twelve months; this one is not known to be."
