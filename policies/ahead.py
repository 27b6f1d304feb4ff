"""What a ladder still holds for a debtor: a message announces that and nothing else."""

from policies.case import Case
from policies.ladder import Ladder
from policies.stages import Stage
from policies.step import Step


def stages_ahead(ladder: Ladder, step: Step, case: Case) -> frozenset[Stage]:
    """The stages after `step` that may still come for this debtor.

    A step whose condition on the kind of debtor, its country or its overdue total does not hold today is left out: a
    customer who owes too little for mediation is not told of it. Source: Code de la consommation L121-6, 5° (no threat
    of an action that is not possible); design 4, tone rules.
    """
    places = [place for place, one in enumerate(ladder.steps) if one.id == step.id]
    later = ladder.steps[places[0] + 1 :] if places else ()
    return frozenset(one.stage for one in later if _may_come(one, case))


def _may_come(step: Step, case: Case) -> bool:
    if step.only_above is not None:
        limit = step.only_above.get(case.currency)
        if limit is None or case.customer_overdue <= limit:
            return False
    condition = step.only_if
    if condition is None:
        return True
    kind_fits = not condition.kinds or case.kind in condition.kinds
    return kind_fits and (not condition.countries or case.country in condition.countries)
