"""Stays: a reason the law or a person gives to leave a customer alone for a time, and what the law asks meanwhile.

A stay holds every item of a customer, or of a group, at once; each is resumed by itself, by a person, never all of them by
accident. An admitted file of over-indebtedness suspends enforcement for two years at most, and the debtor may not pay what is
older (C. conso. L722-2, L722-3, L722-5; read 2026-04-03, confidence H). For a death and a complaint no length was found: the
day on which the stay is looked at again is entered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.facts import HoldKind


class StayKind(StrEnum):
    """Why a customer is left alone."""

    DEATH = "death"
    OVER_INDEBTEDNESS = "over_indebtedness"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class StayLaw:
    """What a kind of stay is, for how long at most, and what is done meanwhile."""

    hold: HoldKind
    follow_up: str
    """What the law, or care, asks of the creditor while it lasts: a task for the owner."""
    article: str = ""
    """Empty: the day was entered by a person."""
    years: int | None = None
    """The longest it may last; None: no length was found."""


STAY_LAWS: Mapping[StayKind, StayLaw] = {
    StayKind.DEATH: StayLaw(
        HoldKind.DEATH,
        "Find out which notary settles the estate and declare the claim there, with copies of the invoices.",
    ),
    StayKind.OVER_INDEBTEDNESS: StayLaw(
        HoldKind.OVER_INDEBTEDNESS,
        "Send the commission of the Banque de France the contract and what is owed, and tell everybody who collects for you "
        "that the file was admitted.",
        "C. conso. L722-2, L722-3, L722-5",
        2,
    ),
    StayKind.COMPLAINT: StayLaw(HoldKind.COMPLAINT, "Answer the complaint in writing."),
}


@dataclass(frozen=True, slots=True)
class StayWords:
    """A stay as it was written down; empty text: nothing is said."""

    kind: str
    words: str = ""
    since: str = ""
    last_day: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class StayAsked:
    """A stay that can be opened."""

    kind: StayKind
    words: str
    since: date
    last_day: date
    article: str

    @property
    def law(self) -> StayLaw:
        """What its kind is."""
        return STAY_LAWS[self.kind]
