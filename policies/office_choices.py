"""What a person may choose where the question is about no single case: bank data, a plan, a customer, a bank line."""

from policies.choice import Choice
from policies.correction_choices import CORRECTION_CHOICES
from policies.court_choices import COURT_CHOICES
from policies.deadline_choices import DEADLINE_CHOICES
from policies.dispute_choices import DISPUTE_CHOICES
from policies.questions import QuestionKind
from policies.reply_choices import REPLY_CHOICES
from policies.write_off_choices import WRITE_OFF_CHOICES

OFFICE_CHOICES: dict[QuestionKind, tuple[Choice, ...]] = {
    QuestionKind.BANK_DATA: (
        Choice("complete", "I looked: everything up to the date below is in Relance", needs=frozenset({"date"})),
        Choice("later", "Leave them waiting, ask again tomorrow"),
    ),
    QuestionKind.MIGRATION: (
        Choice("move", "Move the cases as planned"),
        Choice("discard", "Leave every case as it is"),
    ),
    QuestionKind.CREDIT: (
        Choice("oldest", "Set it against the invoices below, oldest first"),
        Choice("aside", "It is for none of them: leave it aside", needs=frozenset({"note"})),
        Choice("later", "Leave the notice waiting, ask again tomorrow"),
    ),
    QuestionKind.DATA_REVIEW: (
        Choice("right", "Everything is right"),
        Choice("correct_email", "Everything is right with the e-mail address below", needs=frozenset({"email"})),
        Choice("later", "Not now, ask again in 30 days"),
    ),
    QuestionKind.REPLY: REPLY_CHOICES,
    QuestionKind.DISPUTE: DISPUTE_CHOICES,
    QuestionKind.DEADLINE: DEADLINE_CHOICES,
    QuestionKind.COURT_PAID: COURT_CHOICES,
    QuestionKind.WRITE_OFF: WRITE_OFF_CHOICES,
    QuestionKind.CORRECTION: CORRECTION_CHOICES,
    QuestionKind.LETTERS: (
        Choice("posted", "All that are to be posted are posted", uses=frozenset({"date"})),
        Choice(
            "posted_but",
            "Posted, but for the customers below",
            needs=frozenset({"customers"}),
            uses=frozenset({"date"}),
        ),
        Choice("later", "Not yet, ask again tomorrow"),
    ),
    QuestionKind.RESEND: (
        Choice("send", "Send it once more"),
        Choice("no", "Do not send it"),
    ),
    QuestionKind.MATCH: (
        Choice("none", "It is for none of these: leave it unmatched"),
        Choice("wait_2", "Wait 2 days"),
    ),
}
