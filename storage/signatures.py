"""Two signatures where one is not enough: the first is kept, bound to the question and to what it shows (design 4.8)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.four_eyes import SEND, SETTINGS, Signed, first_of, has_signed, limit, needs_second, setting_of
from policies.ladder import Ladder
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.who_may_answer import allowed
from storage import journal
from storage.answer_reading import chosen
from storage.answered import Covered
from storage.journal import canonical
from storage.questions import Question

_BETWEEN = re.compile(r"[,;\s]+")
TWICE = "You have signed this already: nothing was done. A second, different person has to choose the same, or decide otherwise."
ALONE_ADVICE = "Give somebody else the role: ./relance user set LOGIN --role manager."


@dataclass(frozen=True, slots=True)
class Alone:
    """A question with one signature, and nobody else with an account who may give the second."""

    question: int
    creditor: int
    kind: str
    title: str
    signer: str
    todo: str

    @property
    def words(self) -> str:
        """*Question 12 (Approve legal · Dupont) has the signature of marie, and nobody else may give the second*."""
        return f"Question {self.question} ({self.title}) has the signature of {self.signer}, and nobody else may give the second"


_STANDING = text(
    "SELECT s.actor, s.role, s.choice, s.terms, s.at FROM signature s JOIN question q ON q.id = s.question_id "
    "WHERE s.question_id = :question AND s.fingerprint = q.fingerprint ORDER BY s.id"
)
_SIGN = text(
    "INSERT INTO signature (question_id, fingerprint, choice, terms, actor, role, at) "
    "VALUES (:question, :fingerprint, :choice, :terms, :actor, :role, :at)"
)
_SETTINGS = text(
    f"SELECT {', '.join(f'r.{name}' for name in SETTINGS)} FROM question q JOIN creditor r ON r.id = q.creditor_id "  # noqa: S608
    "WHERE q.id = :question"
)
_SIGNED_ONES = text(
    """
    SELECT DISTINCT ON (q.id) q.id AS question, q.creditor_id AS creditor, q.kind, q.stage, q.title, q.todo, s.actor AS signer, s.choice
    FROM signature s JOIN question q ON q.id = s.question_id AND q.fingerprint = s.fingerprint
    WHERE q.state = 'open' ORDER BY q.id, s.id DESC
    """
)
_LEFT = text("SELECT login, role FROM person WHERE disabled_at IS NULL ORDER BY id")


async def standing(connection: AsyncConnection, question: int) -> tuple[Signed, ...]:
    """The signatures under what the question shows now, the earliest first."""
    rows = (await connection.execute(_STANDING, {"question": question})).all()
    return tuple(Signed(row.actor, Role(row.role), row.choice, row.terms, row.at) for row in rows)


async def twice(
    connection: AsyncConnection, question: Question, signer: Signer, values: Mapping[str, Any]
) -> str | None:
    """The sentence for somebody who signs a second time; None: this is another person, or another decision."""
    choice = chosen(question, values)
    if choice is None:
        return None
    signed = await standing(connection, question.id)
    return TWICE if has_signed(signed, signer.name, choice.code, terms_of(values)) else None


async def is_first(
    connection: AsyncConnection, question: Question, covered: Sequence[Covered], ladder: Ladder | None, signer: Signer,
    values: Mapping[str, str], at: datetime,
) -> bool:  # fmt: skip
    """Whether the decision needs another signature besides this one; then this one is kept, and nothing else is done.

    `covered` is all that the question shows: what two people sign is not given up part by part by one.
    """
    choice = chosen(question, values)
    if choice is None or not await _above(connection, question, choice.code, covered, ladder):
        return False
    signed, terms = await standing(connection, question.id), terms_of(values)
    if first_of(signed, signer.name, choice.code, terms) is not None:
        return False
    row = {"question": question.id, "fingerprint": question.fingerprint, "choice": choice.code, "terms": terms}
    await connection.execute(_SIGN, row | {"actor": signer.name, "role": signer.role.value, "at": at})
    facts = {"question": question.id, "kind": question.kind.value, "actor": signer.name, "role": signer.role.value}
    facts |= {"choice": choice.code, "shown": question.fingerprint}
    for one in covered:
        await journal.append(connection, "case", one.case, "signed", facts | {"message": one.message}, at)
    return True


async def let_go(
    connection: AsyncConnection, question: Question, covered: Sequence[Covered], values: Mapping[str, str], at: datetime
) -> list[str]:
    """A decision takes effect: who signed for it before, and the signatures for another one, which are void."""
    choice, terms = chosen(question, values), terms_of(values)
    signed = await standing(connection, question.id)
    with_it = [one.actor for one in signed if choice and (one.choice, one.terms) == (choice.code, terms)]
    for other in signed:
        if other.actor not in with_it:
            facts = {"question": question.id, "actor": other.actor, "why": "somebody else decided otherwise"}
            for one in covered:
                await journal.append(connection, "case", one.case, "signature_void", facts, at)
    return with_it


async def alone(connection: AsyncConnection) -> tuple[Alone, ...]:
    """Questions that wait for a second signature nobody is left to give."""
    people = [(row.login, Role(row.role)) for row in await connection.execute(_LEFT)]
    found = []
    for row in (await connection.execute(_SIGNED_ONES)).all():
        may = allowed(QuestionKind(row.kind), row.stage or None, row.choice)
        if not [login for login, role in people if role in may and login != row.signer]:
            found.append(Alone(row.question, row.creditor, row.kind, row.title, row.signer, row.todo))
    return tuple(found)


def terms_of(values: Mapping[str, Any]) -> str:
    """What is signed besides the choice: the form's fields, but for the note each writes in his own words."""
    kept = {name: str(value).strip() for name, value in values.items() if name not in ("decision", "note")}
    if kept.get("only"):
        kept["only"] = ", ".join(sorted(_BETWEEN.split(kept["only"].strip(",; "))))
    return canonical({name: value for name, value in kept.items() if value})


async def _above(
    connection: AsyncConnection, question: Question, code: str, covered: Sequence[Covered], ladder: Ladder | None
) -> bool:
    settings = (await connection.execute(_SETTINGS, {"question": question.id})).mappings().one()
    setting = setting_of(question.kind, question.stage, code)
    limits = [limit(settings[setting])] if setting else []
    step = ladder.step(question.step) if ladder and question.kind is QuestionKind.APPROVE and code == SEND else None
    limits += [step.second_signature_above] if step else []
    amount = sum(one.principal for one in covered) if covered else question.amount
    return needs_second(amount, question.currency, limits)
