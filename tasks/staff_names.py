"""What staff call questions, steps, channels and messages beside the ladder, everywhere they are named alone. English; `say` translates."""

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
    "measure": "Commercial measure",
    "match": "Payment",
    "dispute": "Dispute",
    "settlement": "Settlement",
    "objection": "Objection",
    "set_off": "Set-off",
}
STAGES: Mapping[str, str] = {
    "upcoming": "Upcoming notice",
    "courtesy_reminder": "Courtesy reminder",
    "second_reminder": "Second reminder",
    "formal_notice": "Formal notice",
    "follow_up_call": "Follow-up call",
    "mediation": "Mediation",
    "agency": "Agency",
    "legal": "Court",
}
CHANNELS: Mapping[str, str] = {
    "email": "e-mail",
    "sms": "SMS",
    "letter": "letter",
    "call": "call",
    "handover": "file handed over",
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
    "measure_taken": "A commercial measure is taken",
    "measure_lifted": "A commercial measure is lifted",
    "set_off": "A set-off",
    "dispute_rejected": "A dispute is not accepted",
    "written": "Written by hand",
    "invoice_copy": "Copy of an invoice",
    "payment_details": "How to pay",
}
"""Messages beside the ladder."""
