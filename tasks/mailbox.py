"""The mailbox in which answers arrive, as one URL says it (`RELANCE_MAILBOX_URL`)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from policies.problems import Problem
from tasks.server_url import ServerKind, ServerUrl, Tls, server_url

SOURCE = "RELANCE_MAILBOX_URL"
EXAMPLE = "imaps://user:password@imap.example.com/INBOX"
_KIND = ServerKind(
    SOURCE,
    EXAMPLE,
    schemes={"imaps": Tls.TLS, "imap": Tls.STARTTLS, "imap+starttls": Tls.STARTTLS},
    ports={Tls.TLS: 993, Tls.STARTTLS: 143, Tls.NONE: 143},
    beginnings="imaps://, imap:// (with STARTTLS) or maildir:",
    plain="none on this machine",
)


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
    found = server_url(url, _KIND, _wrong_for_a_mailbox)
    if isinstance(found, list):
        return found
    folder = unquote(found.parts.path.strip("/")) or "INBOX"
    return ImapBox(found.host, found.port, found.tls, found.user, found.password, folder, found.timeout, found.ca)


def _maildir(said: str) -> Maildir | list[Problem]:
    path = Path(unquote(said.removeprefix("//"))).expanduser()
    if not said or not path.is_absolute():
        return [Problem(SOURCE, None, "path", "Name the whole path of the folder, like maildir:/var/mail/relance.")]
    return Maildir(path)


def _wrong_for_a_mailbox(found: ServerUrl) -> list[Problem]:
    problems = []
    if not found.user or not found.password:
        problems.append(_KIND.wrong("user", f"It must name a user and a password, like {EXAMPLE}."))
    folder = unquote(found.parts.path)
    if not folder.isascii() or not folder.isprintable():
        problems.append(_KIND.wrong("folder", "Only plain letters can stand in the name of the folder."))
    if not f"{found.user}{found.password}".isprintable():
        problems.append(_KIND.wrong("user", "User and password hold signs that nobody can type."))
    return problems
