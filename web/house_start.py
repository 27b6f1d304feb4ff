"""From a page of the desk to the form of an act in Prefect's UI, filled in with whom and what it is about."""

import json
from urllib.parse import quote

import httpx
from starlette.responses import RedirectResponse, Response

from web.house_names import ACTS
from web.house_pages import Desk
from web.house_query import code
from web.house_words import say

FILLED_IN = {
    "cancel-agreement": ("number",),
    "lift-measure": ("number",),
    "measure": ("customer",),
    "insolvency": ("customer",),
    "insolvency-close": ("number",),
    "stay": ("customer",),
    "insurance-cover": ("customer",),
    "court-file": ("customer",),
    "court-event": ("file",),
    "reverse-write-off": ("number",),
    "resend-invoice": ("invoice", "customer"),
}
"""Fields of a form that a link fills in, where they are not the customer and the invoice."""


async def start(desk: Desk) -> Response:
    """Opens the form of a deployment; the person still reads it and presses the button there."""
    name = str(desk.request.path_params["deployment"])
    if name not in ACTS:
        return desk.sentence(404, say("Not found"), say("There is no such act."))
    id = await deployment_id(name)
    if id is None:
        sentence = say(
            "Nothing carries this out yet: Relance registers its acts when it starts. Please try again in a minute."
        )
        return desk.sentence(404, say("Not found"), sentence)
    given = {one: code(desk.request.query_params, one) for one in FILLED_IN.get(name, ("customer", "invoice"))}
    query = quote(json.dumps({one: said for one, said in given.items() if said}, ensure_ascii=False), safe="")
    return RedirectResponse(f"/v2/deployments/deployment/{id}/run?parameters={query}", 303)


async def deployment_id(name: str) -> str | None:
    """The number of a deployment, asked of the Prefect server in this process; its flow has the same name."""
    from prefect.server.api.server import create_app

    transport = httpx.ASGITransport(create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        reply = await client.get(f"/api/deployments/name/{name}/{name}")
    return str(reply.json()["id"]) if reply.status_code == 200 else None
