"""What a person may say of a mediation: of a step of the ladder, and of one outside it; and who is proposed as mediator."""

from policies.choice import Choice
from policies.mediation import MediationOutcome
from policies.questions import QuestionKind

_PAYMENTS, _DATE = frozenset({"payments"}), frozenset({"date"})
UNDER_WAY, TOGETHER = "under_way", "together"

_OUTCOMES: tuple[Choice, ...] = (
    Choice(MediationOutcome.PLAN.value, "Agreement reached: it is paid in parts, as written below", needs=_PAYMENTS),
    Choice(
        MediationOutcome.CREDIT.value,
        "Agreement reached: the amount below is given up, the rest is due",
        needs=_PAYMENTS,
    ),
    Choice(MediationOutcome.REFUSED.value, "Mediation was refused, go on"),
    Choice(MediationOutcome.NO_ANSWER.value, "No answer came in time, go on"),
    Choice(MediationOutcome.FAILED.value, "It took place and failed, go on"),
    Choice(UNDER_WAY, "Still under way, come back on the date below", needs=_DATE),
)
MEDIATION_CHOICES: dict[QuestionKind, tuple[Choice, ...]] = {
    QuestionKind.MEDIATION_OUTCOME: _OUTCOMES,
    QuestionKind.MEDIATION: _OUTCOMES,
    QuestionKind.MEDIATOR: (Choice(TOGETHER, "Name nobody: the mediator is chosen together"),),
}
