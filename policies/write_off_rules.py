"""What follows from each choice about a write-off."""

from policies.consequences import AddNote
from policies.follows import Rule, always, reason
from policies.questions import QuestionKind
from policies.write_off_choices import WriteOffAccepted, WriteOffRefused

WRITE_OFF_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.WRITE_OFF, "write_off"): always(WriteOffAccepted()),
    (QuestionKind.WRITE_OFF, "refuse"): lambda given, as_of: (WriteOffRefused(), AddNote(reason(given))),
}
GIVING_UP = (QuestionKind.WRITE_OFF, QuestionKind.CORRECTION)
"""Questions about what is given up, or put right, of everything a customer owes."""
