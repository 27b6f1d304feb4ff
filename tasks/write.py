"""Facts into bytes: the one place where a message gets its sender, its words and its form for a channel."""

from collections.abc import Sequence
from dataclasses import replace

from policies.claim_file import ClaimFile
from policies.message import MessageFacts, Rendered
from policies.problems import Problem
from policies.sms_letters import smart
from policies.stages import Channel
from storage.bundles import Copy
from storage.handing import Written
from tasks import render
from tasks.account_table import account_table
from tasks.claim_file import claim_files
from tasks.compose import Attachment, compose, domain_of, sink_sms
from tasks.court_sheet import court_sheet
from tasks.handover_file import MEDIA_TYPE, file_name, handover_file
from tasks.handover_folder import is_a_folder
from tasks.letter_message import printable, printed
from tasks.template_choice import NoWords
from tasks.template_source import BadTemplate
from tasks.typst_page import NotPrinted

MOST_ENCLOSED = 15_000_000
"""Bytes: most mail servers refuse messages above twenty-five megabytes, and base64 adds a third."""


class CannotWrite(ValueError):
    """A message cannot be put into bytes; the sentence says what a person must mend."""


def write(facts: MessageFacts, channel: Channel, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """The message of `facts` for `channel`: an e-mail or file as RFC 5322 bytes, an SMS as the sink will show it, a letter as PDF."""
    if channel is Channel.LETTER:
        return _letter(facts, recipient, copies)
    filed = _file_of(facts, recipient)
    if filed is not None:
        copies = ()
    facts = replace(facts, copies=tuple(one.name for one in ([filed] if filed else copies)))
    rendered = _rendered(facts)
    sender = facts.creditor.email
    domain = domain_of(sender)
    raw: bytes | list[Problem]
    if channel is Channel.SMS:
        if not rendered.sms:
            raise CannotWrite(f"The text “{facts.text or facts.stage.value}” has no short message (sms.txt).")
        text = smart(rendered.sms) if facts.creditor.sms_smart_encoding else rendered.sms
        raw = sink_sms(text, recipient, sender=sender, key=facts.key, written_at=facts.written_at, domain=domain)
    else:
        text = rendered.text
        attached = [Attachment(copy.name, copy.media_type, copy.content) for copy in copies]
        attached += [] if filed is None else [filed]
        attached += _enclosed(facts) if channel is Channel.HANDOVER else account_table(facts)
        raw = compose(
            facts, rendered, sender=sender, recipient=recipient, domain=domain, attachments=attached,
            addressee="" if channel is Channel.HANDOVER else None,
        )  # fmt: skip
    if isinstance(raw, list):
        raise CannotWrite(" ".join(problem.reason for problem in raw))
    return Written(sender=sender, recipient=recipient, subject=rendered.subject, text=text, raw=raw)


def _file_of(facts: MessageFacts, recipient: str) -> Attachment | None:
    """The ZIP that goes to an agency; None: there is none."""
    instead = "name fewer invoices, or give the agency a folder"
    return None if facts.file is None else zipped(facts.file, instead, recipient)


def zipped(file: ClaimFile, instead: str, recipient: str = "") -> Attachment:
    """The claim as a ZIP; CannotWrite where it is more than an e-mail carries, and goes into no folder."""
    try:
        content = handover_file(file)
    except NotPrinted as wrong:
        raise CannotWrite(str(wrong)) from wrong
    if len(content) > MOST_ENCLOSED and not is_a_folder(recipient):
        raise CannotWrite(f"The file is larger than an e-mail carries: {instead}.")
    return Attachment(file_name(file), MEDIA_TYPE, content)


def _enclosed(facts: MessageFacts) -> list[Attachment]:
    """What goes with a file handed over: for a court its facts sheet and the whole claim as a ZIP besides the table."""
    if facts.court is None:
        return claim_files(facts)
    whole = zipped(facts.court.file, "hand it over yourself, then ./relance court file")
    try:
        sheet = court_sheet(facts.court)
    except NotPrinted as wrong:
        raise CannotWrite(str(wrong)) from wrong
    return [*claim_files(facts), Attachment("court.pdf", "application/pdf", sheet), whole]


def _letter(facts: MessageFacts, recipient: str, copies: Sequence[Copy]) -> Written:
    behind = printable(copies)
    facts = replace(facts, copies=tuple(copy.name for copy in behind))
    rendered = _rendered(facts, on_paper=True)
    try:
        made = printed(facts, behind)
    except (NotPrinted, render.NotKnown) as wrong:
        raise CannotWrite(str(wrong)) from wrong
    sender = facts.creditor.email
    return Written(sender, recipient, rendered.subject, rendered.text, made.raw, made.pages)


def _rendered(facts: MessageFacts, *, on_paper: bool = False) -> Rendered:
    """The words, or CannotWrite with the sentence that says what is missing or broken: then nothing leaves."""
    try:
        return render.render(facts, on_paper=on_paper)
    except (BadTemplate, NoWords, render.NoDeadline, render.NotKnown) as missing:
        raise CannotWrite(str(missing)) from missing
