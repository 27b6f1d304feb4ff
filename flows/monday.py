"""The manager's Monday: once a week a run named *Collections · week 47* with one page, what was done and what waits."""

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey, FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed, Scheduled

from flows import registered, waiting
from flows.problem_words import in_words
from policies.report_week import read_week
from storage import clock, week_reports
from storage.creditor import all_creditors
from storage.week_report import WeekReport, week_report
from storage.week_reports import DueReport
from tasks.hand_over import channels_with_credentials
from tasks.staff_text import say, speak_as_the_house
from tasks.week_page import first_look, markdown

WEEK = "weekly-report"


async def start_reports(client: PrefectClient) -> int:
    """Give each report that is due its run; answers how many were started. Two dispatchers at once start one: the key says which."""
    await speak_as_the_house()
    as_of = await clock.now()
    found = await week_reports.due(as_of)
    for one in found:
        await client.create_flow_run_from_deployment(
            registered.deployment(WEEK),
            parameters={"creditor": one.creditor, "week": str(one.week)},
            state=Scheduled(name="Queued"),
            name=_name(one),
            tags=["report"],
            idempotency_key=one.key,
        )
        await week_reports.written(one, as_of)
    return len(found)


def _name(one: DueReport) -> str:
    title = say("Collections · week {number}", number=one.week.number)
    return f"{title} · {one.creditor_name}" if one.others else title


@flow(name=WEEK, persist_result=False, log_prints=False)
@in_words
async def weekly_report(creditor: int, week: str) -> State:
    """Write the report of the week, as it is known now. A run that is started again writes the same page anew."""
    await speak_as_the_house()
    known, read = next((one for one in await all_creditors() if one.id == creditor), None), read_week(week)
    if known is None or isinstance(read, str):
        return Failed(name="Not written", message=read if isinstance(read, str) else say("There is no such creditor."))
    report = await week_report(known, read, await clock.now(), channels_with_credentials())
    await _show(waiting.this_client(), report, f"week-{creditor}-{read}".lower())
    said = first_look(report).replace("*", "")
    get_run_logger().info(said)
    return Completed(message=said)


async def _show(client: PrefectClient, report: WeekReport, key: str) -> None:
    """One artifact per run: the one there is says the new text."""
    run, text = waiting.this_run(), markdown(report)
    mine = FlowRunFilter(id=FlowRunFilterId(any_=[run.id]))
    there = await client.read_artifacts(
        artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])), flow_run_filter=mine
    )
    if there:
        await client.request("PATCH", "/artifacts/{id}", path_params={"id": there[0].id}, json={"data": text})
        return
    about = say("What was done in the week, what waits, what comes")
    await client.create_artifact(
        ArtifactCreate(key=key, type="markdown", description=about, data=text, flow_run_id=run.id)
    )
