"""What is the same of every question that hangs on no case: how it is put, a note about its customer, another e-mail address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.questions import QuestionKind
from policies.roles import Role
from storage.presence import asked_of
from storage.question_subject import Wording
from storage.session import transaction

_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at, since, subject)
    VALUES (:creditor, :customer, :currency, :kind, '', :step, 0, 'open', :todo, :title, :description, :fingerprint, :shown,
        :amount, :at, CAST(:since AS timestamptz), :subject)
    """
)
_ALONE: Mapping[str, Any] = {"customer": None, "currency": "", "step": "", "amount": 0, "since": None, "subject": ""}
_NOTE = text("INSERT INTO note (customer_id, case_id, actor, text, at) VALUES (:customer, :case, :actor, :text, :at)")
_EMAIL = text(
    "UPDATE contact SET email = :email, email_dead_at = NULL, email_dead_why = '' "
    "WHERE customer_id = :customer AND role = :role"
)


async def put(kind: QuestionKind, about: Mapping[str, Any], words: Wording, fingerprint: str, at: datetime) -> bool:
    """Put the question; False where another round was quicker.

    `about`: `creditor`, `todo` (who is to answer), and where it is of one customer `customer`, `currency`, `amount`;
    `step` where the kind keeps something there, `subject` where a customer may be asked
    several of the kind at once (`deadline:12`), `since` where what it is about has waited longer.
    """
    values = {
        **_ALONE, **about, "kind": kind.value, "title": words.title, "description": words.description,
        "shown": words.shown_facts, "fingerprint": fingerprint, "at": at,
    }  # fmt: skip
    try:
        async with transaction() as connection:
            values["todo"] = await asked_of(connection, values["creditor"], values["todo"], values["customer"], at)
            await connection.execute(_ASK, values)
    except IntegrityError:
        return False
    return True


async def write_note(
    connection: AsyncConnection, customer: int, actor: str, words: str, at: datetime, case: int | None = None
) -> None:
    """Keep what somebody wrote in the customer's file."""
    values = {"customer": customer, "case": case, "actor": actor, "text": words, "at": at}
    await connection.execute(_NOTE, values)


async def correct_email(
    connection: AsyncConnection, customer: int, address: str, role: str = Role.ACCOUNTS.value
) -> None:
    """The address of a role of the customer from now on; it is not dead."""
    await connection.execute(_EMAIL, {"customer": customer, "email": address, "role": role})
