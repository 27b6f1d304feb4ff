"""Opening cases: each unpaid item gets its case on the day of its ladder's first step, once (design 4.1)."""

from datetime import date, datetime

from policies.calendar_days import days_after, month_end
from policies.facts import DoneHow, StepDone
from policies.ladder import Ladder
from policies.play.account import Account
from policies.play.days import start_of
from policies.play.item import Item
from policies.stages import HARDNESS
from policies.step import CountedFrom


def open_case(account: Account, item: Item, now: datetime) -> None:
    """Open the item's case if its first step's day has come, something is owed, and collecting is on."""
    due = item.owed.due
    if item.ladder is not None or due is None or item.principal <= 0 or account.off:
        return
    if account.agenda.running(now) > now:
        account.agenda.put(account.agenda.running(now), item)
        return
    ladder = account.choose(account.debtor, item.owed, now)
    if ladder is None:
        return
    first = first_day(ladder, due)
    if account.day(now) < first:
        account.agenda.put(start_of(account.debtor.calendar, first), item)
        return
    item.ladder, item.opened_on = ladder, account.day(now)
    item.refresh_life(account.limitation)
    _done_elsewhere(item, ladder, item.opened_on)
    account.due[item.id] = item


def first_day(ladder: Ladder, due: date) -> date:
    """The day of the first step."""
    if not ladder.steps:
        return due
    step = ladder.steps[0]
    return days_after(month_end(due) if step.after is CountedFrom.MONTH_END else due, step.offset)


def _done_elsewhere(item: Item, ladder: Ladder, today: date) -> None:
    """What was sent before us counts as done on its date; nothing gentler ever leaves."""
    reached = item.owed.reached
    if reached is None:
        return
    on = item.owed.reached_on or today
    steps = (step for step in ladder.steps if HARDNESS[step.stage] <= HARDNESS[reached])
    item.behind(*(StepDone(step.id, on, DoneHow.ELSEWHERE) for step in steps))
