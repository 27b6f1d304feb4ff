"""Files that arrive in the watched folder: each is imported by a run of its own, so that a manager sees what came when."""

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.client.schemas.objects import State
from prefect.states import Failed, Scheduled

from flows import imports, registered
from flows.problem_words import in_words
from storage import clock
from tasks.inbox_folder import Arrived, arrived, file_away, inbox_folder, mark_of
from tasks.invoice_mapping import RecordKind

LOG = logging.getLogger("relance.inbox")
IMPORT = "import-arrived"
REST = timedelta(minutes=1)
"""Between two tries."""
TRIES = 5
"""A file whose run breaks off (the power fails, the database is away) is read again, so often at most."""
GIVEN_UP = f"Reading it broke off {TRIES} times; see the runs of this file and the dispatcher's log."


async def start_arrived(client: PrefectClient) -> int:
    """Give each file that has arrived whole its run, unless one is on its way; answers how many were started."""
    files = await asyncio.to_thread(lambda: arrived(inbox_folder(), time.time()))
    return sum([await _start_one(client, one) for one in files])


async def _start_one(client: PrefectClient, one: Arrived) -> bool:
    """As `_start`; a file that cannot be moved keeps no other from being read."""
    try:
        return await _start(client, one)
    except OSError as error:
        LOG.warning("%s stays in the watched folder: %s", one.path.name, error.strerror or "it cannot be moved")
        return False


async def _start(client: PrefectClient, one: Arrived) -> bool:
    """Start the file's run, unless one is on its way. Two dispatchers at once start one."""
    tag = f"arrived:{one.mark}"
    earlier = await client.read_flow_runs(flow_run_filter=FlowRunFilter(tags=FlowRunFilterTags(all_=[tag])))
    if any(run.end_time is None or datetime.now(UTC) - run.end_time < REST for run in earlier):
        return False
    if len(earlier) >= TRIES:
        file_away(one.path, inbox_folder(), done=False, on=(await clock.now()).date(), report=GIVEN_UP)
        return False
    await client.create_flow_run_from_deployment(
        registered.deployment(IMPORT),
        parameters={"file": str(one.path), "kind": one.kind.value, "mapping": one.mapping},
        state=Scheduled(name="Queued"),
        name=f"Import {one.kind.value} · {one.path.name}",
        tags=["import", tag],
        idempotency_key=f"{one.mark}-{len(earlier)}",
    )
    return True


@flow(name=IMPORT, persist_result=False, log_prints=False)
@in_words
async def import_arrived(file: str, kind: str, mapping: str = "") -> State:
    """Read one file of the watched folder and file it away with its report."""
    path, folder = Path(file), inbox_folder()
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return Failed(name="Not done", message=f"{path.name} is no longer in the watched folder.")
    mark = mark_of(path)
    state, report = await imports.bring_in(RecordKind(kind), path, mapping)
    try:
        if mark_of(path) != mark:
            get_run_logger().info(f"{path.name} was written to while it was read: it is read again.")
            return state
        kept = file_away(path, folder, done=state.is_completed(), on=(await clock.now()).date(), report=report)
    except OSError as error:
        why = error.strerror or "it cannot be moved"
        return Failed(name="Not kept", message=f"{path.name} was read, but not moved out of the watched folder: {why}.")
    get_run_logger().info(f"Kept as {kept.relative_to(folder)}.")
    return state
