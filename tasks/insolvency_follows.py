"""What each answer about proceedings and stays does."""

from collections.abc import Mapping

from policies.questions import QuestionKind

INSOLVENCY_FOLLOWS: Mapping[QuestionKind, Mapping[str, str]] = {
    QuestionKind.INSOLVENCY_NOTICE: {
        "open": "what is older than the judgment stays on hold and is declared; what is younger goes on to the administrator. Say "
        "the last day to declare as the notice says it, and in the note who was appointed, with the postal address.",
        "dismiss": "the hold of this notice is lifted and collecting goes on; say why in the note.",
    },
    QuestionKind.CLAIM_DECLARATION: {
        "declare": "the file is approved as shown: write it out, hand it over, then say on which day; the deadline stands until then.",
        "declared": "it counts as declared on that day, and you are not reminded any more.",
        "give_up": "nothing is declared and nothing will be paid of it; say why in the note.",
    },
    QuestionKind.RETENTION: {
        "claim_back": "you are reminded twice before that day; the claim file says so. List the goods in the note.",
        "none": "nothing is claimed back, and nobody asks again.",
    },
    QuestionKind.STAY: {
        "done": "it is kept in the customer's file; the invoices stay on hold. Say what was done in the note.",
        "not_needed": "nobody asks again; the invoices stay on hold. Say why in the note.",
    },
}
