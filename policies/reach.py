"""Which channel carries a step: the first of its list that reaches the other side and has not been refused."""

from policies.case import Case, EffectFact, EffectState
from policies.ladder import Step
from policies.opt_out import unwanted
from policies.stages import Channel

MESSAGES: frozenset[Channel] = frozenset({Channel.EMAIL, Channel.SMS, Channel.LETTER})
"""Channels by which the debtor hears from us in writing."""

NOTHING_TRIED: frozenset[EffectState] = frozenset({EffectState.PLANNED, EffectState.VOIDED})
"""States in which nothing has left and nothing is on its way."""


def attempts_of(case: Case, step: Step, occurrence: int) -> tuple[EffectFact, ...]:
    """The attempts of this time of the step through its own channels, in the order of these.

    Those `also` carried never decide about the step; nor do calls, whose outcome and sequel a person tells.
    """
    if not case.effects:
        return ()
    found = [fact for fact in case.effects if fact.step == step.id and fact.occurrence == occurrence]
    own = (channel for channel in step.channels if channel is not Channel.CALL)
    return tuple(fact for one in own for fact in found if fact.channel is one and fact.state not in NOTHING_TRIED)


def can_reach(case: Case, channel: Channel) -> bool:
    """Whether the channel works for this customer now. A file can always be handed over."""
    return channel is Channel.HANDOVER or channel in case.reach


def is_refused(fact: EffectFact) -> bool:
    """Whether the other side said no for good: this address is not tried again."""
    return fact.state is EffectState.REFUSED and not fact.temporary


def _may_try_again(fact: EffectFact) -> bool:
    """Whether the other side only said *not now*."""
    return fact.state is EffectState.REFUSED and fact.temporary


def carrier(case: Case, step: Step, occurrence: int) -> Channel | None:
    """The channel that would carry the step now; None when neither the first nor a fallback can."""
    if not case.effects and not case.holds:
        return next((channel for channel in step.channels if can_reach(case, channel)), None)
    refused = [fact.channel for fact in attempts_of(case, step, occurrence) if is_refused(fact)]
    wished_away = unwanted(case, step)
    for channel in step.channels:
        if channel not in refused and channel not in wished_away and can_reach(case, channel):
            return channel
    return None


def also_carried(case: Case, step: Step, occurrence: int, channel: Channel) -> tuple[Channel, ...]:
    """The additional channels of the step that can be reached and that have not had their turn."""
    had = set(unwanted(case, step)) | {
        fact.channel
        for fact in case.effects
        if fact.step == step.id and fact.occurrence == occurrence
        if fact.state not in NOTHING_TRIED and not _may_try_again(fact)
    }
    return tuple(one for one in step.also if one is not channel and one not in had and can_reach(case, one))
