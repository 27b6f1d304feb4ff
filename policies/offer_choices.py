"""What may be chosen about a settlement or a set-off that somebody proposes."""

from policies.choice import Choice
from policies.questions import QuestionKind

_REFUSE = Choice("refuse", "Refuse it", needs=frozenset({"note"}))

OFFER_CHOICES: dict[QuestionKind, tuple[Choice, ...]] = {
    QuestionKind.SETTLEMENT: (Choice("offer", "Offer this settlement to the customer"), _REFUSE),
    QuestionKind.SET_OFF: (Choice("set_off", "Set it off as shown"), _REFUSE),
}
