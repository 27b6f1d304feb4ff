"""Adding up figures of some customers to those of all, and writing them as a report."""

from policies.ladder import Ladder
from policies.replay.counting import Stated, Tally
from policies.replay.difference import Contacted
from policies.replay.period import Period
from policies.replay.report import Accessories, ActCount, AlthoughPaying, MonthCount, QuestionCount, Report
from policies.stages import HARDNESS, Channel

CHANNELS = tuple(Channel)


def add(total: Tally, one: Tally) -> None:
    """Add the figures of `one` to `total`."""
    total.invoices += one.invoices
    total.customers += one.customers
    total.outside += one.outside
    total.contacted_invoices += one.contacted_invoices
    total.contacted_customers += one.contacted_customers
    total.crossed += one.crossed
    total.on_settled += one.on_settled
    total.acts.update(one.acts)
    total.carried.update(one.carried)
    total.months.update(one.months)
    total.questions.update(one.questions)
    total.paying += one.paying
    for currency, stated in one.stated.items():
        sum_ = total.stated.setdefault(currency, Stated())
        sum_.messages += stated.messages
        sum_.invoices += stated.invoices
        sum_.flat += stated.flat
        sum_.interest += stated.interest


def report(ladder: Ladder, period: Period, within_days: int, tally: Tally) -> Report:
    """The figures as a report, in an order of its own: it is the same whatever order they were added in."""
    places = {step.id: place for place, step in enumerate(ladder.steps)}
    acts = sorted(tally.acts, key=lambda key: (HARDNESS[key[1]], places.get(key[0], 0), CHANNELS.index(key[2])))
    months = sorted(tally.months, key=lambda key: (key[0], HARDNESS[key[1]]))
    paying = sorted(tally.paying, key=lambda one: (-one.contacts, one.number))
    return Report(
        policy=ladder.id, title=ladder.title, hash=ladder.hash, first=period.first, last=period.last,
        invoices=tally.invoices, customers=tally.customers, outside=tally.outside,
        contacted_invoices=tally.contacted_invoices, contacted_customers=tally.contacted_customers,
        acts=tuple(ActCount(*key, tally.acts[key], tally.carried[key]) for key in acts),
        months=tuple(MonthCount(*key, tally.months[key]) for key in months),
        although_paying=AlthoughPaying(within_days, tally.crossed, tuple(paying)),
        accessories=tuple(
            Accessories(currency, one.messages, one.invoices, one.flat, one.interest)
            for currency, one in sorted(tally.stated.items())
        ),
        questions=tuple(QuestionCount(kind, tally.questions[kind]) for kind in sorted(tally.questions)),
        acts_on_settled=tally.on_settled,
    )  # fmt: skip


def contacted(mine: frozenset[str], theirs: frozenset[str]) -> tuple[Contacted, Contacted]:
    """One customer under two policies: whether each contacts it, and about which invoices."""
    customers = Contacted(int(bool(mine) > bool(theirs)), int(bool(theirs) > bool(mine)), int(bool(mine and theirs)))
    return customers, Contacted(len(mine - theirs), len(theirs - mine), len(mine & theirs))


def both(one: Contacted, other: Contacted) -> Contacted:
    """The sum of two counts of who is contacted."""
    return Contacted(one.only_this + other.only_this, one.only_other + other.only_other, one.both + other.both)
