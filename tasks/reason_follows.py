"""What each answer about a reply does, in the words of the form: the rest or the hold, and what somebody does next."""

from collections.abc import Mapping

from policies.answer_reasons import REASON_LAWS, REST_DAYS, AnswerReason, Reach, ReasonLaw
from policies.facts import HoldKind
from policies.reply_choices import BY_HAND, GO_ON

_MORE: Mapping[AnswerReason, str] = {
    AnswerReason.NOT_RECEIVED: "the copy of each invoice whose file is kept leaves at once; besides, ",
    AnswerReason.WRONG_CONTACT: "a better address is taken from the words, written as `e-mail: name@company.example`; ",
}


def reply_follows() -> dict[str, str]:
    """What follows from each choice about a reply."""
    reasons = {one.value: _MORE.get(one, "") + _held(law) + _next(one, law) for one, law in REASON_LAWS.items()}
    return reasons | {
        GO_ON: "the replies count as read, and collecting goes on where it stood.",
        BY_HAND: f"nothing leaves about these invoices for {REST_DAYS} days; then collecting goes on.",
    }


def _held(law: ReasonLaw) -> str:
    """*nothing leaves about these invoices for 7 days.*"""
    whose = "to the customer" if law.reach is Reach.CUSTOMER else "about these invoices"
    if law.hold is None:
        return ""
    if law.hold is HoldKind.OPT_OUT:
        return "nothing leaves by the way the message came; notices the law demands still do."
    if law.hold is HoldKind.PROMISE:
        return f"nothing leaves {whose} up to that day; if the money is not there then, collecting goes on."
    if law.needs_day:
        return f"nothing leaves {whose} up to that day; then collecting goes on."
    if law.days is None:
        return f"nothing leaves {whose} until somebody releases the hold."
    return f"nothing leaves {whose} for {law.days} days; then collecting goes on."


def _next(reason: AnswerReason, law: ReasonLaw) -> str:
    """What is left for a person to do."""
    if reason is AnswerReason.REFUSES:
        return "the ladder goes on to its next step."
    return "" if reason is AnswerReason.NOT_RECEIVED else f" {law.next_step}"
