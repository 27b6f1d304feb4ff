"""A world to be played: debtors, what they owe, what happens, and who decides when a person is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from policies.case import Calendar
from policies.facts import DebtorKind
from policies.interest.debt import Terms
from policies.ladder import Ladder
from policies.law.rules import KindLaw
from policies.payer import Payer
from policies.play.events import Event
from policies.questions import QuestionKind
from policies.rates.series import Rates
from policies.stages import Channel, Stage

EVERYTHING = frozenset(Channel)


@dataclass(frozen=True, slots=True)
class Owed:
    """One due item: an invoice, or an instalment of one. Amounts in minor units of `currency`."""

    number: str
    """Unique among the customer's."""
    due: date | None
    """None: nothing is due, so nothing is asked for."""
    amount: int
    currency: str
    known: datetime
    """From this moment on it is in our books (aware)."""
    issued: date | None = None
    invoice: str = ""
    """The invoice it is an instalment of; payments may name either."""
    policy: str = ""
    """The policy chosen for this invoice; empty: none was."""
    reached: Stage | None = None
    """The hardest stage that was done before us, on `reached_on`."""
    reached_on: date | None = None
    terms: Terms | None = None
    """What was agreed about interest and the flat sum, with what proves it."""
    delivered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes, what is owed, and what happens to it."""

    number: str
    kind: DebtorKind
    calendar: Calendar
    owed: tuple[Owed, ...]
    events: tuple[Event, ...] = ()
    country: str | None = None
    region: str = ""
    law: KindLaw | None = None
    reach: frozenset[Channel] = EVERYTHING
    policy: str = ""
    payer: Payer | Callable[[date], Payer | None] | None = None
    """How it pays, or a law that says so for a day."""
    first_lateness: bool | Callable[[date, date], bool] = False
    """Whether what is late is its first lateness in twelve months, or a law that says so on a day of a due date."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person answers to a question, `after` so long. `days`: the date of the form, so many days after the answer."""

    choice: str
    note: str = ""
    days: int | None = None
    after: timedelta = timedelta(0)


Answers = Mapping[QuestionKind, Saying]
"""Who is not in it never answers by himself."""

AGREE: Answers = {
    QuestionKind.APPROVE: Saying("send"),
    QuestionKind.DAILY_REVIEW: Saying("send_all"),
    QuestionKind.CALL_OUTCOME: Saying("refuses"),
    QuestionKind.MEDIATION_OUTCOME: Saying("failed"),
    QuestionKind.AMBIGUOUS: Saying("arrived"),
    QuestionKind.LIMITATION: Saying("go_on"),
}
"""Everybody agrees at once; what becomes of a case at the end of its ladder, of a dead claim or of a refused address is
nobody's to say but a person's: those questions stay open."""

NOBODY: Answers = {}

Choose = Callable[[Debtor, Owed, datetime], Ladder | None]
"""The ladder a case climbs that is opened at a moment; None: nothing is chased."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Nothing runs from `since` until `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every debtor."""

    answers: Answers = field(default_factory=lambda: AGREE)
    outages: tuple[Outage, ...] = ()
    rates: Rates | None = None
    """None: figures of interest are not wanted."""
    choices_at: tuple[datetime, ...] = ()
    """Moments from which on another ladder is chosen: items without a case look again then."""


def always(ladder: Ladder) -> Choose:
    """Everybody climbs the same ladder."""
    return lambda debtor, owed, moment: ladder
