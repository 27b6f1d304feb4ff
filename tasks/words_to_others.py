"""What an agency is told about a file it has, in words: it is taken back, or its amount has changed. In French or English."""

from typing import Any

from policies.beside import BesideFacts, MessageKind
from policies.languages import OTHERWISE, primary
from policies.message import Rendered
from tasks import wording
from tasks.handover_words import fixed_words


def render_to_agency(facts: BesideFacts) -> Rendered:
    """The message as plain text, signed by the creditor."""
    own = primary(facts.language)
    language = own if own in fixed_words() else OTHERWISE
    words: dict[str, Any] = fixed_words()[language]["agency"]
    piece = facts.pieces[0]
    told = {
        "reference": "" if piece.terms is None else piece.terms.reference,
        "customer": wording.one_line(facts.customer_name),
        "invoices": wording.one_line(piece.invoice),
        "amount": wording.amount(piece.open, facts.currency, language),
    }
    recalled = facts.kind is MessageKind.AGENCY_RECALL
    name = "recall" if recalled else "update"
    parts = [words["greeting"], words[name].format_map(told)]
    if recalled:
        parts += [
            words["why"][piece.words],
            *([words["left"].format_map(told)] if piece.open > 0 else []),
            words["confirm"],
        ]
    signed = "\n".join(
        part for part in (facts.agent_name, wording.one_line(facts.creditor.name), facts.agent_email) if part
    )
    text = "\n\n".join([*parts, signed]) + "\n"
    return Rendered(subject=words[f"{name}_subject"].format_map(told), text=text, html="", sms="")
