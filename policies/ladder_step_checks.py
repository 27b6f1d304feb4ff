"""What the keys of one step must say together."""

from policies.ladder_parts import CONDITION_KEYS
from policies.reach import MESSAGES
from policies.roles import Role
from policies.stages import HARDNESS, Channel, Stage
from policies.step import Accessories, ApprovalRule, CountedFrom, Step
from policies.toml_table import Table

COURTEOUS = (Stage.UPCOMING, Stage.COURTESY_REMINDER)
"""Stages that claim nothing besides the principal, nor mention it."""
HANDED_OVER_ONCE = HARDNESS[Stage.MEDIATION]
"""From this stage on a file goes out, and goes out once."""


def check_step(step: Step, table: Table) -> None:
    """Note everything in the step that contradicts itself."""
    _check_approval(step, table)
    _check_days(step, table)
    _check_repeat(step, table)
    _check_message(step, table)
    _check_recipient(step, table)
    if step.only_if is not None and not table.values["only_if"]:
        table.note("only_if", f"It names no condition; use {', '.join(CONDITION_KEYS)}, or leave it out.")


def _check_approval(step: Step, table: Table) -> None:
    if step.approval is ApprovalRule.ABOVE and step.approval_above is None:
        table.note("approval", 'approval = "above" needs approval_above, the limit by currency.')
    if step.approval is not ApprovalRule.ABOVE and step.approval_above is not None:
        table.note("approval_above", 'A limit is only used with approval = "above".')
    if step.second_signature_above is not None and step.approval is ApprovalRule.NEVER:
        table.note("second_signature_above", 'Nobody signs what leaves by itself; add approval = "always" or "above".')
    if Channel.CALL in step.channels and step.asks is None:
        table.note("channels", 'A call is a question to a person; add asks = "call_outcome".')


def _check_days(step: Step, table: Table) -> None:
    if step.after is CountedFrom.PREVIOUS:
        if step.offset < 0:
            table.note("offset", f"{step.offset} days after the step before it would be before that step.")
    elif step.lapse_after is not None and step.lapse_after < step.offset:
        table.note("lapse_after", f"The step would lapse before it may leave, {step.offset} days from the due date.")


def _check_repeat(step: Step, table: Table) -> None:
    """A repeat keeps the step's own gap, ends before the step lapses, and hands no file over twice."""
    if step.repeat is None:
        return
    every, most = step.repeat.every, step.repeat.most
    if every < step.gap:
        reason = f"Coming again every {every} days can never keep the step's own gap of {step.gap} days."
        table.note("repeat", reason)
    last = step.offset + every * (most - 1)
    if step.after is not CountedFrom.PREVIOUS and step.lapse_after is not None and last > step.lapse_after:
        reason = f"The last of {most} times would be {last} days from the due date, after the step lapses"
        table.note("repeat", f"{reason} ({step.lapse_after}).")
    if HARDNESS[step.stage] >= HANDED_OVER_ONCE:
        table.note("repeat", f"The stage {step.stage.value} happens once; leave the repeat out.")


def _check_recipient(step: Step, table: Table) -> None:
    if step.recipient not in (None, Role.ACCOUNTS, Role.ADMINISTRATOR) and step.stage in COURTEOUS:
        reason = "The first messages are for the desk that pays; from the second reminder on they may go to others."
        table.note("recipient", reason)
    if step.recipient is not None and Channel.EMAIL not in step.channels:
        table.note("recipient", "It is said of an e-mail, and none carries this step.")


def _check_message(step: Step, table: Table) -> None:
    writes = bool(MESSAGES & set(step.channels))
    if step.pay_within is not None and not writes:
        table.note("pay_within", "Days to pay need a message to the debtor: email, sms or letter.")
    if step.text and not writes:
        table.note("text", "A text needs a message to the debtor: email, sms or letter.")
    if step.claims is not Accessories.NEVER and step.stage in COURTEOUS:
        reason = f"A message at the stage {step.stage.value} claims and mentions nothing besides the invoice"
        table.note("claims", f"{reason}; leave it out, or put it into a harder step.")
