"""The reason behind each outcome of a call, so that calls and replies are counted in one list."""

from collections.abc import Mapping

from policies.answer_reasons import AnswerReason
from policies.call_choices import PAYS_NOW, PLAN_WANTED, PROMISED, SAID_AS_REASONS, WRONG_NUMBER

REASON_OF_CALL: Mapping[str, AnswerReason] = {
    PROMISED: AnswerReason.PROMISE,
    PAYS_NOW: AnswerReason.SENT,
    PLAN_WANTED: AnswerReason.CANNOT_PAY_NOW,
    "says_paid": AnswerReason.PAID,
    "disputes": AnswerReason.DISAGREES,
    WRONG_NUMBER: AnswerReason.WRONG_CONTACT,
    "refuses": AnswerReason.REFUSES,
    **{reason.value: reason for reason in SAID_AS_REASONS},
}
"""Of the outcomes in which a reason was given; the others reached nobody, or agreed on another moment."""
