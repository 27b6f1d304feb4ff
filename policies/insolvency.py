"""Insolvency proceedings of a customer: what a court opened, whom it appointed, and the days that count.

What was read of the law is French: the judgment stops what arose before it (C. com. L622-21), which is declared to the
creditors' representative within a time that runs from the publication; what arose after it is paid when due (L622-17). No
length of that time is known here with a source, so its last day is entered by whoever read the notice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST = 300
"""Characters of a name or of a word of another country's law."""
DECLARATION = "C. com. L622-24, R622-24 (day entered by {actor})"
"""What the last day to declare rests on, unless something else is said."""


class ProceedingsKind(StrEnum):
    """What a court has opened."""

    SAFEGUARD = "sauvegarde"
    REORGANISATION = "redressement"
    LIQUIDATION = "liquidation"
    FOREIGN = "foreign"  # by the word of another country's law


NAMES: Mapping[ProceedingsKind, str] = {
    ProceedingsKind.SAFEGUARD: "sauvegarde",
    ProceedingsKind.REORGANISATION: "redressement judiciaire",
    ProceedingsKind.LIQUIDATION: "liquidation judiciaire",
}
"""As messages name it, in every language: it is a term of French law."""


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody a court has appointed."""

    name: str = ""
    email: str = ""
    postal: str = ""
    """Lines separated by line ends."""


@dataclass(frozen=True, slots=True)
class InsolvencyWords:
    """Proceedings as they were written down; empty text: nothing is said."""

    kind: str
    judgment: str
    administrator: Office = Office()
    """Who pays what arose after the judgment: administrator, liquidator."""
    representative: Office = Office()
    """To whom claims are declared; empty: the administrator."""
    published: str = ""
    declare_by: str = ""
    register: str = ""
    court: str = ""
    ladder: str = ""
    """The ladder of what arose after the judgment; empty: the one that ships for the customer's country."""


@dataclass(frozen=True, slots=True)
class InsolvencyAsked:
    """Proceedings that can be opened in the books."""

    kind: ProceedingsKind
    name: str
    judgment: date
    administrator: Office
    representative: Office
    published: date | None
    declare_by: date | None
    register: str
    court: str
    ladder: str


def postal_lines(address: str) -> str:
    """An address written with commas between its lines, or on lines, as lines."""
    return "\n".join(part.strip() for part in address.replace("\n", ",").split(",") if part.strip())


def kind_of(text: str) -> tuple[ProceedingsKind, str]:
    """The kind meant by a word, and what it is called: *redressement judiciaire*; a foreign word is kept as it is."""
    said = " ".join(text.split())
    known = next((one for one in NAMES if said.casefold().startswith(one.value)), None)
    return (known, NAMES[known]) if known is not None else (ProceedingsKind.FOREIGN, said[:LONGEST])
