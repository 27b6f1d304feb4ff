"""What people do to runs with the buttons of Prefect's UI, written down in their name.

A deed is noted before it is done, except a start, whose run exists only afterwards. Noting never stands in its way.
"""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from web.bodies import Body
from web.doors import Doors
from web.replies import Refused
from web.routes import Operation

log = logging.getLogger("relance.desk")
PATIENCE = 5.0
"""Seconds an act may be held up by noting it."""
MOST_RUNS = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done to one run."""

    name: str
    run_id: UUID
    detail: str
    """What the button asked for, in Prefect's words."""


def run_of(operation: Operation) -> UUID:
    """The run an operation names, however its id is written."""
    return _uuid(operation.parameters.get("id", ""))


def deeds(operation: Operation, body: Body) -> Iterator[Deed]:
    """What a request will do to runs, if it passes."""
    if operation.key == "POST /flow_runs/{id}/set_state":
        yield Deed("set_state", run_of(operation), _wanted(body))
    elif operation.key == "DELETE /flow_runs/{id}":
        yield Deed("delete", run_of(operation), "")
    elif operation.key == "POST /flow_runs/bulk_delete":
        yield from (Deed("delete", run, "") for run in _chosen(body))


def started(operation: Operation, run: Body) -> Iterator[Deed]:
    """What a request has started, from the server's answer."""
    if "id" in run:
        yield Deed("start", _uuid(str(run["id"])), f"deployment {operation.parameters['id']}")


async def note(doors: Doors, actor: str, found: Iterator[Deed]) -> None:
    """Writes the deeds down; one that cannot be written is logged, and the act goes on."""
    for deed in found:
        try:
            await asyncio.wait_for(doors.note_deed(actor, deed.name, deed.run_id, deed.detail), PATIENCE)
        except Exception as error:
            log.error("%s of run %s by %s was not noted: %s", deed.name, deed.run_id, actor, type(error).__name__)
            log.debug("The error was:", exc_info=True)


def _wanted(body: Body) -> str:
    """The state a person asked for: type, name and reason."""
    state = body.get("state") or {}
    return " · ".join(str(state[part]) for part in ("type", "name", "message") if state.get(part))


def _chosen(body: Body) -> list[UUID]:
    """The runs of a bulk deletion: named one by one, never by a search that could match anything."""
    chosen = ((body.get("flow_runs") or {}).get("id") or {}).get("any_")
    if not isinstance(chosen, list) or not 0 < len(chosen) <= MOST_RUNS:
        raise Refused(422, f"Choose the runs to delete one by one, at most {MOST_RUNS} at a time.")
    return [_uuid(str(run)) for run in chosen]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(404, "There is no such run.") from None
