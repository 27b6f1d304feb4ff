"""The decisions of one moment by currency, in the order in which the customer hears of them (design 4.11)."""

from datetime import date

from policies.decisions import Decision
from policies.play.account import Account
from policies.turn_of_currency import Turn, turn

LAST: Turn = (1, date.max, "")
"""After every currency of which something leaves."""


def by_currency(account: Account, decisions: dict[int, Decision]) -> list[dict[int, Decision]]:
    """The decisions of each currency, those of the currency that goes first before the others."""
    if len(account.unpaid) == 1:
        return [decisions]
    found: dict[str, dict[int, Decision]] = {}
    for id, one in decisions.items():
        found.setdefault(account.items[id].owed.currency, {})[id] = one
    return [found[one] for one in sorted(found, key=lambda one: _turn(account, found[one], one))]


def _turn(account: Account, decisions: dict[int, Decision], currency: str) -> Turn:
    dues = {id: account.items[id].owed.due or date.max for id in decisions}
    return turn(decisions, dues, currency) or LAST
