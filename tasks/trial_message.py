"""The test message before a creditor goes live: to its own address, by the server that will carry everything else."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from policies.problems import Problem
from storage.creditor import UNNAMED, Creditor
from tasks import send_email
from tasks.addresses import mailbox
from tasks.company_mentions import missing_mentions
from tasks.compose import message_id
from tasks.handed import Handed
from tasks.relay import Relay

SUBJECT = "Relance: test message"
WORDS = """This is a test, sent to {to} only.

If you read it, your mail server takes what Relance sends in the name of {name}. From now on messages
may leave to the customers you chose. ./relance live off stops them at once.
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """The bytes of a test message."""

    sender: str
    recipient: str
    raw: bytes


def what_is_missing(creditor: Creditor) -> list[Problem]:
    """What a creditor must have said of itself before anything leaves in its name: a sentence each."""
    told = {
        "name": "" if creditor.name != UNNAMED else "The company has no name yet",
        "email": "" if mailbox(creditor.email) else "The address messages are sent from is missing",
        "address": "" if creditor.address.strip() else "The company's address is missing",
        "mentions": _mentions(creditor),
    }
    if creditor.reply_to and mailbox(creditor.reply_to) is None:
        told["reply_to"] = "The address for answers is no e-mail address"
    return [
        Problem("settings", None, "", f"{why}: ./relance creditor set {name}=…") for name, why in told.items() if why
    ]


def _mentions(creditor: Creditor) -> str:
    """FR: Code de commerce R123-237. Elsewhere no line is prescribed that we know how to check."""
    missing = missing_mentions(creditor.mentions, creditor.country)
    return f"Messages must state {', '.join(missing)}" if missing else ""


def trial(creditor: Creditor, at: datetime) -> Trial:
    """The test message to the creditor's own address."""
    sender = mailbox(creditor.email)
    assert sender is not None, "a creditor without an address is refused before"
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message_id(f"trial|{creditor.id}|{at.isoformat()}", sender.rpartition("@")[2])
    mail["Date"] = format_datetime(at)
    mail["From"], mail["To"], mail["Subject"] = sender, sender, SUBJECT
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(WORDS.format(to=sender, name=creditor.name), cte="quoted-printable")
    return Trial(sender, sender, mail.as_bytes())


async def try_out(message: Trial, relay: Relay) -> Handed:
    """Hand the test message over, once."""
    return await send_email.hand_over(message.raw, message.sender, message.recipient, relay)
