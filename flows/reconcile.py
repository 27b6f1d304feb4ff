"""Reconcile (design 3): every open case has exactly one of a scheduled run, a suspended run with a form, a lease."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound

from flows import runs, waiting
from flows.problem_words import in_words
from storage import opening, questions, wakes
from storage.bulk import chunks
from storage.wakes import Running

PAGE = 200
ALIVE = frozenset({StateType.SCHEDULED, StateType.PAUSED})
FINAL = (StateType.COMPLETED, StateType.CANCELLED, StateType.FAILED, StateType.CRASHED)


@flow(name="reconcile", persist_result=False, log_prints=False)
@in_words
async def reconcile() -> str:
    """Look at every open case and every closed one; have those looked at whose run does not agree."""
    said = await reconcile_once(waiting.this_client())
    get_run_logger().info(said)
    await waiting.name_this_run(f"Reconcile · {said.removesuffix('.')}")
    return said


async def reconcile_once(client: PrefectClient) -> str:
    """One pass; answers what was mended in a sentence."""
    gone, woken = 0, 0
    open_cases = sorted(
        await wakes.all_open(), key=lambda case: case.next_at is None
    )  # those in front of a person last
    different, found = await _unlike(client, open_cases, [StateType.SCHEDULED])
    for case in different:
        run = found.get(case.run) if case.run else None
        if case.run and run is None:
            gone += (
                await _is_gone(client, case.run) and await opening.regenerate(case.case, case.generation) is not None
            )
        elif run is not None and await _disagrees(run, case):
            await wakes.wake(case.case)
            woken += 1
    woken += await _closed(client)
    started = await runs.start_unstarted(client)
    asked = await _questions(client)
    return f"{gone} runs were gone, {started} started, {woken} cases looked at again, {asked} questions put again."


async def _is_gone(client: PrefectClient, run: UUID) -> bool:
    """Whether the run does not exist; one that was made after the list was read does."""
    try:
        await client.read_flow_run(run)
    except ObjectNotFound:
        return True
    return False


async def _unlike(
    client: PrefectClient, cases: Sequence[Running], expected: Iterable[StateType]
) -> tuple[list[Running], dict[UUID, FlowRun]]:
    """The cases among whose runs some are not in an expected state, and these runs by number.

    Ten thousand runs are not read every five minutes: they are counted by the page, and only pages that differ are read.
    """
    different: list[Running] = []
    runs_: dict[UUID, FlowRun] = {}
    wanted = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(expected)))
    for page in chunks([case for case in cases if case.run], PAGE):
        ids = FlowRunFilterId(any_=[case.run for case in page if case.run])
        if await client.count_flow_runs(flow_run_filter=FlowRunFilter(id=ids, state=wanted)) < len(page):
            found = await client.read_flow_runs(flow_run_filter=FlowRunFilter(id=ids), limit=PAGE)
            runs_ |= {run.id: run for run in found}
            different += page
    return different, runs_


async def _disagrees(run: FlowRun, case: Running) -> bool:
    """Whether the case's run is not where an open case's run may be."""
    if case.leased:
        return False
    if run.state is None or run.state.type not in ALIVE:
        return True
    if run.state.type is StateType.PAUSED:
        return await questions.of_run(run.id) is None or run.state.state_details.run_input_keyset is None
    return False


async def _closed(client: PrefectClient) -> int:
    """Closed cases whose run has not ended are looked at: the run ends itself."""
    woken = 0
    different, found = await _unlike(client, await wakes.closed_with_run(), FINAL)
    for case in different:
        run = found.get(case.run) if case.run else None
        if run is not None and (run.state is None or not run.state.is_final()):
            await wakes.wake(case.case)
            woken += 1
    return woken


async def _questions(client: PrefectClient) -> int:
    """Open questions with a run of their own: put again where the run is gone or ended."""
    asked = 0
    for question in await questions.inbox():
        if not question.stands_alone:
            continue
        state = await _state_of(client, question.run)
        if state is None:
            await questions.next_attempt(question.id)
            await runs.start_question(client, question.id)
            asked += 1
    return asked + await runs.start_questions(client)


async def _state_of(client: PrefectClient, run: UUID | None) -> StateType | None:
    """The state of a question's run, None when it is gone or has ended."""
    if run is None:
        return None
    try:
        state = (await client.read_flow_run(run)).state
    except ObjectNotFound:
        return None
    return None if state is None or state.is_final() else state.type
