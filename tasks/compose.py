"""A message in bytes (RFC 5322): the same facts always give the same bytes, so that a person approves what leaves."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote
from urllib.parse import quote as quote_url

from policies.beside import BesideFacts, MessageKind
from policies.message import MessageFacts, Rendered
from policies.opt_out import is_notice
from policies.problems import Problem
from policies.stages import Channel
from tasks.addresses import mailbox, telephone
from tasks.wording import one_line

LINE = 75
"""Longest line of an encoded header (RFC 2047)."""

SMS_DOMAIN = "sms.sink.invalid"
"""Where an SMS goes that may not leave: the local sink, by e-mail. `.invalid` never resolves (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message: its name, media type (`application/pdf`) and bytes."""

    name: str
    media_type: str
    content: bytes


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the message with this key: stable, and telling nothing about it."""
    return f"<{_digest(key)}@{domain}>"


def domain_of(sender: str) -> str:
    """The domain messages of this sender are known by; `localhost` where it names none."""
    return sender.rpartition("@")[2] or "localhost"


def compose(
    facts: MessageFacts | BesideFacts,
    rendered: Rendered,
    *,
    sender: str,
    recipient: str,
    domain: str,
    attachments: Sequence[Attachment] = (),
    addressee: str | None = None,
) -> bytes | list[Problem]:
    """The message as it will leave, byte for byte; or what is wrong with its addresses or attachments.

    `addressee`: the name of whoever else than the debtor it goes to (agency, lawyer, insurer), empty where it is not known:
    then it bears the bare address. None: it goes to the debtor, by name.
    """
    reply_to = facts.creditor.reply_to or facts.creditor.email or sender
    addresses = {"sender": sender, "recipient": recipient, "reply_to": reply_to}
    problems = [
        *_address_problems(facts.key, addresses),
        *_domain_problems(facts.key, domain),
        *_attachment_problems(facts.key, attachments),
    ]
    if problems:
        return problems
    headers = [
        *opening(facts.key, facts.written_at, domain, Channel.EMAIL, by_hand=_is_by_hand(facts)),
        ("From", named_address(facts.creditor.name, sender)),
        ("To", named_address(_to_whom(facts) if addressee is None else addressee, recipient)),
        ("Reply-To", named_address(facts.creditor.name, reply_to)),
        ("Subject", header_text(one_line(rendered.subject), "Subject")),
        *_of_its_kind(facts, domain, mailbox(reply_to) or ""),
    ]
    return _headed(headers, _body(facts.key, rendered, attachments))


def _to_whom(facts: MessageFacts | BesideFacts) -> str:
    return facts.contact_name or facts.customer_name


def _of_its_kind(facts: MessageFacts | BesideFacts, domain: str, read: str) -> list[tuple[str, str]]:
    """The stage of a step, beside the ladder the kind; the messages it follows; how to hear no more."""
    thread = threading(facts.thread, domain)
    if isinstance(facts, MessageFacts):
        return [("X-Relance-Stage", facts.stage.value), *thread, *_way_out(facts, read)]
    return [("X-Relance-Kind", facts.kind.value), *thread, *([] if _is_by_hand(facts) else [_no_more(read)])]


def sink_sms(
    text: str, recipient: str, *, sender: str, key: str, written_at: datetime, domain: str = ""
) -> bytes | list[Problem]:
    """An SMS that goes to the local sink instead of a telephone, as an e-mail to `sink_address(recipient)`."""
    to = sink_address(recipient)
    if to is None:
        return [Problem(key, None, "recipient", f"“{one_line(recipient)}” is not a telephone number.")]
    if problems := _address_problems(key, {"sender": sender}):
        return problems
    domain = domain or sender.strip().rpartition("@")[2]
    if problems := _domain_problems(key, domain):
        return problems
    headers = opening(key, written_at, domain, Channel.SMS)
    headers += [("From", mailbox(sender) or ""), ("To", to), ("Subject", "SMS")]
    return _headed(headers, _body(key, Rendered(subject="", text=text, html="", sms=""), ()))


def sink_address(telephone_number: str) -> str | None:
    """The address under which the sink keeps SMS to this number; None when it is not a number in E.164."""
    number = telephone(telephone_number)
    return f"{number}@{SMS_DOMAIN}" if number else None


def _is_by_hand(facts: MessageFacts | BesideFacts) -> bool:
    return isinstance(facts, BesideFacts) and facts.kind is MessageKind.WRITTEN


def opening(
    key: str, written_at: datetime, domain: str, channel: Channel, *, by_hand: bool = False
) -> list[tuple[str, str]]:
    """The headers every message of ours begins with; what a person wrote is not called automatic (RFC 3834)."""
    return [
        ("Message-ID", message_id(key, domain)),
        ("Date", format_datetime(written_at)),
        ("Auto-Submitted", "no" if by_hand else "auto-generated"),
        ("X-Relance-Channel", channel.value),
    ]


def threading(keys: Sequence[str], domain: str) -> list[tuple[str, str]]:
    """The headers of an answer to earlier messages of ours (RFC 5322, 3.6.4); none where it is the first."""
    before = [message_id(key, domain) for key in keys]
    return [("In-Reply-To", before[-1]), ("References", "\r\n ".join(before))] if before else []


def _way_out(facts: MessageFacts, read: str) -> list[tuple[str, str]]:
    """How to hear no more by e-mail (RFC 2369): a word to the mailbox we read. A notice the law asks for offers none."""
    if is_notice(facts.stage, facts.text):
        return []
    return [_no_more(read)]


def _no_more(read: str) -> tuple[str, str]:
    return "List-Unsubscribe", f"<mailto:{quote_url(read, safe='@')}?subject=STOP>"


def put_together(
    key: str, headers: list[tuple[str, str]], rendered: Rendered, attachments: Sequence[Attachment]
) -> bytes:
    """Headers, words and attachments as one message."""
    return _headed(headers, _body(key, rendered, attachments))


def _headed(headers: list[tuple[str, str]], body: EmailMessage) -> bytes:
    """Headers written by us before a body written by Python, whose own folding loses blanks of long names (3.11)."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return lines.encode("ascii") + body.as_bytes(policy=SMTP)


def named_address(name: str, address: str) -> str:
    """An address with its display name; both on one line, so that neither can start another header."""
    shown, bare = one_line(name), mailbox(address) or ""
    if not shown:
        return bare
    if shown.isascii() and "=?" not in shown:
        return f'"{quote(shown)}" <{bare}>'
    encoded = header_text(shown, "Reply-To")
    gap = "\r\n " if len(encoded.rpartition("\r\n")[2]) + len(bare) > LINE - 3 else " "
    return f"{encoded}{gap}<{bare}>"


def header_text(text: str, header: str) -> str:
    """Text as a header holds it: as it is when short and ASCII, else in encoded words (RFC 2047)."""
    if text.isascii() and "=?" not in text and len(header) + 2 + len(text) <= LINE:
        return text
    return Header(text, "utf-8", maxlinelen=LINE, header_name=header).encode(linesep="\r\n")


def _body(key: str, rendered: Rendered, attachments: Sequence[Attachment]) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail.set_content(rendered.text, cte="quoted-printable")
    if rendered.html:
        _add_html(mail, rendered)
    for attachment in attachments:
        main, _, sub = attachment.media_type.partition("/")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=one_line(attachment.name))
    _fix_boundaries(mail, key)
    return mail


def _add_html(mail: EmailMessage, rendered: Rendered) -> None:
    """The HTML part after the plain one, its pictures beside it: many programs show none from an address or in place."""
    mail.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    html = mail.get_payload(1)
    assert isinstance(html, EmailMessage), "add_alternative has just made it"
    for picture in rendered.pictures:
        html.add_related(picture.content, "image", "png", cid=f"<{picture.id}>", disposition="inline")


def _fix_boundaries(mail: EmailMessage, key: str) -> None:
    """Python draws boundaries at random; ours come from the key, one per level."""
    for level, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"relance-{_digest(f'{key}/{level}')}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _address_problems(key: str, addresses: dict[str, str]) -> list[Problem]:
    return [
        Problem(key, None, field, f"“{one_line(address)}” is not an e-mail address; correct it and ask again.")
        for field, address in addresses.items()
        if mailbox(address) is None
    ]


def _domain_problems(key: str, domain: str) -> list[Problem]:
    if re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", domain):
        return []
    return [Problem(key, None, "domain", f"“{one_line(domain)}” is not a domain; write it like example.com.")]


def _attachment_problems(key: str, attachments: Sequence[Attachment]) -> list[Problem]:
    return [
        Problem(key, None, "attachments", f"“{one_line(each.name)}” has no usable media type such as application/pdf.")
        for each in attachments
        if each.media_type.count("/") != 1 or each.media_type.split("/")[0] in ("multipart", "message", "")
    ]
