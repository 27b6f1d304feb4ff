"""Reading the steps of a ladder file."""

from dataclasses import dataclass

from policies.ladder_parts import read_condition, read_hours, read_repeat
from policies.ladder_step_checks import check_step
from policies.questions import QuestionKind
from policies.reach import MESSAGES
from policies.roles import Role
from policies.stages import Channel, Stage
from policies.step import Accessories, ApprovalRule, CountedFrom, Hours, Step
from policies.toml_amounts import amounts
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import FARTHEST_DAYS, flag, identifier, listed, one_of, whole

STEP_KEYS = (
    "id", "stage", "offset", "after", "gap", "repeat", "channels", "also", "lapse_after", "only_above", "only_if",
    "hours", "approval", "approval_above", "second_signature_above", "asks", "pay_within", "copies", "keeps_out_of_seasons", "claims", "text",
    "recipient",
)  # fmt: skip

OUTCOMES = (QuestionKind.CALL_OUTCOME, QuestionKind.MEDIATION_OUTCOME)
"""Questions a step may ask; the others come from what happens."""


@dataclass(frozen=True, slots=True)
class StepRead:
    """A step with its table, for the checks between steps. `whole`: nothing in it was wrong."""

    step: Step
    table: Table
    whole: bool


def read_step(table: Table, found: list[Section], hours: Hours) -> StepRead:
    """One `[[step]]`; `hours` are the ladder's. Every problem is noted in the table's list."""
    before = len(table.problems)
    table.refuse_others(STEP_KEYS)
    step = Step(
        id=table.require("id", identifier, ""),
        stage=table.require("stage", one_of(Stage), Stage.UPCOMING),
        offset=table.require("offset", whole(-FARTHEST_DAYS), 0),
        gap=table.require("gap", _gap, 1),
        channels=_mailed_otherwise(table.require("channels", listed(one_of(Channel)), ())),
        also=table.take("also", listed(one_of(Channel, tuple(one for one in Channel if one in MESSAGES)), 0), ()),
        lapse_after=table.take("lapse_after", whole(-FARTHEST_DAYS), None),
        only_above=table.take("only_above", amounts, None),
        approval=table.take("approval", one_of(ApprovalRule), ApprovalRule.NEVER),
        approval_above=table.take("approval_above", amounts, None),
        second_signature_above=table.take("second_signature_above", amounts, None),
        asks=table.take("asks", one_of(QuestionKind, OUTCOMES), None),
        pay_within=table.take("pay_within", whole(1, 365), None),
        copies=table.take("copies", flag, False),
        keeps_out_of_seasons=table.take("keeps_out_of_seasons", flag, False),
        after=table.take("after", one_of(CountedFrom), CountedFrom.DUE),
        only_if=read_condition(table.table("only_if", found)),
        repeat=read_repeat(table.table("repeat", found)),
        hours=read_hours(table.table("hours", found), hours),
        claims=table.take("claims", one_of(Accessories), Accessories.NEVER),
        text=table.take("text", identifier, ""),
        recipient=table.take("recipient", one_of(Role), None),
    )
    if len(table.problems) == before:
        check_step(step, table)
    return StepRead(step, table, whole=len(table.problems) == before)


_gap = whole(1)
"""A gap of 0 would let two messages leave on one day."""


def _mailed_otherwise(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """A step that only texts is mailed where nothing can carry a text (no credentials, no number)."""
    return (Channel.SMS, Channel.EMAIL) if channels == (Channel.SMS,) else channels
