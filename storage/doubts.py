"""A message that may or may not have left, and of which no step asks: a person says whether it arrived.

Those are what is told beside the ladder and what left once more. The message of a step has its question in the inbox.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import EffectState
from policies.problems import Problem
from storage import journal, ledger
from storage.facts import carried_by
from storage.giving_way import look_again_beside
from storage.session import transaction

OUTCOMES = {"delivered": EffectState.CONFIRMED, "not-delivered": EffectState.REFUSED}
"""What a person may say. What did not arrive is never sent again by itself: it is written or asked for anew."""

_FIND = text("SELECT id, kind, state, channel, resend_of, customer_id, recipient, words FROM message WHERE id = :id")
_SAID = text("UPDATE message SET words = :words WHERE id = :message")


@dataclass(frozen=True, slots=True)
class DoubtSettled:
    """The message is no longer in doubt; `before`: it was settled so already, and nothing was done."""

    message: int
    recipient: str
    state: EffectState
    before: bool


async def settle_doubt(
    message: int, outcome: str, reason: str, actor: str, at: datetime
) -> DoubtSettled | list[Problem]:
    """Settle the message as *delivered* or *not-delivered*, in a person's name; or the sentence that says why not.

    The reason stays with the message; the journal of the customer says who decided what.
    """
    if outcome not in OUTCOMES:
        return _refused(f"“{outcome}” is no outcome: say delivered or not-delivered.")
    if not reason.strip():
        return _refused("Say how you know: --reason “the customer read it to me on the telephone”.")
    async with transaction() as connection:
        settled, cases = await _settle(connection, message, OUTCOMES[outcome], reason.strip(), actor, at)
    await look_again_beside(cases)
    return settled


async def _settle(
    connection: AsyncConnection, message: int, state: EffectState, reason: str, actor: str, at: datetime
) -> tuple[DoubtSettled | list[Problem], tuple[int, ...]]:
    words = f"decided by {actor}"
    found = (await connection.execute(_FIND, {"id": message})).mappings().first()
    if found is None or (found["kind"] == "step" and found["resend_of"] is None):
        return _refused(_not_here(message, found)), ()
    moved = await ledger.settle_in(
        connection, message, state, words, at,
        temporary=False, provider="", sender=None, before=(EffectState.AMBIGUOUS,),
    )  # fmt: skip
    if not moved:
        now = (await connection.execute(_FIND, {"id": message})).mappings().one()
        return _as_it_was(now, state), ()
    await connection.execute(_SAID, {"message": message, "words": f"{words}: {reason}"})
    facts = {"message": message, "state": state.value, "actor": actor}
    await journal.append(connection, "customer", found["customer_id"], "doubt_settled", facts, at)
    cases = await carried_by(connection, [message])
    return DoubtSettled(message, found["recipient"], state, before=False), cases


def _as_it_was(now: RowMapping, state: EffectState) -> DoubtSettled | list[Problem]:
    if now["state"] == state and now["words"].startswith("decided by "):
        return DoubtSettled(now["id"], now["recipient"], state, before=True)
    return _refused(f"Message {now['id']} is {now['state'].replace('_', ' ')}: there is no doubt about it to settle.")


def _not_here(message: int, found: RowMapping | None) -> str:
    if found is None:
        return f"There is no message {message}. See ./relance outbox list."
    if found["state"] != EffectState.AMBIGUOUS:
        return f"Message {message} is {found['state'].replace('_', ' ')}: there is no doubt about it to settle."
    return f"Message {message} carries a step: its case asks whether it arrived, ./relance inbox, and no longer once it is over."


def _refused(why: str) -> list[Problem]:
    return [Problem("command", None, "", why)]
