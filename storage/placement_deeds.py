"""What a person does about a placement: note what the agency tells or was paid, take the file back."""

from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.money import plain
from policies.placement import OVER, PlacementState, Recall
from policies.placement_form import PaidWords, StatusWords, read_paid, read_status
from policies.problems import Problem
from storage import holds, placements
from storage.agency_payments import agency_paid
from storage.facts import lock
from storage.hold_deeds import Deed
from storage.placement_names import SOURCE, placement_named
from storage.placement_review import open_row, recall
from storage.session import reading, transaction

_THEIRS = text("UPDATE placement SET their_reference = :ref WHERE id = :id")
_OPEN_CASES = text(
    "SELECT k.case_id FROM placement_case k JOIN cases c ON c.id = k.case_id "
    "WHERE k.placement_id = :id AND c.closed_at IS NULL ORDER BY k.case_id"
)


async def note_status(placement: str, said: StatusWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """What the agency tells. *disputed* disputes the invoices and takes the file back; what ends it frees the ladder."""
    async with transaction() as connection:
        found = await _open_one(connection, placement, at)
        if isinstance(found, list):
            return found
        row, cases = found
        told = read_status(said, row["currency"], row["today"])
        if isinstance(told, list):
            return told
        number, words = row["id"], said.words.strip()
        if said.their_reference.strip():
            await connection.execute(_THEIRS, {"id": number, "ref": said.their_reference.strip()})
        await placements.note(connection, number, told.state, told.on, actor, at, amount=told.amount, said=words)
        if told.state in OVER:
            await placements.end(connection, number, told.state, told.state, row["today"], actor, at)
        else:
            await placements.set_state(connection, number, told.state)
        if told.state is PlacementState.DISPUTED:
            await _dispute(connection, row, words, at)
    return Deed("placement", row["number"], row["name"], f"{row['reference']}: {told.state.value}", cases)


async def _dispute(connection: AsyncConnection, row: RowMapping, words: str, at: datetime) -> None:
    """By the door of every dispute: its owner is asked, and the file comes back."""
    for case in list(await connection.scalars(_OPEN_CASES, {"id": row["id"]})):
        reason = words or "told by the agency"
        await holds.place(
            connection, row["customer_id"], case, HoldKind.DISPUTE, reason, row["today"], None, row["owner"], at
        )


async def paid_to_agency(placement: str, said: PaidWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """The customer paid the agency: the debt falls by all of it, the fee is our cost."""
    async with reading() as connection:
        row = await placement_named(connection, placement, at)
    if isinstance(row, list):
        return row
    told = read_paid(said, row["currency"], row["placed_on"], row["today"])
    if isinstance(told, list):
        return told
    done = await agency_paid(row, told, said.their_reference.strip(), actor, at)
    if isinstance(done, list):
        return done
    gross, fee = plain(told.gross, row["currency"]), plain(done, row["currency"])
    words = f"{row['reference']}: {gross} {row['currency']} paid to the agency, which keeps {fee}"
    return Deed("placement", row["number"], row["name"], words, ())


async def take_back(placement: str, words: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """A person takes the file back: the agency is told at once, and the ladder goes on."""
    if not words.strip():
        return [Problem(SOURCE, None, "reason", "Say why the file is taken back.")]
    async with transaction() as connection:
        found = await _open_one(connection, placement, at)
        if isinstance(found, list):
            return found
        row, cases = found
        standing = await open_row(connection, row["id"], at)
        assert standing is not None, "it is open, and its cases are locked"
        await recall(connection, standing, Recall.PERSON, actor, at, words.strip())
    return Deed("placement", row["number"], row["name"], f"{row['reference']}: recalled", cases)


async def _open_one(
    connection: AsyncConnection, placement: str, at: datetime
) -> tuple[RowMapping, tuple[int, ...]] | list[Problem]:
    """The open placement that is meant, with its cases, which are locked."""
    row = await placement_named(connection, placement, at)
    if isinstance(row, list):
        return row
    cases = tuple(await connection.scalars(placements.CASES, {"id": row["id"]}))
    await lock(connection, cases)
    if await open_row(connection, row["id"], at) is None:
        return [Problem(SOURCE, None, "placement", f"Placement {row['reference']} is over.")]
    return row, cases
