"""The question whether a message that left may leave once more: put with its draft, byte for byte what would leave."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.money import plain
from policies.problems import Problem
from policies.stages import Channel
from storage import journal
from storage.dossier import Dossier, load
from storage.facts import lock
from storage.presence import asked_of
from storage.question_subject import Wording
from storage.resending import Original, original_of, step_of, why_not
from storage.session import transaction

Again = Callable[[bytes, str, datetime], bytes]
"""The bytes of the message under another key, dated anew."""
Describe = Callable[[Original, Sequence[Dossier], str, str], Wording]

_DRAFT = text(
    """
    INSERT INTO message (creditor_id, customer_id, currency, kind, stage, step, window_on, occurrence, channel, state, route, key,
        sender, recipient, subject, text, raw, sha256, demanded, contact_role, resend_of, calculated_at)
    SELECT creditor_id, customer_id, currency, kind, stage, :step, window_on, :occurrence, channel, 'draft', route, :key, sender,
        recipient, subject, text, :raw, encode(sha256(:raw), 'hex'), demanded, contact_role, id, calculated_at
    FROM message WHERE id = :id RETURNING id
    """
)
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at)
    VALUES (:creditor, :customer, :currency, 'resend', '', :step, 0, 'open', :todo, :title, :description, :fingerprint, :shown,
        :amount, :at) RETURNING id
    """
)
_COVER = text(
    "INSERT INTO question_case (question_id, case_id, principal, message_id) VALUES (:question, :case, :principal, :draft)"
)


async def ask_resend(
    message: int, reason: str, actor: str, at: datetime, again: Again, describe: Describe
) -> int | list[Problem]:
    """Ask whether the message may leave once more; answers the question's number, or why it must not."""
    if not reason.strip():
        return _refused("Say why it is to leave once more: --reason “the customer has changed offices”.")
    async with transaction() as connection:
        original = await original_of(connection, message)
        if original is None:
            return _refused(f"There is no message {message}. See ./relance outbox list.")
        await lock(connection, original.demanded)
        dossiers = await load(connection, original.demanded, at, frozenset(Channel))
        if original.row["asked"] is not None:
            return _refused(
                f"Question {original.row['asked']} asks already whether a message to this customer leaves again."
            )
        if why := why_not(original, dossiers, at):
            return _refused(f"Message {message} cannot leave once more: {why}.")
        return await _put(connection, original, dossiers, reason.strip(), actor, at, again, describe)


async def _put(
    connection: AsyncConnection, original: Original, dossiers: dict[int, Dossier], reason: str, actor: str, at: datetime,
    again: Again, describe: Describe,
) -> int:  # fmt: skip
    row, occurrence = original.row, int(original.row["last"]) + 1
    key = fingerprint([row["key"], "again", str(occurrence)]) + row["key"][:26]
    raw = again(bytes(row["raw"]), key, at)
    made = {
        "id": original.id,
        "step": step_of(original.id, occurrence),
        "occurrence": occurrence,
        "key": key,
        "raw": raw,
    }
    draft = int(await connection.scalar(_DRAFT, made))
    members = [dossiers[id] for id in sorted(dossiers)]
    words = describe(original, members, reason, actor)
    amount = sum(one.case.principal for one in members)
    values = {
        "creditor": row["creditor_id"], "customer": row["customer_id"], "currency": row["currency"], "step": step_of(original.id, occurrence),
        "todo": await asked_of(connection, row["creditor_id"], row["owner"], row["customer_id"], at), "title": words.title, "description": words.description, "shown": words.shown_facts,
        "fingerprint": fingerprint(["resend", str(draft), plain(amount, row["currency"])]), "amount": amount, "at": at,
    }  # fmt: skip
    question = int(await connection.scalar(_ASK, values))
    for one in members:
        covered = {"question": question, "case": one.case.id, "principal": one.case.principal, "draft": draft}
        await connection.execute(_COVER, covered)
        facts = {"question": question, "kind": "resend", "message": original.id, "actor": actor}
        await journal.append(connection, "case", one.case.id, "asked", facts, at)
    return question


def _refused(why: str) -> list[Problem]:
    return [Problem("command", None, "", why)]
