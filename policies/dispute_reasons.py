"""Why an invoice is disputed: one list, in the words of staff, and how it goes with the reasons customers give."""

from collections.abc import Mapping
from enum import StrEnum

from policies.answer_reasons import AnswerReason


class DisputeReason(StrEnum):
    """What is said to be wrong; the values are stored and counted."""

    NOT_RECEIVED = "goods_not_received"
    DAMAGED = "damaged_or_wrong"
    QUALITY = "quality"
    PRICE = "price"
    QUANTITY = "quantity"
    ALREADY_PAID = "already_paid"
    CREDIT_PROMISED = "credit_promised"
    WRONG_ADDRESSEE = "wrong_addressee"
    DUPLICATE = "duplicate"
    TERMS = "contract_terms"
    NO_ORDER_REFERENCE = "no_order_reference"
    OTHER = "other"


REASON_WORDS: Mapping[str, Mapping[DisputeReason, str]] = {
    "en": {
        DisputeReason.NOT_RECEIVED: "goods not received",
        DisputeReason.DAMAGED: "damaged or wrong goods",
        DisputeReason.QUALITY: "quality or service",
        DisputeReason.PRICE: "price",
        DisputeReason.QUANTITY: "quantity",
        DisputeReason.ALREADY_PAID: "already paid",
        DisputeReason.CREDIT_PROMISED: "credit promised",
        DisputeReason.WRONG_ADDRESSEE: "wrong addressee",
        DisputeReason.DUPLICATE: "duplicate",
        DisputeReason.TERMS: "contract or terms",
        DisputeReason.NO_ORDER_REFERENCE: "no order reference",
        DisputeReason.OTHER: "other",
    },
    "fr": {
        DisputeReason.NOT_RECEIVED: "marchandise non reçue",
        DisputeReason.DAMAGED: "marchandise abîmée ou non conforme",
        DisputeReason.QUALITY: "qualité ou prestation",
        DisputeReason.PRICE: "prix",
        DisputeReason.QUANTITY: "quantité",
        DisputeReason.ALREADY_PAID: "déjà payée",
        DisputeReason.CREDIT_PROMISED: "avoir promis",
        DisputeReason.WRONG_ADDRESSEE: "mauvais destinataire",
        DisputeReason.DUPLICATE: "facture en double",
        DisputeReason.TERMS: "contrat ou conditions",
        DisputeReason.NO_ORDER_REFERENCE: "numéro de commande absent",
        DisputeReason.OTHER: "autre",
    },
}

ANSWER_REASONS: Mapping[DisputeReason, AnswerReason] = {
    DisputeReason.ALREADY_PAID: AnswerReason.PAID,
    DisputeReason.WRONG_ADDRESSEE: AnswerReason.WRONG_CONTACT,
    DisputeReason.NO_ORDER_REFERENCE: AnswerReason.PAPERS_MISSING,
}
"""Reasons of a dispute that customers also give without disputing; any other is *disagrees*."""


def answer_reason(reason: DisputeReason) -> AnswerReason:
    """The reason why customers pay late under which a dispute is counted."""
    return ANSWER_REASONS.get(reason, AnswerReason.DISAGREES)


def dispute_reason(given: AnswerReason) -> DisputeReason:
    """The reason of a dispute that was opened because the customer gave this one, where nobody named another."""
    return next((reason for reason, answer in ANSWER_REASONS.items() if answer is given), DisputeReason.OTHER)


def in_words(reason: DisputeReason, language: str = "en") -> str:
    """The reason in words of staff, in English where the language has none."""
    return REASON_WORDS.get(language, REASON_WORDS["en"])[reason]


def reason_named(text: str) -> DisputeReason | None:
    """The reason a person named by its code or its words in either language; None: by none of them."""
    said = " ".join(text.replace("_", " ").replace("-", " ").lower().split())
    known = {reason.value.replace("_", " "): reason for reason in DisputeReason}
    for words in REASON_WORDS.values():
        known |= {sentence: reason for reason, sentence in words.items()}
    return known.get(said)
