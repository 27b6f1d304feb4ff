"""Whether a step applies to this case: a condition that is false passes it over, with the reason in a sentence."""

from collections.abc import Callable, Iterable, Mapping

from policies.case import Case
from policies.closed_route import closed_route
from policies.condition import Condition
from policies.ladder import Step
from policies.money import plain
from policies.payer_conditions import first_lateness, payers


def why_not(case: Case, step: Step) -> str | None:
    """The sentence why the step does not apply; None when it does. The first condition that fails answers."""
    closed = closed_route(case, step)
    if closed is not None:
        return closed
    if step.only_above is not None:
        reason = _overdue_above(case, step.only_above)
        if reason is not None:
            return reason
    if step.only_if is None:
        return None
    reasons = (check(case, step.only_if) for check in CHECKS)
    return next((reason for reason in reasons if reason is not None), None)


def _overdue_above(case: Case, limits: Mapping[str, int]) -> str | None:
    limit = limits.get(case.currency)
    if limit is None:
        return _no_limit(case)
    if case.customer_overdue > limit:
        return None
    overdue, least = plain(case.customer_overdue, case.currency), plain(limit, case.currency)
    return f"The customer's overdue total of {overdue} {case.currency} is not above {least} {case.currency}."


def _invoice_above(case: Case, condition: Condition) -> str | None:
    if condition.invoice_above is None:
        return None
    limit = condition.invoice_above.get(case.currency)
    if limit is None:
        return _no_limit(case)
    if case.principal > limit:
        return None
    open_amount, least = plain(case.principal, case.currency), plain(limit, case.currency)
    return f"What is open of the invoice, {open_amount} {case.currency}, is not above {least} {case.currency}."


def _overdue_up_to(case: Case, condition: Condition) -> str | None:
    if condition.overdue_up_to is None:
        return None
    limit = condition.overdue_up_to.get(case.currency)
    if limit is None:
        return _no_limit(case)
    if case.customer_overdue <= limit:
        return None
    overdue, most = plain(case.customer_overdue, case.currency), plain(limit, case.currency)
    return f"The customer's overdue total of {overdue} {case.currency} is above {most} {case.currency}."


def _overdue_invoices(case: Case, condition: Condition) -> str | None:
    if case.overdue_invoices >= condition.overdue_invoices:
        return None
    return f"The customer has {case.overdue_invoices} overdue invoices, fewer than {condition.overdue_invoices}."


def _kinds(case: Case, condition: Condition) -> str | None:
    if not condition.kinds or case.kind in condition.kinds:
        return None
    return f"The step is for the kinds {_listed(condition.kinds)}; the customer's is {case.kind.value}."


def _countries(case: Case, condition: Condition) -> str | None:
    if not condition.countries or case.country in condition.countries:
        return None
    named = "not known" if case.country is None else case.country
    return f"The step is for customers in {_listed(condition.countries)}; the customer's country is {named}."


def _opened_late(case: Case, condition: Condition) -> str | None:
    if not condition.opened_late:
        return None
    late = 0 if case.opened_on is None else max((case.opened_on - case.anchor_day).days, 0)
    if late >= condition.opened_late:
        return None
    return f"The case was opened {late} days late, and the step is for those of {condition.opened_late} days or more."


CHECKS: tuple[Callable[[Case, Condition], str | None], ...] = (
    _invoice_above, _overdue_up_to, _overdue_invoices, _kinds, _countries, payers, first_lateness, _opened_late,
)  # fmt: skip


def _no_limit(case: Case) -> str:
    return f"The policy names no limit in {case.currency} for this step."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(_word(str(name)) for name in names))


def _word(name: str) -> str:
    return name.replace("_", " ")
