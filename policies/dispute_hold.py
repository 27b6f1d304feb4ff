"""While all that is left of an invoice is disputed, or its credit note is awaited, its case waits: it cannot close."""

from policies.case import Case
from policies.dispute import DisputeState
from policies.dispute_reasons import in_words
from policies.facts import Hold, HoldKind
from policies.money import plain


def waiting_hold(case: Case) -> Hold | None:
    """The hold under which a case stands whose undisputed part is settled; None: something is demanded, or nothing open."""
    dispute = case.dispute
    if dispute is None or case.principal > 0 or not case.set_aside:
        return None
    amount = f"{plain(case.set_aside, case.currency)} {case.currency}"
    reason = (
        f"a credit note of {amount} is awaited"
        if dispute.state is DisputeState.ACCEPTED
        else f"{amount} disputed: {in_words(dispute.reason)}"
    )
    return Hold(HoldKind.DISPUTE, reason, dispute.since, None, dispute.owner)
