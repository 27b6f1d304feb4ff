"""A person in front of the desk's own pages: no gate, no browser, the real rows."""

import re
from dataclasses import dataclass
from html import unescape

import httpx
from starlette.types import Receive, Scope, Send

from policies.staff import Role
from web.house import house


@dataclass(frozen=True, slots=True)
class Someone:
    """What the gate leaves in the scope of somebody it has let in."""

    actor: str = "marie"
    role: Role = Role.AGENT
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is read: its status, and its text without the signs of HTML."""

    status: int
    html: str

    @property
    def text(self) -> str:
        """What stands in the page's main part, a blank between two pieces."""
        main = self.html.partition("<main")[2].partition("</main>")[0].partition(">")[2]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())

    @property
    def links(self) -> list[str]:
        """Where its main part leads."""
        main = self.html.partition("<main")[2].partition("</main>")[0]
        return [unescape(one) for one in re.findall(r'href="([^"]+)"', main)]

    def has(self, *words: str) -> list[str]:
        """Those of the words that are missing."""
        return [one for one in words if one not in self.text]


async def look(address: str, who: Someone | None = None, method: str = "GET") -> Sheet:
    """The page at this address, as this person gets it."""
    caller = who or Someone()

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        await house({**scope, "relance.caller": caller}, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url="http://desk") as client:
        reply = await client.request(method, address)
    return Sheet(reply.status_code, reply.text)
