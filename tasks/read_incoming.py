"""An incoming e-mail read: bounce, delay, automatic reply, complaint, opt-out, confirmation, or what a person wrote.

Order matters: what a standard's own part says comes before what words say, and what no rule knows is a reply.
"""

from datetime import date
from email.utils import parsedate_to_datetime

from policies.incoming import Failure, Incoming, IncomingKind
from tasks.answered_message import answered, subject_references
from tasks.auto_reply import automatic, return_day
from tasks.bounce_text import from_mail_system, read_ses, read_text
from tasks.delivery_report import Delivery, read_report, rows_in
from tasks.mail_parts import MailParts, blocks, take_apart
from tasks.opt_out_words import opts_out
from tasks.reply_text import text_of_html, written, written_in_html

_STATUS = ("message/delivery-status", "message/global-delivery-status")
_SHOWN = ("message/disposition-notification", "message/global-disposition-notification")
_NOT_REPORTED = frozenset({"not-spam"})
"""Feedback that is no complaint (RFC 6430)."""


def read_incoming(raw: bytes) -> Incoming:
    """What the message is, with the reason; unsure is `REPLY`. Never fails, whatever the bytes are."""
    parts = take_apart(raw)
    told = "\n".join(parts.plain) if any(one.strip() for one in parts.plain) else _from_html(parts)
    return _complaint(parts, told) or _delivery(parts, told) or _shown(parts, told) or _letter(parts, told)


def _complaint(parts: MailParts, told: str) -> Incoming | None:
    rows = parts.reports.get("message/feedback-report", [])
    kind = next((one["feedback-type"].lower() for one in rows if one.get("feedback-type")), "abuse" if rows else "")
    if kind == "opt-out":
        return _made(parts, told, IncomingKind.OPT_OUT, "A provider reports that the reader opted out (RFC 5965).")
    if kind and kind not in _NOT_REPORTED and kind != "auth-failure":
        return _made(parts, told, IncomingKind.COMPLAINT, f"A provider reports a complaint: {kind} (RFC 5965).")
    if parts.sender.endswith("@hotmail.com") and any(
        "x-hmxmroriginalrecipient:" in one[:20_000].lower() for one in parts.originals
    ):
        return _made(parts, told, IncomingKind.COMPLAINT, "Microsoft reports a complaint (JMRP).")
    if parts.sender.endswith(("amazonaws.com", "amazonses.com")) and read_ses(told) is IncomingKind.COMPLAINT:
        return _made(parts, told, IncomingKind.COMPLAINT, "Amazon SES reports a complaint.")
    return None


def _delivery(parts: MailParts, told: str) -> Incoming | None:
    """A report of delivery: by its own part where a mail system made the message, else by a mail system's words."""
    rows = [row for kind in _STATUS for row in parts.reports.get(kind, [])]
    reported = parts.head.get_content_type() == "multipart/report" or from_mail_system(parts)
    rows = rows or rows_in(blocks(told))
    if rows and reported and (found := read_report(rows, told)):
        return _delivered(parts, told, found, "A mail system's report says so (RFC 3464).")
    if parts.sender.endswith("amazonaws.com"):
        notice = read_ses(told)
        if notice is IncomingKind.DELIVERED:
            return _delivered(parts, told, Delivery(IncomingKind.DELIVERED), "Amazon SES says so.")
        if isinstance(notice, Delivery):
            return _delivered(parts, told, notice, "Amazon SES says so.")
    if from_mail_system(parts) and (found := read_text(parts, told)):
        return _delivered(parts, told, found, "A mail system's letter says so.")
    return None


def _delivered(parts: MailParts, told: str, found: Delivery, why: str) -> Incoming:
    said = "; ".join(f"{one.address or 'an address not named'}: {one.diagnostic[:160]}" for one in found.failures[:3])
    return _made(parts, told, found.kind, f"{why} {said}".strip(), failures=found.failures)


def _shown(parts: MailParts, told: str) -> Incoming | None:
    rows = [row for kind in _SHOWN for row in parts.reports.get(kind, [])]
    disposition = next((one["disposition"] for one in rows if one.get("disposition")), "")
    if not rows:
        return None
    return _made(
        parts, told, IncomingKind.READ, f"The reader's program tells what became of it: {disposition} (RFC 8098)."
    )


def _letter(parts: MailParts, told: str) -> Incoming:
    own = _own_text(parts)
    if reason := automatic(parts, told, own):
        returns = return_day(f"{parts.header('Subject')}\n{told}", _sent_on(parts))
        return _made(parts, own, IncomingKind.AUTO_REPLY, reason, returns=returns)
    if asked := opts_out(own, parts.header("Subject")):
        return _made(parts, own, IncomingKind.OPT_OUT, f"It says nothing but “{asked}”.")
    return _made(parts, own, IncomingKind.REPLY, "Nothing shows that a program wrote it: a person reads it.")


def _own_text(parts: MailParts) -> str:
    """What its author wrote: of the plain part where there is one, else of the page."""
    plain = written("\n".join(parts.plain)) if parts.plain else ""
    return plain or written_in_html("\n".join(parts.html))


def _from_html(parts: MailParts) -> str:
    return "\n".join(text_of_html(one) for one in parts.html if one.strip())


def _sent_on(parts: MailParts) -> date | None:
    try:
        return parsedate_to_datetime(parts.header("Date")).date()
    except (TypeError, ValueError, IndexError):
        return None


def _made(
    parts: MailParts,
    text: str,
    kind: IncomingKind,
    reason: str,
    *,
    failures: tuple[Failure, ...] = (),
    returns: date | None = None,
) -> Incoming:
    told = "\n".join(parts.plain)
    subject = parts.header("Subject")
    ids = answered(parts, told)
    return Incoming(
        kind, reason, parts.header("Message-ID").strip(), parts.sender, subject, text.strip(), failures, returns, ids,
        subject_references(subject),
    )  # fmt: skip
