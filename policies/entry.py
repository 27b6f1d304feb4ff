"""How a case enters its ladder (`entry`).

`from_start`: at the first step that is not yet done, however late the case is when it is opened.

`soft_landing`: a case opened `entry_after` days late or more was never reminded by us, and neither has it been told
where its account stands. Its first message is the position of the account, a courteous one: the step whose `text` is
`statement`, at the stage `courtesy_reminder`. It stands in the place of every other step up to that stage, but for the
free reminder some laws want; from there the case goes on with the next step and its gap. A case opened in time never
meets the position of the account: its ladder has none. What was done before us counts as on any ladder: nothing gentler
ever leaves.
"""

from policies.case import Case
from policies.free_reminder import is_free_reminder
from policies.ladder import Entry, Ladder, Step
from policies.stages import Stage, harder

STATEMENT = "statement"
"""The text of the position of the account."""


def lands_softly(case: Case, ladder: Ladder) -> bool:
    """Whether the case was that late when it was opened, and its ladder is that courteous."""
    if ladder.entry is not Entry.SOFT_LANDING or case.opened_on is None:
        return False
    return (case.opened_on - case.anchor_day).days >= ladder.entry_after


def steps_of(case: Case, ladder: Ladder) -> tuple[Step, ...]:
    """The steps of the ladder as this case climbs them."""
    if ladder.entry is Entry.FROM_START:
        return ladder.steps
    if lands_softly(case, ladder):
        return tuple(step for step in ladder.steps if is_position(step) or _stays(step))
    return steps_in_time(ladder)


def steps_in_time(ladder: Ladder) -> tuple[Step, ...]:
    """The steps a case opened in time climbs."""
    return tuple(step for step in ladder.steps if is_met_in_time(ladder.entry, step))


def is_met_in_time(entry: Entry, step: Step) -> bool:
    """Whether a case opened in time meets the step."""
    return entry is Entry.FROM_START or not is_position(step)


def is_position(step: Step) -> bool:
    """Whether the step is the position of the account with which a backlog lands."""
    return step.text == STATEMENT and step.stage is Stage.COURTESY_REMINDER


def _stays(step: Step) -> bool:
    """Whether a step is climbed after the position of the account."""
    return harder(step.stage, Stage.COURTESY_REMINDER) or is_free_reminder(step)
