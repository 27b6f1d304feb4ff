"""Telling the UI: name and tags when they changed, the timeline when its text changed."""

import hashlib

from prefect.client.schemas.actions import ArtifactCreate

from flows import naming, timeline, waiting
from flows.registered import act_links
from policies.decisions import Decision
from storage import collecting
from storage import timeline as history
from storage.dossier import Dossier


async def show(dossier: Dossier, decision: Decision, *, leads: bool = True) -> None:
    """Bring the run's name, tags and timeline up to date; nothing is sent when nothing changed."""
    label = naming.label(dossier, decision, leads=leads)
    events = await history.events(dossier.case.id)
    text = timeline.markdown(dossier, decision, events, act_links())
    before = dossier.shown.split(":") if dossier.shown else ["", ""]
    after = [label.print, hashlib.sha256(text.encode()).hexdigest()[:16]]
    if after == before:
        return
    run, client = waiting.this_run(), waiting.this_client()
    if after[0] != before[0]:
        await client.update_flow_run(run.id, name=label.name, tags=list(label.tags))
    if after[1] != before[1]:
        await client.create_artifact(_artifact(dossier, run.id, text))
    await collecting.show(dossier.case.id, ":".join(after))


def _artifact(dossier: Dossier, run: object, text: str) -> ArtifactCreate:
    return ArtifactCreate(
        key=f"case-{dossier.case.id}",
        type="markdown",
        description=f"Timeline of invoice {dossier.case.invoice}",
        data=text,
        flow_run_id=run,  # type: ignore[arg-type]
    )
