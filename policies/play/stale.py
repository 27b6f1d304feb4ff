"""When an agreement no longer stands: the amount or the recipient changed, or the draft is too old (design 4.8)."""

from datetime import date, timedelta

from policies.ladder import Ladder
from policies.play.account import Account
from policies.play.asked import Approval
from policies.play.item import Item
from policies.play.snapshot import snapshot
from policies.reach import carrier


def void_stale(account: Account, item: Item, today: date) -> None:
    """Void what no longer stands, together with every other agreement to the same draft."""
    ladder = item.ladder
    if not item.approvals or ladder is None:
        return
    gone = {one.question for one in item.approvals if _is_stale(account, item, ladder, one, today)}
    if gone:
        for other in account.open_items(item.owed.currency):
            other.approvals = tuple(one for one in other.approvals if one.question not in gone)


def _is_stale(account: Account, item: Item, ladder: Ladder, approval: Approval, today: date) -> bool:
    step = ladder.step(approval.agreed.step)
    if step is None or approval.principal != item.principal:
        return True
    if today > approval.written_on + timedelta(days=ladder.valid_days):
        return True
    return carrier(snapshot(account, item, today), step, approval.agreed.occurrence) is not approval.channel
