"""What follows from each choice about a court file whose debt is paid, and from the choice of a way to court."""

from datetime import date

from policies.choices import OFFERED
from policies.court_choices import GOES_ON, TOLD
from policies.court_consequences import CourtGoesOn, CourtTold, RouteChosen
from policies.follows import Consequences, Rule
from policies.form_values import Given
from policies.questions import QuestionKind


def route_chosen(given: Given, as_of: date) -> Consequences:
    """Another way to court than that of the draft is taken: a draft that takes it is to be approved."""
    return (RouteChosen(int(given.choice.code.removeprefix(OFFERED))),)


COURT_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.COURT_PAID, TOLD): lambda given, as_of: (CourtTold(given.on, given.note),),
    (QuestionKind.COURT_PAID, GOES_ON): lambda given, as_of: (CourtGoesOn(given.note),),
}
