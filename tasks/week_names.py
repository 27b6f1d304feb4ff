"""What the weekly report and the digest call kinds of questions, messages, incoming letters and troubles. English; `say` translates."""

from collections.abc import Mapping

QUESTIONS: Mapping[str, str] = {
    "approve": "Approval",
    "daily_review": "Daily review",
    "call_outcome": "Call",
    "mediation_outcome": "Mediation",
    "exhausted": "End of the ladder",
    "hold_review": "Hold",
    "ambiguous": "Did it arrive?",
    "undeliverable": "Address refused",
    "limitation": "Claim soon dead",
    "time_barred": "Dead claim",
    "bank_data": "Bank data too old",
    "migration": "Policy",
    "credit": "Credit note",
    "data_review": "Check of data",
    "reply": "Reply",
    "letters": "Letters to post",
    "resend": "Send once more",
    "match": "Payment",
    "dispute": "Dispute",
    "settlement": "Settlement",
    "objection": "Objection",
    "set_off": "Set-off",
}
STAGES: Mapping[str, str] = {
    "": "Nothing sent yet",
    "upcoming": "Upcoming notice",
    "courtesy_reminder": "Courtesy reminder",
    "second_reminder": "Second reminder",
    "formal_notice": "Formal notice",
    "follow_up_call": "Follow-up call",
    "mediation": "Mediation",
    "agency": "Agency",
    "legal": "Court",
}
BESIDE: Mapping[str, str] = {
    "payment_bounced": "A payment came back",
    "payment_received": "Thanks for a payment",
    "credit_booked": "A credit note is booked",
    "dispute_settled": "A dispute is settled",
    "notice_withdrawn": "A notice is withdrawn",
    "plan_accepted": "A payment plan is accepted",
    "instalment_due": "An instalment is due soon",
    "plan_ended": "End of a payment plan",
    "settlement_paid": "A settlement is paid",
    "plan_agreed": "A payment plan is agreed",
    "plan_lapsed": "A payment plan has lapsed",
    "settlement_offer": "A settlement is offered",
    "settlement_void": "A settlement is void",
    "set_off": "A set-off",
    "dispute_rejected": "A dispute is not accepted",
    "written": "Written by hand",
    "invoice_copy": "Copy of an invoice",
    "payment_details": "How to pay",
}
CHANNELS: Mapping[str, str] = {
    "email": "e-mail",
    "sms": "SMS",
    "letter": "letter",
    "call": "call",
    "handover": "file handed over",
    "question": "a person is asked first",
}
HEARD: Mapping[str, str] = {
    "reply": "Replies",
    "opt_out": "Wishes to hear no more",
    "complaint": "Complaints of spam",
    "auto_reply": "Automatic replies",
}
WAYS: Mapping[tuple[str, str], str] = {
    ("own_policy", ""): "A policy of their own",
    ("skipped_step", ""): "Step skipped by a person",
    ("hold", "manual"): "Stopped by a person",
    ("hold", "dispute"): "On hold: dispute",
    ("hold", "promise"): "On hold: promise",
    ("hold", "plan"): "On hold: payment plan",
    ("hold", "insolvency"): "On hold: insolvency",
    ("hold", "complaint"): "On hold: complaint",
    ("hold", "opt_out"): "On hold: wish to hear no more",
    ("hold", "unread_reply"): "On hold: reply nobody has read",
    ("hold", "in_flight"): "On hold: payment under way",
    ("hold", "call_back"): "On hold: call again",
}
TROUBLES: Mapping[str, tuple[str, str]] = {
    "in_trouble": ("Cases whose last wake-up failed", "/desk"),
    "ambiguous": ("Messages that may or may not have left", "/desk/inbox?kind=ambiguous"),
    "unread": ("Replies nobody has read", "/desk/inbox?kind=reply"),
    "unmatched": ("Bank lines without an invoice", "/desk/inbox?kind=match"),
    "dead_addresses": ("Addresses that died in the week", "/desk"),
    "staff_mail": ("E-mails to our own people that did not surely arrive", "/desk"),
    "without_policy": ("Late invoices without a policy", "/desk"),
    "not_live": ("Nothing leaves to customers: `live` is off", "/desk"),
    "not_collecting": ("Collecting is switched off", "/desk"),
}
"""Each with its words and the page where somebody looks at it."""


def name_of(names: Mapping[str, str], code: str) -> str:
    """What it is called; a code without a name is read as words."""
    return names.get(code) or code.replace("_", " ").capitalize()
