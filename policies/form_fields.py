"""What the form of a question asks for: at most four fields, the decision first."""

from policies.form_field import DECISION, NOTE, FormField
from policies.insolvency_fields import INSOLVENCY_FIELDS
from policies.questions import QuestionKind

__all__ = ["DECISION", "NOTE", "FormField", "fields"]

CALL_DATE = FormField(
    "date", "Date", "YYYY-MM-DD, to call back also YYYY-MM-DD HH:MM. The day promised, or the day to call again.", False
)
CALL_AMOUNT = FormField("amount", "Amount", "What is promised for that day, such as 500.00; empty: everything.", False)
CALL_NOTE = FormField("note", "Note", "Facts only: the customer may read them. Needed to skip the step.", False)
AGREED = FormField(
    "payments",
    "Agreed",
    "A plan: 2026-05-01=500.00; 2026-06-01=250.00, or 3 from 2026-05-01. A part given up: its amount, 150.00.",
    False,
)
BACK_DATE = FormField("date", "Date", "YYYY-MM-DD. The day to come back to it.", False)
KEPT_NOTE = FormField("note", "Note", "It stays here: no agency, court or insurer is ever given it.", False)
HOLD_DATE = FormField("date", "Date", "YYYY-MM-DD. The last day to keep holding.", False)
ACT_DATE = FormField("date", "Date", "YYYY-MM-DD. The day of the act; never a day to come.", False)
BANK_DATE = FormField("date", "Date", "YYYY-MM-DD. The last day on which every payment is in Relance.", False)
POSTED_DATE = FormField("date", "Date", "YYYY-MM-DD. The day on which they were posted; empty: today.", False)
CONSENT_DATE = FormField("date", "Date", "YYYY-MM-DD. The day of the insurer's answer; never a day to come.", False)
CONSENT_NOTE = FormField("note", "Reference", "The insurer's reference, or the reason.", False)
EMAIL = FormField("email", "E-mail", "The address to send to from now on.", False)
REPLY_DATE = FormField(
    "date", "Date", "YYYY-MM-DD. The day the customer names: of the payment, or of the approval.", False
)
INVOICES = FormField(
    "invoices", "Invoices", "The numbers it is about, with commas between them; empty: all in question.", False
)
WORDS = FormField(
    "note", "Words", "What the customer says, in a few words; a new address as e-mail: name@company.example", False
)
UNTIL_DATE = FormField("date", "Date", "YYYY-MM-DD. The day on which you are asked again.", False)
AMOUNT = FormField("amount", "Amount", "What the customer is right about, in the invoice's currency: 400.00", False)
WHY = FormField("note", "Why", "Your reason. Where the invoice stands the customer reads it, word for word.", False)
REVIEW_DATE = FormField(
    "date", "Date", "YYYY-MM-DD. The day on which you look at it again; empty: as it is proposed.", False
)
CLAUSE = FormField(
    "note",
    "Clause, or why not",
    "To take it: the clause of the contract it rests on, which the customer reads. To refuse it: why.",
    False,
)
CUSTOMERS = FormField("customers", "Customers left out", "Customer numbers, with commas between them.", False)
ONLY = FormField("only", "Only these invoices", "Numbers with commas between them; empty: all of them.", False)
ONLY_SENT = FormField(
    "only",
    "Only these invoices",
    "Numbers with commas between them; empty: all of them. To send for some, you are asked again with a draft for exactly those.",
    False,
)

_FIELDS: dict[QuestionKind, tuple[FormField, ...]] = {
    QuestionKind.APPROVE: (DECISION, ONLY_SENT, NOTE),
    QuestionKind.DAILY_REVIEW: (DECISION, CUSTOMERS, NOTE),
    QuestionKind.CALL_OUTCOME: (DECISION, CALL_DATE, CALL_AMOUNT, CALL_NOTE),
    QuestionKind.MEDIATION_OUTCOME: (DECISION, AGREED, BACK_DATE, KEPT_NOTE),
    QuestionKind.MEDIATION: (DECISION, AGREED, BACK_DATE, KEPT_NOTE),
    QuestionKind.MEDIATOR: (DECISION, NOTE),
    QuestionKind.EXHAUSTED: (DECISION, ONLY, NOTE),
    QuestionKind.HOLD_REVIEW: (DECISION, HOLD_DATE, ONLY, NOTE),
    QuestionKind.AMBIGUOUS: (DECISION, NOTE),
    QuestionKind.UNDELIVERABLE: (DECISION, EMAIL, NOTE),
    QuestionKind.LIMITATION: (DECISION, ACT_DATE, ONLY, NOTE),
    QuestionKind.TIME_BARRED: (DECISION, ACT_DATE, ONLY, NOTE),
    QuestionKind.BANK_DATA: (DECISION, BANK_DATE, NOTE),
    QuestionKind.MIGRATION: (DECISION, NOTE),
    QuestionKind.CREDIT: (DECISION, NOTE),
    QuestionKind.DATA_REVIEW: (DECISION, EMAIL, NOTE),
    QuestionKind.REPLY: (DECISION, REPLY_DATE, INVOICES, WORDS),
    QuestionKind.LETTERS: (DECISION, POSTED_DATE, CUSTOMERS, NOTE),
    QuestionKind.RESEND: (DECISION, NOTE),
    QuestionKind.OBJECTION: (DECISION, HOLD_DATE, NOTE),
    QuestionKind.SETTLEMENT: (DECISION, NOTE),
    QuestionKind.SET_OFF: (DECISION, NOTE),
    QuestionKind.DEADLINE: (DECISION, ACT_DATE, NOTE),
    QuestionKind.COURT_PAID: (DECISION, ACT_DATE, NOTE),
    QuestionKind.DISPUTE: (DECISION, AMOUNT, UNTIL_DATE, WHY),
    QuestionKind.INSURER_CONSENT: (DECISION, CONSENT_DATE, CONSENT_NOTE),
    QuestionKind.INSURANCE_CLAIM: (DECISION, NOTE),
    QuestionKind.MEASURE: (DECISION, REVIEW_DATE, CLAUSE),
    **INSOLVENCY_FIELDS,
    QuestionKind.WRITE_OFF: (DECISION, NOTE),
    QuestionKind.CORRECTION: (DECISION, NOTE),
    QuestionKind.MATCH: (DECISION, NOTE),
}

OF_ACTS = frozenset(
    {
        QuestionKind.LIMITATION,
        QuestionKind.TIME_BARRED,
        QuestionKind.BANK_DATA,
        QuestionKind.LETTERS,
        QuestionKind.INSURER_CONSENT,
        QuestionKind.DEADLINE,
        QuestionKind.COURT_PAID,
        QuestionKind.CLAIM_DECLARATION,
    }
)
"""Questions whose date is the day of something done; those of the others are days to come."""


def fields(kind: QuestionKind) -> tuple[FormField, ...]:
    """The fields of the question's form: at most four, the decision first."""
    return _FIELDS[kind]
