"""What each answer to a question does, in the words of the form: nobody has to guess what follows from a click."""

from collections.abc import Mapping, Sequence

from policies.choices import choices
from policies.questions import QuestionKind
from policies.stages import Stage
from tasks.call_follows import call_follows
from tasks.dispute_follows import DISPUTE_FOLLOWS
from tasks.giving_up_follows import GIVING_UP_FOLLOWS
from tasks.insolvency_follows import INSOLVENCY_FOLLOWS
from tasks.insurance_follows import CLAIM_FOLLOWS, CONSENT_FOLLOWS
from tasks.mediation_follows import MEDIATION_FOLLOWS
from tasks.reason_follows import reply_follows
from tasks.staff_text import colon, say, told

OFFER = "offer"
"""What follows from each choice the question itself offers."""
_SKIP = "the ladder goes on without this step; say why in the note."
_STOP = "nothing leaves until somebody releases the hold."
_WAIT = "nothing leaves for {} days, then you are asked again."
_WRITE_OFF = "the debt is written off and the case ends; say why in the note."
_WITHDRAW = "the claim is given up and the case ends; say why in the note."
_COUNTS = "the claim lives on from that day, if its law counts such an act; keep the proof."
_ON = "the ladder goes on to its next step."

_ACTS = {
    "acknowledgement": f"{_COUNTS} An e-mail, a letter, a payment plan the customer agreed to in writing.",
    "court_act": f"{_COUNTS} Such as an application served on the customer.",
    "enforcement": f"{_COUNTS} Such as a seizure, or a protective measure a court allowed.",
    "lawyer_notice": _COUNTS,
    "court_title": _COUNTS,
    "written_demand": _COUNTS,
}

