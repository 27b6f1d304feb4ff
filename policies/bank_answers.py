"""Why bank data is recent enough, in a sentence."""

from policies.matter import Matter
from policies.said import full_day


def bank_is_fresh(matter: Matter) -> str:
    """*Yes: known through 5 Mar 2026, at most 2 bank days ago*."""
    bank = matter.case.bank
    if bank is None:
        return "Not asked: no bank file was ever read, what is paid is known from the ledger's exports"
    if matter.look.today <= matter.case.due:
        return "Not asked: nothing is late yet"
    known = f"known through {full_day(bank.through)}"
    allowed = bank.allowed(matter.at_step.step.stage)
    return (
        f"Yes: {known}, and its age is not limited"
        if allowed is None
        else f"Yes: {known}, at most {allowed} bank days ago"
    )
