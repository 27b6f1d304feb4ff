"""The effects of a message: one for every case in it, written and journalled in two statements, however many there are."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decisions import Act
from policies.stages import Channel
from storage.bulk import append_to_cases
from storage.content_proof import proof_of
from storage.dossier import Dossier
from storage.recipients import role_told

_EFFECTS = text(
    """
    INSERT INTO effect (case_id, step, occurrence, channel, attempt, state, route, token, case_version, amount, currency,
        content_hash, message_id, changed_at)
    SELECT g.id, g.step, occurrence_now(g.id, g.step), :channel, 1 + coalesce((SELECT max(e.attempt) FROM effect e WHERE e.case_id = g.id
        AND e.step = g.step AND e.channel = :channel AND e.occurrence = occurrence_now(g.id, g.step)), 0),
        'reserved', :route, :token, version, amount, :currency, :hash, :message, :at
    FROM unnest(CAST(:ids AS bigint[]), CAST(:steps AS text[]), CAST(:versions AS bigint[]), CAST(:amounts AS bigint[]))
        AS g(id, step, version, amount) ORDER BY id
    """
)
_SHA = text("SELECT sha256 FROM message WHERE id = :id")


async def reserve_effects(
    connection: AsyncConnection, message: int, channel: Channel, dossiers: Mapping[int, Dossier],
    group: Mapping[int, Act], token: UUID, as_of: datetime,
) -> None:  # fmt: skip
    """Reserve the step of every case in `group` by `channel`, whose rows are locked; `message` carries them all."""
    sha, ids, some = await connection.scalar(_SHA, {"id": message}), sorted(group), next(iter(dossiers.values()))
    values = {
        "ids": ids, "steps": [group[id].step.id for id in ids], "versions": [dossiers[id].version for id in ids],
        "amounts": [dossiers[id].case.principal for id in ids], "channel": channel, "token": token,
        "route": "live" if some.live else "sink", "currency": some.case.currency, "hash": sha, "message": message, "at": as_of,
    }  # fmt: skip
    await connection.execute(_EFFECTS, values)
    proof = await proof_of(connection, "message", message)
    told: dict[str, object] = {"message": message, "channel": channel.value, "proof": proof}
    rows = [
        (id, told | {"step": group[id].step.id, "amount": dossiers[id].case.principal}
         | role_told(dossiers[id], group[id].step, channel)) for id in ids
    ]  # fmt: skip
    await append_to_cases(connection, "reserved", rows, as_of)
