"""Counting what was done with one customer: every figure of the report, from its acts and the facts of the history."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from policies.play.played import ActPlayed
from policies.questions import QuestionKind
from policies.replay.learnt import Learnt, learnt
from policies.replay.past import PastCustomer
from policies.replay.period import Period
from policies.replay.place import Place
from policies.replay.replaying import Done
from policies.replay.report import PayingCustomer
from policies.stages import Channel, Stage

Step = tuple[str, Stage, Channel]


@dataclass(slots=True)
class Stated:
    """Interest and flat sums stated in one currency."""

    messages: int = 0
    invoices: int = 0
    flat: int = 0
    interest: int = 0


@dataclass(slots=True)
class Tally:
    """Figures of some customers, which add up to those of all."""

    invoices: int = 0
    customers: int = 0
    outside: int = 0
    contacted_invoices: int = 0
    contacted_customers: int = 0
    acts: Counter[Step] = field(default_factory=Counter)
    carried: Counter[Step] = field(default_factory=Counter)
    months: Counter[tuple[str, Stage]] = field(default_factory=Counter)
    crossed: int = 0
    paying: list[PayingCustomer] = field(default_factory=list)
    stated: dict[str, Stated] = field(default_factory=dict)
    questions: Counter[QuestionKind] = field(default_factory=Counter)
    on_settled: int = 0


def all_learnt(customer: PastCustomer, place: Place) -> dict[str, Learnt]:
    """What was known of each invoice, and when."""
    return {one.number: learnt(one, place.calendar) for one in customer.invoices}


def of_period(known: Mapping[str, Learnt], place: Place, period: Period) -> int:
    """How many invoices count in the period: in the books by its end, and not settled before it began."""
    before, ends = period.opens(place.calendar) - timedelta(microseconds=1), period.ends(place.calendar)
    return sum(1 for one in known.values() if one.known <= ends and not one.is_settled(before))


def count(
    tally: Tally, customer: PastCustomer, done: Done, known: Mapping[str, Learnt], period: Period, within_days: int
) -> frozenset[str]:
    """Add the figures of one customer; answers the invoices it heard of. `known`: all of its invoices."""
    acts = [act for act in done.acts if period.holds(act.on)]
    for act in acts:
        _count_act(tally, act, known)
    contacted = frozenset(item for act in acts for item in (*act.items, *act.besides))
    tally.contacted_invoices += len(contacted)
    tally.contacted_customers += 1 if acts else 0
    for question in done.questions:
        if period.holds(question.on):
            tally.questions[question.kind] += 1
    _count_stated(tally, acts)
    reminders = [act for act in acts if act.stage is not Stage.UPCOMING and act.channels != (Channel.HANDOVER,)]
    if reminders and pays_unasked(known.values(), period, within_days):
        items = {item for act in reminders for item in (*act.items, *act.besides)}
        tally.paying.append(PayingCustomer(customer.number, len(reminders), len(items)))
    return contacted


def _count_act(tally: Tally, act: ActPlayed, known: Mapping[str, Learnt]) -> None:
    for channel in act.channels:
        tally.acts[act.step, act.stage, channel] += 1
        tally.carried[act.step, act.stage, channel] += len(act.taken)
    tally.months[f"{act.on:%Y-%m}", act.stage] += 1
    about = [known[item] for item in (*act.items, *act.besides)]
    if any(one.is_settled(act.at) for one in about):
        tally.on_settled += 1
    elif act.stage is not Stage.UPCOMING and any(_paid_by(one, act.on) for one in about):
        tally.crossed += 1


def _paid_by(one: Learnt, day: date) -> bool:
    return one.paid_on is not None and one.paid_on <= day


def pays_unasked(invoices: Iterable[Learnt], period: Period, within_days: int) -> bool:
    """Whether every invoice of which it can be said was paid in full by `within_days` days after its due date.

    It can be said of those whose due date and days lie in the period; without any, nothing can be said.
    """
    within = timedelta(days=within_days)
    said = [one for one in invoices if period.first <= one.invoice.due and one.invoice.due + within <= period.last]
    return bool(said) and all(_paid_by(one, one.invoice.due + within) for one in said)


def _count_stated(tally: Tally, acts: Iterable[ActPlayed]) -> None:
    """Messages repeat what they claim: of each invoice, what the last one states."""
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for act in sorted(acts, key=lambda act: act.at):
        if act.accessories is None or act.accessories.reserved:
            continue
        tally.stated.setdefault(act.currency, Stated()).messages += 1
        for line in act.accessories.lines:
            last[act.currency, line.invoice] = (line.flat or 0, line.interest)
    for (currency, _), (flat, interest) in last.items():
        one = tally.stated[currency]
        one.invoices, one.flat, one.interest = one.invoices + 1, one.flat + flat, one.interest + interest
