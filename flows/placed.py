"""Open placements are looked after: agencies are told what they must know, and their transfers find what they are for."""

from prefect.client.orchestration import PrefectClient

from storage import clock
from storage.agency_payments import match_transfers
from storage.placement_review import review


async def look_after_placements(_client: PrefectClient) -> int:
    """One look; what is to be told leaves with the next round that tells, and waits for no import. It starts no run itself."""
    at = await clock.now()
    await review(at)
    await match_transfers(at)
    return 0
