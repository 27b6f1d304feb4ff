"""A claim assigned to another is paid to that one's account."""

from datetime import date

from policies.facts import Hold, HoldKind


def held_for_assignee(assignee: str, iban: str, today: date, owner: str) -> Hold | None:
    """While messages of its own are not written, none leaves rather than one that names the wrong account.

    It follows from the invoice alone: nobody can release it, only an invoice that is not assigned is free of it.
    """
    if not assignee and not iban:
        return None
    known = f"to be paid to {iban}" if iban else "whose account is not known"
    reason = f"assigned to {assignee or 'another'}, {known}: our messages would name your own account; write to the debtor yourself"
    return Hold(HoldKind.MANUAL, reason, today, None, owner)
