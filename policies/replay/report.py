"""What a replay found: how often a policy would have written, called or handed over, to whom, and what it would have cost them.

A count of contacts, not a promise of cash: the customers of the history paid as they were treated then, and nobody
knows when they would have paid under another policy. Amounts in minor units of the currency beside them.
"""

from dataclasses import dataclass
from datetime import date

from policies.questions import QuestionKind
from policies.stages import Channel, Stage


@dataclass(frozen=True, slots=True)
class ActCount:
    """Acts of one step by one channel. A message that also leaves by SMS is counted under both channels."""

    step: str
    """That of the hardest invoice in the message, which the message is written for."""
    stage: Stage
    channel: Channel
    count: int
    invoices: int
    """Invoices whose step it was: a message may carry out the steps of several (design 4.11)."""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Messages, calls and files of one stage in one month, each once whatever its channels."""

    month: str
    """`2026-03`, in the debtors' days."""
    stage: Stage
    count: int


@dataclass(frozen=True, slots=True)
class PayingCustomer:
    """A customer who pays without being asked, and was contacted all the same."""

    number: str
    contacts: int
    invoices: int
    """Different invoices these contacts were about."""


@dataclass(frozen=True, slots=True)
class AlthoughPaying:
    """Who would have been contacted although paying. Notices before the due date are a service, and are not counted."""

    within_days: int
    """A customer *pays without being asked* if it paid every invoice that fell due in the period, in full, at most so
    many days after its due date."""
    crossed: int
    """Contacts about an invoice that had been paid in full by that day, which nobody knew yet: they crossed the money."""
    customers: tuple[PayingCustomer, ...]
    """Those who pay without being asked and were contacted, most contacts first; of as many by their numbers."""

    @property
    def contacts(self) -> int:
        """Contacts with customers who pay without being asked."""
        return sum(one.contacts for one in self.customers)


@dataclass(frozen=True, slots=True)
class Accessories:
    """Interest and flat sums the messages stated in one currency: what was claimed, not what would have been paid."""

    currency: str
    messages: int
    """Messages that state figures."""
    invoices: int
    """Different invoices for which figures were stated."""
    flat: int
    """Flat sums, each invoice's once: as its last message states them."""
    interest: int
    """Interest, each invoice's once: as its last message states it."""


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """Questions of one kind that people would have been asked."""

    kind: QuestionKind
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """What one policy would have done in the period."""

    policy: str
    title: str
    hash: str
    first: date
    """First day of the period."""
    last: date
    """Last day of it, inclusive."""
    invoices: int
    """Invoices in the books by the end of the period that were not settled, as far as was known, before it began."""
    customers: int
    """Whose invoices they are."""
    outside: int
    """How many of these invoices are owed by customers for whom the policy is not written: none of them is contacted."""
    contacted_invoices: int
    contacted_customers: int
    acts: tuple[ActCount, ...]
    """In the order of the stages, then of steps and channels."""
    months: tuple[MonthCount, ...]
    """In the order of time, then of stages; months without a message are left out."""
    although_paying: AlthoughPaying
    accessories: tuple[Accessories, ...]
    """By currency; empty where no message states figures."""
    questions: tuple[QuestionCount, ...]
    acts_on_settled: int
    """Acts about an invoice that was settled in facts known at that moment. It must be 0; it is counted, not assumed."""
