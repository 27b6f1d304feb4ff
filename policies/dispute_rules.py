"""What follows from each choice about a dispute."""

from datetime import date

from policies.dispute_consequences import DecideDispute
from policies.dispute_verdict import Verdict
from policies.follows import Consequences, Rule
from policies.form_values import Given
from policies.questions import QuestionKind


def _rule(verdict: Verdict) -> Rule:
    def follows(given: Given, as_of: date) -> Consequences:
        return (DecideDispute(verdict, given.minor, given.on, given.note),)

    return follows


DISPUTE_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.DISPUTE, verdict.value): _rule(verdict) for verdict in Verdict
}
