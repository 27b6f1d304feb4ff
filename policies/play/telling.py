"""What a message asks for besides the items whose step it is: reminders tell of the whole account (design 4.11)."""

from datetime import date

from policies.message import tells_everything
from policies.play.account import Account
from policies.play.counted import is_asked_for
from policies.play.item import Item
from policies.stages import Stage
from policies.step import Step


def asked_for_besides(account: Account, items: list[Item], step: Step, today: date) -> tuple[Item, ...]:
    """Other items of the currency that are due: a reminder asks for them too, whether or not a step of theirs is.

    A notice before the due date never speaks of late ones.
    """
    among = account.unpaid[items[0].owed.currency]
    if len(among) <= len(items) or not tells_everything(step.stage, step.text):
        return ()
    mine = {item.id for item in items}
    others = (item for item in among.values() if item.id not in mine and _is_due(item, step, today))
    return tuple(sorted(others, key=lambda item: item.age))


def _is_due(item: Item, step: Step, today: date) -> bool:
    due = item.owed.due
    if due is None or due > today or not is_asked_for(item, today):
        return False
    return due == today or step.stage is not Stage.UPCOMING
