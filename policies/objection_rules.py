"""What follows from what the manager decides about a salesperson's objection."""

from policies.follows import Rule, reason
from policies.objection import HOLD, SEND, WAIT, ObjectionDecided
from policies.questions import QuestionKind

OBJECTION_RULES: dict[tuple[QuestionKind, str], Rule] = {
    (QuestionKind.OBJECTION, SEND): lambda given, as_of: (ObjectionDecided(True, None, reason(given)),),
    (QuestionKind.OBJECTION, WAIT): lambda given, as_of: (ObjectionDecided(False, given.on, reason(given)),),
    (QuestionKind.OBJECTION, HOLD): lambda given, as_of: (ObjectionDecided(False, None, reason(given)),),
}
