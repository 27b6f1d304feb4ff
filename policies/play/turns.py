"""What a debtor's items do at one moment: decide, send, ask, close, until each of them waits."""

from datetime import datetime, timedelta

from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Reason, Wait
from policies.play.account import Account
from policies.play.asking import let_go, outlived, put
from policies.play.currencies import by_currency
from policies.play.item import Item
from policies.play.sending import send
from policies.play.snapshot import snapshot
from policies.play.stale import void_stale
from policies.play.standing_holds import note_words

A_DAY = timedelta(days=1)
"""A case that gives way to a stage nobody knows the end of looks again every day."""
ROUNDS = 10_000  # more things at one moment would be a law that never comes to rest


def take_turns(account: Account, now: datetime) -> None:
    """Everything that is due now is done; afterwards every item waits for a moment, a fact or a person."""
    for _ in range(ROUNDS):
        if not account.due:
            return
        _turn(account, now)
    raise RecursionError(f"{account.debtor.number} never comes to rest at {now}.")


def _turn(account: Account, now: datetime) -> None:
    items, account.due = list(account.due.values()), {}
    account.around.clear()
    decisions = {item.id: _decide(account, item, now) for item in items if item.is_open}
    acts = any(isinstance(decision, Act) for decision in decisions.values())
    if acts and len(account.items) > len(decisions):
        decisions |= _of_those_who_gave_way(account, decisions, now)
    sent = False
    for mine in by_currency(account, decisions):
        if sent:  # the customer has just heard from us: decided anew
            account.due.update((id, account.items[id]) for id in mine)
        elif acts and send(account, mine, now):
            sent = True
            _again(account, mine, now)
        else:
            _settle_down(account, mine, now)


def _decide(account: Account, item: Item, now: datetime) -> Decision:
    """Decide as the engine does at a wake-up: what is stale is void first, what was gone past is written down."""
    today = account.day(now)
    void_stale(account, item, today)
    ladder = item.ladder
    assert ladder is not None, "only open cases are looked at"
    decision = decide(snapshot(account, item, today), ladder, now)
    item.decision, item.look = decision, None
    if decision.passed:
        account.go_past(item, decision.passed)
    if item.holds or account.holds:
        note_words(account, item, ladder, today)
    if outlived(item, decision):
        let_go(account, item, now)
    return decision


def _of_those_who_gave_way(account: Account, known: dict[int, Decision], now: datetime) -> dict[int, Decision]:
    """Decisions of other items of the same currencies whose wait for a harder stage has no end of its own."""
    currencies = {account.items[id].owed.currency for id in known}
    others = [item for currency in currencies for item in account.open_items(currency) if item.id not in known]
    return {item.id: _decide(account, item, now) for item in others if _gave_way(item)}


def _gave_way(item: Item) -> bool:
    return isinstance(item.decision, Wait) and item.decision.because.code is Reason.HARDER_STAGE_OPEN


def _again(account: Account, decisions: dict[int, Decision], now: datetime) -> None:
    """A message left: whoever did not leave with it looks again, now that it is behind."""
    for id, decision in decisions.items():
        item = account.items[id]
        if item.look is None and item.is_open and (not isinstance(decision, Wait) or decision.until is None):
            account.due.setdefault(id, item)
        elif isinstance(decision, Wait):
            _wait(account, item, decision, now)


def _settle_down(account: Account, decisions: dict[int, Decision], now: datetime) -> None:
    """Nothing leaves now: cases close, questions are put, the others wait."""
    for id, decision in decisions.items():
        item = account.items[id]
        if isinstance(decision, Close):
            _close(account, item, decision, now)
        elif isinstance(decision, Wait):
            _wait(account, item, decision, now)
        elif isinstance(decision, Act):  # a harder question is put first
            account.due[id] = item
    put(account, {id: one for id, one in decisions.items() if isinstance(one, Ask)}, now)


def _wait(account: Account, item: Item, wait: Wait, now: datetime) -> None:
    until = wait.until
    if until is None and wait.because.code is Reason.HARDER_STAGE_OPEN:
        until = now + A_DAY
    account.look(item, until)


def _close(account: Account, item: Item, close: Close, now: datetime) -> None:
    """The case is at its end: its siblings look again at what they share with it."""
    let_go(account, item, now)
    item.outcome, item.closed_on, item.approvals = close.outcome, account.day(now), ()
    account.file(item)
    for other in account.open_items(item.owed.currency):
        account.wake(other, now)
