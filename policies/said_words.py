"""The words of decisions: what waits for a person, how a case ends, why it waits."""

from policies.decisions import Outcome, Reason
from policies.questions import QuestionKind

QUESTIONS: dict[QuestionKind, str] = {
    QuestionKind.APPROVE: "waits for approval of the {step}",
    QuestionKind.DAILY_REVIEW: "the {step} waits in the daily review",
    QuestionKind.CALL_OUTCOME: "waits for the outcome of the {step}",
    QuestionKind.MEDIATION_OUTCOME: "waits for the outcome of the {step}",
    QuestionKind.EXHAUSTED: "every step is done; a person decides what becomes of it",
    QuestionKind.HOLD_REVIEW: "stopped by a person, who decides whether it goes on",
    QuestionKind.AMBIGUOUS: "the {step} may or may not have arrived; a person checks",
    QuestionKind.UNDELIVERABLE: "the {step} could not be delivered; a person looks for another address",
    QuestionKind.MIGRATION: "a person decides whether cases move to another policy",
    QuestionKind.BANK_DATA: "the bank data is too old; messages wait for a newer file",
    QuestionKind.CREDIT: "a credit note settles nothing yet; a person says what it is for",
    QuestionKind.DATA_REVIEW: "a person checks what is known of the customer",
    QuestionKind.LETTERS: "letters are to be posted; a person says when they are",
    QuestionKind.RESEND: "a person says whether a message that left leaves once more",
    QuestionKind.OBJECTION: "a salesperson objects to the notice; a manager says whether it leaves",
    QuestionKind.MEASURE: "a commercial measure is proposed; a manager says whether it is taken",
    QuestionKind.INSOLVENCY_NOTICE: "a published notice bears its customer's number; a person says whether it is about it",
    QuestionKind.CLAIM_DECLARATION: "a person says whether the claim is declared",
    QuestionKind.RETENTION: "a person says whether goods are claimed back",
    QuestionKind.STAY: "the customer is left alone; a person does what the law asks meanwhile",
    QuestionKind.WRITE_OFF: "a write-off is proposed; a manager says whether it is given up",
    QuestionKind.CORRECTION: "a payment was dated before a step of ours; a person says what is put right",
    QuestionKind.MATCH: "money has come that may be for it; a person says whether it is",
    QuestionKind.LIMITATION: "the claim will soon be dead; a person says what is done about it",
    QuestionKind.COURT_PAID: "what is before a court is paid; a person tells the court",
    QuestionKind.DEADLINE: "a day will soon have passed after which something is lost; a person says what is done",
    QuestionKind.TIME_BARRED: "the claim can no longer be brought to court; a person decides what becomes of it",
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.PAID: "paid in full",
    Outcome.CREDITED: "credited in full",
    Outcome.WRITTEN_OFF: "written off",
    Outcome.WITHDRAWN: "withdrawn",
}

WAITS: dict[Reason, str] = {
    Reason.SWITCHED_OFF: "collecting is switched off",
    Reason.TIME_BARRED: "the claim can no longer be brought to court; nothing is sent any more",
    Reason.BEING_HANDED_OVER: "the {step} is being handed over",
    Reason.IN_PRINT_QUEUE: "the {step} is in the print queue; a person posts it and says so",
    Reason.REFUSED_FOR_NOW: "the {step} was refused for now and is tried again",
    Reason.CONTACT_BUDGET: "the {step} waits, because the customer has heard from us often enough",
    Reason.AFTER_CONVERSATION: "the {step} waits, because somebody has just spoken with the customer",
    Reason.MONEY_TOO_OLD: "the {step} waits for newer bank data: it may have been paid",
    Reason.MAY_BE_PAID: "the {step} waits, because {amount} {currency} booked on {booked} may be for it (bank line {payment})",
    Reason.CREDIT_OPEN: "the {step} waits, because {amount} {currency} of credit note {credit_note} is set against no invoice",
    Reason.FIRST_DAYS: "the {step} waits for the next day, because only {most} messages may leave on this one of the first days",
    Reason.INSURER_ASKED: "the {step} waits for the word of {insurer}, the credit insurer",
    Reason.HARDER_STAGE_OPEN: "the {step} gives way to a harder stage of another invoice",
}
