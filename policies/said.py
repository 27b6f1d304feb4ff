"""A decision as plain words for run messages and the timeline: *formal notice on 3 Dec*, *waits for approval of …*."""

from datetime import UTC, date, datetime

from policies.case import Calendar, DoneHow, PossiblePayment
from policies.decisions import Act, Ask, Because, Close, Decision, Passed, Reason, Wait
from policies.entry import STATEMENT
from policies.free_reminder import FREE_REMINDER
from policies.ladder import Ladder, Step
from policies.money import plain
from policies.said_words import OUTCOMES, QUESTIONS, WAITS
from policies.spared import AFTER_JUDGMENT, AFTER_JUDGMENT_NOTICE
from policies.stages import Stage

NAMES: dict[Stage, str] = {
    Stage.UPCOMING: "upcoming notice",
    Stage.COURTESY_REMINDER: "courtesy reminder",
    Stage.SECOND_REMINDER: "second reminder",
    Stage.FORMAL_NOTICE: "formal notice",
    Stage.FOLLOW_UP_CALL: "follow-up call",
    Stage.MEDIATION: "mediation",
    Stage.AGENCY: "collection agency",
    Stage.LEGAL: "court",
}
"""What staff call each stage."""

TEXTS: dict[str, str] = {
    STATEMENT: "position of the account",
    FREE_REMINDER: "free reminder",
    AFTER_JUDGMENT: "to the administrator",
    AFTER_JUDGMENT_NOTICE: "formal notice to the administrator",
}
"""What staff call a step by its text, where that is not its stage's own."""

UTC_DAYS = Calendar(zone=UTC)
_PASSED = {DoneHow.LAPSED: "lapsed", DoneHow.PASSED_OVER: "passed over"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sentence(decision: Decision, calendar: Calendar = UTC_DAYS) -> str:
    """What comes next and why, without a full stop; days are those of the debtor's `calendar`."""
    if isinstance(decision, Act):
        return f"{_counted(decision.step, decision.occurrence)} leaves by {decision.channel.value}"
    if isinstance(decision, Ask):
        if decision.because.code is Reason.HOLD_TO_REVIEW:
            kind = dict(decision.because.facts)["hold"].replace("_", " ")
            return f"the day named for the {kind} has passed; its owner says whether it goes on"
        step = "case" if decision.step is None else _counted(decision.step, decision.occurrence)
        return QUESTIONS[decision.question].format(step=step)
    if isinstance(decision, Close):
        return _with_reason(OUTCOMES[decision.outcome], decision.because)
    return _waiting(decision, calendar)


def passed_sentence(passed: Passed, ladder: Ladder) -> str:
    """Why the ladder went past a step: *upcoming notice lapsed: It made sense until 2026-03-30 only.*"""
    step = ladder.step(passed.step)
    how = _PASSED.get(passed.how, passed.how.value.replace("_", " "))
    return f"{passed.step if step is None else name(step)} {how}: {passed.why}"


def name(step: Step) -> str:
    """What staff call the step."""
    return TEXTS.get(step.text) or NAMES[step.stage]


def _counted(step: Step, occurrence: int) -> str:
    """The step's name, with the number of its time where it comes several times."""
    return name(step) if step.times == 1 else f"{name(step)} ({occurrence} of {step.times})"


def payment_words(one: PossiblePayment) -> str:
    """*1250.00 EUR of 6 Mar 2026 from DUPONT (bank line 12), proposed for it*."""
    if one.credit_note:
        left = f"{plain(one.amount, one.currency)} {one.currency}"
        return f"{left} of credit note {one.credit_note} of {full_day(one.on)}, which is set against no invoice"
    sender = f" from {one.sender}" if one.sender else ""
    how = "proposed for it" if one.proposed else "whose amount or name could settle it"
    return (
        f"{plain(one.amount, one.currency)} {one.currency} of {full_day(one.on)}{sender} (bank line {one.line}), {how}"
    )


def short_day(day: date) -> str:
    """A day as staff say it: *3 Dec*."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def full_day(day: date) -> str:
    """A day with its year: *3 Dec 2026*."""
    return f"{short_day(day)} {day.year}"


def _waiting(wait: Wait, calendar: Calendar) -> str:
    facts, code = dict(wait.because.facts), wait.because.code
    step = "next step" if wait.next_step is None else _counted(wait.next_step, wait.occurrence)
    if code is Reason.ON_HOLD:
        end = f"until {full_day(date.fromisoformat(facts['until']))}" if "until" in facts else "until its owner ends it"
        return f"on hold ({facts['hold'].replace('_', ' ')}: {facts['reason']}) {end}"
    if code in WAITS:
        return WAITS[code].format_map({**facts, "step": step}) + _on(calendar, wait.until, ", looked at again on")
    if wait.until is None:
        return "no day is left on which anything may leave; the policy must be mended"
    if wait.next_step is None:
        return f"waits{_on(calendar, wait.until, ' until')}"
    season = ", after the closed season" if code is Reason.CLOSED_SEASON else ""
    return f"{step}{_on(calendar, wait.until, ' on')}{season}"


def _on(calendar: Calendar, moment: datetime | None, word: str) -> str:
    return "" if moment is None else f"{word} {short_day(calendar.day(moment))}"


def _with_reason(outcome: str, because: Because) -> str:
    reason = dict(because.facts).get("reason")
    return f"{outcome}: {reason}" if reason else outcome
