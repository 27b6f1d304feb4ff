"""Imports as flows, so that a manager can start them from the UI and sees what became of every row."""

from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import runs, waiting
from flows.problem_words import in_words
from flows.progress import bar
from storage import clock, creditor, opening
from tasks.import_places import names_a_file, why_not_read
from tasks.invoice_mapping import DEFAULTS, RecordKind
from tasks.staff_text import say, told
from tasks.staff_words import cell
from tasks.take_in import TakenIn
from tasks.take_in_any import take_in_any

BY_NAME = "Name the mapping as `import map` has kept it; a file of a mapping is only read at the terminal."


@flow(name="import-invoices", persist_result=False, log_prints=False)
@in_words
async def import_invoices(file: str, mapping: str = DEFAULTS[RecordKind.INVOICES]) -> State:
    """Read a file of invoices; the path is one on the machine Relance runs on."""
    return await _import(RecordKind.INVOICES, file, mapping)


@flow(name="import-payments", persist_result=False, log_prints=False)
@in_words
async def import_payments(file: str, mapping: str = DEFAULTS[RecordKind.PAYMENTS]) -> State:
    """Read a file of payments; what is paid stops being chased at once."""
    return await _import(RecordKind.PAYMENTS, file, mapping)


async def _import(kind: RecordKind, file: str, mapping: str) -> State:
    path = Path(file).expanduser()
    if refusal := why_not_read(path):  # first: nobody learns here which files the machine has
        return Failed(name="Not done", message=say(refusal, name=file))
    if not path.is_file():
        return Failed(
            name="Not done", message=say("There is no file {name} on the machine Relance runs on.", name=file)
        )
    if names_a_file(mapping):
        return Failed(name="Not done", message=say(BY_NAME))
    state, _ = await bring_in(kind, path, mapping)
    return state


async def bring_in(kind: RecordKind, path: Path, mapping: str) -> tuple[State, str]:
    """Read the file, tell what became of every row, open what is due. Answers the run's end, and the report as text."""
    at = await clock.now()
    known = await creditor.ensure_creditor()
    async with bar(path.name):
        taken = await take_in_any(kind, path, known.id, at, mapping=mapping or None)
    said = _sentence(taken, path.name)
    await _report(taken, said)
    get_run_logger().info(said)
    if not taken.refused and kind is RecordKind.INVOICES:
        await opening.open_due(at)
        await runs.start_unstarted(waiting.this_client())
    await runs.start_questions(waiting.this_client())
    report = "\n".join((said, *(str(problem) for problem in taken.problems)))
    return (Failed(name="Refused", message=said) if taken.refused else Completed(message=said)), report


def _sentence(taken: TakenIn, name: str) -> str:
    if taken.refused:
        why = taken.problems[0].reason if taken.problems else say("nothing could be read")
        return say("{name} was refused: {why}", name=name, why=told(why))
    money = taken.money
    booked = (
        say(
            ", {booked} booked, {proposed} proposed, {unmatched} unmatched",
            booked=money.booked,
            proposed=money.proposed,
            unmatched=money.unmatched,
        )
        if money
        else ""
    )
    return say(
        "{name}: {rows} rows, {new} new, {changed} changed, {unchanged} unchanged{money}, {problems} problems.",
        name=name, rows=taken.read, new=taken.new, changed=taken.changed, unchanged=taken.unchanged, money=booked,
        problems=len(taken.problems),
    )  # fmt: skip


async def _report(taken: TakenIn, said: str) -> None:
    rows = [
        f"| {problem.line or ''} | {cell(problem.field)} | {cell(told(problem.reason))} |"
        for problem in taken.problems[:500]
    ]
    table = (
        "\n".join([say("| Line | Field | What is wrong |"), "|--:|---|---|", *rows]) if rows else say("No problems.")
    )
    artifact = ArtifactCreate(
        key=f"import-{taken.kind.value}", type="markdown", description=say("What became of every row"),
        data=f"{cell(said)}\n\n{table}", flow_run_id=waiting.this_run().id,
    )  # fmt: skip
    await waiting.this_client().create_artifact(artifact)
