"""The choices of a dispute's question."""

from policies.choice import Choice
from policies.dispute_verdict import Verdict

_NOTE, _DATE, _AMOUNT = frozenset({"note"}), frozenset({"date"}), frozenset({"amount"})

DISPUTE_CHOICES: tuple[Choice, ...] = (
    Choice(Verdict.ACCEPT.value, "The customer is right: a credit note follows"),
    Choice(
        Verdict.ACCEPT_PART.value, "The customer is right about the amount below: a credit note follows", needs=_AMOUNT
    ),
    Choice(Verdict.REJECT.value, "The invoice stands: tell the customer why and go on", needs=_NOTE),
    Choice(Verdict.WITHDRAWN.value, "The customer disputes it no longer: go on"),
    Choice(Verdict.LATER.value, "Still looking into it: ask again on the date below", needs=_DATE),
)
