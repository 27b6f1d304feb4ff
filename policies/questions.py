"""The questions a person may be asked. One question per customer, currency and stage (design 4.11)."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """What is asked; the choices of each stand in `policies.answers`."""

    APPROVE = "approve"  # send a formal notice above the limit, place with the agency, go to court
    DAILY_REVIEW = "daily_review"  # formal notices under the limit, all customers in one table
    CALL_OUTCOME = "call_outcome"
    MEDIATION_OUTCOME = "mediation_outcome"
    EXHAUSTED = "exhausted"  # the ladder is at its end: write off, withdraw or wait
    HOLD_REVIEW = "hold_review"  # a person stopped the run in the UI: resume, withdraw or write off
    AMBIGUOUS = "ambiguous"  # a message may or may not have left
    UNDELIVERABLE = "undeliverable"  # the other side refused the address
    LIMITATION = "limitation"  # the claim will soon be dead: a question beside the case, which goes on meanwhile
    TIME_BARRED = "time_barred"  # the claim is dead: what becomes of the case
    BANK_DATA = "bank_data"  # the bank's files are too old, messages wait: one notice to the team
    MIGRATION = "migration"  # a plan to replace a policy: live cases move as planned, or nothing changes
    CREDIT = "credit"  # credit notes of a customer settle nothing, and a notice waits: what are they for
    DATA_REVIEW = "data_review"  # a customer's data were not checked for months: are they still so
    REPLY = "reply"  # a customer wrote: why is it not paid, and what follows
    LETTERS = "letters"  # letters of the print queue: are they posted
    SETTLEMENT = "settlement"  # less than everything is proposed: is it offered
    SET_OFF = "set_off"  # what we owe a customer is proposed against what it owes us
    RESEND = "resend"  # a message that left: may it leave once more
    OBJECTION = "objection"  # a salesperson objects to a formal notice: does it leave all the same
    DISPUTE = "dispute"  # an invoice is disputed, or a credit note that was promised has not come
    DEADLINE = "deadline"  # something is lost after a day: is it done, or does it no longer matter
    INSURER_CONSENT = "insurer_consent"  # what the credit insurer says to a plan, a promise, an agency, a court
    INSURANCE_CLAIM = "insurance_claim"  # a claim on the credit insurer: does it leave
    MEASURE = "measure"  # a commercial measure is proposed against a customer: is it taken
    COURT_PAID = "court_paid"  # what is before a court is paid: the court must be told
    INSOLVENCY_NOTICE = "insolvency_notice"  # a published notice bears a customer's number: is it this customer
    CLAIM_DECLARATION = "claim_declaration"  # what is owed from before a judgment: is it declared
    RETENTION = "retention"  # were goods delivered under retention of title
    STAY = "stay"  # what the law asks while a customer is left alone: is it done
    MEDIATION = "mediation"  # a mediation outside the ladder: what became of it
    MEDIATOR = "mediator"  # several mediators may be proposed: which one
    WRITE_OFF = "write_off"  # giving a claim up is proposed: is it written off
    CORRECTION = "correction"  # a payment dated before a step of ours: what is put right
    MATCH = "match"  # a bank line that may pay an invoice: which one, or none
