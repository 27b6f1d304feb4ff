"""The stepped clock (design 6): time stands still while anything is due, then jumps to what comes next."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import PrefectClient
from prefect.states import Scheduled

from flows import giving_up, insurance_round, registered
from flows.open_cases import QUIET_MINUTES
from flows.sealing import seal_the_day
from storage import (
    clock,
    court_questions,
    credit_questions,
    data_review,
    deadline_questions,
    digests,
    dispute_questions,
    insolvency_questions,
    letter_questions,
    limitation_questions,
    match_questions,
    measure_questions,
    mediation_questions,
    mediator_questions,
    objections,
    opening,
    placement_review,
    question_deadlines,
    reply_questions,
    review,
    stale_bank,
    tellings,
    wakes,
    week_reports,
)
from storage.clock import Clock
from tasks.hand_over import channels_with_credentials

LOG = logging.getLogger("relance.stepper")
BREATH = 0.05


class Stepper:
    """Moves the clock on when nothing is leased, woken or due."""

    def __init__(self, client: PrefectClient, look: Callable[[], None]) -> None:
        self._client = client
        self._look = look
        """Tells the dispatcher that a run was made, so that it does not wait for its next poll."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Step until told to stop."""
        while not stopping.is_set():
            try:
                moved = await self._step()
            except Exception:
                LOG.exception("the clock could not be moved")
                moved = False
            await asyncio.sleep(BREATH if moved else 4 * BREATH)

    async def _step(self) -> bool:
        now = await clock.read()
        if now.until is None or now.now >= now.until or not await wakes.at_rest() or await self._due_at_prefect():
            return False
        if await placement_review.review(now.now):
            return False
        told = await tellings.next_due()
        if told is not None and told <= now.now:
            return False
        services = [moment for moment in await self._services(now.now, now.until) if moment is not None]
        moments = [moment for moment in (await wakes.next_due(), *services) if moment is not None]
        target = max(min([*moments, now.until]), now.now)
        if now.pause_ms and target.date() > now.now.date():
            await asyncio.sleep(now.pause_ms / 1000)
        await self._move(now, target, services)
        return True

    async def _services(self, now: datetime, until: datetime) -> list[datetime | None]:
        """When an invoice is to get its case, notices their review, a dying claim or a line its question."""
        dying = await limitation_questions.next_question(now, until, channels_with_credentials())
        review_at, lines = await review.next_review(QUIET_MINUTES), await match_questions.next_question(now)
        data, credits = await data_review.next_question(now, until), await credit_questions.next_question(now)
        return [
            await opening.next_opening(now),
            review_at,
            dying,
            lines,
            data,
            credits,
            await stale_bank.next_notice(now),
            await reply_questions.next_question(now),
            await letter_questions.next_question(now),
            await dispute_questions.next_question(now),
            await insolvency_questions.next_question(now),
            await mediation_questions.next_question(now),
            await mediator_questions.next_question(now),
            await giving_up.next_round(now),
            await insurance_round.next_round(now),
            await deadline_questions.next_question(now),
            await court_questions.next_question(now),
            await question_deadlines.next_deadline(),
            await objections.next_question(now),
            await measure_questions.next_question(now),
            await week_reports.next_due(now),
            await digests.next_due(now),
        ]

    async def _move(self, now: Clock, target: datetime, services: list[datetime]) -> None:
        await clock.advance(target if target > now.now else now.now + timedelta(seconds=1))
        await seal_the_day(self._client)
        await wakes.wake_due(target)
        if any(moment <= target for moment in services):
            await self._open_cases()

    async def _open_cases(self) -> None:
        """Start the service flow and let time stand until it has ended."""
        run = await self._client.create_flow_run_from_deployment(
            registered.deployment("open-cases"), state=Scheduled(name="Queued")
        )
        self._look()
        while not (state := (await self._client.read_flow_run(run.id)).state) or not state.is_final():
            await asyncio.sleep(BREATH)

    async def _due_at_prefect(self) -> bool:
        """Runs a person has moved (resumed, retried, started) come before the next step of time."""
        from flows.claims import WAITS
        from flows.deployments import ACTS, CASES, POOL

        for queue in (ACTS, CASES):
            due = await self._client.get_scheduled_flow_runs_for_work_pool(
                POOL, work_queue_names=[queue], scheduled_before=datetime.now(UTC)
            )
            if any(response.flow_run.state_name not in WAITS for response in due):
                return True
        return False
