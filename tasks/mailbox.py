"""The mailbox in which answers arrive, as one URL says it (`RELANCE_MAILBOX_URL`)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from policies.problems import Problem
from tasks.relay import HERE, Tls

SOURCE = "RELANCE_MAILBOX_URL"
EXAMPLE = "imaps://user:password@imap.example.com/INBOX"
_SCHEMES = {"imaps": Tls.TLS, "imap": Tls.STARTTLS, "imap+starttls": Tls.STARTTLS}
_PORTS = {Tls.TLS: 993, Tls.STARTTLS: 143, Tls.NONE: 143}
_OPTIONS = frozenset({"tls", "timeout", "ca"})


@dataclass(frozen=True, slots=True)
class Maildir:
    """A folder on this machine a mail server delivers into, one file a message."""

    path: Path

    @property
    def name(self) -> str:
        """What it is called where people read it."""
        return f"maildir:{self.path}"


@dataclass(frozen=True, slots=True)
class ImapBox:
    """A folder of a mailbox on a server (RFC 3501)."""

    host: str
    port: int
    tls: Tls
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    timeout: float = 30.0
    """Seconds to wait for each answer of the server."""
    ca: str = ""
    """A file with the authority that signed the server's certificate, where it is not a public one."""

    @property
    def name(self) -> str:
        """What it is called where people read it: without the password."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"


def the_mailbox(environ: Mapping[str, str] = os.environ) -> ImapBox | Maildir | list[Problem] | None:
    """The mailbox that is set; None: none is."""
    url = environ.get(SOURCE, "").strip()
    return mailbox_from(url) if url else None


def mailbox_from(url: str) -> ImapBox | Maildir | list[Problem]:
    """The mailbox a URL names, or what is wrong with it."""
    if url.startswith("maildir:"):
        return _maildir(url.removeprefix("maildir:"))
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return [Problem(SOURCE, None, "", f"This is not a URL; write it like {EXAMPLE}.")]
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    problems = _url_problems(parts) + _option_problems(options)
    if problems:
        return problems
    tls = Tls(options.get("tls", _SCHEMES[parts.scheme]))
    if tls is Tls.NONE and parts.hostname not in HERE:
        return [Problem(SOURCE, None, "tls", "With tls=none the password would travel in clear; use starttls or tls.")]
    return ImapBox(
        host=parts.hostname or "",
        port=_PORTS[tls] if port is None else port,
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        timeout=float(options.get("timeout", "30")),
        ca=options.get("ca", ""),
    )


def _maildir(said: str) -> Maildir | list[Problem]:
    path = Path(unquote(said.removeprefix("//"))).expanduser()
    if not said or not path.is_absolute():
        return [Problem(SOURCE, None, "path", "Name the whole path of the folder, like maildir:/var/mail/relance.")]
    return Maildir(path)


def _url_problems(parts: SplitResult) -> list[Problem]:
    problems = []
    if parts.scheme not in _SCHEMES:
        known = "imaps://, imap:// (with STARTTLS) or maildir:"
        problems.append(Problem(SOURCE, None, "", f"It must start with {known}; write it like {EXAMPLE}."))
    if not parts.hostname:
        problems.append(Problem(SOURCE, None, "host", f"It names no server; write it like {EXAMPLE}."))
    if not parts.username or not parts.password:
        problems.append(Problem(SOURCE, None, "user", f"It must name a user and a password, like {EXAMPLE}."))
    folder = unquote(parts.path)
    if not folder.isascii() or not folder.isprintable():
        problems.append(Problem(SOURCE, None, "folder", "Only plain letters can stand in the name of the folder."))
    if any(not one.isprintable() for one in unquote(f"{parts.username}{parts.password}")):
        problems.append(Problem(SOURCE, None, "user", "User and password hold signs that nobody can type."))
    return problems


def _option_problems(options: dict[str, str]) -> list[Problem]:
    problems = [
        Problem(SOURCE, None, name, f"There is no option “{name}”; known are tls, timeout and ca.")
        for name in sorted(options.keys() - _OPTIONS)
    ]
    if options.get("tls", "tls") not in set(Tls):
        problems.append(Problem(SOURCE, None, "tls", "tls must be starttls, tls, or none on this machine."))
    timeout = options.get("timeout", "30")
    if not timeout.isascii() or not timeout.isdigit() or not 1 <= int(timeout) <= 600:
        problems.append(Problem(SOURCE, None, "timeout", "timeout must be a number of seconds from 1 to 600."))
    return problems
