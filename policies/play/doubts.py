"""Answers about messages in doubt: whether they arrived, and another address for those that were refused."""

from dataclasses import replace
from datetime import timedelta

from policies import consequences as said
from policies.case import EffectFact, EffectState
from policies.play.change import Change
from policies.play.handing import confirm
from policies.stages import Channel


def arrived(change: Change, _: said.EffectArrived) -> None:
    """The message did arrive: the step is behind the item as of the answer."""
    _settle(change, EffectState.CONFIRMED)


def refused(change: Change, _: said.EffectRefused) -> None:
    """It did not arrive: it is sent once more."""
    _settle(change, EffectState.REFUSED)


def _settle(change: Change, state: EffectState) -> None:
    item = change.item
    item.doubtful = ()
    settled, kept = list[EffectFact](), list[EffectFact]()
    for fact in item.effects:
        mine = fact.step == change.step.id and fact.state is EffectState.AMBIGUOUS
        (settled if mine else kept).append(fact)
    made = [replace(one, state=state, at=change.now, temporary=state is EffectState.REFUSED) for one in settled]
    item.effects = (*kept, *made)
    if state is EffectState.CONFIRMED:
        for fact in made:
            confirm(change.account, item, change.step, fact, change.today)


def correct_email(change: Change, _: said.CorrectEmail) -> None:
    """A refused address was mended: its refusal no longer stands in the way of another attempt."""
    account, item, long_ago = change.account, change.item, change.now - timedelta(days=1)
    account.reach |= {Channel.EMAIL}
    item.effects = tuple(
        replace(one, temporary=True, at=long_ago)
        if one.step == change.step.id and one.state is EffectState.REFUSED and not one.temporary
        else one
        for one in item.effects
    )
