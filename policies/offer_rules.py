"""What follows from a manager's choice about a settlement or a set-off."""

from policies.agreement_consequences import AgreementAccepted, AgreementRefused
from policies.consequences import AddNote
from policies.follows import Rule, always, reason
from policies.questions import QuestionKind

_Q = QuestionKind
OFFER_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (_Q.SETTLEMENT, "offer"): always(AgreementAccepted()),
    (_Q.SETTLEMENT, "refuse"): lambda given, as_of: (AgreementRefused(), AddNote(reason(given))),
    (_Q.SET_OFF, "set_off"): always(AgreementAccepted()),
    (_Q.SET_OFF, "refuse"): lambda given, as_of: (AgreementRefused(), AddNote(reason(given))),
}
