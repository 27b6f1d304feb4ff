"""An e-mail that leaves once more: the same words to the same address, under a Message-ID and a date of its own."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from policies.money import plain
from policies.questions import QuestionKind
from storage.dossier import Dossier
from storage.question_subject import Wording
from storage.resending import Original
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.compose import message_id
from tasks.staff_text import say
from tasks.staff_words import STAFF, cell
from tasks.stage_names import stage_words

_NEW = re.compile(rb"^(Message-ID|Date|In-Reply-To|References): [^\r\n]*\r\n([ \t][^\r\n]*\r\n)*", re.MULTILINE)
_ID = re.compile(rb"^Message-ID: (<[^<>@\s]+@([^<>\s]+)>)\r\n", re.MULTILINE)


def sent_again(raw: bytes, key: str, at: datetime) -> bytes:
    """The message under another key, dated `at`: an answer to itself. Nothing but four headers differs."""
    end = raw.index(b"\r\n\r\n") + 2
    head, rest = raw[:end], raw[end:]
    first = _ID.search(head)
    assert first is not None, "every e-mail of ours has a Message-ID"
    before, domain = (part.decode("ascii") for part in first.groups())
    opening = f"Message-ID: {message_id(key, domain)}\r\nDate: {format_datetime(at)}\r\n"
    opening += f"In-Reply-To: {before}\r\nReferences: {before}\r\n"
    return opening.encode("ascii") + _NEW.sub(b"", head) + rest


def about_resending(original: Original, members: Sequence[Dossier], reason: str, actor: str) -> Wording:
    """What would leave once more, to whom, why, and that nothing of it has changed."""
    row = original.row
    total = sum(one.case.principal for one in members)
    amount = wording.amount(total, row["currency"], STAFF)
    name = wording.one_line(row["customer_name"])
    stage = stage_words(members[0].ladder.step(row["step"]).stage)  # type: ignore[union-attr]
    title = f"{say('Send the {stage} once more?', stage=stage, Stage=stage[:1].upper() + stage[1:])} · {name}"
    left = say(
        "It left on {at} UTC; the answer was: {words}.",
        at=f"{row['handed_at']:%Y-%m-%d %H:%M}",
        words=cell(row["words"]),
    )
    invoices = ", ".join(f"{one.case.invoice} {plain(one.case.principal, one.case.currency)}" for one in members)
    parts = [
        f"### {title}",
        say("**{actor}** asks for it: {reason}. {left}", actor=cell(actor), reason=cell(reason), left=left),
        say(
            "What it demands is still owed, to the cent: {invoices} {currency}. No payment or credit has come since.",
            invoices=cell(invoices),
            currency=row["currency"],
        ),
        say("**The message**, to `{recipient}`:", recipient=row["recipient"])
        + "\n\n"
        + "\n".join(f"> {line}" for line in row["text"].splitlines()),
        what_each_answer_does(QuestionKind.RESEND, None),
    ]
    return Wording(title, "\n\n".join(parts), f"{amount} → {row['recipient']}")
