"""What came of a call, in a few words."""

from collections.abc import Mapping

from policies.answer_reasons import REASON_LAWS
from policies.call_choices import (
    CALL_BACK,
    NO_ANSWER,
    OTHER_NUMBER,
    PAYS_NOW,
    PLAN_WANTED,
    PROMISED,
    SAID_AS_REASONS,
    VOICEMAIL,
    WRONG_NUMBER,
)

OUTCOME_WORDS: Mapping[str, str] = {
    PROMISED: "Promised to pay",
    PAYS_NOW: "Pays during the call",
    PLAN_WANTED: "Wants to pay in instalments",
    "says_paid": "Says it is paid",
    **{one.value: REASON_LAWS[one].said for one in SAID_AS_REASONS},
    "disputes": "Disputes the invoice",
    "refuses": "Refuses to pay",
    CALL_BACK: "Asks to be called back",
    VOICEMAIL: "Voicemail",
    NO_ANSWER: "No answer",
    OTHER_NUMBER: "Wrong number",
    WRONG_NUMBER: "Wrong number",
}
"""By the codes of `call_choices`."""
