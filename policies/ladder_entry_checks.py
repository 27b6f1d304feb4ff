"""What a ladder must hold to let a backlog land softly (`policies.entry`)."""

from collections.abc import Sequence

from policies.entry import STATEMENT
from policies.ladder import Entry, Ladder
from policies.ladder_steps import StepRead
from policies.stages import Stage
from policies.toml_table import Table


def check_entry(top: Table, ladder: Ladder, steps: Sequence[StepRead]) -> None:
    """Note a soft landing without its position of the account, or one that nobody would get."""
    if ladder.entry is Entry.FROM_START:
        if "entry_after" in top.values:
            top.note("entry_after", 'It is only used with entry = "soft_landing".')
        return
    statements = [read for read in steps if read.step.text == STATEMENT]
    if not statements:
        reason = f'A soft landing needs a step with text = "{STATEMENT}" at the stage courtesy_reminder'
        top.note("entry", f"{reason}: the position of the account.")
    for read in statements[1:]:
        read.table.note("text", "One position of the account is enough for a soft landing.")
    for read in statements[:1]:
        _check(read, ladder)


def _check(read: StepRead, ladder: Ladder) -> None:
    step = read.step
    if step.stage is not Stage.COURTESY_REMINDER:
        read.table.note("stage", "The position of the account of a soft landing stands at the stage courtesy_reminder.")
    if step.lapse_after is not None and step.lapse_after < ladder.entry_after:
        reason = f"It would have lapsed before a case lands softly, {ladder.entry_after} days late"
        read.table.note("lapse_after", f"{reason} (entry_after).")
