"""The page of what customers and we agreed on and what still stands: promises, payment plans, settlements, set-offs."""

from starlette.responses import Response

from storage.agreement_views import MOST, agreements, promises
from web.house_pages import Desk


async def agreements_page(desk: Desk) -> Response:
    """What stands, the latest first."""
    agreed, promised = await agreements(desk.at), await promises()
    return desk.page("agreements", agreed=agreed, promised=promised, cut=max(len(agreed), len(promised)) >= MOST)
