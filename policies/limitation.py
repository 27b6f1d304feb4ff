"""Until when a claim can be brought to court: the law's period, given new life by dated acts.

All days are the debtor's and inclusive. The day a period is counted from is no part of it, and it ends with the day of
the same name that many years later, at midnight (Code civil 2228 and 2229; BGB §§ 187 and 188): due on 31 March 2024,
five years, last day 31 March 2029. A 29 February has its day of the same name on 28 February (BGB § 188 (3)). No last
day moves to the next working day, though some laws would allow it: whoever relies on this day is never late.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from policies.calendar_days import FARTHEST
from policies.law.limitation_rules import Interruption, LimitationRule, LimitationStart


@dataclass(frozen=True, slots=True, order=True)
class LifeAct:
    """Something that may give a claim a new life: recorded by a person, a payment, or a notice that left."""

    on: date
    kind: Interruption
    words: str = ""
    """Who said or proves it, for staff."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a claim lives, and what that rests on. `dies_on` is the last day it can be brought to court."""

    rule: LimitationRule
    counted_from: date
    """The day the period that runs now is counted from."""
    dies_on: date
    at_first: date
    """The last day without any act."""
    years: int
    """Of the period that runs now."""
    counted: tuple[LifeAct, ...] = ()
    """Acts that gave it longer to live, in the order of their days."""
    suspending: tuple[LifeAct, ...] = ()
    """Acts that stop the clock for a time that is not known here: the day is later than `dies_on` says, or the same."""
    too_late: tuple[LifeAct, ...] = ()
    """Acts after the claim had died. They give it no new life here; whether the law does is a question for counsel."""
    without_effect: tuple[LifeAct, ...] = ()
    """Acts that change nothing: this law does not count them, or the period runs longer anyway."""


def lifetime(rule: LimitationRule, due: date, acts: Iterable[LifeAct], issued: date | None = None) -> Lifetime:
    """How long the claim due on `due` lives. The same acts in any order give the same answer.

    An act starts a new period of the same length and never shortens the one that runs (Code civil 2231, BGB § 212).
    `issued` counts where the period is that of the year in which the claim was acquired.
    """
    counted_from = _start(rule, due, issued)
    first = years_after(counted_from, rule.years)
    life = Lifetime(rule, counted_from, first, first, rule.years)
    for act in sorted(acts):
        life = _after(life, act)
    return life


def _after(life: Lifetime, act: LifeAct) -> Lifetime:
    rule = life.rule
    if act.kind not in rule.renews | rule.stops:
        return replace(life, without_effect=(*life.without_effect, act))
    if act.on > life.dies_on:
        return replace(life, too_late=(*life.too_late, act))
    if act.kind not in rule.renews:
        return replace(life, suspending=(*life.suspending, act))
    begins, years = _new_start(rule, act.on), _new_years(life, act)
    dies_on = years_after(begins, years)
    if dies_on <= life.dies_on:
        return replace(life, without_effect=(*life.without_effect, act))
    return replace(life, counted_from=begins, dies_on=dies_on, years=years, counted=(*life.counted, act))


def _new_years(life: Lifetime, act: LifeAct) -> int:
    """A title has a period of its own (CPCE L111-4), and what interrupts that one starts it anew (C. civ. 2231)."""
    titled = life.rule.title_years
    return titled if act.kind is Interruption.COURT_TITLE and titled is not None else life.years


def _start(rule: LimitationRule, due: date, issued: date | None) -> date:
    """The day the first period is counted from.

    A claim on a French public body is acquired with the service: its invoice is the latest sign of the year it was.
    """
    if rule.starts is LimitationStart.NEXT_JANUARY:
        return _year_end(due if issued is None else min(due, issued))
    return _year_end(due) if rule.starts is LimitationStart.YEAR_END else due


def _new_start(rule: LimitationRule, on: date) -> date:
    """The day a period that an act starts is counted from: the act's own (BGB § 212), or the end of its year where
    periods start with the 1 January after (law 68-1250, article 2)."""
    return _year_end(on) if rule.starts is LimitationStart.NEXT_JANUARY else on


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)


def years_after(day: date, years: int) -> date:
    """The day of the same name `years` later; of a 29 February the 28th."""
    year = min(day.year + years, FARTHEST.year)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
