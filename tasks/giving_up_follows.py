"""What each answer about a write-off, or about a step that money had overtaken, does, in the words of its form."""

from collections.abc import Mapping

from policies.questions import QuestionKind

GIVING_UP_FOLLOWS: Mapping[QuestionKind, Mapping[str, str]] = {
    QuestionKind.WRITE_OFF: {
        "write_off": "it is asked for no more, and the cases end; a reversal brings them back at their age.",
        "refuse": "nothing is written off; collecting goes on as it stands, your reason is kept in the customer's file.",
    },
    QuestionKind.CORRECTION: {
        "repair": "the customer reads an apology, and neither interest nor flat sum is claimed for it any more.",
        "apologise": "the customer reads an apology; what may be claimed beside the principal stays as it is.",
        "quietly": "neither interest nor flat sum is claimed for it any more; nothing leaves.",
        "leave": "nothing leaves and nothing is cancelled; your reason is kept in the customer's file.",
    },
}
