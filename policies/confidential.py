"""What may not be told to an agency, a court, an insurer or in evidence: what was said to reach an agreement.

What is exchanged in mediation may not be produced without everybody's consent (law 95-125 of 8 February 1995, art. 21-3), and
offers to settle are made without prejudice: that an attempt took place and failed is stated, never what was offered.
"""

from collections.abc import Collection, Mapping

from policies.beside import MessageKind
from policies.questions import QuestionKind
from policies.stages import Stage

OFFERS = frozenset(
    {
        MessageKind.SETTLEMENT_OFFER,
        MessageKind.SETTLEMENT_VOID,
        MessageKind.SETTLEMENT_PAID,
        MessageKind.MEDIATION_PROPOSED,
    }
)
"""Messages beside the ladder that speak of an offer to settle for less, or propose a mediation."""
QUESTIONS = frozenset({QuestionKind.MEDIATION_OUTCOME, QuestionKind.MEDIATION, QuestionKind.SETTLEMENT})
"""Questions whose answers say what was offered or said: neither their text nor what was answered is told."""
BETWEEN_US = frozenset({"agreement_proposed", "agreement_ended_refused"})
"""Entries of a journal that tell of something that was proposed, and of which nothing came."""


def is_confidential(stage: Stage | None, kind: MessageKind | None = None) -> bool:
    """Whether a message of this stage, or of this kind beside the ladder, is left out of every file handed over."""
    return stage is Stage.MEDIATION or kind in OFFERS


def is_confidential_entry(kind: str, facts: Mapping[str, object], agreements: Collection[int] = ()) -> bool:
    """Whether an entry of a journal is told by its hash alone in what is handed over.

    `agreements` are the numbers of those of which nothing may be told: offers, and what was proposed and not agreed. That a
    mediation was proposed and how it ended (`mediation_proposed`, `mediation_ended`) is told.
    """
    if kind in ("asked", "answered", "question_voided", "reply_answered"):
        return facts.get("kind") in QUESTIONS
    if kind in ("told", "not_told", "queued"):
        return facts.get("kind") in OFFERS
    return kind in BETWEEN_US or (kind.startswith("agreement_") and facts.get("agreement") in agreements)
