"""Facts of a message beside the ladder into bytes."""

from collections.abc import Sequence

from policies.beside import TO_AGENCY, BesideFacts, MessageKind
from storage.bundles import Copy
from storage.handing import Written
from tasks.agency_words import render_to_agency
from tasks.beside_words import render_beside
from tasks.compose import Attachment, compose, domain_of
from tasks.letter_message import PDF
from tasks.plan_page import NAME, plan_page
from tasks.write import CannotWrite


def write_beside(facts: BesideFacts, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """The e-mail of `facts` to `recipient`, with copies of invoices where they were asked for, and a plan as a page to keep."""
    rendered = render_to_agency(facts) if facts.kind in TO_AGENCY else render_beside(facts)
    sender = facts.creditor.email
    attached = [Attachment(copy.name, copy.media_type, copy.content) for copy in copies]
    if facts.kind is MessageKind.PLAN_AGREED:
        attached.append(Attachment(NAME, PDF, plan_page(facts, rendered)))
    domain = domain_of(sender)
    raw = compose(facts, rendered, sender=sender, recipient=recipient, domain=domain, attachments=attached)
    if isinstance(raw, list):
        raise CannotWrite(" ".join(problem.reason for problem in raw))
    return Written(sender=sender, recipient=recipient, subject=rendered.subject, text=rendered.text, raw=raw)
