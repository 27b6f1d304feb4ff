"""A tireless agent: answers every open question so that ladders are climbed, and tells the truth about what arrived."""

from sqlalchemy import text

from policies.choices import choices
from policies.questions import QuestionKind
from storage import doors, questions, session
from storage.questions import Question
from tests.engine.staff import MARIE

ANSWERS = {
    QuestionKind.APPROVE: "send",
    QuestionKind.DAILY_REVIEW: "send_all",
    QuestionKind.CALL_OUTCOME: "refuses",
    QuestionKind.MEDIATION_OUTCOME: "failed",
    QuestionKind.HOLD_REVIEW: "resume",
}
_ARRIVED = text(
    "SELECT bool_and(EXISTS (SELECT FROM sink_message s WHERE s.sha256 = m.sha256)) FROM message m "
    "JOIN effect e ON e.message_id = m.id JOIN question_case c ON c.case_id = e.case_id "
    "WHERE c.question_id = :question AND e.state = 'ambiguous'"
)


async def answer_everything() -> int:
    """Answer what is open now, but for the end of the ladder; answers how many were taken."""
    taken = 0
    for question in await questions.inbox():
        code = await _code(question)
        if code:
            values = {"decision": await _sentence(question, code)}
            taken += await doors.answer_directly(question.id, MARIE, "terminal", values) is None
    return taken


async def _code(question: Question) -> str:
    if question.kind is not QuestionKind.AMBIGUOUS:
        return ANSWERS.get(question.kind, "")
    async with session.reading() as connection:
        arrived = await connection.scalar(_ARRIVED, {"question": question.id})
    return "arrived" if arrived else "send_again"


async def _sentence(question: Question, code: str) -> str:
    from flows import forms

    offered = [choice.code for choice in choices(question.kind, question.stage)]
    return str(forms.decisions(question)[offered.index(code)])
