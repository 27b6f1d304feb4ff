"""What follows from an answer about proceedings, a declaration of claims, goods under retention of title, or a stay."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NoticeConfirmed:
    """A published notice is about this customer: its proceedings are opened."""

    declare_by: date
    email: str
    words: str
    """The administrator's name, and behind it the postal address, with commas or on lines."""


@dataclass(frozen=True, slots=True)
class NoticeDismissed:
    """It is about somebody else: the hold it placed is lifted."""

    reason: str


@dataclass(frozen=True, slots=True)
class DeclareClaim:
    """The claim file is handed over as it was shown."""


@dataclass(frozen=True, slots=True)
class ClaimDeclared:
    """Somebody declared the claim on `on`."""

    on: date


@dataclass(frozen=True, slots=True)
class ClaimGivenUp:
    """Nothing is declared."""

    reason: str


@dataclass(frozen=True, slots=True)
class GoodsToClaim:
    """Goods were delivered under retention of title; they are claimed back by the day entered."""

    by: date
    goods: str


@dataclass(frozen=True, slots=True)
class NoGoods:
    """Nothing was delivered under retention of title."""


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What a stay asks of the creditor was done, or is not needed; `words` say how."""

    done: bool
    words: str


InsolvencyConsequence = (
    NoticeConfirmed
    | NoticeDismissed
    | DeclareClaim
    | ClaimDeclared
    | ClaimGivenUp
    | GoodsToClaim
    | NoGoods
    | FollowedUp
)
