"""What each outcome of a call does, in the words of the form."""

from policies.answer_reasons import PAYMENT_DAYS, REST_DAYS, AnswerReason
from policies.call_choices import SAID_AS_REASONS
from tasks.reason_follows import reply_follows

_OF_CALLS = {
    AnswerReason.WRONG_CONTACT.value: "nothing leaves to the customer for {days} days; then collecting goes on. Find who deals "
    "with invoices there.",
    AnswerReason.STOP.value: "nobody calls any more; messages and notices still leave.",
}
"""Reasons of which a call says something else than a reply."""


def call_follows() -> dict[str, str]:
    """What follows from each choice about a call."""
    replies = reply_follows()
    reasons = {one.value: replies[one.value] for one in SAID_AS_REASONS}
    return reasons | {code: words.format(days=REST_DAYS) for code, words in _OF_CALLS.items()} | {
        "promised": "nothing leaves up to that day; if the money is not there then, collecting goes on. An amount is set against "
        "the oldest invoices first.",
        "pays_now": f"amount, IBAN and reference leave by e-mail at once; nothing else leaves for {PAYMENT_DAYS} days.",
        "plan_wanted": f"nothing leaves for {REST_DAYS} days: agree on the instalments meanwhile (deployment payment-plan).",
        "says_paid": f"nothing leaves for {PAYMENT_DAYS} days, so that the money can arrive.",
        "disputes": "nothing leaves until somebody releases the hold.",
        "refuses": "the ladder goes on to its next step.",
        "call_back": "nothing leaves before that day, and the call comes first in the list at that hour.",
        "voicemail": "you are asked again on the date below; without a date when the policy says, and after its last call the "
        "step is passed over.",
        "no_answer": "you are asked again on the date below; without a date when the policy says, and after its last call the "
        "step is passed over.",
        "other_number": "nobody calls this number any more; you are asked again at once with the next contact.",
        "wrong_number": "nobody calls this number any more, and the ladder goes on.",
        "skip": "the ladder goes on without this step; say why in the note.",
    }  # fmt: skip
