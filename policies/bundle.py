"""What of one debtor leaves together, and what gives way (design 4.11).

Two reminders due on one morning are one message at the harder stage. A formal notice leaves alone, and so does the free
reminder some laws want first: nothing else may stand for it, and it for nothing else. While a harder stage must be asked
about, the gentler message waits, whichever run happens to be faster.
"""

from collections.abc import Mapping

from policies.decisions import Act, Ask, Decision
from policies.message import tells_everything
from policies.questions import QuestionKind
from policies.reach import MESSAGES
from policies.stages import HARDNESS

OF_A_MESSAGE = frozenset({QuestionKind.APPROVE, QuestionKind.DAILY_REVIEW})
"""Questions whether a message may leave: they give way to a harder stage as the message does."""


def bundle(decisions: Mapping[int, Decision]) -> dict[int, Act]:
    """The acts that leave together: all reminders as one, else the hardest step alone (design 4.11)."""
    acts = {id: decision for id, decision in decisions.items() if isinstance(decision, Act)}
    if not acts:
        return {}
    hardest = max(acts.values(), key=lambda act: (HARDNESS[act.step.stage], not _shared(act)))
    return {id: act for id, act in acts.items() if _together(act, hardest) and act.channel is hardest.channel}


def _shared(act: Act) -> bool:
    return tells_everything(act.step.stage, act.step.text)


def _together(act: Act, lead: Act) -> bool:
    if _shared(act) and _shared(lead):
        return True
    return (act.step.stage, act.step.text) == (lead.step.stage, lead.step.text)


def harder_question_due(decisions: Mapping[int, Decision], group: Mapping[int, Act]) -> bool:
    """Whether another case of the debtor must ask about a harder stage now: which run is faster must not matter."""
    hardest = max(HARDNESS[act.step.stage] for act in group.values())
    asked = [one.step.stage for one in decisions.values() if isinstance(one, Ask) and one.step is not None]
    return any(HARDNESS[stage] > hardest for stage in asked)


def gives_way_to_question(decisions: Mapping[int, Decision], ask: Ask) -> bool:
    """Whether the question gives way to a harder one of another case that is due now: which run is faster must not matter.

    Once the harder one is asked the gentler message waits, so nobody is asked whether it may leave.
    """
    step = ask.step
    if step is None or ask.question not in OF_A_MESSAGE or not MESSAGES & set(step.channels):
        return False
    asked = [one.step.stage for one in decisions.values() if isinstance(one, Ask) and one.step is not None]
    return any(HARDNESS[stage] > HARDNESS[step.stage] for stage in asked)
