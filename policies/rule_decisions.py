"""The answer of the rule that decides, in a sentence that answers its question."""

from collections.abc import Callable, Mapping
from datetime import date

from policies.approval import limit_of
from policies.bank_answers import bank_is_too_old
from policies.decisions import Ask, Decision, Reason, Wait
from policies.interest.stopped import stop_of
from policies.limitation_words import origin
from policies.matter import Matter
from policies.may_be_paid import in_its_way
from policies.money import plain
from policies.said import NAMES, full_day, name, payment_words, sentence
from policies.stages import Stage
from policies.step_time import last_contact
from policies.time_answers import time_to_come

Facts = Mapping[str, str]


def decided(rule: str, decision: Decision, matter: Matter) -> str:
    """What the rule says whose answer the decision is."""
    own = DECIDED.get(rule)
    if own is not None:
        return own(matter, decision, dict(decision.because.facts))
    said = sentence(decision, matter.case.calendar)
    return f"{YES_OR_NO[rule]}: {said}" if rule in YES_OR_NO else said[:1].upper() + said[1:]


def _held(matter: Matter, decision: Decision, facts: Facts) -> str:
    """*Yes: dispute (wrong price), until marie ends it*."""
    kind, owner = facts["hold"].replace("_", " "), facts["owner"] or "its owner"
    told = f"Yes: {kind} ({facts['reason']})"
    if isinstance(decision, Ask):
        passed = "" if decision.because.code is Reason.STOPPED_BY_A_PERSON else f", named until {_day(facts, 'until')}"
        return f"{told}{passed}; {owner} is asked whether it goes on"
    if "until" not in facts:
        return f"{told}, until {owner} ends it{_interest(matter)}"
    bank = f", waited for through {_day(facts, 'waited_through')}" if "waited_through" in facts else ""
    return f"{told}, until {_day(facts, 'until')}{bank}{_interest(matter)}"


def _interest(matter: Matter) -> str:
    """What a judgment or time to pay does to the interest of the claim."""
    case = matter.case
    stop = stop_of(case.holds, case.issued or case.due)
    return (
        "" if stop is None or stop.on >= matter.look.today else f"; interest ended on {full_day(stop.on)}, {stop.why}"
    )


def _dead(matter: Matter, decision: Decision, facts: Facts) -> str:
    why = "" if matter.life is None else f", {origin(matter.life)}"
    gone = "the debt no longer exists" if "extinguished" in facts else "no court helps any more"
    then = "a person says what becomes of it" if isinstance(decision, Ask) else "a person said to keep it"
    return f"No: {_day(facts, 'dies_on')} was the last day{why}; {gone}, and {then}"


def _exhausted(matter: Matter, decision: Decision, facts: Facts) -> str:
    contact = last_contact(matter.look.done)
    heard = "" if contact is None else f"; the customer last heard from us on {full_day(contact)}"
    told = f"No: every step is behind it{heard}"
    if not isinstance(decision, Wait) or decision.until is None:
        return f"{told}, and a person says what becomes of it"
    return f"{told}, and from {full_day(matter.case.calendar.day(decision.until))} a person says what becomes of it"


def _its_time(matter: Matter, decision: Decision, facts: Facts) -> str:
    return time_to_come(matter.look, matter.at_step, decision)


def _money(matter: Matter, decision: Decision, facts: Facts) -> str:
    """*Yes: 1250.00 EUR of 6 Mar 2026 from DUPONT (bank line 12), proposed for it; a person is asked*."""
    one = in_its_way(matter.case, matter.at_step.step.stage)
    assert one is not None, "money is in its way"
    end = "a person is asked" if one.proposed else "it waits until that is matched or set aside"
    return f"Yes: {payment_words(one)}; {end}"


def _harder(matter: Matter, decision: Decision, facts: Facts) -> str:
    until = f" until {_day(facts, 'until')}" if "until" in facts else ""
    return f"Yes: the {NAMES[Stage(facts['harder'])]} stage of another invoice is open{until}"


def _budget(matter: Matter, decision: Decision, facts: Facts) -> str:
    day = _day(facts, "earliest")
    if decision.because.code is Reason.AFTER_CONVERSATION:
        return (
            f"Not before {day}: somebody was spoken to on {_day(facts, 'spoken')}, {facts['days']} days without a call"
        )
    many = "contact" if facts["most"] == "1" else "contacts"
    return f"Not before {day}: {facts['most']} {many} by {facts['channels']} in {facts['days']} days is all that is allowed"


def _approval(matter: Matter, decision: Decision, facts: Facts) -> str:
    step, currency = matter.at_step.step, facts["currency"]
    limit = limit_of(matter.case, step)
    if decision.because.code is Reason.IN_DAILY_REVIEW:
        return f"Yes, in the daily review: {facts['overdue']} {currency} overdue is not above {plain(limit or 0, currency)}"
    above = "" if limit is None else f", above {plain(limit, currency)} {currency}"
    return f"Yes: the {name(step)} waits for approval ({facts['overdue']} {currency} overdue{above})"


def _day(facts: Facts, of: str) -> str:
    return full_day(date.fromisoformat(facts[of]))


YES_OR_NO = {"settled": "Yes", "switched_off": "No", "underway": "Yes", "first_days": "No", "insurer": "Yes"}
DECIDED: Mapping[str, Callable[[Matter, Decision, Facts], str]] = {
    "held": _held,
    "time_barred": _dead,
    "exhausted": _exhausted,
    "its_time": _its_time,
    "may_be_paid": _money,
    "harder_stage": _harder,
    "contact_budget": _budget,
    "fresh_money": bank_is_too_old,
    "approval": _approval,
}
