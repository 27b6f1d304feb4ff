"""The answer of each rule of the decision in a sentence, as a collections agent would give it."""

from collections.abc import Callable, Mapping

from policies.approval import is_agreed, limit_of
from policies.bank_answers import bank_is_fresh, no_money_waits
from policies.contact_answers import budget_left
from policies.facts import HoldKind
from policies.limitation_words import origin
from policies.live_answers import room_today
from policies.matter import Matter
from policies.money import plain
from policies.reach import attempts_of
from policies.said import NAMES, full_day, name
from policies.step import ApprovalRule
from policies.time_answers import time_has_come

Free = Callable[[Matter], str]


def answer_of(rule: str, matter: Matter) -> str:
    """What a rule says that lets the case go on to the next one."""
    return FREE[rule](matter)


def _settled(matter: Matter) -> str:
    case = matter.case
    owed, total = plain(case.open, case.currency), plain(case.original, case.currency)
    if case.set_aside:
        disputed = plain(case.set_aside, case.currency)
        return f"No: {owed} of {total} {case.currency} is open, and {disputed} of it disputed"
    return f"No: {owed} of {total} {case.currency} is open"


def _switched_on(matter: Matter) -> str:
    return "Yes"


def _not_held(matter: Matter) -> str:
    wishes = [hold for hold in matter.case.holds if hold.kind is HoldKind.OPT_OUT]
    if not wishes:
        return "No hold stands"
    closed = sorted({channel.value for hold in wishes for channel in hold.channels})
    return f"No, but the customer does not want {', '.join(closed) or 'messages'}; notices the law asks for still leave"


def _alive(matter: Matter) -> str:
    dies_on = matter.case.dies_on
    if dies_on is None:
        return "Taken to be so: the day it dies is not known"
    why = "" if matter.life is None else f": {origin(matter.life)}"
    return f"Yes, up to and including {full_day(dies_on)}{why}"


def _step_left(matter: Matter) -> str:
    place = 1 + matter.look.steps.index(matter.at_step.step)
    again = (
        ""
        if matter.at_step.step.times == 1
        else f", time {matter.at_step.occurrence} of at most {matter.at_step.step.times}"
    )
    return f"Yes: the {name(matter.at_step.step)}, step {place} of {len(matter.look.steps)}{again}"


def _at_rest(matter: Matter) -> str:
    refused = [fact.channel.value for fact in attempts_of(matter.case, matter.at_step.step, matter.at_step.occurrence)]
    return f"No; refused by {', '.join(refused)}, another way is open" if refused else "No: nothing of it has left"


def _its_time(matter: Matter) -> str:
    return time_has_come(matter.look, matter.at_step)


def _none_harder(matter: Matter) -> str:
    if matter.case.harder is None:
        return "No: no other stage is open for the customer"
    return f"No: the {NAMES[matter.case.harder]} stage open for another invoice does not stop this step"


def _budget(matter: Matter) -> str:
    return budget_left(matter.look, matter.at_step)


def _agreed(matter: Matter) -> str:
    if matter.at_step.step.approval is ApprovalRule.NEVER:
        return f"No: the policy lets the {name(matter.at_step.step)} leave by itself"
    assert is_agreed(matter.case, matter.at_step.step, matter.at_step.occurrence), (
        "what needs approval and has none is asked"
    )
    days = sorted(
        one.on
        for one in matter.case.agreed
        if (one.step, one.occurrence) == (matter.at_step.step.id, matter.at_step.occurrence)
    )
    limit = limit_of(matter.case, matter.at_step.step)
    above = "" if limit is None else f" (alone above {plain(limit, matter.case.currency)} {matter.case.currency})"
    return f"A person agreed on {full_day(days[-1])}{above}"


FREE: Mapping[str, Free] = {
    "settled": _settled,
    "switched_off": _switched_on,
    "held": _not_held,
    "time_barred": _alive,
    "exhausted": _step_left,
    "underway": _at_rest,
    "its_time": _its_time,
    "may_be_paid": no_money_waits,
    "insurer": lambda matter: "No",
    "harder_stage": _none_harder,
    "contact_budget": _budget,
    "fresh_money": bank_is_fresh,
    "approval": _agreed,
    "first_days": room_today,
}
"""What each rule says when it does not decide; the last one, the act, always decides."""
