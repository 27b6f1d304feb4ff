"""What a person may choose about a reply: one reason of the list, or none."""

from policies.answer_reasons import REASON_LAWS, AnswerReason, Reach
from policies.choice import Choice

GO_ON, BY_HAND = "go_on", "by_hand"
_INVOICES, _DATE, _NONE = frozenset({"invoices"}), frozenset({"date"}), frozenset[str]()


def _choice(reason: AnswerReason) -> Choice:
    law = REASON_LAWS[reason]
    return Choice(
        reason.value,
        law.sentence,
        needs=_DATE if law.needs_day else _NONE,
        uses=_INVOICES if law.reach is Reach.INVOICES else _NONE,
    )


REPLY_CHOICES: tuple[Choice, ...] = (
    *(_choice(reason) for reason in AnswerReason),
    Choice(GO_ON, "Nothing to do: go on"),
    Choice(BY_HAND, "Answered by hand, wait 7 days", uses=_INVOICES),
)
