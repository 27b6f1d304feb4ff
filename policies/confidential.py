"""What may not be told to an agency, a court, an insurer or in evidence: what was said to reach an agreement.

What is exchanged in mediation may not be produced without everybody's consent (law 95-125 of 8 February 1995, art. 21-3), and
offers to settle are made without prejudice: that an attempt took place and failed is stated, never what was offered.
"""

from policies.beside import MessageKind
from policies.stages import Stage

OFFERS = frozenset({MessageKind.SETTLEMENT_OFFER, MessageKind.SETTLEMENT_VOID, MessageKind.SETTLEMENT_PAID})
"""Messages beside the ladder that speak of an offer to settle for less."""


def is_confidential(stage: Stage | None, kind: MessageKind | None = None) -> bool:
    """Whether a message of this stage, or of this kind beside the ladder, is left out of every file handed over."""
    return stage is Stage.MEDIATION or kind in OFFERS
