"""What could not happen as it was told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RemarkPlayed:
    """Why, in words."""

    at: datetime
    debtor: str
    words: str
