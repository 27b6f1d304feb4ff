"""How a business customer pays, in one word. Consumers are never scored (CNIL deliberation 2021-130)."""

from enum import StrEnum


class Payer(StrEnum):
    """What the last twelve months say about a customer."""

    PROMPT = "prompt"
    USUAL_SLOW = "usual_slow"  # late as always: no worse than it was
    WORSENING = "worsening"
    NEW = "new"  # too little is known
