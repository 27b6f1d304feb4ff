"""How often a debtor hears from us: caps of the ladder and of the law, over all its invoices. The stricter one counts.

Three separate questions. *May we contact?* asks the caps, and the rest after a conversation; a message the law itself
asks for (a formal notice, a free first reminder) may always leave. *Do we count it?* Every message and call counts,
those the law asks for as well; a file handed to somebody else is no contact. *Do we show it?* What addressed the debtor
is shown to the debtor; what was handed to somebody else is shown to staff alone.
"""

from collections.abc import Iterable
from datetime import date

from policies.calendar_days import days_after
from policies.case import Case, Contact
from policies.decisions import Because, Reason
from policies.free_reminder import is_free_reminder
from policies.ladder import Ladder, Step
from policies.law.contact_rules import Cap
from policies.stages import Channel, Stage

Wait = tuple[date, Because]
"""The first day on which the debtor may be contacted, and why not before."""


def may_contact(case: Case, ladder: Ladder, step: Step, channel: Channel, today: date) -> Wait | None:
    """The wait before the step may contact the debtor by `channel`; None: it may today."""
    return None if is_owed_by_law(step) else first_day(case, ladder, channel, case.contacts, today)


def first_day(case: Case, ladder: Ladder, channel: Channel, contacts: tuple[Contact, ...], today: date) -> Wait | None:
    """The wait any contact by `channel` must keep after these `contacts`; None: none.

    In any `days` consecutive days there are at most `most` contacts: one made today is the last of such a run.
    """
    if not contacts or not is_counted(channel):
        return None
    waits = [_conversation(case, channel), *(_cap(contacts, cap, channel, today) for cap in caps(case, ladder))]
    later = [wait for wait in waits if wait is not None and wait[0] > today]
    return max(later, key=lambda wait: wait[0], default=None)


def is_counted(channel: Channel) -> bool:
    """Whether an act by `channel` counts as a contact, whoever asked for it."""
    return channel is not Channel.HANDOVER


def is_owed_by_law(step: Step) -> bool:
    """Whether the law asks for the message, or makes a right depend on it: no cap holds it up."""
    return step.stage is Stage.FORMAL_NOTICE or is_free_reminder(step)


def caps(case: Case, ladder: Ladder) -> Iterable[Cap]:
    """The caps on contacts with the debtor: those of the ladder and those of the law."""
    contact = None if case.law is None else case.law.contact
    return ladder.caps if contact is None else (*ladder.caps, *contact.caps)


def _cap(contacts: tuple[Contact, ...], cap: Cap, channel: Channel, today: date) -> Wait | None:
    """The day on which the run of `days` days before it has room for one more."""
    if channel not in cap.channels:
        return None
    ours = (one for one in contacts if one.ours and one.channel in cap.channels)
    recent = sorted(one.on for one in ours if days_after(one.on, cap.days) > today)
    if len(recent) < cap.most:
        return None
    leaves = recent[len(recent) - cap.most]
    by = ", ".join(sorted(channel.value for channel in cap.channels))
    facts = (("most", str(cap.most)), ("days", str(cap.days)), ("channels", by))
    return days_after(leaves, cap.days), Because(Reason.CONTACT_BUDGET, facts)


def _conversation(case: Case, channel: Channel) -> Wait | None:
    """After a conversation nobody calls for some days, that of the conversation being the first (12 CFR 1006.14(b))."""
    contact = None if case.law is None else case.law.contact
    if contact is None or channel is not Channel.CALL or not contact.rest_after_conversation:
        return None
    last = max((one.on for one in case.contacts if one.conversation), default=None)
    if last is None:
        return None
    facts = (("spoken", last.isoformat()), ("days", str(contact.rest_after_conversation)))
    return days_after(last, contact.rest_after_conversation), Because(Reason.AFTER_CONVERSATION, facts)