WHAT_FOLLOWS: Mapping[QuestionKind, Mapping[str, str]] = {
    QuestionKind.APPROVE: {
        "send": "what you read above leaves, word for word.",
        OFFER: "you are asked again with a draft that takes this way.",
        "wait_7": _WAIT.format(7),
        "wait_30": _WAIT.format(30),
        "skip": _SKIP,
        "stop": _STOP,
    },
    QuestionKind.DAILY_REVIEW: {
        "send_all": "every notice in the table leaves.",
        "send_except": "the others leave; you are asked again tomorrow about those whose numbers you write below.",
        "none_today": "nothing leaves; the review comes back tomorrow.",
    },
    QuestionKind.CALL_OUTCOME: call_follows(),
    QuestionKind.MEDIATION_OUTCOME: MEDIATION_FOLLOWS,
    QuestionKind.MEDIATION: MEDIATION_FOLLOWS,
    QuestionKind.MEDIATOR: {
        "offer": "the proposal names this mediator, and leaves.",
        "together": "the proposal names nobody, and leaves.",
    },
    QuestionKind.EXHAUSTED: {"write_off": _WRITE_OFF, "withdraw": _WITHDRAW, "wait_30": _WAIT.format(30)},
    QuestionKind.HOLD_REVIEW: {
        "resume": "collecting goes on where it stood.",
        "keep_holding": "nothing leaves up to that day; then collecting goes on, or you are asked again where only a person "
        "can end the hold.",
        "withdraw": _WITHDRAW,
        "write_off": _WRITE_OFF,
    },
    QuestionKind.AMBIGUOUS: {
        "arrived": "it counts as sent, and the ladder goes on.",
        "send_again": "it is sent once more.",
        "skip": _SKIP,
    },
    QuestionKind.UNDELIVERABLE: {
        "correct_email": "the address is kept, and the message leaves to it.",
        "skip": _SKIP,
        "stop": _STOP,
    },
    QuestionKind.LIMITATION: {
        **_ACTS,
        "go_on": "nothing changes; you are asked again before the next day that matters.",
        "write_off": _WRITE_OFF,
    },
    QuestionKind.TIME_BARRED: {
        "write_off": _WRITE_OFF,
        "withdraw": _WITHDRAW,
        "keep": "nothing is sent any more; what the customer pays is still taken in.",
        **_ACTS,
    },
    QuestionKind.BANK_DATA: {
        "complete": "messages leave again, as if a file up to that day had been read; your name stands for it.",
        "later": "nothing leaves; a newer bank file lets everything go on by itself.",
    },
    QuestionKind.MIGRATION: {
        "move": "each case moves as planned; one that has changed since is left where it is, and listed.",
        "discard": "nothing changes; a new plan can be written at any time.",
    },
    QuestionKind.CREDIT: {
        "oldest": "what is left of it lessens or closes them; a notice that is still needed asks for the rest.",
        "aside": "it settles nothing, your reason stands in the customer's file, and the notice goes on.",
        "later": "nothing changes; the notice waits, and you are asked again tomorrow.",
    },
    QuestionKind.DATA_REVIEW: {
        "right": "it counts as checked today, and you are asked again after the months your company has set.",
        "correct_email": "messages go to that address from now on; the rest counts as checked today.",
        "later": "nothing changes; you are asked again in 30 days.",
    },
    QuestionKind.REPLY: reply_follows(),
    QuestionKind.DISPUTE: DISPUTE_FOLLOWS,
    QuestionKind.COURT_PAID: {
        "told": "the file before the court is over, with its deadlines, from that day on.",
        "goes_on": "the file stays open, your reason is kept, and nobody is asked again.",
    },
    QuestionKind.DEADLINE: {
        "done": "the day and your note are kept, and nobody is asked about it any more.",
        "known": "your answer is kept; you are asked again before the last day, and once it has passed.",
        "gone": "your reason is kept, and nobody is asked about it any more.",
    },
    QuestionKind.INSURER_CONSENT: CONSENT_FOLLOWS,
    QuestionKind.INSURANCE_CLAIM: CLAIM_FOLLOWS,
    QuestionKind.LETTERS: {
        "posted": "each of them counts as sent on that day; none that is listed as withdrawn may be among them.",
        "posted_but": "the others count as sent on that day; those to the customers you name go on waiting.",
        "later": "nothing changes; they wait, and you are asked again tomorrow.",
    },
    QuestionKind.SETTLEMENT: {
        "offer": "the offer leaves to the customer; nothing else does up to its day. Paid in time, the rest is written off and the "
        "cases close; paid late or in part, it is void and the full sum is due.",
        "refuse": "nothing is offered; collecting goes on as it stands.",
    },
    QuestionKind.SET_OFF: {
        "set_off": "a credit of this amount is booked against the invoices, the oldest first, and the customer is told.",
        "refuse": "nothing is set off; collecting goes on as it stands.",
    },
    QuestionKind.RESEND: {
        "send": "it leaves at once, if nothing has changed by then: the same words, as a contact of its own.",
        "no": "nothing leaves; the draft is void.",
    },
    QuestionKind.OBJECTION: {
        "send_all_the_same": "the notice goes on as the policy says; the salesperson is not asked again.",
        "wait_until": "nothing leaves up to that day; then the notice goes on.",
        "keep_on_hold": "nothing leaves until somebody releases the hold.",
    },
    QuestionKind.MEASURE: {
        "take": "the customer and sales are told at once, and the ERP gets its file; it is lifted by itself as said above.",
        "refuse": "the customer hears nothing of it; it is not proposed again for these invoices.",
    },
    **INSOLVENCY_FOLLOWS,
    **GIVING_UP_FOLLOWS,
    QuestionKind.MATCH: {
        OFFER: "the money is set against it, and what is paid is chased no longer; `relance match --undo` takes it back.",
        "none": "none of these is booked or proposed again; the payment stays in the unmatched list.",
        "wait_2": "messages about what is proposed go on waiting; you are asked again in two days.",
    },
}


def what_each_answer_does(kind: QuestionKind, stage: Stage | None, offers: Sequence[str] = ()) -> str:
    """The choices of a question, each with what follows from it, as a markdown list."""
    follows = WHAT_FOLLOWS[kind]
    lines = [
        f"- {colon(f'**{told(choice.sentence)}**')} {told(follows.get(choice.code) or follows[OFFER])}"
        for choice in choices(kind, stage, offers)
    ]
    return "\n".join([say("**What each answer does**"), "", *lines])
