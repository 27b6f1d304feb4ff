"""What an agency is told about a file it has, and how a claim is made on the credit insurer, in words: in French or English."""

from collections.abc import Mapping
from typing import Any

from policies.beside import BesideFacts, MessageKind
from policies.languages import OTHERWISE, primary
from policies.message import Rendered
from tasks import wording
from tasks.handover_words import fixed_words


def render_to_others(facts: BesideFacts) -> Rendered:
    """The message as plain text, signed by the creditor."""
    own = primary(facts.language)
    language = own if own in fixed_words() else OTHERWISE
    piece = facts.pieces[0]
    told = {
        "reference": "" if piece.terms is None else piece.terms.reference,
        "customer": wording.one_line(facts.customer_name),
        "invoices": wording.one_line(piece.invoice),
        "amount": wording.amount(piece.open, facts.currency, language),
        "policy": wording.one_line(piece.words),
    }
    write = _claim if facts.kind is MessageKind.INSURANCE_CLAIM else _to_agency
    subject, parts = write(facts, fixed_words()[language], told)
    signed = "\n".join(
        part for part in (facts.agent_name, wording.one_line(facts.creditor.name), facts.agent_email) if part
    )
    return Rendered(subject=subject, text="\n\n".join([*parts, signed]) + "\n", html="", sms="")


def _to_agency(facts: BesideFacts, fixed: Mapping[str, Any], told: Mapping[str, str]) -> tuple[str, list[str]]:
    """Its file is taken back, or its amount has changed."""
    words, piece = fixed["agency"], facts.pieces[0]
    recalled = facts.kind is MessageKind.AGENCY_RECALL
    name = "recall" if recalled else "update"
    parts = [words["greeting"], words[name].format_map(told)]
    if recalled:
        left = [words["left"].format_map(told)] if piece.open > 0 else []
        parts += [words["why"][piece.words], *left, words["confirm"]]
    return words[f"{name}_subject"].format_map(told), parts


def _claim(facts: BesideFacts, fixed: Mapping[str, Any], told: Mapping[str, str]) -> tuple[str, list[str]]:
    """What is claimed under which policy; the file that goes with it says the rest."""
    words = fixed["insurer"]
    parts = [fixed["agency"]["greeting"], words["claim"].format_map(told), words["enclosed"], words["confirm"]]
    return words["claim_subject"].format_map(told), parts
