"""Where messages go, as `status` and `doctor` say it."""

from storage.going_live import LiveState

MOST_NAMED = 10
"""Customers named one by one; a longer list is counted."""


def live_words(state: LiveState) -> str:
    """*Messages go to C001 and C002 only, everything else to the local sink; 12 of 50 may still leave today.*"""
    if not state.live:
        return "Messages go to the local sink only."
    whom = "Messages go to debtors"
    if state.limited:
        named = ", ".join(state.only) if len(state.only) <= MOST_NAMED else f"{len(state.only)} named customers"
        whom = f"Messages go to {named or 'nobody'} only, everything else to the local sink"
    if state.most_today is None:
        return f"{whom}."
    return f"{whom}; {state.left_today} of {state.most_today} may still leave today."
