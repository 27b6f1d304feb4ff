"""The file that goes to the agency with a step: what the ladder states, in the creditor's language, for the agency that is named."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.accessories import mode_of
from policies.claim_file import ClaimFile, FileChoice
from policies.placement import reference_of
from policies.stages import Channel, Stage
from policies.step import Step
from storage.agencies import agency_for
from storage.claim_file import claim_file
from storage.dossier import Dossier

_LANGUAGE = text("SELECT language FROM creditor WHERE id = :id")


async def agency_file(
    connection: AsyncConnection, members: Sequence[Dossier], step: Step, channel: Channel, as_of: datetime
) -> ClaimFile | None:
    """The file of these cases; None: the step hands none to an agency."""
    if step.stage is not Stage.AGENCY or channel is not Channel.HANDOVER:
        return None
    first = members[0]
    agency = await agency_for(connection, first.case.customer)
    choice = FileChoice(
        language=str(await connection.scalar(_LANGUAGE, {"id": first.creditor})),
        accessories=mode_of(step, first.ladder),
        flat_sum=first.ladder.flat_sum,
        receiver="" if agency is None else agency.name,
        reference=reference_of(first.customer_number, first.case.calendar.day(as_of), first.case.currency),
    )
    return await claim_file(connection, [one.case.id for one in members], as_of, choice)
