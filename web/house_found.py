"""The search: customers, invoices and bank lines over all dates."""

from starlette.responses import Response

from policies.searched import read_search
from storage.desk_views import found
from web.house_pages import Desk
from web.house_query import printable
from web.house_words import say, told


async def search_page(desk: Desk) -> Response:
    """What fits what was typed."""
    typed = desk.request.query_params.get("q", "")
    wanted = read_search(typed)
    if isinstance(wanted, str):
        return desk.sentence(422, say("Search"), told(wanted), looked_for=printable(typed))
    result = await found.search(wanted)
    nothing = not (result.customers or result.invoices or result.payments)
    return desk.page("search", 404 if nothing else 200, found=result, looked_for=wanted.words, nothing=nothing)
