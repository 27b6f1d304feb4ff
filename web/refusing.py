"""Refusals of calls that would have changed something are written down: who, when, which route, why.

The same refusal of the same caller is written once in ten seconds, so that a loop at the door fills no disk.
"""

import logging
import time
from datetime import UTC, datetime

from storage.desk_refusals import Refusal, record
from web.callers import Caller
from web.replies import Refused
from web.routes import Operation, RouteClass
from web.visits import Visit

log = logging.getLogger("relance.desk")
AGAIN_SECONDS = 10.0
MOST_KEPT = 1_000
LONGEST = 300
COUNTED = frozenset({401, 403, 404, 405, 409, 415, 422})


class Refusals:
    """What was refused a moment ago."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, ...], float] = {}

    async def note(self, visit: Visit, caller: Caller | None, operation: Operation | None, refused: Refused) -> None:
        """Write it down, if the call would have changed something. Noting never stands in the way of refusing."""
        if not _counts(visit, operation) or refused.status not in COUNTED:
            return
        actor = caller.actor if caller is not None else ""
        route = operation.key.partition(" ")[2] if operation is not None else _place(visit)
        if self._just_told((actor, visit.method, route, refused.sentence)):
            return
        role = caller.role.value if caller is not None and caller.person else ""
        try:
            why = refused.sentence[:LONGEST]
            await record(Refusal(datetime.now(UTC), actor, role, visit.method[:10], route, why))
        except Exception as error:
            log.error("A refusal could not be written down: %s", type(error).__name__)
            log.debug("The error was:", exc_info=True)

    def _just_told(self, what: tuple[str, ...]) -> bool:
        now = time.monotonic()
        if now - self._told.get(what, -AGAIN_SECONDS) < AGAIN_SECONDS:
            return True
        if len(self._told) >= MOST_KEPT:
            self._told.clear()
        self._told[what] = now
        return False


def _counts(visit: Visit, operation: Operation | None) -> bool:
    """Whether the call would have changed something: a read never does, whatever its method."""
    if operation is not None:
        reads = operation.kind in (RouteClass.OPEN, RouteClass.READ)
        return not reads and visit.method not in ("GET", "HEAD")
    return visit.method not in ("GET", "HEAD", "OPTIONS", "WS")


def _place(visit: Visit) -> str:
    """Where an unknown path led, without what stands in it."""
    return "unknown operation" if visit.api else visit.path if visit.path in _OURS else "a page"


_OURS = frozenset({"/desk", "/sign-in", "/sign-out", "/account", "/enter"})
