"""What follows from an answer about a bank line: it is booked as read, it is for none of these, or asked again later."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakeReading:
    """The line pays what the offer of this place says; places count from 1."""

    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefuseReadings:
    """The line pays none of what was offered."""

    reason: str


@dataclass(frozen=True, slots=True)
class AskAboutLineLater:
    """Nobody is asked for so many days; messages about what is proposed wait on."""

    days: int
