"""What follows from each choice about a deadline."""

from datetime import date

from policies.deadline_choices import DEADLINE_CHOICES
from policies.deadline_consequences import DeadlineAnswered
from policies.follows import Consequences, Rule
from policies.form_values import Given
from policies.questions import QuestionKind


def _rule(how: str) -> Rule:
    def follows(given: Given, as_of: date) -> Consequences:
        return (DeadlineAnswered(how, given.on, given.note),)

    return follows


DEADLINE_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.DEADLINE, one.code): _rule(one.code) for one in DEADLINE_CHOICES
}
