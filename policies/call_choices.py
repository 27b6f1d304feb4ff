"""What a person may choose about a telephone call: whom it reached and what was said, or that it reached nobody."""

from policies.answer_reasons import REASON_LAWS, AnswerReason
from policies.choice import Choice

PROMISED, PAYS_NOW, PLAN_WANTED, CALL_BACK = "promised", "pays_now", "plan_wanted", "call_back"
VOICEMAIL, NO_ANSWER, WRONG_NUMBER, OTHER_NUMBER, SKIP = (
    "voicemail", "no_answer", "wrong_number", "other_number", "skip"
)  # fmt: skip

_DATE, _NOTE, _NONE = frozenset({"date"}), frozenset({"note"}), frozenset[str]()
_NAMED = (AnswerReason.PROMISE, AnswerReason.PAID, AnswerReason.DISAGREES, AnswerReason.REFUSES)
"""Reasons whose outcomes have codes of their own, older than the list."""
SAID_AS_REASONS: tuple[AnswerReason, ...] = tuple(one for one in AnswerReason if one not in _NAMED)
"""Reasons that are outcomes by their own name."""

IN_VAIN = frozenset({VOICEMAIL, NO_ANSWER})
"""Outcomes of a call that reached nobody, of which a policy allows only so many."""
NOT_SPOKEN = IN_VAIN | {WRONG_NUMBER, OTHER_NUMBER, SKIP}
"""Outcomes in which the customer was not spoken to."""


def _said(reason: AnswerReason) -> Choice:
    law = REASON_LAWS[reason]
    return Choice(reason.value, law.sentence, needs=_DATE if law.needs_day else _NONE)


CALL_CHOICES: tuple[Choice, ...] = (
    Choice(PROMISED, "Promised to pay on the date below", needs=_DATE, uses=frozenset({"amount"})),
    Choice(PAYS_NOW, "Pays during the call: send the payment details"),
    Choice(PLAN_WANTED, "Wants to pay in instalments"),
    Choice("says_paid", "Says it is paid"),
    *(_said(reason) for reason in SAID_AS_REASONS),
    Choice("disputes", "Disputes the invoice"),
    Choice("refuses", "Refuses to pay, go on"),
    Choice(CALL_BACK, "Asks to be called back on the date below", needs=_DATE),
    Choice(VOICEMAIL, "Voicemail, call again", uses=_DATE),
    Choice(NO_ANSWER, "No answer, call again", uses=_DATE),
    Choice(OTHER_NUMBER, "Wrong number, call the other contact"),
    Choice(WRONG_NUMBER, "Wrong number, go on without the call"),
    Choice(SKIP, "Skip this step", needs=_NOTE),
)
"""In the order of a form: what was said first, then whom nobody reached."""
