"""What a message to an administrator says of the proceedings it is about."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What was opened (*redressement judiciaire*), and the day of the judgment."""

    name: str
    judgment: date
