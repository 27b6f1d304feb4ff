"""A customer who does not want to hear from us in some way: other ways stay, and so do notices the law demands.

An opt-out names channels (none named: every channel by which we write). A formal notice and everything after it, and
the free reminder a law asks for before anything is claimed, still leave by every channel.
"""

from policies.case import Case
from policies.facts import HoldKind
from policies.free_reminder import FREE_REMINDER
from policies.spared import AFTER_JUDGMENT
from policies.stages import HARDNESS, Channel, Stage
from policies.step import Step

WRITTEN: frozenset[Channel] = frozenset({Channel.EMAIL, Channel.SMS, Channel.LETTER})


def is_demanded(step: Step) -> bool:
    """Whether the law needs this step's message: the customer's wish does not stop it."""
    return is_notice(step.stage, step.text)


def is_notice(stage: Stage, text: str) -> bool:
    """Whether the law needs a message of this stage and text: nobody can ask not to get it, so it offers no way to.

    An administrator answers for what is paid after a judgment, whatever the customer once wished."""
    return HARDNESS[stage] >= HARDNESS[Stage.FORMAL_NOTICE] or text in (FREE_REMINDER, AFTER_JUDGMENT)


def unwanted(case: Case, step: Step) -> frozenset[Channel]:
    """The channels that may not carry the step because the customer opted out of them."""
    if not case.holds:
        return frozenset()
    wishes = [hold.channels or WRITTEN for hold in case.holds if hold.kind is HoldKind.OPT_OUT]
    if not wishes or is_demanded(step):
        return frozenset()
    return frozenset().union(*wishes)
