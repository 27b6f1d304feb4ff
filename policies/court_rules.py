"""What follows from each choice about a court file whose debt is paid."""

from policies.court_choices import GOES_ON, TOLD
from policies.court_consequences import CourtGoesOn, CourtTold
from policies.follows import Rule
from policies.questions import QuestionKind

COURT_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.COURT_PAID, TOLD): lambda given, as_of: (CourtTold(given.on, given.note),),
    (QuestionKind.COURT_PAID, GOES_ON): lambda given, as_of: (CourtGoesOn(given.note),),
}
