"""Acts a person starts: known, of the right role, filled in as their form wants it, and written down first.

The run carries the key of that row; the flow finds in it in whose name it acts (flows/starter.py).
"""

import logging
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Scope

from policies.act_roles import may_start
from storage.desk_starts import start_by
from web.bodies import Body, replay
from web.callers import Caller
from web.deeds import run_of
from web.forwarding import Kept
from web.parameters import wrong_parameters
from web.replies import Refused
from web.routes import Operation

log = logging.getLogger("relance.desk")
OURS = frozenset({"enforce_parameter_schema", "tags", "work_queue_name"})
"""Never a person's: by tags and queues Relance knows which run is whose, and which files have been read."""
NOT_RECORDED = "Your start could not be written down, so nothing was done. Please try again in a moment."


async def prepared(app: ASGIApp, operation: Operation, caller: Caller, body: Body, scope: Scope) -> Body:
    """The request as it may go on, under the key of the row that says who starts; refused where it may not."""
    deployment = await _deployment(app, operation, scope)
    name = str(deployment.get("name", ""))
    if refusal := may_start(name, caller.role):
        raise Refused(403, refusal)
    if (body.get("state") or {}).get("type") not in (None, "SCHEDULED"):
        raise Refused(422, "A run begins as scheduled; nothing was started.")
    parameters = body.get("parameters") or {}
    if wrong := wrong_parameters(parameters, deployment.get("parameter_openapi_schema") or {}):
        raise Refused(422, wrong)
    try:
        key = await start_by(caller.signer, name, datetime.now(UTC))
    except Exception as error:
        log.error("A start of %s could not be written down: %s", name, type(error).__name__)
        log.debug("The error was:", exc_info=True)
        raise Refused(503, NOT_RECORDED) from error
    kept = {field: value for field, value in body.items() if field not in OURS}
    return {**kept, "parameters": parameters, "idempotency_key": key}


async def _deployment(app: ASGIApp, operation: Operation, scope: Scope) -> dict[str, Any]:
    """The deployment as the server knows it; only our own processes can have written it."""
    path = f"/api/deployments/{run_of(operation)}"
    headers = [pair for pair in scope["headers"] if pair[0] == b"host"]
    asked = {
        **scope, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers,
    }  # fmt: skip
    kept = Kept()
    await app(asked, replay({})[1], kept.send)
    if kept.status != 200:
        raise Refused(404, "There is no such act.")
    return kept.content
