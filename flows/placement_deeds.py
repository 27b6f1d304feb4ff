"""What a person starts from the UI about a file that is with an agency."""

from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.placement import TOLD_BY_AGENCY
from policies.placement_form import PaidWords, StatusWords
from storage import clock
from storage.placement_deeds import note_status, paid_to_agency, take_back

Status: Any = Literal[tuple(one.value for one in TOLD_BY_AGENCY)]


@flow(name="placement-status", persist_result=False, log_prints=False)
@in_words
async def placement_status(placement: str, status: Status, on: str = "", words: str = "") -> State:
    """What the agency tells about the file of this reference: `on` is the day (YYYY-MM-DD) it names, empty: today."""
    said = StatusWords(status, on=on, words=words)
    return await told(await note_status(placement, said, (await person()).name, await clock.now()))


@flow(name="agency-paid", persist_result=False, log_prints=False)
@in_words
async def agency_paid(
    placement: str, amount: str, accessories: str = "", fee: str = "", on: str = "", their_reference: str = ""
) -> State:
    """The customer paid to the agency: `amount` is what the customer paid, `accessories` what of it is interest and flat sums, `fee`
    what the agency keeps (empty: as agreed)."""
    said = PaidWords(amount=amount, fee=fee, on=on, their_reference=their_reference, accessories=accessories)
    return await told(await paid_to_agency(placement, said, (await person()).name, await clock.now()))


@flow(name="placement-recall", persist_result=False, log_prints=False)
@in_words
async def placement_recall(placement: str, reason: str) -> State:
    """Take the file back from the agency, which is told at once."""
    return await told(await take_back(placement, reason, (await person()).name, await clock.now()))
