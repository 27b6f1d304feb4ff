"""Whether bank data is recent enough, in a sentence."""

from collections.abc import Mapping
from datetime import date

from policies.decisions import Decision
from policies.matter import Matter
from policies.said import full_day, name, payment_words

TOLD = 3
"""Payments told at most."""


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


def bank_is_too_old(matter: Matter, decision: Decision, facts: Mapping[str, str]) -> str:
    """*No: it ends on 5 Mar 2026, 4 bank days ago, and at most 2 are allowed*."""
    days = "1 bank day" if facts["age"] == "1" else f"{facts['age']} bank days"
    through = full_day(date.fromisoformat(facts["through"]))
    return f"No: it ends on {through}, {days} ago, and at most {facts['allowed']} are allowed"


def no_money_waits(matter: Matter) -> str:
    """That no payment waits which may be for it, or which one does and stops nothing yet."""
    if not matter.case.may_be_paid:
        return "No: no payment waits that may be for it"
    told = "; ".join(payment_words(one) for one in matter.case.may_be_paid[:TOLD])
    return f"It may have: {told}; a {name(matter.at_step.step)} accuses nobody and may leave"
