"""A claim that can no longer be brought to court is not chased by a machine: a person says what becomes of it."""

from policies.case import Case
from policies.decisions import Ask, Because, Reason, Wait
from policies.limitation_warnings import DEAD
from policies.look import Look
from policies.questions import QuestionKind


def time_barred(look: Look) -> Ask | Wait | None:
    """The question what becomes of a dead claim, or the rest after its answer; None while the claim lives.

    Its last day is a day on which it lives. Where no law says when a claim dies, it is taken to live.
    """
    case = look.case
    if case.dies_on is None or look.today <= case.dies_on:
        return None
    because = Because(Reason.TIME_BARRED, (("dies_on", case.dies_on.isoformat()), *_law(case)))
    if DEAD in case.limitation_seen:
        return Wait(None, because)
    return Ask(QuestionKind.TIME_BARRED, None, because)


def _law(case: Case) -> tuple[tuple[str, str], ...]:
    rule = case.law.limitation if case.law is not None else None
    if rule is None:
        return ()
    source = (("source", rule.where.source),)
    return (*source, ("extinguished", "yes")) if rule.extinguishes else source
