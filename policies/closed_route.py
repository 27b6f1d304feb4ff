"""A stage that no route of the debtor's law leads to is passed over, whatever the ladder says: its law is looked at anew.

`policy check` refuses such a step for the kinds a ladder is written for; a case may meet it all the same, where its
customer turned out to be of another kind (a public body) after the policy was pinned.
"""

from policies.case import Case
from policies.stages import Stage
from policies.step import Step

ROUTES = frozenset({Stage.AGENCY, Stage.LEGAL})


def closed_route(case: Case, step: Step) -> str | None:
    """The sentence, with its article, why neither agency nor court is open against this debtor; None: one is."""
    if step.stage not in ROUTES or case.law is None:
        return None
    routes = [route for route in case.law.routes if route.stage is step.stage]
    if not routes or not all(route.refused for route in routes):
        return None
    closed = routes[0]
    said = closed.refused.rstrip(".")
    return f"{said}." if closed.where.source in said else f"{said} ({closed.where.source})."
