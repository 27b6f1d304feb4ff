"""The server that carries our e-mail, as one URL says it (`RELANCE_SMTP_URL`)."""

import re
from dataclasses import dataclass, field

from policies.pace import Pace
from policies.problems import Problem
from tasks.server_url import OPTIONS, ServerKind, ServerUrl, Tls, server_url

SOURCE = "RELANCE_SMTP_URL"
EXAMPLE = "smtp://user:password@smtp.example.com:587?tls=starttls"
SPANS = {"s": 1, "min": 60, "h": 3600, "day": 86_400}
PACE = re.compile(r"([1-9][0-9]{0,6})/(s|min|h|day)")
KIND = ServerKind(
    SOURCE,
    EXAMPLE,
    schemes={"smtp": Tls.STARTTLS, "smtps": Tls.TLS},
    ports={Tls.NONE: 25, Tls.STARTTLS: 587, Tls.TLS: 465},
    beginnings="smtp:// or smtps://",
    options=(*OPTIONS, "rate", "per_domain"),
)


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
    found = server_url(url, KIND, _wrong_for_mail)
    if isinstance(found, list):
        return found
    return Relay(
        found.host, found.port, found.tls, found.user, found.password, found.timeout, found.ca,
        rate=_pace(found.options.get("rate", "")), per_domain=_pace(found.options.get("per_domain", "")),
    )  # fmt: skip


def _pace(words: str) -> Pace | None:
    """`5/s`, `100/min`, `2000/h` or `50000/day` as a pace; None: it is not written like that."""
    found = PACE.fullmatch(words.strip())
    return Pace(int(found[1]), SPANS[found[2]]) if found else None


def _wrong_for_mail(found: ServerUrl) -> list[Problem]:
    parts, options, problems = found.parts, found.options, []
    if parts.path not in ("", "/"):
        problems.append(KIND.wrong("path", "Nothing may stand between the port and the question mark."))
    if bool(parts.username) != bool(parts.password):
        problems.append(KIND.wrong("user", "Give both a user and a password, or neither."))
    return problems + [
        KIND.wrong(name, f"“{options[name]}” is no pace; write {name}=5/s, 100/min, 2000/h or 50000/day.")
        for name in ("rate", "per_domain")
        if name in options and _pace(options[name]) is None
    ]
