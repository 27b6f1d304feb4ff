"""Facts of a message beside the ladder into bytes."""

from collections.abc import Sequence

from policies.beside import TO_OTHERS, BesideFacts, MessageKind
from storage.bundles import Copy
from storage.handing import Written
from tasks.beside_words import render_beside
from tasks.compose import Attachment, compose, domain_of
from tasks.letter_message import PDF
from tasks.plan_page import NAME, plan_page
from tasks.words_to_others import render_to_others
from tasks.write import CannotWrite, zipped

INSTEAD = "claim fewer invoices, or write it yourself with ./relance insurance claim-file"


def write_beside(facts: BesideFacts, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """The e-mail of `facts` to `recipient`, with copies of invoices where they were asked for, a plan as a page to keep, a claim's file."""
    to_others = facts.kind in TO_OTHERS
    rendered = render_to_others(facts) if to_others else render_beside(facts)
    sender = facts.creditor.email
    attached = [Attachment(copy.name, copy.media_type, copy.content) for copy in copies]
    if facts.kind is MessageKind.PLAN_AGREED:
        attached.append(Attachment(NAME, PDF, plan_page(facts, rendered)))
    if facts.file is not None:
        attached.append(zipped(facts.file, INSTEAD, recipient))
    domain = domain_of(sender)
    raw = compose(
        facts, rendered, sender=sender, recipient=recipient, domain=domain, attachments=attached,
        addressee=facts.contact_name if to_others else None,
    )  # fmt: skip
    if isinstance(raw, list):
        raise CannotWrite(" ".join(problem.reason for problem in raw))
    return Written(sender=sender, recipient=recipient, subject=rendered.subject, text=rendered.text, raw=raw)
