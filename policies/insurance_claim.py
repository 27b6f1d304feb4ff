"""A claim on the credit insurer: what may be claimed, and who gets what comes in after it has paid."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from policies.insured import Insured


class ClaimState(StrEnum):
    """Where a claim on the insurer stands."""

    PROPOSED = "proposed"  # a person is asked whether it leaves
    APPROVED = "approved"  # it leaves
    FILED = "filed"  # the insurer has it
    REFUSED = "refused"  # it was decided not to file it, or the insurer declined it
    PAID = "paid"  # the insurer paid; the debtor owes all the same


def why_not_claimed(cases: Sequence[Insured], today: date) -> str:
    """Why no claim can be made for these invoices, as a sentence; empty: it can.

    What is disputed is not covered until the dispute is settled, unless the policy says otherwise (law.md section 15).
    """
    if not cases or not any(one.amount for one in cases):
        return "None of it is insured: there is nothing to claim."
    for one in cases:
        if wrong := _wrong(one, cases[0].insurance_number, today):
            return wrong
    insurance, amount = cases[0].insurance, sum(one.amount for one in cases)
    if insurance is not None and amount < insurance.minimum_claim:
        return "It is less than the smallest claim of the policy."
    return ""


def _wrong(one: Insured, insurance: int, today: date) -> str:
    if one.insurance is None or not one.amount:
        return f"{one.invoice.number} is not insured: leave it out."
    if one.insurance.number != insurance:
        return "These invoices are insured under several policies: make a claim under each."
    if one.invoice.disputed and not one.insurance.covers_disputed:
        return f"{one.invoice.number} is disputed: the insurer covers it once the dispute is settled."
    if one.filing is not None and today > one.filing:
        return f"The last day for filing {one.invoice.number} was {one.filing}: ask the insurer before anything else."
    return ""


def shared(received: int, indemnity: int, claimed: int) -> int:
    """The insurer's part, in minor units, of what the debtor paid since the insurer paid: it stands in our rights for the part
    of the claim it paid (subrogation, as the policy shares recoveries), rounded down.
    """
    return 0 if claimed <= 0 else received * min(indemnity, claimed) // claimed
