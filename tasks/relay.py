"""The server that carries our e-mail, as one URL says it (`RELANCE_SMTP_URL`)."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from policies.pace import Pace
from policies.problems import Problem

SOURCE = "RELANCE_SMTP_URL"
EXAMPLE = "smtp://user:password@smtp.example.com:587?tls=starttls"
OPTIONS = ("tls", "timeout", "ca", "rate", "per_domain")
SPANS = {"s": 1, "min": 60, "h": 3600, "day": 86_400}
PACE = re.compile(r"([1-9][0-9]{0,6})/(s|min|h|day)")
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class Tls(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"  # plain first, then protected; never goes on in clear when that fails
    TLS = "tls"  # protected from the first byte


PORTS: dict[Tls, int] = {Tls.NONE: 25, Tls.STARTTLS: 587, Tls.TLS: 465}


@dataclass(frozen=True, slots=True)
class Relay:
    """Where e-mail is handed over."""

    host: str
    port: int
    tls: Tls = Tls.NONE
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    """Seconds to wait for each answer of the server."""
    ca: str = ""
    """A file with the authority that signed the server's certificate, where it is not a public one."""
    rate: Pace | None = None
    """How many messages the server takes in how long; None: as many as there are."""
    per_domain: Pace | None = None
    """The same for the recipients of one domain."""


def sink_relay(port: int) -> Relay:
    """The local sink, which keeps every message and sends none."""
    return Relay(host="127.0.0.1", port=port)


def relay_from(url: str) -> Relay | list[Problem]:
    """The relay a URL such as `smtp://user:password@host:587?tls=starttls&timeout=30` names, or what is wrong."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return [Problem(SOURCE, None, "", f"This is not a URL; write it like {EXAMPLE}.")]
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    problems = _url_problems(parts) + _option_problems(options)
    if problems:
        return problems
    relay = _relay(parts, port, options)
    return _clear_password(relay) or relay


def _relay(parts: SplitResult, port: int | None, options: dict[str, str]) -> Relay:
    tls = Tls(options.get("tls", "tls" if parts.scheme == "smtps" else "starttls"))
    return Relay(
        host=parts.hostname or "",
        port=PORTS[tls] if port is None else port,
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        timeout=float(options.get("timeout", "30")),
        ca=options.get("ca", ""),
        rate=_pace(options.get("rate", "")),
        per_domain=_pace(options.get("per_domain", "")),
    )


def _pace(words: str) -> Pace | None:
    """`5/s`, `100/min`, `2000/h` or `50000/day` as a pace; None: it is not written like that."""
    found = PACE.fullmatch(words.strip())
    return Pace(int(found[1]), SPANS[found[2]]) if found else None


def _url_problems(parts: SplitResult) -> list[Problem]:
    problems = []
    if parts.scheme not in ("smtp", "smtps"):
        problems.append(Problem(SOURCE, None, "", f"It must start with smtp:// or smtps://, like {EXAMPLE}."))
    if not parts.hostname:
        problems.append(Problem(SOURCE, None, "host", f"It names no server; write it like {EXAMPLE}."))
    if parts.path not in ("", "/"):
        problems.append(Problem(SOURCE, None, "path", "Nothing may stand between the port and the question mark."))
    if bool(parts.username) != bool(parts.password):
        problems.append(Problem(SOURCE, None, "user", "Give both a user and a password, or neither."))
    return problems


def _option_problems(options: dict[str, str]) -> list[Problem]:
    problems = [
        Problem(
            SOURCE, None, name, f"There is no option “{name}”; known are {', '.join(OPTIONS[:-1])} and {OPTIONS[-1]}."
        )
        for name in sorted(options.keys() - set(OPTIONS))
    ]
    problems += [
        Problem(SOURCE, None, name, f"“{options[name]}” is no pace; write {name}=5/s, 100/min, 2000/h or 50000/day.")
        for name in ("rate", "per_domain")
        if name in options and _pace(options[name]) is None
    ]
    if options.get("tls", "none") not in set(Tls):
        problems.append(Problem(SOURCE, None, "tls", "tls must be none, starttls or tls."))
    timeout = options.get("timeout", "30")
    if not timeout.isascii() or not timeout.isdigit() or not 1 <= int(timeout) <= 600:
        problems.append(Problem(SOURCE, None, "timeout", "timeout must be a number of seconds from 1 to 600."))
    return problems


def _clear_password(relay: Relay) -> list[Problem]:
    """A password is never sent in clear over a network."""
    if relay.tls is not Tls.NONE or not relay.user or relay.host in HERE:
        return []
    return [Problem(SOURCE, None, "tls", "With tls=none the password would travel in clear; use starttls or tls.")]
