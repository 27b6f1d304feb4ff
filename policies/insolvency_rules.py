"""What follows from each choice about proceedings and stays."""

from datetime import date

from policies.follows import Consequences, Rule, always, reason, with_reason
from policies.form_values import Given
from policies.insolvency_consequences import (
    ClaimDeclared,
    ClaimGivenUp,
    DeclareClaim,
    FollowedUp,
    GoodsToClaim,
    NoGoods,
    NoticeConfirmed,
    NoticeDismissed,
)
from policies.questions import QuestionKind


def _open(given: Given, as_of: date) -> Consequences:
    return (NoticeConfirmed(given.on or as_of, given.email, given.note),)


def _declared(given: Given, as_of: date) -> Consequences:
    return (ClaimDeclared(given.on or as_of),)


def _claim_back(given: Given, as_of: date) -> Consequences:
    return (GoodsToClaim(given.on or as_of, given.note),)


_Q = QuestionKind
INSOLVENCY_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (_Q.INSOLVENCY_NOTICE, "open"): _open,
    (_Q.INSOLVENCY_NOTICE, "dismiss"): with_reason(NoticeDismissed),
    (_Q.CLAIM_DECLARATION, "declare"): always(DeclareClaim()),
    (_Q.CLAIM_DECLARATION, "declared"): _declared,
    (_Q.CLAIM_DECLARATION, "give_up"): with_reason(ClaimGivenUp),
    (_Q.RETENTION, "claim_back"): _claim_back,
    (_Q.RETENTION, "none"): always(NoGoods()),
    (_Q.STAY, "done"): lambda given, as_of: (FollowedUp(True, reason(given)),),
    (_Q.STAY, "not_needed"): lambda given, as_of: (FollowedUp(False, reason(given)),),
}
