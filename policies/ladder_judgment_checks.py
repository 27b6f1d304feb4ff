"""A ladder for what arose after a judgment speaks to the administrator alone, and no other ladder does."""

from collections.abc import Sequence

from policies.ladder import Ladder
from policies.ladder_steps import StepRead
from policies.roles import Role
from policies.stages import Channel, Stage
from policies.toml_table import Table

WRITTEN = frozenset({Channel.EMAIL, Channel.LETTER})
"""Channels by which an administrator is written to."""


def check_judgment(top: Table, ladder: Ladder, steps: Sequence[StepRead]) -> None:
    """Note each step that would speak to the customer itself after a judgment, or to an administrator where there is none."""
    for read in steps:
        administrator = read.step.recipient is Role.ADMINISTRATOR
        if administrator and not ladder.after_judgment:
            read.table.note("recipient", "Only a ladder with after_judgment = true writes to an administrator.")
        if ladder.after_judgment and not administrator:
            read.table.note(
                "recipient", 'After a judgment every step is for the administrator: recipient = "administrator".'
            )
        if ladder.after_judgment and not {*read.step.channels, *read.step.also} <= WRITTEN:
            read.table.note("channels", "An administrator is written to by email or letter.")
    if ladder.after_judgment and any(read.step.stage is Stage.UPCOMING for read in steps):
        top.note(
            "after_judgment", "Nothing is sent before the due date after a judgment; leave the upcoming notice out."
        )
