"""An answer limited to some of the invoices a question shows.

What a person says of some is done for some, and the others are asked about again. A message is never sent to part of what
it says: there the question is put anew, with a draft for exactly those, and the others rest until tomorrow.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import HoldKind
from policies.four_eyes import SEND
from policies.limited_to import limited_to
from policies.questions import QuestionKind
from policies.staff import Signer
from storage.answer_reading import chosen
from storage.answered import Change, Covered
from storage.question_before import REPLACED
from storage.questions import Question
from storage.step_outcomes import hold
from storage.voiding import void

LEFT_OUT = "left out of the notice"


def within(question: Question, values: Mapping[str, str], covered: tuple[Covered, ...]) -> tuple[Covered, ...] | str:
    """The cases the answer is about; a sentence where it names invoices the question does not show."""
    numbers = limited_to(values.get("only", ""), {one.invoice for one in covered})
    if isinstance(numbers, str):
        return numbers
    return tuple(one for one in covered if one.invoice in numbers)


def sends(question: Question, values: Mapping[str, str]) -> bool:
    """Whether the answer lets the draft leave."""
    choice = chosen(question, values)
    return question.kind is QuestionKind.APPROVE and choice is not None and choice.code == SEND


async def narrow(
    connection: AsyncConnection, question: Question, covered: Sequence[Covered], kept: Sequence[Covered], signer: Signer,
    at: datetime,
) -> None:  # fmt: skip
    """The draft is void; the cases not named rest until tomorrow, so that the others are asked about by themselves."""
    for one in covered:
        if one not in kept:
            change = Change(connection, question, one, signer.name, at)
            await hold(change, HoldKind.MANUAL, LEFT_OUT, change.today)
    told = {"question": question.id, "kept": [one.invoice for one in kept]}
    for one in kept:
        await Change(connection, question, one, signer.name, at).told("narrowed", actor=signer.name, **told)
    await void(connection, [question.id], REPLACED, at)
