"""Which entries of a case's journal tell what passed between the parties: how we decide among ourselves is nobody else's.

What was said to reach an agreement is kept back besides (`policies.confidential`).
"""

from collections.abc import Mapping

TOLD = frozenset({
    "opened", "confirmed", "refused", "ambiguous", "reported", "step_undone", "posted", "letter_outcome", "step_behind",
    "called", "disputed", "dispute_decided", "held", "agreement_kept", "agreement_partly_kept", "agreement_broken",
    "agreement_made", "agreement_ended_kept", "agreement_ended_lapsed", "agreement_ended_cancelled", "agreement_stands_again",
    "act_recorded", "act_taken_back", "paid", "credited", "payment_returned", "payment_moved", "credit_moved",
    "difference_let_go", "difference_owed_again", "told", "changed", "written_off", "withdrawn", "closed", "reopened",
})  # fmt: skip
BETWEEN_THE_PARTIES = frozenset({"promise", "plan", "dispute", "insolvency"})
"""Holds that are part of what passed between them."""


def is_told(kind: str, facts: Mapping[str, object]) -> bool:
    """Whether an entry may stand in a file handed over, as far as it concerns the parties.

    >>> is_told("answered", {"actor": "marie"}), is_told("paid", {"amount": 100})
    (False, True)
    """
    return kind in TOLD and (kind != "held" or facts.get("kind") in BETWEEN_THE_PARTIES)
