"""What passed between creditor and debtor on paper: events, calls, promises, disputes, and each message with its proof."""

from typing import Any

from policies.call_said import OUTCOME_WORDS
from policies.claim_file import ClaimFile
from policies.claim_history import ClaimAgreement, ClaimCall, ClaimDispute, Happened
from policies.claim_proof import Proven
from policies.dispute_reasons import DisputeReason, in_words
from storage.timeline import Event
from tasks.handover_sheet import SHEET, head
from tasks.handover_words import BREAK, Speech, section, speech
from tasks.journal_words import event_words
from tasks.staff_names import BESIDE, CHANNELS, STAGES
from tasks.staff_text import named, speaking
from tasks.typst_page import paper


def history_sheet(file: ClaimFile) -> bytes:
    """The sheet; the same file gives the same bytes. Raises NotPrinted."""
    says = speech(file)
    with speaking(says.language):
        parts = [_happened(says), _calls(says), _agreements(says), _disputes(says), _messages(says)]
    return paper(SHEET, head(says, says.words["history"]) | {"sections": [one for one in parts if one["rows"]]})


def happened_words(file: ClaimFile, one: Happened) -> str:
    """An entry as a sentence in the file's language."""
    language = speech(file).language
    with speaking(language):
        return event_words(Event(one.at, one.kind, one.facts), file.currency, language)


def about_words(file: ClaimFile, one: Proven) -> str:
    """What a message was, in the file's language."""
    says = speech(file)
    if one.direction == "in":
        return str(says.words["reply"])
    with speaking(says.language):
        return named(STAGES.get(one.about) or BESIDE.get(one.about) or one.about)


def _happened(says: Speech) -> dict[str, Any]:
    words = says.words
    rows = [[says.hour(one.at), one.invoice, happened_words(says.file, one)] for one in says.file.history]
    return section(words["happened"], words["happened_heads"], rows, widths=(0, 0, 1))


def _calls(says: Speech) -> dict[str, Any]:
    words = says.words
    rows = [
        [says.hour(one.at), words["directions"][one.direction], ", ".join(one.invoices), _call(says, one)]
        for one in says.file.calls
    ]
    return section(words["calls"], words["call_heads"], rows, widths=(0, 0, 1, 2))


def _call(says: Speech, one: ClaimCall) -> str:
    amount = says.money(one.amount) if one.amount else ""
    parts = (
        named(OUTCOME_WORDS.get(one.outcome, one.outcome)) if one.outcome else "",
        amount,
        says.short(one.on),
        one.words,
    )
    return " · ".join(part for part in parts if part)


def _agreements(says: Speech) -> dict[str, Any]:
    words = says.words
    rows = [
        [says.short(one.since), words["agreement_kinds"][one.kind], _payments(says, one), ", ".join(one.invoices),
         words["became"].get(one.became, one.became)]
        for one in says.file.agreements
    ]  # fmt: skip
    return section(words["agreements"], words["agreement_heads"], rows, widths=(0, 0, 2, 1, 0))


def _payments(says: Speech, one: ClaimAgreement) -> str:
    if not one.payments:
        return str(says.words["everything"]).format(day=says.short(one.until))
    return BREAK.join(f"{says.short(each.on)} · {says.money(each.amount)}" for each in one.payments)


def _disputes(says: Speech) -> dict[str, Any]:
    words = says.words
    rows = [
        [says.short(one.opened_on), one.invoice or words["all_invoices"], _reason(says, one),
         words["whole"] if one.amount is None else says.money(one.amount), _decision(says, one)]
        for one in says.file.disputes
    ]  # fmt: skip
    return section(words["disputes"], words["dispute_heads"], rows, widths=(0, 0, 2, 0, 2), right=(3,))


def _reason(says: Speech, one: ClaimDispute) -> str:
    reason = in_words(DisputeReason(one.reason), says.language)
    return f"{reason}{BREAK}{one.words}" if one.words else reason


def _decision(says: Speech, one: ClaimDispute) -> str:
    parts = (says.words["states"][one.state], says.short(one.decided_on), one.why)
    return " · ".join(part for part in parts if part)


def _messages(says: Speech) -> dict[str, Any]:
    words = says.words
    rows = [
        [str(at), says.hour(one.left_at or one.written_at), f"{about_words(says.file, one)}{BREAK}{named(CHANNELS.get(one.channel, one.channel))}",
         one.sender if one.direction == "in" else one.recipient, ", ".join(one.invoices), _proof(says, one)]
        for at, one in enumerate(says.file.messages, 1)
    ]  # fmt: skip
    return section(words["messages"], words["message_heads"], rows, widths=(0, 0, 2, 3, 2, 4))


def _proof(says: Speech, one: Proven) -> str:
    """Its outcome, what was reported of it, what the post said, the fingerprint of its bytes."""
    lines = [says.words["outcomes"].get(one.state, one.state), *one.reports, *_post(says, one)]
    if one.provider_id:
        lines.append(one.provider_id)
    return BREAK.join([*lines, f"SHA-256 {one.sha256}"])


def _post(says: Speech, one: Proven) -> list[str]:
    found = one.letter
    if found is None:
        return []
    words, told = says.words, []
    if found.posted_on:
        told.append(words["posted"].format(day=says.short(found.posted_on)))
    if found.tracking:
        told.append(words["tracking"].format(number=found.tracking))
    if found.outcome:
        told.append(f"{words['letters'].get(found.outcome, found.outcome)} {says.short(found.outcome_on)}".strip())
    return [" · ".join(told)] if told else []
