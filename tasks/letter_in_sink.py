"""A letter that may not leave, as the mail by which the local sink keeps it: the PDF is attached, its reader is named."""

from policies.message import Rendered
from policies.stages import Channel
from storage.outgoing import Outgoing
from tasks.addresses import mailbox
from tasks.compose import Attachment, domain_of, opening, put_together
from tasks.wording import one_line

NO_SENDER = "letters@sink.invalid"
"""From whom a letter comes to the sink, where the creditor has no e-mail address: a letter needs none."""


def sunk_letter(letter: Outgoing) -> bytes:
    """The bytes for the sink. Their fingerprint is not the letter's: the sink keeps that of what is attached."""
    domain = domain_of(mailbox(letter.sender) or "")
    headers = [
        *opening(letter.key, letter.calculated_at, domain, Channel.LETTER),
        ("From", mailbox(letter.sender) or NO_SENDER),
        ("To", letter.envelope),
        ("Subject", "Letter"),
    ]
    told = Rendered(subject="", text=f"{one_line(letter.recipient)}\n\n{letter.text}", html="", sms="")
    return put_together(letter.key, headers, told, (Attachment("letter.pdf", "application/pdf", letter.raw),))
