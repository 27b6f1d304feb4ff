"""What follows from what a person says of the insurer's consent, or of a claim on it."""

from policies.follows import Rule, reason
from policies.insurance_choices import FILE, GRANTED, LEAVE, NOT_NEEDED, REFUSED
from policies.insurance_consequences import ClaimAnswered, ConsentAnswered
from policies.insurer_consent import ConsentState
from policies.questions import QuestionKind

_Q = QuestionKind


def _answered(state: ConsentState) -> Rule:
    return lambda given, as_of: (ConsentAnswered(state, given.on or as_of, reason(given)),)


INSURANCE_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (_Q.INSURER_CONSENT, GRANTED): _answered(ConsentState.GRANTED),
    (_Q.INSURER_CONSENT, REFUSED): _answered(ConsentState.REFUSED),
    (_Q.INSURER_CONSENT, NOT_NEEDED): _answered(ConsentState.NOT_NEEDED),
    (_Q.INSURANCE_CLAIM, FILE): lambda given, as_of: (ClaimAnswered(True, given.note),),
    (_Q.INSURANCE_CLAIM, LEAVE): lambda given, as_of: (ClaimAnswered(False, reason(given)),),
}
