"""What follows from what the manager decides about a measure."""

from policies.follows import Rule, reason
from policies.measure_choices import REFUSE, TAKE, MeasureRefused, MeasureTaken
from policies.questions import QuestionKind

MEASURE_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.MEASURE, TAKE): lambda given, as_of: (MeasureTaken(given.note, given.on),),
    (QuestionKind.MEASURE, REFUSE): lambda given, as_of: (MeasureRefused(reason(given)),),
}
