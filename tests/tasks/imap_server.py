"""A small IMAP server (RFC 3501, 6851, 4315, 2342) on this machine, which keeps what it is given and can be told to be difficult."""

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

TODAY = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@dataclass
class Lying:
    """A message in a folder."""

    uid: int
    raw: bytes
    received: datetime = TODAY
    flags: set[str] = field(default_factory=set)


class Imap(socketserver.ThreadingTCPServer):
    """The server; `can` are its capabilities, `sign` the sign between levels, `prefix` that of personal folders."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, can: str = "MOVE UIDPLUS AUTH=PLAIN", sign: str = "/", prefix: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.can, self.sign, self.prefix = can, sign, prefix
        self.password = 'pä"ss wörd'
        self.tls: ssl.SSLContext | None = None
        self.from_first_byte = False
        self.folders: dict[str, list[Lying]] = {"INBOX": []}
        self.commands: list[str] = []
        self.may_create = True

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def deliver(self, raw: bytes, received: datetime = TODAY, folder: str = "INBOX") -> int:
        """A message arrives."""
        uid = 1 + max((one.uid for all_ in self.folders.values() for one in all_), default=0)
        self.folders[folder].append(Lying(uid, raw, received))
        return uid

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        if self.tls is not None and self.from_first_byte:
            connection = self.tls.wrap_socket(connection, server_side=True)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


@contextmanager
def serving(server: Imap) -> Iterator[Imap]:
    """The server at work."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: Imap

    def handle(self) -> None:
        self.user, self.selected = False, ""
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, said = line.decode("utf-8").strip().partition(" ")
            self.server.commands.append(said)
            word = " ".join(said.split()[:2]).upper() if said.upper().startswith("UID") else said.split()[0].upper()
            found = getattr(self, f"do_{word.replace(' ', '_').lower()}", None)
            answer = found(said) if found else "BAD what?"
            self._say(f"{tag} {answer if ' ' in answer else f'{answer} done'}")
            if word == "STARTTLS":
                self._protect()
            if word == "LOGOUT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def _protect(self) -> None:
        assert self.server.tls is not None
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)  # type: ignore[assignment]

    def do_capability(self, said: str) -> str:
        start = " STARTTLS" if self.server.tls and not self.server.from_first_byte else ""
        self._say(f"* CAPABILITY IMAP4rev1{start} {self.server.can}")
        return "OK"

    def do_starttls(self, said: str) -> str:
        return "OK begin"

    def do_login(self, said: str) -> str:
        self.user = said == f'LOGIN anna "{self.server.password}"'
        return "OK" if self.user else "NO [AUTHENTICATIONFAILED] wrong"

    def do_authenticate(self, said: str) -> str:
        self._say("+ ")
        given = base64.b64decode(self.rfile.readline()).decode()
        self.user = given == f"\0anna\0{self.server.password}"
        return "OK" if self.user else "NO [AUTHENTICATIONFAILED] wrong"

    def do_namespace(self, said: str) -> str:
        self._say(f'* NAMESPACE (("{self.server.prefix}" "{self.server.sign}")) NIL NIL')
        return "OK"

    def do_list(self, said: str) -> str:
        self._say(f'* LIST (\\Noselect) "{self.server.sign}" ""')
        return "OK"

    def do_select(self, said: str) -> str:
        folder = _name(said)
        if not self.user or folder not in self.server.folders:
            return "NO [NONEXISTENT] no such folder"
        self.selected = folder
        self._say(f"* {len(self.server.folders[folder])} EXISTS")
        return "OK [READ-WRITE]"

    def do_create(self, said: str) -> str:
        if not self.server.may_create:
            return "NO [NOPERM] you may not"
        self.server.folders.setdefault(_name(said), [])
        return "OK"

    @property
    def _here(self) -> list[Lying]:
        return self.server.folders[self.selected]

    def _one(self, said: str) -> list[Lying]:
        number = int(said.split()[2])
        return [one for one in self._here if one.uid == number]

    def do_uid_search(self, said: str) -> str:
        since = datetime.strptime(f"{said.rpartition(' ')[2]} +0000", "%d-%b-%Y %z").date()
        found = [
            str(one.uid) for one in self._here if one.received.date() >= since and "\\Deleted" not in one.flags
        ]  # fmt: skip
        self._say(f"* SEARCH {' '.join(found)}".strip())
        return "OK"

    def do_uid_fetch(self, said: str) -> str:
        most = int(re.search(r"<0\.(\d+)>", said)[1])  # type: ignore[index]
        for place, one in enumerate(self._one(said), 1):
            raw = one.raw[:most]
            head = f'* {place} FETCH (UID {one.uid} INTERNALDATE "{one.received:%d-%b-%Y %H:%M:%S %z}" BODY[]<0>'
            self.wfile.write(f"{head} {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        return "OK"

    def do_uid_move(self, said: str) -> str:
        return self._take(said, keep=False)

    def do_uid_copy(self, said: str) -> str:
        return self._take(said, keep=True)

    def _take(self, said: str, *, keep: bool) -> str:
        folder = _name(said)
        if folder not in self.server.folders:
            return "NO [TRYCREATE] no such folder"
        for one in self._one(said):
            self.server.deliver(one.raw, one.received, folder)
            if not keep:
                self._here.remove(one)
        return "OK"

    def do_uid_store(self, said: str) -> str:
        for one in self._one(said):
            one.flags |= set(re.findall(r"\\\w+", said))
        return "OK"

    def do_uid_expunge(self, said: str) -> str:
        for one in self._one(said):
            if "\\Deleted" in one.flags:
                self._here.remove(one)
        return "OK"

    def do_logout(self, said: str) -> str:
        self._say("* BYE")
        return "OK"


def _name(said: str) -> str:
    """The quoted folder at the end of a command."""
    return re.search(r'"([^"]*)"$', said)[1]  # type: ignore[index]
