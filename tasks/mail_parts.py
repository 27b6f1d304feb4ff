"""An incoming e-mail taken apart: headers, texts, reports and the returned original. Hostile input is bounded.

The returned original is never looked into for what the message itself says: a person who forwards a bounce writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from email.message import Message
from email.utils import parseaddr

MOST_BYTES = 2_000_000
"""Bytes of a message that are read; attachments beyond them do not matter here."""
MOST_PARTS = 200
"""Parts of a message that are read."""
DEEPEST = 20
"""Levels of parts inside parts that are read."""
MOST_HEADER = 20_000
"""Characters of one header that are read."""
MOST_TEXT = 200_000
"""Characters of one text that are read."""

REPORTS = frozenset({
    "message/delivery-status", "message/global-delivery-status", "message/feedback-report",
    "message/disposition-notification", "message/global-disposition-notification",
})  # fmt: skip
ORIGINALS = frozenset({
    "message/rfc822", "message/global", "text/rfc822-headers", "text/rfc822-header", "message/global-headers",
    "message/rfc822-headers",
})  # fmt: skip

_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


@dataclass(slots=True)
class MailParts:
    """What a message is made of."""

    head: Message
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    reports: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """Fields of each report by its media type, a dictionary per block (RFC 3464), names in lower case."""
    originals: list[str] = field(default_factory=list)
    """Returned messages, or their headers alone, as text."""

    def header(self, name: str) -> str:
        """A header decoded, on one line; empty when it is absent."""
        return decoded(self.head.get(name))

    @property
    def sender(self) -> str:
        """The bare address of the sender, lower case."""
        return parseaddr(self.header("From"))[1].lower()


def take_apart(raw: bytes) -> MailParts:
    """The parts of a message; of one nested beyond reason, the head alone with its body as plain text."""
    raw = raw[:MOST_BYTES].lstrip(b"\r\n").replace(b"\0", b"")
    try:
        if len(_BOUNDARY.findall(raw)) > MOST_PARTS:
            return _head_alone(raw)
        message = message_from_bytes(raw, policy=policy.compat32)
        return _gathered(message)
    except (RecursionError, LookupError, ValueError, MessageError):
        return _head_alone(raw)


def decoded(value: object) -> str:
    """A header's words with its encoded words (RFC 2047) read; a bad charset never loses the message."""
    if value is None:
        return ""
    bare = _unencoded(value)[:MOST_HEADER]
    try:
        text = str(make_header(decode_header(bare)))
    except (LookupError, UnicodeError, ValueError, MessageError):
        text = bare
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").replace("\0", "").split())


def _unencoded(value: object) -> str:
    """A header's words; bytes no encoded word names the charset of are UTF-8 (RFC 6532), else as Windows writes."""
    if not isinstance(value, Header):
        return str(value)
    raw = b"".join(
        one.encode("utf-8", "surrogateescape") if isinstance(one, str) else one for one, _ in decode_header(value)
    )
    try:
        return raw.decode("utf-8")
    except UnicodeError:
        return raw.decode("cp1252", "replace")


def text_of(part: Message) -> str:
    """The text of a part; bytes its charset does not know are read as Windows does."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return _bounded(payload.decode(charset))
        except (LookupError, UnicodeError):
            continue
    return _bounded(payload.decode("cp1252", "replace"))


def blocks(text: str) -> list[dict[str, str]]:
    """Blocks of `Name: value` lines parted by empty lines, folded lines joined."""
    found = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        fields: dict[str, str] = {}
        name = ""
        for line in block.split("\n"):
            if line[:1] in " \t" and name:
                fields[name] += " " + line.strip()
            elif match := re.match(r"([!-9;-~]{1,60}):[ \t]*(.*)", line):
                name = match[1].lower()
                fields.setdefault(name, match[2].strip())
        if fields:
            found.append(fields)
    return found


def _bounded(text: str) -> str:
    return text[:MOST_TEXT].replace("\r\n", "\n").replace("\0", "").replace("\xa0", " ")


def _head_alone(raw: bytes) -> MailParts:
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    return MailParts(
        message_from_bytes(head + b"\n\n", policy=policy.compat32), [_bounded(body.decode("utf-8", "replace"))]
    )


def _gathered(message: Message) -> MailParts:
    parts = MailParts(message)
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind in REPORTS:
            parts.reports.setdefault(kind, []).extend(blocks(_inside(part)))
        elif kind in ORIGINALS:
            parts.originals.append(_inside(part))
        elif (texts := _texts(parts, part, kind)) is not None:
            texts.append(text_of(part))
    return parts


def _texts(parts: MailParts, part: Message, kind: str) -> list[str] | None:
    """Where the part's text belongs; None when it is an attachment. A body without the boundary its head names is text."""
    if part is not parts.head and part.get_content_disposition() == "attachment":
        return None
    if kind == "text/html":
        return parts.html
    written = part is parts.head or part.get_content_maintype() in {"text", "multipart"}
    return parts.plain if written and not isinstance(part.get_payload(), list) else None


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in their order; reports and originals count as one each."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        payload = part.get_payload()
        whole = part.get_content_type() in REPORTS | ORIGINALS
        if isinstance(payload, list) and not whole and depth < DEEPEST:
            waiting.extend((each, depth + 1) for each in reversed(payload) if isinstance(each, Message))
        else:
            yield part


def _inside(part: Message) -> str:
    """The text of a report or original, whichever way the parser holds it."""
    payload = part.get_payload()
    if not isinstance(payload, list):
        return text_of(part)
    return _bounded("\n\n".join(_flat(each) for each in payload if isinstance(each, Message)))


def _flat(message: Message) -> str:
    head = "\n".join(f"{name}: {decoded(value)}" for name, value in message.items())
    body = message.get_payload()
    return f"{head}\n\n{body}" if isinstance(body, str) else head
