"""What a message claims besides the principal, where its step does: interest and the flat sum, as at its day."""

from datetime import date

from policies.free_reminder import free_until
from policies.interest.claim import claim
from policies.interest.debt import Debt, Movement
from policies.interest.statement import Statement
from policies.law.rules import KindLaw
from policies.play.account import Account
from policies.play.item import Item
from policies.play.snapshot import snapshot
from policies.rates.series import Rates
from policies.stages import Stage
from policies.step import Accessories, Step

Sums = tuple[int | None, int | None]
NOTHING: Sums = (None, None)


def claimed(account: Account, items: tuple[Item, ...], step: Step, today: date) -> Sums:
    """Interest and flat sums of the items, in minor units. None: nothing is claimed, or it is only reserved in words.

    A step never claims more than its ladder allows. Nothing is claimed where one item's figure is not known.
    """
    law, rates = account.debtor.law, account.house.rates
    ladder = items[0].ladder
    if step.claims is not Accessories.CLAIM or ladder is None or ladder.accessories is not Accessories.CLAIM:
        return NOTHING
    if law is None or rates is None:
        return NOTHING
    found = [statement(account, item, law, rates, today) for item in items]
    flats = [one.flat or 0 for one in found] if ladder.flat_sum else []
    interests = [one.interest for one in found]
    known = [one for one in interests if one is not None]
    return sum(known) if len(known) == len(interests) else None, sum(flats) or None


def statement(account: Account, item: Item, law: KindLaw, rates: Rates, today: date) -> Statement:
    """The calculation for one item as at the end of `today`."""
    owed = item.owed
    assert owed.due is not None, "only what is due is claimed"
    moves = (Movement(one.on, one.amount) for one in (*item.receipts, *item.credits))
    debt = Debt(
        principal=owed.amount,
        currency=owed.currency,
        due=owed.due,
        movements=tuple(moves),
        notice_on=_noticed(account, item, law, today),
        delivered_on=owed.delivered_on,
    )
    return claim(debt, law, rates, today, terms=owed.terms)


def _noticed(account: Account, item: Item, law: KindLaw, today: date) -> date | None:
    """The day interest is counted from where it waits for a notice: its receipt, or the end of the free reminder."""
    ladder = item.ladder
    if law.interest is None or ladder is None:
        return None
    if law.notice is not None and law.notice.free_reminder_first:
        return free_until(snapshot(account, item, today), ladder.steps, item.done)
    notices = {step.id for step in ladder.steps if step.stage is Stage.FORMAL_NOTICE}
    return min((one.on for one in item.done if one.step in notices and one.is_contact), default=None)
