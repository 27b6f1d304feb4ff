"""The entries of a case's journal as sentences, in the language spoken here."""

from collections.abc import Mapping
from typing import Any

from policies.call_said import OUTCOME_WORDS
from policies.court_event import EVENT_WORDS, CourtEvent
from storage.timeline import Event
from tasks import wording
from tasks.court_way import way_called
from tasks.staff_text import language, named, told
from tasks.staff_words import STAFF
from tasks.stage_names import stage_words

WORDS: Mapping[str, str] = {
    "insolvency_opened": "Proceedings: {kind}, judgment of {judgment}, entered by {actor}",
    "insolvency_changed": "Proceedings changed: {kind}, entered by {actor}",
    "insolvency_closed": "Proceedings closed ({how}), entered by {actor}",
    "claim_approved": "{actor} approved the declaration of the claim",
    "claim_declared": "Claim declared on {on}, said by {actor}",
    "claim_changed": "What was open before the judgment has changed: the claim is to be declared again",
    "claim_given_up": "{actor} decided that nothing is declared",
    "opened": "Case opened",
    "confirmed": "{stage} sent by {channel}",
    "refused": "{stage} refused: {words}",
    "ambiguous": "{stage} may or may not have left",
    "reported": "{stage} by {channel}: {report}",
    "step_undone": "{stage} of {done_on} was not delivered: it is to be carried again",
    "queued": "Letter L{posting} put into the print queue",
    "posted": "Letter posted on {on}, said by {actor}",
    "letter_outcome": "The letter was {outcome} on {on}",
    "voided": "Stopped before sending: {why}",
    "passed": "{stage} {how}: {why}",
    "step_behind": "{stage} {how}: {why}",
    "asked": "A person was asked ({kind})",
    "question_reminded": "{to} was reminded of the question ({kind})",
    "question_escalated": "The question was passed on to {to} ({kind})",
    "question_last": "The question was passed on to {to} ({kind})",
    "question_given": "{actor} gave the question to {to} ({kind})",
    "signed": "{actor} signed first: a second person decides ({kind})",
    "signature_void": "The signature of {actor} no longer counts: {why}",
    "salesperson_told": "{salesperson} was told of the notice and may object until {until}",
    "salesperson_objected": "{actor} objects to the notice",
    "objection_decided": "{actor} decided about the objection",
    "narrowed": "{actor} wants to send about some of the invoices only: asked again with a draft for those",
    "approved": "{stage} approved",
    "approval_voided": "Approval void: {why}",
    "answered": "Answered by {actor} ({kind})",
    "disputed": "Disputed: {amount} ({reason}), told to {actor}",
    "dispute_decided": "The dispute was decided by {actor} ({verdict})",
    "deadline_set": "Deadline set: {kind} by {last_day}",
    "deadline_met": "Deadline kept: {kind}, on {on}",
    "deadline_dropped": "Deadline dropped: {kind}",
    "deadline_known": "{actor} knows of the deadline: {kind}",
    "court_file_opened": "Court file {file} opened: {route}",
    "court_route_chosen": "{actor} chose the way to court: {route}",
    "court_event": "Court file {file}: {how}, on {on}",
    "court_goes_on": "Court file {file} goes on though it is paid, says {actor}",
    "dispute_document": "A document was added to the dispute by {actor}",
    "insurer_asked": "The credit insurer is asked about it ({about}), by {actor}",
    "insurer_granted": "The credit insurer agreed, said by {actor}",
    "insurer_refused": "The credit insurer refused, said by {actor}",
    "insurer_not_needed": "{actor} says that no consent of the credit insurer is needed",
    "insurer_dropped": "Nothing waits for the credit insurer any more",
    "insurance_claim_proposed": "A claim on the credit insurer was proposed by {actor}",
    "insurance_claim_approved": "The claim on the credit insurer was approved by {actor}",
    "insurance_claim_refused": "The claim on the credit insurer is not filed, said {actor}",
    "insurance_claim_returned": "The claim did not reach the credit insurer: a manager is asked about it again",
    "insurance_claim_filed": "The claim is with the credit insurer since {on}, said by {actor}",
    "insurance_claim_declined": "The credit insurer declined the claim, said by {actor}",
    "indemnity_received": "The credit insurer paid {amount} on {on}: the customer owes all the same",
    "cover_set": "Cover of the customer entered by {actor}",
    "insurance_set": "Credit insurance entered by {actor}",
    "held": "On hold ({kind})",
    "released": "Released by {actor}",
    "reply_answered": "What the customer wrote was read by {actor}: {reason}",
    "called_out": "{actor} called: {outcome}",
    "called_in": "The customer called {actor}: {outcome}",
    "payment_details_asked": "What is needed to pay is to be sent",
    "called": "{actor} spoke with the customer: {outcome}",
    "agreement_kept": "The {kind} was kept",
    "agreement_partly_kept": "The {kind} was kept in part",
    "agreement_broken": "The {kind} was broken",
    "agreement_proposed": "Agreement {agreement} proposed by {actor}",
    "agreement_made": "Agreement {agreement} made by {actor}",
    "agreement_ended_kept": "Agreement {agreement} was kept",
    "agreement_ended_lapsed": "Agreement {agreement} was not kept: the full sum is due",
    "agreement_ended_cancelled": "Agreement {agreement} cancelled by {actor}",
    "agreement_ended_refused": "Agreement {agreement} refused by {actor}",
    "agreement_stands_again": "Money came in time after all: agreement {agreement} stands again",
    "agreement_open_again": "Agreement {agreement} stands again",
    "mediation_proposed": "Mediation {mediation} proposed, answer by {last_day}",
    "mediation_asked": "The customer turned to a mediator (mediation {mediation})",
    "mediation_goes_on": "Mediation {mediation} goes on, {actor} looks again on {until}",
    "mediation_ended": "Mediation {mediation}: {outcome}, said by {actor}",
    "policy_replaced": "Follows another policy from here on ({move}), approved by {actor}",
    "begun_again": "Messages go to the customer from here on: what only the sink had is sent again, from the first step nobody heard of",
    "act_recorded": "The claim lives on: {kind} of {on}, recorded by {actor}",
    "act_taken_back": "An act was taken back by {actor}: the claim dies as if it had not been",
    "measure_proposed": "Commercial measure {measure} proposed by {actor}: {kind}",
    "measure_taken": "Commercial measure {measure} decided by {actor}: {kind}",
    "measure_refused": "Commercial measure {measure} refused by {actor}: {kind}",
    "measure_lifted": "Commercial measure {measure} lifted by {actor}: {kind}",
    "measure_dropped": "Commercial measure {measure} no longer proposed: {why}",
    "placed": "Placed with a collection agency ({reference})",
    "placement_told": "Placement {placement}: {status}",
    "placement_ended": "Placement {placement} is over: {state}",
    "paid": "Paid {amount}",
    "credited": "Credited {amount}",
    "payment_returned": "Payment of {amount} returned",
    "may_be_paid": "A payment has come that may be for it",
    "may_be_paid_no_longer": "That payment is for something else, or has found its place",
    "line_decided": "{actor} decided about a payment ({verdict})",
    "payment_moved": "Payment of {amount} taken off again",
    "credit_moved": "Credit of {amount} taken off again",
    "difference_let_go": "{amount} let go: a difference",
    "difference_owed_again": "{amount} owed again: the difference is not let go",
    "writing_asked": "{actor} writes to the customer",
    "copy_asked": "A copy of the invoice is to be sent",
    "told": "Message sent ({kind})",
    "telling_refused": "Message refused ({kind}): {words}",
    "telling_ambiguous": "A message may or may not have left ({kind})",
    "not_told": "Not told to the customer ({kind}): {why}",
    "written_off": "Written off by {actor}",
    "written_off_part": "Written off in part by {actor}",
    "write_off_proposed": "{actor} proposes to write off {amount}",
    "write_off_refused": "The write-off was refused by {actor}",
    "write_off_proof": "A proof was kept with the write-off by {actor}",
    "write_off_reversed": "The write-off was taken back by {actor}",
    "vat_entered": "Net and VAT entered by {actor}",
    "vat_duplicate_approved": "The duplicate for the VAT is to leave, approved by {actor}",
    "vat_duplicate_sent": "The duplicate for the VAT was sent",
    "vat_duplicate_returned": "The duplicate for the VAT did not reach the customer: it is to be sent again",
    "overtaken": "Money dated {value_date} had come before the {stage}",
    "put_right": "{actor} decided what is put right ({repair})",
    "withdrawn": "Withdrawn by {actor}",
    "closed": "Closed: {outcome}",
    "reopened": "Reopened",
    "deed": "{actor} used the run page: {deed}",
    "problem": "Something went wrong: {words}",
    "changed": "The invoice changed",
}
CODES = frozenset(
    {"channel", "deed", "how", "kind", "move", "outcome", "report", "reason", "repair", "state", "status", "verdict"}
)
"""Facts that are words of ours with other signs between them."""
OF_A_WAY = frozenset({"court_file_opened", "court_route_chosen"})
SPACES = " \u00a0\u202f"


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def event_words(event: Event, currency: str, amounts: str = STAFF) -> str:
    """One event as a sentence, its amounts written as in the language `amounts`."""
    facts = {key: "" if value is None else str(value) for key, value in event.facts.items()}
    if "amount" in event.facts and str(event.facts["amount"]).lstrip("-").isdigit():
        facts["amount"] = wording.amount(int(event.facts["amount"]), currency, amounts)
    if event.kind == "called":
        facts["outcome"] = OUTCOME_WORDS.get(facts["outcome"], facts["outcome"])
    if event.kind == "court_event" and facts["how"] in set(CourtEvent):
        facts["how"] = EVENT_WORDS[CourtEvent(facts["how"])]
    if event.kind in OF_A_WAY:
        facts["route"] = way_called(facts["route"], language())
    facts["stage"] = stage_words(facts.get("step") or facts.get("stage")).capitalize()
    facts = {key: _fact(key, value) for key, value in facts.items()}
    return named(_pattern(event.kind, facts)).format_map(_Blank(facts)).strip(SPACES).rstrip(":").strip(SPACES)


def _fact(key: str, value: str) -> str:
    if key in CODES:
        return named(value.replace("_", " "))
    return told(value) if key == "why" else value


def _pattern(kind: str, facts: Mapping[str, str]) -> str:
    """The words for a kind of event: letters are sent, files are handed over, calls and mediations are done."""
    if kind == "confirmed" and facts.get("channel") == "handover":
        return "{stage} file handed over"
    if kind == "called" and facts.get("direction"):
        return WORDS[f"called_{facts['direction']}"]
    if kind == "step_behind" and facts.get("how") == "confirmed":
        return "{stage} done"
    if kind == "step_behind" and facts.get("how") == "elsewhere":
        return "{stage} sent before Relance, on {on}"
    return WORDS.get(kind, kind.replace("_", " ").capitalize())
