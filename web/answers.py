"""The door for answers: written down first, forwarded second, marked with what the server said third.

Prefect answers HTTP 200 also when it refuses a resume; only `status: ACCEPT` in the body means that the run goes on.
"""

import logging
from uuid import UUID

from starlette.types import ASGIApp, Scope, Send

from web.bodies import Body, refuse_kinds
from web.callers import Caller
from web.doors import Doors, Received
from web.forwarding import Kept, carrying
from web.replies import Refused

log = logging.getLogger("relance.desk")
NOT_RECORDED = "Your answer could not be written down, so nothing was done. Please try again in a moment."
NOT_MARKED = "Your answer could not be written down, so it does not count: the question will be asked again."
NO_PERSON = "A person answers, not a program of the house: sign in, or use a token of your own. Nothing was done."


async def answer(
    app: ASGIApp, doors: Doors, run_id: UUID, caller: Caller, body: Body, scope: Scope, send: Send
) -> None:
    """Passes a person's answer to Prefect, once it is written down; an answer that cannot count is not passed on."""
    values = _values(body)
    if not caller.person:
        await _write_down_refused(doors, run_id, caller, values)
        raise Refused(403, NO_PERSON)
    received = await _write_down(doors, run_id, caller, values)
    if received.refusal is not None:
        raise Refused(409, received.refusal)
    kept = Kept()
    try:
        onward, receive = carrying(scope, {"run_input": values} if values else {})
        await app(onward, receive, kept.send)
    finally:
        unusable = await _settle(doors, received.answer, kept)
    if unusable is not None:
        raise Refused(409, unusable)
    await kept.release(send)


def _values(body: Body) -> Body:
    values = body.get("run_input") or {}
    if not isinstance(values, dict) or set(body) - {"run_input"}:
        raise Refused(422, "An answer is an object named run_input, with one value for each field of the form.")
    refuse_kinds(values)
    return values


async def _write_down(doors: Doors, run_id: UUID, caller: Caller, values: Body) -> Received:
    try:
        return await doors.receive_answer(run_id, caller.signer, "desk" if caller.session else "token", values)
    except Exception as error:
        log.error("An answer for run %s could not be written down: %s", run_id, type(error).__name__)
        log.debug("The error was:", exc_info=True)
        raise Refused(503, NOT_RECORDED) from error


async def _write_down_refused(doors: Doors, run_id: UUID, caller: Caller, values: Body) -> None:
    try:
        await doors.refuse_answer(run_id, caller.actor, "service", values, NO_PERSON)
    except Exception as error:
        log.error("A refused answer for run %s could not be written down: %s", run_id, type(error).__name__)
        log.debug("The error was:", exc_info=True)


async def _settle(doors: Doors, number: int | None, kept: Kept) -> str | None:
    """Marks the answer, and says why it cannot be used although Prefect took it; the question is then asked again.

    An answer that cannot be marked stays open and is never taken for accepted.
    """
    if number is None:
        return None
    accepted, words = verdict(kept)
    try:
        unusable = await doors.settle_answer(number, accepted, words)
    except Exception as error:
        log.error("Answer %s could not be marked: %s", number, type(error).__name__)
        log.debug("The error was:", exc_info=True)
        return NOT_MARKED if accepted else None
    return unusable if accepted else None


def verdict(kept: Kept) -> tuple[bool, str]:
    """Whether the server took the answer, and its words."""
    content = kept.content
    accepted = kept.status < 300 and content.get("status") == "ACCEPT"
    details = content.get("details")
    reason = details.get("reason") if isinstance(details, dict) else None
    words = reason or content.get("detail") or content.get("exception_message") or content.get("status") or ""
    return accepted, str(words or f"The server answered HTTP {kept.status}.")
