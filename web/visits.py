"""One request or websocket, as it stands at the door."""

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

HOUSE = "/desk"


@dataclass(frozen=True, slots=True)
class Visit:
    """A request as the gate reads it."""

    scope: Scope
    headers: Headers
    method: str
    path: str

    @classmethod
    def of(cls, scope: Scope) -> "Visit":
        """Reads the method (WS for websockets) and the path as Prefect's own routing will read it."""
        method = "WS" if scope["type"] == "websocket" else scope["method"]
        return cls(scope, Headers(scope=scope), method, scope["path"])

    @property
    def api(self) -> bool:
        """Whether it goes to the API, not to a page."""
        return self.method == "WS" or self.path.startswith("/api/")

    @property
    def house(self) -> bool:
        """Whether it goes to one of the desk's own pages."""
        return not self.api and (self.path == HOUSE or self.path.startswith(f"{HOUSE}/"))

    @property
    def secure(self) -> bool:
        """Whether it came by https, here or at the proxy before us."""
        return bool(self.scope["scheme"] in ("https", "wss"))

    @property
    def source(self) -> str:
        """The address it came from."""
        return str((self.scope.get("client") or ("",))[0])

    @property
    def wants_page(self) -> bool:
        """Whether a person looks at the answer."""
        return not self.api and "text/html" in self.headers.get("accept", "")
