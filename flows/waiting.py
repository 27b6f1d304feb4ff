"""How a run waits: it ends its execution and wakes later, or when a person answers. No process is kept (design 2)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.exceptions import Pause
from prefect.input.run_input import keyset_from_paused_state
from prefect.states import Scheduled, Suspended
from prefect.utilities.engine import propose_state


def this_run() -> Any:
    """The Prefect run this execution belongs to."""
    context = FlowRunContext.get()
    assert context is not None, "only a flow waits"
    assert context.flow_run is not None, "only a run waits"
    return context.flow_run


def this_client() -> PrefectClient:
    """The client the engine already holds for this execution."""
    context = FlowRunContext.get()
    assert context is not None, "only a flow has a client"
    return context.client  # type: ignore[return-value]


async def name_this_run(name: str) -> None:
    """Say in the run list what this run did: the names Prefect invents say nothing."""
    await this_client().update_flow_run(this_run().id, name=name)


async def wait_until(when: datetime, message: str, name: str = "Waiting") -> NoReturn:
    """End this execution; the same run wakes at `when` (aware UTC, whole seconds), or earlier when a fact wakes it."""
    state: State[None] = Scheduled(name=name, message=message, scheduled_time=when.replace(microsecond=0))
    raise Pause(state=await propose_state(this_client(), state, flow_run_id=this_run().id))


async def suspend(key: str, schema: Mapping[str, Any], description: str, message: str) -> NoReturn:
    """End this execution until a person answers the form. The form exists before the run is suspended."""
    run, client = this_run(), this_client()
    state: State[None] = Suspended(timeout_seconds=None, pause_key=key, message=message)
    keys = {str(name): key for name, key in keyset_from_paused_state(state).items()}
    state.state_details.run_input_keyset = keys
    for name, value in ((keys["schema"], dict(schema)), (keys["description"], description)):
        await client.create_flow_run_input(flow_run_id=run.id, key=name, value=json.dumps(value, ensure_ascii=False))
    raise Pause(state=await propose_state(client, state, flow_run_id=run.id))
