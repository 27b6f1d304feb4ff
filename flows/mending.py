"""What a program that died left half done: put right at every start and after every burial (design 3)."""

import logging

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows import registered, runs
from flows.reconcile import PAGE, reconcile_once
from storage import leases, questions

LOG = logging.getLogger("relance.mending")
INTERRUPTED = "The program ended while this was being done. Look whether it was, on the customer's timeline; if not, start it again."


class Mending:
    """One pass when it is needed; what goes wrong in a pass is tried anew in the next round."""

    def __init__(self) -> None:
        self._needed = True

    def needed(self) -> None:
        """Somebody died."""
        self._needed = True

    async def round(self, client: PrefectClient, dispatcher: int) -> None:
        """Restore what every open case must have, and leave no run standing that nobody runs."""
        if not self._needed:
            return
        self._needed = False
        try:
            closed = await _close_interrupted(client, dispatcher)
            LOG.info("%s %s interrupted runs were ended.", await reconcile_once(client), closed)
        except Exception:
            self._needed = True
            raise


async def _close_interrupted(client: PrefectClient, dispatcher: int) -> int:
    """Services and acts that were running when their program died end as Crashed; questions are put again."""
    only = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING]))
    )
    closed = 0
    for run in await client.read_flow_runs(flow_run_filter=only, limit=PAGE):
        name = registered.name_of(run.deployment_id)
        if name is not None and name != runs.COLLECT:
            closed += await _close(client, dispatcher, run, name)
    return closed


async def _close(client: PrefectClient, dispatcher: int, run: FlowRun, name: str) -> bool:
    """Only under the lease: a run that has one is being run."""
    lease = await leases.take(dispatcher, f"run:{run.id}", None, run.id)
    if lease is None:
        return False
    try:
        state = (await client.read_flow_run(run.id)).state
        if state is None or not (state.is_pending() or state.is_running()):
            return False
        if name == runs.ASK:
            await questions.look_again(run.id)
        else:
            await client.set_flow_run_state(run.id, Crashed(name="Interrupted", message=INTERRUPTED), force=True)
        return True
    except ObjectNotFound:
        return False
    finally:
        await leases.give_back(lease)
