"""One customer of the history played under a policy: `playing the past` is playing the world with what was recorded of it.

The policy is played from the customer's first invoice on, as though it had always been in force.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.play.debtor import play_debtor
from policies.play.played import ActPlayed, QuestionPlayed
from policies.play.world import House, always
from policies.policy_choice import Choice, ChosenBy, Wish, choose
from policies.replay.past import PastCustomer
from policies.replay.past_debtor import debtor_of
from policies.replay.period import Period
from policies.replay.place import Place
from policies.replay.plain import by_its_days_alone


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
