"""Telling the UI: name and tags when they changed, the timeline when its text changed."""

import hashlib
from uuid import UUID

from prefect import get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError
from prefect.settings import PREFECT_UI_URL

from flows import naming, timeline, waiting
from flows.registered import act_links
from policies.explain import explain
from storage import collecting
from storage import timeline as history
from storage.collecting import Considered
from storage.dossier import Dossier
from tasks.staff_text import colon, say


async def show(found: Considered, *, leads: bool = True, says: str = "", todo: str = "") -> bool:
    """Bring the run's name, tags and timeline up to date; nothing is sent when nothing changed.

    `todo` is who its question is with. Whether `says`, the sentence the run waits with, is another than the last one shown: only then is it news.
    """
    dossier = found.dossier
    label = naming.label(dossier, found.decision, leads=leads, todo=todo)
    events = await history.events(dossier.case.id)
    why = explain(dossier.case, dossier.ladder, found.as_of, dossier.life.time)
    text = timeline.markdown(dossier, why, events, act_links())
    before, content, artifact, said = [*dossier.shown.split(":"), "", "", ""][:4]
    after = [label.print, _print(text)]
    saying = _print(says) if says else said
    if [*after, saying] == [before, content, said]:
        return False
    run, client = waiting.this_run(), waiting.this_client()
    if after[0] != before:
        await client.update_flow_run(run.id, name=label.name, tags=list(label.tags))
    if after[1] != content:
        artifact = await _tell(client, artifact, dossier, run.id, text)
    await collecting.show(dossier.case.id, ":".join([*after, artifact, saying]))
    return saying != said


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


async def _tell(client: PrefectClient, artifact: str, dossier: Dossier, run: UUID, text: str) -> str:
    """One artifact per invoice: the one there is says the new text; answers its number.

    The page of a waiting run has no tab for artifacts, but a link in its logs can be clicked.
    """
    if artifact and await _rewritten(client, UUID(artifact), text):
        return artifact
    created = str((await client.create_artifact(_artifact(dossier, run, text))).id)
    get_run_logger().info(
        f"{colon(say('Timeline of {invoice}', invoice=dossier.case.invoice))} {_desk()}/v2/artifacts/artifact/{created}"
    )
    return created


def _desk() -> str:
    """Where people reach the UI."""
    return (PREFECT_UI_URL.value() or "").rstrip("/")


async def _rewritten(client: PrefectClient, artifact: UUID, text: str) -> bool:
    """False when somebody deleted it. (The client's own method also puts the whole text into an event.)"""
    try:
        await client.request("PATCH", "/artifacts/{id}", path_params={"id": artifact}, json={"data": text})
    except ObjectNotFound:
        return False
    except PrefectHTTPStatusError as error:
        if error.response.status_code != 404:
            raise
        return False
    return True


def _artifact(dossier: Dossier, run: UUID, text: str) -> ArtifactCreate:
    return ArtifactCreate(
        key=f"case-{dossier.case.id}",
        type="markdown",
        description=say("Timeline of invoice {invoice}", invoice=dossier.case.invoice),
        data=text,
        flow_run_id=run,
    )
