"""What things are called on the desk's own pages: kinds of questions, stages, channels, states, roles. English; `say` translates."""

from collections.abc import Mapping

from policies.measure import KIND_WORDS
from tasks import staff_names

KINDS = staff_names.QUESTIONS
STAGES = staff_names.STAGES
CHANNELS = staff_names.CHANNELS
STATES: Mapping[str, str] = {
    "draft": "draft",
    "planned": "planned",
    "reserved": "about to leave",
    "handing_over": "being handed over",
    "confirmed": "sent",
    "refused": "refused",
    "ambiguous": "may or may not have left",
    "voided": "not sent",
    "credited": "credited",
    "waiting": "waits",
    "held": "on hold",
    "acting": "acts now",
    "asking": "asks a person",
    "closing": "closes",
    "in_trouble": "in trouble",
    "open": "open",
    "answered": "answered",
    "paid": "paid",
    "written_off": "written off",
    "withdrawn": "withdrawn",
    "kept": "kept",
    "partly_kept": "partly kept",
    "broken": "broken",
    "proposed": "proposed",
    "agreed": "agreed",
    "awaiting_first": "waits for its first payment",
    "on_track": "on track",
    "late": "late",
    "lapsed": "lapsed",
    "cancelled": "ended by us",
    "taken": "stands",
    "lifted": "lifted",
    "dropped": "no longer proposed",
}
MEASURES: Mapping[str, str] = {kind.value: words for kind, words in KIND_WORDS.items()}
"""Commercial measures."""
HOLDS: Mapping[str, str] = {
    "dispute": "dispute",
    "promise": "promise",
    "plan": "payment plan",
    "settlement": "settlement",
    "set_off": "set-off",
    "insolvency": "insolvency",
    "death": "death",
    "over_indebtedness": "over-indebtedness",
    "complaint": "complaint",
    "opt_out": "opt-out",
    "unread_reply": "unread reply",
    "in_flight": "payment under way",
    "manual": "stopped by a person",
    "court": "before the court",
    "call_back": "call back",
}
SENT = staff_names.BESIDE
"""Messages beside the ladder."""
INCOMING: Mapping[str, str] = {
    "hard_bounce": "the address is dead",
    "soft_bounce": "not delivered",
    "delayed": "delayed",
    "auto_reply": "automatic reply",
    "complaint": "complaint about spam",
    "opt_out": "wants no such messages",
    "delivered": "delivered",
    "read": "read",
    "reply": "reply",
}
ROLES: Mapping[str, str] = {
    "viewer": "viewer", "agent": "agent", "manager": "manager", "legal": "legal department", "admin": "administrator",
}  # fmt: skip
IMPORTS: Mapping[str, str] = {"invoices": "Invoices", "payments": "Payments", "customers": "Customers"}
ORDERS: Mapping[str, str] = {
    "amount": "largest amount first", "age": "oldest debt first", "asked": "longest waiting first",
    "deadline": "soonest deadline first",
}  # fmt: skip
WHOSE: Mapping[str, str] = {"mine": "for me", "role": "for my role", "all": "for everybody"}
ACTS: Mapping[str, str] = {
    "log-call": "Log a call",
    "hold": "Put on hold",
    "release": "End a hold",
    "payment-plan": "Agree on a payment plan",
    "promise": "Note a promise",
    "settlement": "Propose a settlement",
    "set-off": "Propose a set-off",
    "mediation": "Note a mediation",
    "cancel-agreement": "End an agreement",
    "measure": "Propose a commercial measure",
    "lift-measure": "Lift a commercial measure",
    "limitation-act": "Keep the claim alive",
    "write-off": "Propose a write-off",
    "reverse-write-off": "Take a write-off back",
    "court-file": "Follow a file before a court",
    "court-event": "Event of a court file",
    "insolvency": "Note insolvency proceedings",
    "insolvency-close": "End insolvency proceedings",
    "stay": "Note a death, over-indebtedness or a complaint",
    "insurance-cover": "Note the cover of the credit insurer",
    "insurer-consent": "Note what the credit insurer says",
    "note": "Write a note",
    "says-paid": "The customer says it is paid",
    "dispute": "Note a dispute",
    "write-to-customer": "Write to the customer",
    "resend-invoice": "Send a copy of the invoice",
}
"""Deployments a person may start from a page, with the words of their link."""
ALL = (KINDS, STAGES, CHANNELS, STATES, MEASURES, HOLDS, SENT, INCOMING, ROLES, IMPORTS, ORDERS, WHOSE, ACTS)


def name_of(names: Mapping[str, str], code: str | None) -> str:
    """The name of a code; one that has none is read out: `some_code` is *some code*."""
    return names.get(code or "", (code or "").replace("_", " "))
