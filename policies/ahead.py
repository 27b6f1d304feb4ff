"""What a ladder still holds for a debtor: a message announces that and nothing else."""

from policies.case import Case
from policies.conditions import why_not
from policies.ladder import Ladder
from policies.stages import Stage
from policies.step import Step


def stages_ahead(ladder: Ladder, step: Step, case: Case) -> frozenset[Stage]:
    """The stages after `step` that may still come for this debtor.

    A step whose conditions do not hold today is left out: a customer who owes too little for mediation is not told of
    it. Source: Code de la consommation L121-6, 5° (no threat of an action that is not possible).
    """
    places = [place for place, one in enumerate(ladder.steps) if one.id == step.id]
    later = ladder.steps[places[0] + 1 :] if places else ()
    return frozenset(one.stage for one in later if why_not(case, one) is None)
