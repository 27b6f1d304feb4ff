"""A mailbox on a server (IMAP, RFC 3501), by Python's own client; every call blocks, and belongs into a thread.

A message that was read is moved out of the folder (MOVE, RFC 6851, or a copy and a deletion), so that what lies in it is what
is new, whatever a person's mail program has marked as seen. Nothing older than the first look is touched.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any

from tasks.handed import spoken
from tasks.mailbox import ImapBox
from tasks.mailbox_letters import MOST_AT_ONCE, MOST_BYTES, READ, Letter, MailboxTrouble
from tasks.server_url import Tls

Answer = tuple[str, list[Any]]
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')
_ROOT = re.compile(rb'\([^)]*\) "(.)"')
_OWN = re.compile(rb'\(\("([^"]*)" "(.)"')


class OpenImap:
    """A folder in use. `since`: the first day whose messages are read."""

    def __init__(self, place: ImapBox, since: date) -> None:
        self._place, self._since = place, since
        with self._reached():
            self._client = self._connect()
        self._able = frozenset(self._client.capabilities)
        try:
            self._enter()
        except MailboxTrouble:
            self.close()
            raise

    def new(self) -> Sequence[str]:
        """The numbers (UID) of what arrived since the first day and was not moved."""
        day = f"{self._since.day}-{_MONTHS[self._since.month - 1]}-{self._since.year}"
        found = self._asked(lambda: self._client.uid("SEARCH", "UNDELETED", "SINCE", day))
        numbers = sorted({int(one) for line in found if isinstance(line, bytes) for one in line.split()})
        return [str(one) for one in numbers[:MOST_AT_ONCE]]

    def letter(self, mark: str) -> Letter | None:
        """The message without marking it as seen, as far as it is kept."""
        wanted = f"(UID INTERNALDATE BODY.PEEK[]<0.{MOST_BYTES}>)"
        found = self._asked(lambda: self._client.uid("FETCH", mark, wanted))
        said = b" ".join(part[0] if isinstance(part, tuple) else part or b"" for part in found)
        raw = next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)
        return None if raw is None else Letter(raw, _received(said))

    def done(self, mark: str) -> None:
        """Move it to the folder of those that were read, which is made when there is none."""
        folder = self._folder()
        move = self._move if "MOVE" in self._able else self._copy
        try:
            self._asked(lambda: move(mark, folder))
        except MailboxTrouble:
            with suppress(MailboxTrouble):  # it may be there already, and the trouble another
                self._asked(lambda: self._client.create(folder))
            try:
                self._asked(lambda: move(mark, folder))
            except MailboxTrouble as trouble:
                raise MailboxTrouble(
                    f"What was read cannot be moved to the folder {folder}: give the account the right to make it. {trouble}"
                ) from trouble

    def close(self) -> None:
        """Say good-bye; what it answers is of no consequence."""
        with suppress(imaplib.IMAP4.error, OSError):
            self._client.logout()

    def _enter(self) -> None:
        """Sign in and open the folder. What the server can do may change with the sign-in."""
        with self._reached():
            self._sign_in()
        self._able = frozenset(self._first(self._client.capability).decode("ascii", "replace").upper().split())
        self._asked(lambda: self._client.select(_quoted(self._place.folder)))

    def _connect(self) -> imaplib.IMAP4:
        place = self._place
        context = ssl.create_default_context(cafile=place.ca or None)
        if place.tls is Tls.TLS:
            return imaplib.IMAP4_SSL(place.host, place.port, ssl_context=context, timeout=place.timeout)
        client = imaplib.IMAP4(place.host, place.port, timeout=place.timeout)
        if place.tls is Tls.STARTTLS:
            client.starttls(context)
        return client

    def _sign_in(self) -> None:
        """PLAIN takes any letter in a password, LOGIN only plain ones."""
        place, client = self._place, self._client
        try:
            if "AUTH=PLAIN" in self._able:
                client.authenticate("PLAIN", lambda _: f"\0{place.user}\0{place.password}".encode())
            else:
                client.login(place.user, place.password)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, UnicodeError) as error:
            raise MailboxTrouble(f"{place.host} does not accept the user and the password for {place.user}.") from error

    def _folder(self) -> str:
        """The folder's name on this server, which may have a prefix and another sign between levels."""
        prefix, sign = b"", b"/"
        if "NAMESPACE" in self._able and (own := _OWN.match(self._first(self._client.namespace))):
            prefix, sign = own[1], own[2]
        elif root := _ROOT.match(self._first(lambda: self._client.list('""', '""'))):
            sign = root[1]
        return _quoted(prefix.decode("ascii", "replace") + sign.decode("ascii", "replace").join(READ))

    def _first(self, command: Callable[[], Answer]) -> bytes:
        found = self._asked(command)
        return found[0] if found and isinstance(found[0], bytes) else b""

    def _move(self, mark: str, folder: str) -> Answer:
        return self._client.uid("MOVE", mark, folder)

    def _copy(self, mark: str, folder: str) -> Answer:
        """Copied first: what is interrupted is there twice, never lost. Only our own message is expunged."""
        copied = self._client.uid("COPY", mark, folder)
        if copied[0] != "OK":
            return copied
        marked = self._client.uid("STORE", mark, "+FLAGS.SILENT", "(\\Seen \\Deleted)")
        if marked[0] == "OK" and "UIDPLUS" in self._able:
            return self._client.uid("EXPUNGE", mark)
        return marked

    def _asked(self, command: Callable[[], Answer]) -> list[Any]:
        """What the server answers; a refusal is trouble."""
        with self._reached():
            answer, found = command()
        if answer != "OK":
            said = b" ".join(one for one in found if isinstance(one, bytes)).decode("utf-8", "replace")
            raise MailboxTrouble(f"{self._place.name}: the server says no: {self._spoken(said)}.")
        return found

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Whatever goes wrong between us and the server, as a sentence."""
        where = f"{self._place.host}:{self._place.port}"
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            raise MailboxTrouble(f"The certificate of {where} cannot be trusted: {error.verify_message}.") from error
        except ssl.SSLError as error:
            raise MailboxTrouble(f"No protected connection to {where} could be made: {error.reason}.") from error
        except OSError as error:
            said = error.strerror or str(error) or type(error).__name__
            raise MailboxTrouble(f"{where} cannot be reached: {self._spoken(said)}.") from error
        except imaplib.IMAP4.error as error:
            raise MailboxTrouble(f"{where} does not answer as it should: {self._spoken(str(error))}.") from error

    def _spoken(self, said: str) -> str:
        return spoken(said, (self._place.password,)).rstrip(". ")


def _quoted(folder: str) -> str:
    """A folder's name as a quoted string (RFC 3501, 4.3)."""
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _received(said: bytes) -> datetime | None:
    """When the server received it."""
    if match := _DATE.search(said):
        with suppress(ValueError):
            return datetime.strptime(match[1].decode("ascii", "replace").strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(
                UTC
            )
    return None
