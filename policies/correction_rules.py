"""What follows from each choice about a step that a payment had overtaken."""

from datetime import date

from policies.correction_choices import CorrectionDecided, Repair
from policies.follows import Consequences, Rule
from policies.form_values import Given
from policies.questions import QuestionKind


def _rule(repair: Repair) -> Rule:
    def follows(given: Given, as_of: date) -> Consequences:
        return (CorrectionDecided(repair, given.note),)

    return follows


CORRECTION_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.CORRECTION, repair.value): _rule(repair) for repair in Repair
}
