"""Where a request comes from: only pages of this host may read or act here.

A browser sends along our cookie and reaches 127.0.0.1 for any page in the world, so the desk looks at three things the
browser states and no page can forge: the Host it wanted, the Origin of the page, and Sec-Fetch-Site.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers

SAFE = frozenset({"GET", "HEAD"})


def own_hosts(port: int, more: str = "") -> frozenset[str]:
    """The Host values that mean this desk: loopback on its port, and those in RELANCE_HOSTS (separated by commas).

    >>> sorted(own_hosts(4200, "Desk.Example.fr"))
    ['127.0.0.1:4200', '[::1]:4200', 'desk.example.fr', 'localhost:4200']
    """
    loopback = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
    return frozenset(loopback | {name.strip().lower() for name in more.split(",") if name.strip()})


def foreign(headers: Headers, *, method: str, page: bool, hosts: Iterable[str]) -> str | None:
    """Why the request is not from here, as a sentence; None when nothing says so.

    `method` is WS for websockets; `page` is true for paths of the UI, which a link on another site may open.
    """
    named = [host.lower() for host in headers.getlist("host")]
    if len(named) != 1 or named[0] not in hosts:
        return "This desk does not answer to that host name; add it to RELANCE_HOSTS if it should."
    if any(_authority(origin) != named[0] for origin in headers.getlist("origin")):
        return "Pages of other sites may not use this desk."
    site = headers.get("sec-fetch-site", "same-origin")
    if site in ("cross-site", "same-site"):
        return None if page and _opens_page(headers, method) else "Pages of other sites may not use this desk."
    if method not in SAFE and site != "same-origin":
        return "Only pages of this desk may act here."
    return None


def shows_origin(headers: Headers) -> bool:
    """Whether the browser stated that the page is ours: a person's acts and websockets need that."""
    return "origin" in headers or headers.get("sec-fetch-site") == "same-origin"


def _opens_page(headers: Headers, method: str) -> bool:
    """A person following a link from elsewhere: the browser's address line changes, the other site reads nothing."""
    top = headers.get("sec-fetch-dest") == "document" and headers.get("sec-fetch-mode") == "navigate"
    return top and method in SAFE


def _authority(origin: str) -> str:
    """Host and port of an Origin; empty for `null` and for what is no web page."""
    try:
        parts = urlsplit(origin.strip().lower())
    except ValueError:
        return ""
    return parts.netloc if parts.scheme in ("http", "https") else ""
