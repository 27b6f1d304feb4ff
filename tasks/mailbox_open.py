"""A mailbox opened, whatever kind it is."""

from datetime import date

from tasks.mailbox import ImapBox, Maildir
from tasks.mailbox_imap import OpenImap
from tasks.mailbox_letters import OpenMailbox
from tasks.mailbox_maildir import OpenMaildir


def open_mailbox(place: ImapBox | Maildir, since: date) -> OpenMailbox:
    """The mailbox in use; raises `MailboxTrouble`. What a server holds from before `since` is nothing to us."""
    return OpenMaildir(place) if isinstance(place, Maildir) else OpenImap(place, since)


def waiting_in(place: ImapBox | Maildir, since: date) -> int:
    """How many messages wait to be read; raises `MailboxTrouble`."""
    opened = open_mailbox(place, since)
    try:
        return len(opened.new())
    finally:
        opened.close()
