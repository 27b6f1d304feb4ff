"""What follows from each choice about a mediation.

The note is not the reason of anything that holds a case: it stays with the mediation, where nobody outside reads it.
"""

from datetime import date

from policies.consequences import SetHold, StepAnswered
from policies.facts import HoldKind
from policies.follows import Consequences, Rule, always
from policies.form_values import Given
from policies.mediation import MediationOutcome
from policies.mediation_choices import TOGETHER, UNDER_WAY
from policies.mediation_consequences import MediationDecided, NameNobody
from policies.questions import QuestionKind


def _over(outcome: MediationOutcome) -> Rule:
    def follows(given: Given, as_of: date) -> Consequences:
        return (MediationDecided(outcome, given.payments), StepAnswered())

    return follows


def _under_way(given: Given, as_of: date) -> Consequences:
    return (MediationDecided(None, on=given.on), SetHold(HoldKind.MANUAL, given.on, given.choice.sentence))


_ENDS = (
    MediationOutcome.PLAN, MediationOutcome.CREDIT, MediationOutcome.REFUSED, MediationOutcome.NO_ANSWER,
    MediationOutcome.FAILED,
)  # fmt: skip
MEDIATION_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (kind, code): rule
    for kind in (QuestionKind.MEDIATION_OUTCOME, QuestionKind.MEDIATION)
    for code, rule in (*((one.value, _over(one)) for one in _ENDS), (UNDER_WAY, _under_way))
} | {(QuestionKind.MEDIATOR, TOGETHER): always(NameNobody())}
