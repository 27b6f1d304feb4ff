"""What the law of a ladder's country refuses: routes that are closed, notices that are too short, hours it forbids."""

from collections.abc import Iterator, Mapping, Sequence

from policies.facts import DebtorKind
from policies.free_reminder import is_free_reminder
from policies.ladder import Ladder
from policies.ladder_steps import StepRead
from policies.law.contact_rules import NoticeRule
from policies.law.jurisdiction import Jurisdiction
from policies.law.rules import KindLaw
from policies.open_hours import week_under
from policies.stages import HARDNESS, Stage
from policies.step import CountedFrom
from policies.toml_table import Table

ROUTES = (Stage.AGENCY, Stage.LEGAL)


def check_law(top: Table, ladder: Ladder, steps: Sequence[StepRead], laws: Mapping[str, Jurisdiction] | None) -> None:
    """Note every step the law does not allow; without `laws` nothing is checked."""
    if laws is None:
        return
    if ladder.country and ladder.country not in laws:
        top.note("country", f"There is no law for {ladder.country}; known are {', '.join(sorted(laws))}.")
        return
    law = laws.get(ladder.country)
    for read in steps:
        if read.step.stage in ROUTES:
            _check_route(read, ladder, law)
    if law is not None:
        for kind, of_kind in _kinds(top, ladder, law):
            _check_hours(ladder, steps, of_kind)
            _check_notices(steps, of_kind)
            _check_free_reminder(top, steps, kind, of_kind)


def _kinds(top: Table, ladder: Ladder, law: Jurisdiction) -> Iterator[tuple[DebtorKind, KindLaw]]:
    for kind in sorted(ladder.kinds or law.kinds):
        if kind in law.kinds:
            yield kind, law.kinds[kind]
        else:
            top.note("kinds", f"The law of {law.id} that is known says nothing about the kind {kind.value}.")


def _check_route(read: StepRead, ladder: Ladder, law: Jurisdiction | None) -> None:
    """An agency or a court must be open to this creditor against this kind of debtor."""
    stage = read.step.stage
    if law is None:
        read.table.note("stage", f'The stage {stage.value} needs a country = "…": each law has routes of its own.')
        return
    if not law.complete:
        reason = f"For {law.id} only rates and flat sums are known, no routes: the stage {stage.value} is refused"
        read.table.note("stage", f"{reason}; end the ladder before it.")
        return
    for kind in sorted(ladder.kinds or law.kinds):
        of_kind = law.kinds.get(kind)
        routes = [] if of_kind is None else [route for route in of_kind.routes if route.stage is stage]
        if routes and all(route.refused for route in routes):
            closed = routes[0]
            read.table.note("stage", f"{closed.refused.rstrip('.')} ({kind.value}; {closed.where.source}).")


def _check_hours(ladder: Ladder, steps: Sequence[StepRead], law: KindLaw) -> None:
    """Some hour of the week is left for each channel of a step."""
    for read in steps:
        for channel in read.step.channels:
            if law.contact is not None and not any(week_under(law.contact, ladder, read.step, channel)):
                reason = f"Its hours never meet those in which the law lets {channel.value} be used"
                read.table.note("hours", f"{reason} ({law.contact.where.source}).")


def _check_notices(steps: Sequence[StepRead], law: KindLaw) -> None:
    """A formal notice gives the days the law gives."""
    if law.notice is None:
        return
    for read in steps:
        given = read.step.pay_within
        if read.step.stage is Stage.FORMAL_NOTICE and (given or 0) < law.notice.least_days:
            least, source = law.notice.least_days, law.notice.where.source
            read.table.note("pay_within", f"A formal notice must give at least {least} days here ({source}).")


def _check_free_reminder(top: Table, steps: Sequence[StepRead], kind: DebtorKind, law: KindLaw) -> None:
    """Where the law wants a free reminder first, nothing harder than a courtesy comes before it."""
    if law.notice is None or not law.notice.free_reminder_first:
        return
    free = next((place for place, read in enumerate(steps) if is_free_reminder(read.step)), None)
    if free is None:
        reason = f'Against a {kind.value} a free reminder comes first: a step with text = "free_reminder"'
        top.note("step", f"{reason} ({law.notice.where.source}).")
        return
    _check_it_comes_late(steps[free], law.notice)
    for read in steps[:free]:
        if HARDNESS[read.step.stage] > HARDNESS[Stage.COURTESY_REMINDER]:
            reason = f'The step "{steps[free].step.id}" comes first: nothing is claimed before the free reminder'
            read.table.note("stage", f"{reason} ({law.notice.where.source}).")


def _check_it_comes_late(free: StepRead, notice: NoticeRule) -> None:
    """The free reminder is one of a debt that is late: before the due date it would set no delay running."""
    if free.step.after is not CountedFrom.PREVIOUS and free.step.offset < 1:
        reason = "The free reminder counts only once the debt is late: write 1 day or more"
        free.table.note("offset", f"{reason} ({notice.where.source}).")
