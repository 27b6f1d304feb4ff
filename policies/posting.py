"""What a message needs to become a letter on paper: where it goes, and how it is posted."""

from dataclasses import dataclass
from datetime import date

from policies.stages import HARDNESS, Stage

BY_LAW, NOTICES, NEVER = "law", "notices", "never"
REGISTERED = (BY_LAW, NOTICES, NEVER)
"""When a formal notice goes by registered letter: where the law makes it worth its price, always, or never."""

PROOF_BY_LETTER = frozenset({"FR", "IT"})
"""Laws under which the registered letter is the proof of a formal notice that is looked for.

FR: an e-mail only where its receipt can be shown (simonnetavocat.fr), a registered letter also where nobody collects it
(Cass. 1re civ., 20 Jan 2021, no. 19-20.680). IT: written notice by registered letter or PEC. Elsewhere no form was found.
"""


@dataclass(frozen=True, slots=True)
class Posting:
    """What a letter needs beside its message: where it goes, and how."""

    address: str
    """The recipient's postal address, its lines separated by line ends; the name comes from the message."""
    country: str
    """The recipient's, as ISO 3166: it decides where the window is."""
    creditor_country: str
    registered: bool = False
    """Whether it goes as a registered letter with acknowledgement of receipt."""
    name: str = ""
    """To whom, where it is not the customer: an agency, a lawyer."""
    history: tuple[tuple[date, str], ...] = ()
    """What was sent before, oldest first."""


def is_registered(stage: Stage, law: str, wish: str) -> bool:
    """Whether the letter of a stage goes registered, as the creditor wishes (`REGISTERED`). Only formal notices do."""
    if stage is not Stage.FORMAL_NOTICE or wish == NEVER:
        return False
    return wish == NOTICES or law in PROOF_BY_LETTER


def to_the_seat(stage: Stage) -> bool:
    """Whether the letter is for the registered office: a formal notice and what is harder; else for who pays the bills."""
    return HARDNESS[stage] >= HARDNESS[Stage.FORMAL_NOTICE]


def address_for(stage: Stage, accounts: str, seat: str) -> str:
    """The address of the letter: the seat's or the accounts', by stage; where only one of them is known, that one."""
    return (seat or accounts) if to_the_seat(stage) else (accounts or seat)


def one_line_of(address: str) -> str:
    """The address on one line, as lists and approvals show it: *14 quai du Port, 69002 Lyon*."""
    return ", ".join(part for part in (" ".join(line.split()) for line in address.splitlines()) if part)
