"""In whose name an act runs: the person whose start the desk wrote down, found by the key of the act's own run."""

from prefect.context import FlowRunContext

from policies.staff import Signer
from storage.desk_starts import carry_out, started_by

NOBODY = "Nobody started this: an act is started by a person at the desk. Nothing was done."
ONCE = (
    "This was started once, and an act is carried out once: nothing was done now. See the customer's page for what was "
    "done; to do it once more, start it anew."
)


class NobodyStarted(RuntimeError):
    """An act that needs a person was started by none; the message is the sentence staff read."""


async def starter() -> Signer | None:
    """Who started this run at the desk; None where no person did (our own processes, or a key nobody wrote down)."""
    context = FlowRunContext.get()
    assert context is not None, "only a flow was started"
    assert context.flow_run is not None, "only a run was started"
    assert context.flow is not None, "a run has its flow"
    return await started_by(context.flow_run.idempotency_key, context.flow.name)


async def person() -> Signer:
    """The same, for acts that need a person. Each start is carried out once: *Retry* and *Set state* repeat nothing."""
    found = await starter()
    if found is None:
        raise NobodyStarted(NOBODY)
    context = FlowRunContext.get()
    assert context is not None, "the starter was found in it"
    assert context.flow_run is not None, "the starter was found by it"
    if not await carry_out(context.flow_run.idempotency_key):
        raise NobodyStarted(ONCE)
    return found
