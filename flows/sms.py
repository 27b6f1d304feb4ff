"""Twilio is asked where SMS are by now and what people answered: a run only where it has something to tell."""

import os

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.states import Scheduled

from flows import registered, waiting
from flows.asking import ask_about_what_came
from flows.problem_words import in_words
from flows.read_mailbox import NOT_ENDED
from storage import clock, creditor, service_times
from tasks.sms_round import ROUND, ROUND_REST, is_due, sms_round, something_new
from tasks.twilio_client import twilio_account_from

ASK_TWILIO = "ask-twilio"
ON_THE_WAY = FlowRunFilter(tags=FlowRunFilterTags(all_=["sms"]), state=NOT_ENDED)


async def start_sms_round(client: PrefectClient) -> bool:
    """Start a round if Twilio says anything new, or cannot be asked; of several dispatchers one looks."""
    account = twilio_account_from(os.environ)
    if account is None:
        return False
    now = await clock.now()
    if not await is_due(account, now) or not await service_times.claim(ROUND, now, ROUND_REST):
        return False
    if not await something_new(account, now) or await client.read_flow_runs(flow_run_filter=ON_THE_WAY, limit=1):
        return False
    await client.create_flow_run_from_deployment(
        registered.deployment(ASK_TWILIO), state=Scheduled(name="Queued"), name="SMS", tags=["sms"]
    )
    return True


@flow(name=ASK_TWILIO, persist_result=False, log_prints=False)
@in_words
async def ask_twilio() -> str:
    """Ask Twilio once about everything that is open; the run is named after what was found."""
    account = twilio_account_from(os.environ)
    if account is None:
        return "No Twilio account is set."
    await creditor.ensure_creditor()  # somebody may answer before the first invoice is there
    said = (await sms_round(account, await clock.now())).words
    await ask_about_what_came()
    get_run_logger().info(said)
    await waiting.name_this_run(f"SMS · {said}")
    return said
