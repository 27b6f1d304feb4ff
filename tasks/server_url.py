"""A server as one URL names it: `scheme://user:password@host:port/path?tls=starttls&timeout=30&ca=file`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from policies.problems import Problem

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
OPTIONS = ("tls", "timeout", "ca")
"""What may be said of any server; `timeout` in seconds, `ca` a file with the authority that signed its certificate."""


class Tls(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"  # plain first, then protected; never goes on in clear when that fails
    TLS = "tls"  # protected from the first byte


@dataclass(frozen=True, slots=True)
class ServerKind:
    """What is to be known of URLs of one kind: the setting they stand in and how such a URL looks."""

    source: str
    example: str
    schemes: Mapping[str, Tls]
    """How the connection is protected by default."""
    ports: Mapping[Tls, int]
    beginnings: str
    """How such a URL may begin, in words."""
    plain: str = "none"
    """When the connection may be unprotected, in words."""
    options: tuple[str, ...] = OPTIONS

    def wrong(self, field: str, reason: str) -> Problem:
        """A problem with the URL."""
        return Problem(self.source, None, field, reason)


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """A URL taken apart. What it says of the connection is only there once nothing is wrong with it."""

    kind: ServerKind
    parts: SplitResult = field(repr=False)  # the password is in it
    said_port: int | None
    options: Mapping[str, str]

    @property
    def host(self) -> str:
        """The server's name or number."""
        return self.parts.hostname or ""

    @property
    def tls(self) -> Tls:
        """As the option says, else as the scheme does."""
        return Tls(self.options.get("tls", self.kind.schemes[self.parts.scheme]))

    @property
    def port(self) -> int:
        """As it is written, else the usual one of such a connection."""
        return self.kind.ports[self.tls] if self.said_port is None else self.said_port

    @property
    def user(self) -> str:
        """Without its percent signs; empty: nobody signs in."""
        return unquote(self.parts.username or "")

    @property
    def password(self) -> str:
        """Without its percent signs."""
        return unquote(self.parts.password or "")

    @property
    def timeout(self) -> float:
        """Seconds to wait for each answer of the server."""
        return float(self.options.get("timeout", "30"))

    @property
    def ca(self) -> str:
        """A file with the authority that signed the server's certificate; empty: a public one did."""
        return self.options.get("ca", "")


def server_url(url: str, kind: ServerKind, further: Callable[[ServerUrl], list[Problem]]) -> ServerUrl | list[Problem]:
    """The URL taken apart, or all that is wrong with it; `further` tells what else is wrong with one of this kind."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return [kind.wrong("", f"This is not a URL; write it like {kind.example}.")]
    found = ServerUrl(kind, parts, port, dict(parse_qsl(parts.query, keep_blank_values=True)))
    problems = [*_wrong_address(found), *further(found), *_wrong_options(found)]
    return problems or _clear_password(found) or found


def _wrong_address(found: ServerUrl) -> list[Problem]:
    kind, problems = found.kind, []
    if found.parts.scheme not in kind.schemes:
        problems.append(kind.wrong("", f"It must start with {kind.beginnings}; write it like {kind.example}."))
    if not found.host:
        problems.append(kind.wrong("host", f"It names no server; write it like {kind.example}."))
    return problems


def _wrong_options(found: ServerUrl) -> list[Problem]:
    kind, options = found.kind, found.options
    known = f"{', '.join(kind.options[:-1])} and {kind.options[-1]}"
    problems = [
        kind.wrong(name, f"There is no option “{name}”; known are {known}.")
        for name in sorted(options.keys() - set(kind.options))
    ]
    if options.get("tls", Tls.TLS) not in set(Tls):
        problems.append(kind.wrong("tls", f"tls must be starttls, tls, or {kind.plain}."))
    timeout = options.get("timeout", "30")
    if not re.fullmatch(r"[0-9]{1,9}", timeout) or not 1 <= int(timeout) <= 600:
        problems.append(kind.wrong("timeout", "timeout must be a number of seconds from 1 to 600."))
    return problems


def _clear_password(found: ServerUrl) -> list[Problem]:
    """A password is never sent in clear over a network."""
    if found.tls is not Tls.NONE or not found.user or found.host in HERE:
        return []
    return [found.kind.wrong("tls", "With tls=none the password would travel in clear; use starttls or tls.")]
