"""Who may start which act from its short form. What is not listed is started by nobody at the desk."""

from collections.abc import Mapping

from policies.staff import Role

EVERYDAY = frozenset({Role.AGENT, Role.MANAGER, Role.ADMIN})
"""Talking to customers and working the inbox."""
WITH_LEGAL = EVERYDAY | {Role.LEGAL}
"""The same, and what a lawyer does about a claim."""
LEGAL = frozenset({Role.MANAGER, Role.LEGAL, Role.ADMIN})
"""What decides about a claim before a court."""
STEERING = frozenset({Role.MANAGER, Role.ADMIN})
"""Giving a claim up or away, and the machinery."""

ACT_ROLES: Mapping[str, frozenset[Role]] = {
    "import-invoices": EVERYDAY,
    "import-payments": EVERYDAY,
    "delegate": WITH_LEGAL,
    "object": frozenset(Role),  # a salesperson reads, and says this one thing
    "log-call": WITH_LEGAL,
    "hold": WITH_LEGAL,
    "release": WITH_LEGAL,
    "note": WITH_LEGAL,
    "payment-plan": EVERYDAY,
    "promise": EVERYDAY,
    "settlement": EVERYDAY,
    "set-off": EVERYDAY,
    "cancel-agreement": STEERING,
    "measure": EVERYDAY,
    "lift-measure": STEERING,
    "says-paid": EVERYDAY,
    "write-to-customer": EVERYDAY,
    "resend-invoice": EVERYDAY,
    "letter-posted": EVERYDAY,
    "dispute": EVERYDAY,
    "mediation": WITH_LEGAL,
    "write-off": WITH_LEGAL,
    "reverse-write-off": STEERING,
    "letter-outcome": EVERYDAY,
    "insolvency": WITH_LEGAL,
    "insolvency-close": LEGAL,
    "stay": WITH_LEGAL,
    "insurance-cover": STEERING,
    "insurer-consent": STEERING,
    "placement-status": EVERYDAY,
    "agency-paid": STEERING,
    "placement-recall": EVERYDAY,
    "limitation-act": LEGAL,
    "court-event": LEGAL,
    "court-file": LEGAL,
    "collect-invoice": STEERING,  # *Copy to new run*: the copy sees the live run and ends
}
"""By the name of the deployment."""


def may_start(act: str, role: Role) -> str:
    """Why somebody of this role may not start the act, as a sentence; empty where they may."""
    allowed = ACT_ROLES.get(act)
    if allowed is None:
        return "Relance starts this by itself; nobody starts it by hand."
    if role in allowed:
        return ""
    names = ", ".join(one.value for one in Role if one in allowed)
    return f"As {role.value} you may not start this; it is for: {names}."
