"""The forms of the questions about proceedings and stays."""

from policies.form_field import DECISION, NOTE, FormField
from policies.questions import QuestionKind

_DECLARE_DATE = FormField("date", "Last day to declare", "YYYY-MM-DD, as the published notice says it.", False)
_EMAIL = FormField("email", "E-mail", "Of the administrator or liquidator; empty: by post.", False)
_ADMINISTRATOR = FormField(
    "note",
    "Administrator",
    "Name, then the postal address, with commas between; or why it is not this customer.",
    False,
)
_DECLARED_DATE = FormField("date", "Date", "YYYY-MM-DD. The day on which the claim was declared.", False)
_RETENTION_DATE = FormField("date", "Last day to claim back", "YYYY-MM-DD. Ask counsel where you are not sure.", False)
_GOODS = FormField("note", "Goods", "Which goods, of which invoice, and where the clause was agreed.", False)

INSOLVENCY_FIELDS: dict[QuestionKind, tuple[FormField, ...]] = {
    QuestionKind.INSOLVENCY_NOTICE: (DECISION, _DECLARE_DATE, _EMAIL, _ADMINISTRATOR),
    QuestionKind.CLAIM_DECLARATION: (DECISION, _DECLARED_DATE, NOTE),
    QuestionKind.RETENTION: (DECISION, _RETENTION_DATE, _GOODS),
    QuestionKind.STAY: (DECISION, NOTE),
}
