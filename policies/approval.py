"""Whether a person must agree before a step leaves, and in which question (design 4.8, 4.11)."""

from policies.case import Case
from policies.climb import Turn
from policies.decisions import Ask, Because, Reason
from policies.ladder import ApprovalRule, Step
from policies.look import Look
from policies.money import plain
from policies.questions import QuestionKind
from policies.stages import HARDNESS, Stage

GIVEN_AWAY = HARDNESS[Stage.AGENCY]
"""From this stage on somebody else pursues the claim."""
APPROVALS: frozenset[QuestionKind] = frozenset({QuestionKind.APPROVE, QuestionKind.DAILY_REVIEW})


def needs_approval(look: Look, turn: Turn) -> Ask | None:
    """The question a person must answer first; None when the step needs none, or a person has agreed."""
    case, step = look.case, turn.step
    if step.approval is ApprovalRule.NEVER or is_agreed(case, step, turn.occurrence):
        return None
    facts = (
        ("step", step.id),
        ("overdue", plain(case.customer_overdue, case.currency)),
        ("currency", case.currency),
    )
    limit = limit_of(case, step)
    if limit is None or case.customer_overdue > limit:
        return Ask(QuestionKind.APPROVE, step, Because(Reason.NEEDS_APPROVAL, facts), turn.occurrence)
    return Ask(QuestionKind.DAILY_REVIEW, step, Because(Reason.IN_DAILY_REVIEW, facts), turn.occurrence)


def is_agreed(case: Case, step: Step, occurrence: int) -> bool:
    """Whether an agreement to this time of the step stands."""
    return any(
        agreed.step == step.id and agreed.occurrence == occurrence and agreed.kind in APPROVALS
        for agreed in case.agreed
    )


def limit_of(case: Case, step: Step) -> int | None:
    """The overdue total up to which the daily review is enough, in minor units; None: always a question of its own.

    The review is answered by one person whom the everyday acts are for: what two people sign, an agency and a court are not in it.
    """
    if step.approval is not ApprovalRule.ABOVE or step.approval_above is None or HARDNESS[step.stage] >= GIVEN_AWAY:
        return None
    limit, two = step.approval_above.get(case.currency), step.second_signature_above
    if limit is None or two is None:
        return limit
    return min(limit, two[case.currency]) if case.currency in two else None
