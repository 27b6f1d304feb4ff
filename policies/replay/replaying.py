"""One customer of the history played under a policy: `playing the past` is playing the world with what was recorded of it.

The policy is played from the customer's first invoice on, as though it had always been in force.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from policies.case import Calendar
from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.play.debtor import play_debtor
from policies.play.events import Event, Held, Money, Released, Withdrawn
from policies.play.played import ActPlayed, QuestionPlayed
from policies.play.world import Debtor, House, Owed, always
from policies.policy_choice import Choice, ChosenBy, Wish, choose
from policies.replay.learnt import hold_ended, hold_known, invoice_known, money_known
from policies.replay.past import PastCustomer, PastHold, PastInvoice
from policies.replay.payers import payer_of
from policies.replay.period import Period
from policies.replay.place import Place
from policies.replay.plain import by_its_days_alone
from policies.stages import Channel

REACH = frozenset(Channel)
"""A history says nothing of addresses: every channel is taken to reach everybody."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What is played: a policy over a period, and what is the same for everybody."""

    ladder: Ladder
    period: Period
    place_of: Callable[[PastCustomer], Place]
    house: House
    plain: bool = False
    """Every day and hour is open, nothing is capped, and each invoice is played as though it were its customer's only one."""

    fits: dict[tuple[DebtorKind, str], bool] = field(default_factory=dict, compare=False, repr=False)
    """For whom the policy is written, as far as it was asked."""

    def place(self, customer: PastCustomer) -> Place:
        """Where the customer lives, as far as that counts here."""
        found = self.place_of(customer)
        return found.plain() if self.plain else found

    def climbed(self) -> Ladder:
        """The ladder as it is climbed here."""
        return by_its_days_alone(self.ladder) if self.plain else self.ladder


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with one customer. Empty where the policy is not written for it."""

    acts: tuple[ActPlayed, ...]
    questions: tuple[QuestionPlayed, ...]


def is_for(replay: Replay, customer: PastCustomer, place: Place) -> bool:
    """Whether the policy is written for this customer, chosen by the creditor for everybody."""
    alike = customer.kind, place.law_id
    if alike not in replay.fits:
        wish = Wish(ChosenBy.CREDITOR, replay.ladder)
        replay.fits[alike] = isinstance(choose([wish], *alike), Choice)
    return replay.fits[alike]


def replayed(replay: Replay, customer: PastCustomer, place: Place) -> Done:
    """Everything the policy would have done with the customer until the period is over."""
    until, ladder = replay.period.ends(place.calendar), replay.climbed()
    acts, questions = list[ActPlayed](), list[QuestionPlayed]()
    for one in _apart(customer) if replay.plain else (customer,):
        debtor = debtor_of(one, ladder, place)
        played = play_debtor(debtor, always(ladder), until, replay.house)
        acts += played.acts
        questions += played.questions
    return Done(tuple(acts), tuple(questions))


def _apart(customer: PastCustomer) -> Iterator[PastCustomer]:
    return (replace(customer, invoices=(one,)) for one in customer.invoices)


def debtor_of(customer: PastCustomer, ladder: Ladder, place: Place) -> Debtor:
    """The customer as the world knows it. The order in which the history tells of it does not matter."""
    invoices = sorted(customer.invoices, key=lambda one: (one.due, one.number))
    events: list[Event] = [event for one in invoices for event in _money(one, place.calendar)]
    for one in invoices:
        events += _holds(one.holds, one.number, place.calendar)
        if one.given_up is not None:
            events.append(Withdrawn(known=one.given_up, invoice=one.number, reason="given up"))
    events += _holds(customer.holds, "", place.calendar)
    return Debtor(
        number=customer.number, kind=customer.kind, calendar=place.calendar, country=customer.country or None,
        region=customer.region, law=place.law, reach=REACH, owed=tuple(_owed(one, place.calendar) for one in invoices),
        events=tuple(events), payer=payer_of(customer, ladder, place.calendar),
    )  # fmt: skip


def _owed(one: PastInvoice, calendar: Calendar) -> Owed:
    return Owed(
        one.number, one.due, one.amount, one.currency, invoice_known(one, calendar), one.issued, reached=one.reached,
        reached_on=one.reached_on,
    )  # fmt: skip


def _money(one: PastInvoice, calendar: Calendar) -> Iterator[Money]:
    lines = sorted((money.on, money_known(money, calendar), money.amount, money.credit) for money in one.money)
    for place, (on, known, amount, credit) in enumerate(lines):
        yield Money(
            known=known, on=on, amount=amount, currency=one.currency, names=(one.number,),
            key=f"{one.number} {place:04d}", credit=credit,
        )  # fmt: skip


def _holds(holds: tuple[PastHold, ...], invoice: str, calendar: Calendar) -> Iterator[Event]:
    for one in sorted(holds, key=lambda one: (hold_known(one, calendar), one.hold.kind, one.hold.since)):
        yield Held(known=hold_known(one, calendar), hold=one.hold, invoice=invoice)
        ended = hold_ended(one, calendar)
        if ended is not None:
            yield Released(known=ended, invoice=invoice, kind=one.hold.kind)
