"""Conditions of a step: at, above and below each threshold; what is passed over says why in a sentence."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policies.case import DebtorKind, DoneHow
from policies.condition import Condition
from policies.conditions import why_not
from policies.decide import decide
from policies.decisions import Ask, Passed
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import Route
from policies.payer import Payer
from policies.stages import Channel, Stage
from tests.policies.builders import a_case, a_ladder, a_step, paris
from tests.policies.interest.laws import a_law

BUSINESSES = frozenset({DebtorKind.BUSINESS, DebtorKind.PUBLIC})


def why(condition: Condition, **facts: Any) -> str | None:
    return why_not(a_case(**facts), a_step(only_if=condition))


@pytest.mark.parametrize(
    ("condition", "facts", "reason"),
    [
        (Condition(), {}, None),
        (Condition(invoice_above={"EUR": 124999}), {}, None),
        (Condition(invoice_above={"EUR": 125000}), {},
         "What is open of the invoice, 1250.00 EUR, is not above 1250.00 EUR."),
        (Condition(invoice_above={"EUR": 1}), {"currency": "USD"}, "The policy names no limit in USD for this step."),
        (Condition(overdue_up_to={"EUR": 125000}), {}, None),
        (Condition(overdue_up_to={"EUR": 124999}), {},
         "The customer's overdue total of 1250.00 EUR is above 1249.99 EUR."),
        (Condition(overdue_up_to={"EUR": 1}), {"currency": "USD"}, "The policy names no limit in USD for this step."),
        (Condition(overdue_invoices=3), {"overdue_invoices": 3}, None),
        (Condition(overdue_invoices=3), {"overdue_invoices": 2},
         "The customer has 2 overdue invoices, fewer than 3."),
        (Condition(kinds=BUSINESSES), {}, None),
        (Condition(kinds=BUSINESSES), {"kind": DebtorKind.CONSUMER},
         "The step is for the kinds business, public; the customer's is consumer."),
        (Condition(countries=frozenset({"FR", "BE"})), {}, None),
        (Condition(countries=frozenset({"FR", "BE"})), {"country": "DE"},
         "The step is for customers in BE, FR; the customer's country is DE."),
        (Condition(countries=frozenset({"FR"})), {"country": None},
         "The step is for customers in FR; the customer's country is not known."),
        (Condition(payers=frozenset({Payer.WORSENING})), {"payer": Payer.WORSENING}, None),
        (Condition(payers=frozenset({Payer.WORSENING, Payer.USUAL_SLOW})), {"payer": Payer.PROMPT},
         "The step is for customers who are usual slow, worsening; this one is prompt."),
        (Condition(payers=frozenset(Payer)), {},
         "The step goes by how a customer pays, which is not known here."),
        (Condition(first_lateness=True), {"first_lateness": True}, None),
        (Condition(first_lateness=False), {"first_lateness": False}, None),
        (Condition(first_lateness=True), {"kind": DebtorKind.CONSUMER},
         "The step is for customers who are late for the first time in twelve months; this one is not known to be."),
        (Condition(first_lateness=False), {"first_lateness": True},
         "The customer is late for the first time in twelve months, and the step is for everybody else."),
        (Condition(payers=frozenset(Payer)), {"payer": Payer.PROMPT, "kind": DebtorKind.CONSUMER},
         "The step goes by how a customer pays, and consumers are never scored."),
        (Condition(opened_late=30), {"opened_on": date(2026, 4, 1)}, None),
        (Condition(opened_late=30), {"opened_on": date(2026, 3, 31)},
         "The case was opened 29 days late, and the step is for those of 30 days or more."),
        (Condition(opened_late=30), {},
         "The case was opened 0 days late, and the step is for those of 30 days or more."),
        (Condition(opened_late=30), {"opened_on": date(2026, 2, 20)},
         "The case was opened 0 days late, and the step is for those of 30 days or more."),
    ],
)  # fmt: skip
def test_a_condition_holds_or_says_why_it_does_not(
    condition: Condition, facts: dict[str, Any], reason: str | None
) -> None:
    assert why(condition, **facts) == reason


def test_everything_that_is_given_must_hold_and_the_first_that_fails_answers() -> None:
    both = Condition(invoice_above={"EUR": 1}, kinds=frozenset({DebtorKind.PUBLIC}), countries=frozenset({"DE"}))
    assert why(both) == "The step is for the kinds public; the customer's is business."
    above = a_step(only_above={"EUR": 125000}, only_if=both)
    assert why_not(a_case(), above) == "The customer's overdue total of 1250.00 EUR is not above 1250.00 EUR."


def test_a_step_that_does_not_apply_is_passed_over_on_its_day_with_the_reason() -> None:
    ladder = a_ladder(a_step(only_if=Condition(overdue_invoices=2)))
    early = decide(a_case(overdue_invoices=1), ladder, paris("2026-03-04 10:00"))
    day = decide(a_case(overdue_invoices=1), ladder, paris("2026-03-05 10:00"))
    reason = "The customer has 1 overdue invoices, fewer than 2."
    assert early.passed == ()
    assert day.passed == (Passed("courtesy_reminder", DoneHow.PASSED_OVER, date(2026, 3, 5), reason),)
    assert isinstance(day, Ask)


def test_a_stage_no_route_of_the_law_leads_to_is_passed_over_with_the_article() -> None:
    where = Provenance("art. L. 2311-1 CG3P", date(2026, 11, 22), Confidence.LOW)
    closed = Route("agency", Stage.AGENCY, "Agency", where, refused="A public body is not placed with an agency.")
    open_one = replace(closed, id="other", refused="")
    agency, reminder = a_step(id="agency", stage=Stage.AGENCY, channels=(Channel.HANDOVER,)), a_step()
    law = replace(a_law(None), routes=(closed,))
    said = "A public body is not placed with an agency (art. L. 2311-1 CG3P)."
    assert why_not(a_case(kind=DebtorKind.PUBLIC, law=law), agency) == said
    assert why_not(a_case(kind=DebtorKind.PUBLIC, law=law), reminder) is None
    assert why_not(a_case(kind=DebtorKind.PUBLIC, law=replace(law, routes=(closed, open_one))), agency) is None
    assert why_not(a_case(kind=DebtorKind.PUBLIC, law=None), agency) is None
