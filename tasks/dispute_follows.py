"""What each decision about a dispute does, in the words of its form."""

from policies.dispute_terms import CREDIT_WITHIN, REST_AFTER_NO
from policies.dispute_verdict import Verdict

DISPUTE_FOLLOWS = {
    Verdict.ACCEPT.value: f"it is not asked for any more; you are asked again if the credit note has not come in {CREDIT_WITHIN} days.",
    Verdict.ACCEPT_PART.value: f"the amount you write is not asked for any more, the rest is due again; you are asked again if the credit note has not come in {CREDIT_WITHIN} days.",
    Verdict.REJECT.value: f"the customer reads your reason in an e-mail, word for word; nothing else leaves for {REST_AFTER_NO} days, then the ladder goes on where it stood.",
    Verdict.WITHDRAWN.value: "it is due as before, and the ladder goes on where it stood.",
    Verdict.LATER.value: "everything stays as it is up to that day.",
}  # fmt: skip
"""What each answer does, in the words of the form."""
