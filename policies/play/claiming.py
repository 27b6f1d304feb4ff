"""What a message claims besides the principal, where its step does: interest and the flat sum, as at its day."""

from datetime import date

from policies.accessories import AccessoriesFacts, accessories, mode_of
from policies.free_reminder import noticed_on
from policies.interest.claim import claim
from policies.interest.debt import Debt, Movement
from policies.interest.statement import Statement
from policies.interest.stopped import stop_of
from policies.law.rules import KindLaw
from policies.play.account import Account
from policies.play.item import Item
from policies.play.snapshot import snapshot
from policies.rates.series import Rates
from policies.step import Accessories, Step


def claimed(
    account: Account, items: list[Item], besides: tuple[Item, ...], step: Step, today: date
) -> AccessoriesFacts | None:
    """What the message of `items` says of interest and flat sums; None: nothing, or nobody wants figures here.

    It also asks for the items `besides`, about which no notice of theirs is counted.
    """
    law, rates, ladder = account.debtor.law, account.house.rates, items[0].ladder
    if rates is None or ladder is None or not ladder.steps:
        return None
    mode = mode_of(step, ladder)
    if mode is not Accessories.CLAIM or law is None:
        return accessories(mode, (), 0, flat_sum=False)
    stated = [(item.name, statement(account, item, law, rates, today)) for item in items]
    stated += [(item.name, _stated(account, item, law, rates, today, None)) for item in besides]
    owed = sum(item.principal for item in (*items, *besides))
    return accessories(mode, stated, owed, flat_sum=ladder.flat_sum)


def statement(account: Account, item: Item, law: KindLaw, rates: Rates, today: date) -> Statement:
    """The calculation for one item as at the end of `today`."""
    return _stated(account, item, law, rates, today, _noticed(account, item, today))


def _stated(account: Account, item: Item, law: KindLaw, rates: Rates, today: date, noticed: date | None) -> Statement:
    owed = item.owed
    assert owed.due is not None, "only what is due is claimed"
    moves = tuple(Movement(one.on, one.amount) for one in (*item.receipts, *item.credits))
    stop = stop_of((*item.holds, *account.holds), owed.issued or owed.due)
    debt = Debt(
        owed.amount, owed.currency, owed.due, moves, notice_on=noticed, stopped_on=None if stop is None else stop.on,
        stopped_why="" if stop is None else stop.why, delivered_on=owed.delivered_on,
    )  # fmt: skip
    return claim(debt, law, rates, today, terms=owed.terms)


def _noticed(account: Account, item: Item, today: date) -> date | None:
    """The day what is owed only after a notice starts from (`policies.free_reminder`)."""
    ladder = item.ladder
    return None if ladder is None else noticed_on(snapshot(account, item, today), ladder.steps, item.done)
