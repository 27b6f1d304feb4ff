"""What may be chosen where the credit insurer's consent is asked for, or a claim on it is prepared."""

from policies.choice import Choice
from policies.questions import QuestionKind

_NOTE, _DATE = frozenset({"note"}), frozenset({"date"})
GRANTED, REFUSED, NOT_NEEDED = "granted", "refused", "not_needed"
FILE, LEAVE = "file", "leave"

INSURANCE_CHOICES: dict[QuestionKind, tuple[Choice, ...]] = {
    QuestionKind.INSURER_CONSENT: (
        Choice(GRANTED, "The insurer agreed, on the date and under the reference below", needs=_NOTE | _DATE),
        Choice(REFUSED, "The insurer refused", needs=_NOTE, uses=_DATE),
        Choice(NOT_NEEDED, "No consent is needed, for the reason below", needs=_NOTE),
    ),
    QuestionKind.INSURANCE_CLAIM: (
        Choice(FILE, "File this claim with the insurer"),
        Choice(LEAVE, "Do not file it", needs=_NOTE),
    ),
}
