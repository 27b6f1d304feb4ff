"""How long a claim lives, in the words of staff: the day, what it rests on, what counts and what does not."""

from collections.abc import Iterable, Mapping

from policies.law.limitation_rules import Interruption, LimitationRule, LimitationStart
from policies.limitation import LifeAct, Lifetime
from policies.said import full_day

ACTS: Mapping[Interruption, str] = {
    Interruption.ACKNOWLEDGEMENT: "acknowledgement by the customer",
    Interruption.PART_PAYMENT: "part payment",
    Interruption.COURT_ACT: "court act",
    Interruption.ENFORCEMENT: "act of enforcement",
    Interruption.LAWYER_NOTICE: "formal notice by a lawyer or bailiff",
    Interruption.WRITTEN_DEMAND: "written demand of payment",
    Interruption.COURT_TITLE: "enforceable title",
}
"""What staff call each act."""


def life_sentence(life: Lifetime) -> str:
    """*31 Mar 2029 is the last day it can be brought to court: 5 years from the due date, 31 Mar 2024*."""
    end = (
        "after which the debt no longer exists" if life.rule.extinguishes else "the last day it can be brought to court"
    )
    return f"{full_day(life.dies_on)}, {end}: {origin(life)}"


def origin(life: Lifetime) -> str:
    """What the last day rests on: *5 years from the due date, 31 Mar 2024*."""
    agreed = " as agreed" if life.rule.agreed and life.years == life.rule.years else ""
    return f"{life.years} year{'s' if life.years != 1 else ''}{agreed} from {_counted_from(life)}"


def life_notes(life: Lifetime) -> tuple[str, ...]:
    """What a person must know besides: acts that did nothing, came too late, or stop the clock for a while."""
    stops = "stops the clock for a time that is not known here; the true last day is later, ask counsel"
    late = "came after the claim had died; no new life is assumed, ask counsel"
    nothing = "changes nothing: this law does not count it, or the period runs longer anyway"
    told = ((life.suspending, stops), (life.too_late, late), (life.without_effect, nothing))
    return tuple(f"The {name(act)} {what}." for acts, what in told for act in acts)


def what_counts(rule: LimitationRule) -> str:
    """What gives a claim a new life under this law. Everything else, a registered letter too, is only a letter."""
    counted = _listed(rule.renews)
    stops = f" The clock stands still for: {_listed(rule.stops)}." if rule.stops else ""
    if not rule.renews:
        return f"No act is known that would give it a new period.{stops}"
    letters = "" if Interruption.WRITTEN_DEMAND in rule.interrupts else " No letter of ours does, not even registered."
    return f"A new period starts with: {counted}.{stops}{letters}"


def name(act: LifeAct) -> str:
    """*acknowledgement by the customer of 3 May 2025*."""
    return f"{ACTS[act.kind]} of {full_day(act.on)}"


def _counted_from(life: Lifetime) -> str:
    by_year = life.rule.starts is LimitationStart.NEXT_JANUARY
    if life.counted:
        act = f"the {name(life.counted[-1])}"
        return f"1 Jan {life.counted_from.year + 1}, after {act}" if by_year else act
    if life.rule.starts is LimitationStart.DUE:
        return f"the due date, {full_day(life.counted_from)}"
    if by_year:
        return f"1 Jan {life.counted_from.year + 1}, after the year of the claim"
    return f"the end of {life.counted_from.year}, the year it fell due"


def _listed(kinds: Iterable[Interruption]) -> str:
    return ", ".join(ACTS[kind] for kind in Interruption if kind in set(kinds))
