"""How much of the contacts allowed is left for a debtor."""

from policies.calendar_days import days_after
from policies.climb import Turn
from policies.contact_budget import is_counted, is_owed_by_law
from policies.law.contact_rules import Cap
from policies.look import Look
from policies.reach import carrier


def budget_left(look: Look, turn: Turn) -> str:
    """*Yes: 1 of 3 contacts by email, sms in 7 days*; or why no cap is asked."""
    channel = carrier(look.case, turn.step, turn.occurrence)
    if channel is None or not is_counted(channel):
        return "Yes: it is not addressed to the customer"
    if is_owed_by_law(turn.step):
        return "Yes: the law asks for this message, no cap stops it"
    law = None if look.case.law is None else look.case.law.contact
    caps = (*look.ladder.caps, *(() if law is None else law.caps))
    told = [_told(look, cap) for cap in caps if channel in cap.channels]
    return f"Yes: {'; '.join(told)}" if told else "Yes: neither the law nor the policy sets a cap"


def _told(look: Look, cap: Cap) -> str:
    recent = [
        one
        for one in look.case.contacts
        if one.ours and one.channel in cap.channels and days_after(one.on, cap.days) > look.today
    ]
    by = ", ".join(sorted(channel.value for channel in cap.channels))
    return f"{len(recent)} of {cap.most} contacts by {by} in {cap.days} day{'s' if cap.days != 1 else ''}"
