"""Why a case stands where it stands: every rule that was asked with its answer, what it rests on, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from policies.case import Case
from policies.climb import position
from policies.decide import CASE_RULES, rules_asked
from policies.decisions import Decision
from policies.forecast import Foreseen, forecast
from policies.ladder import Ladder
from policies.limitation import Lifetime
from policies.look import look_at
from policies.matter import Matter
from policies.rule_answers import answer_of
from policies.rule_decisions import decided
from policies.rule_grounds import grounds
from policies.rule_questions import QUESTIONS
from policies.said import passed_sentence

NEXT_ACTS = 5
"""Acts to come that are told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule that was asked."""

    rule: str
    question: str
    answer: str
    """In a sentence, without a full stop."""
    decides: bool
    """It is the one whose answer the decision is."""
    rests_on: str
    """The article of law, the line of the ladder's file, or the rule of the design."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with everything that led to it, and the acts to come if nothing changes."""

    decision: Decision
    rules: tuple[Asked, ...]
    """In the order in which they were asked; the last one has decided."""
    gone_past: tuple[str, ...]
    """Steps the ladder goes past now, each with the reason."""
    coming: tuple[Foreseen, ...]


def explain(case: Case, ladder: Ladder, as_of: datetime, life: Lifetime | None = None) -> Explanation:
    """Why `decide` says what it says about the case at `as_of`. `life` tells how long the claim lives."""
    answered = tuple(rules_asked(case, ladder, as_of))
    decider, decision = answered[-1]
    assert decision is not None, "the last rule asked has decided"
    look = look_at(case, ladder, as_of)
    matter = Matter(look, None if decider in CASE_RULES else position(look).turn, life)
    rules = tuple(_asked(rule, said, matter) for rule, said in answered)
    past = tuple(passed_sentence(one, ladder) for one in decision.passed)
    return Explanation(decision, rules, past, forecast(case, ladder, as_of)[:NEXT_ACTS])


def _asked(rule: str, said: Decision | None, matter: Matter) -> Asked:
    told = answer_of(rule, matter) if said is None else decided(rule, said, matter)
    return Asked(rule, QUESTIONS[rule], told, said is not None, grounds(rule, matter))
