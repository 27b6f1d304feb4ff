"""What is wrong and cheap to see: counts that stand on the desk's home page while they are not zero."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from storage import mailboxes
from storage.bank_positions import Account, accounts
from storage.bulk import rows_of
from storage.mailboxes import MailboxState
from storage.session import reading
from storage.status import LastImport
from storage.unchosen import Unchosen, unchosen


@dataclass(frozen=True, slots=True)
class Troubles:
    """Counts of what a person should look at; nothing is wrong where all are zero."""

    in_trouble: int
    """Open cases whose last wake-up failed."""
    ambiguous: int
    """Messages that may or may not have left."""
    unmatched: int
    """Bank lines without an invoice."""
    unread: int
    """Messages that came in and that nobody has dealt with."""
    dead: int
    """Customers with open cases and no e-mail address that works."""
    due_to_wake: int
    """Open cases whose time was more than an hour ago: nothing seems to run."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A case whose last wake-up failed, with the sentence."""

    case: int
    invoice: str
    customer_name: str
    problem: str


@dataclass(frozen=True, slots=True)
class Sources:
    """How fresh what we know is: the last file of each kind, every bank account, every mailbox."""

    imports: tuple[LastImport, ...]
    accounts: tuple[Account, ...]
    mailboxes: tuple[MailboxState, ...]
    bank_max_age: int | None


_COUNTS = text(
    """
    SELECT (SELECT count(*) FROM cases WHERE failures > 0 AND closed_at IS NULL) AS in_trouble,
           (SELECT count(*) FROM message WHERE state = 'ambiguous') AS ambiguous,
           (SELECT count(*) FROM payment p WHERE p.amount <> p.allocated AND NOT p.is_pending AND NOT p.is_replaced
             AND NOT EXISTS (SELECT FROM line_match m WHERE m.payment_id = p.id AND m.aside)) AS unmatched,
           (SELECT count(*) FROM incoming_message WHERE read_at IS NULL) AS unread,
           (SELECT count(*) FROM contact k WHERE k.role = 'accounts' AND k.email_dead_at IS NOT NULL
             AND EXISTS (SELECT FROM cases c WHERE c.customer_id = k.customer_id AND c.closed_at IS NULL)) AS dead,
           (SELECT count(*) FROM cases c WHERE c.closed_at IS NULL
             AND least(c.next_at, c.wake_at) < CAST(:at AS timestamptz) - interval '1 hour') AS due_to_wake
    """
)
_BROKEN = text(
    """
    SELECT c.id AS case, i.number AS invoice, d.name AS customer_name, c.problem
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    WHERE c.failures > 0 AND c.closed_at IS NULL ORDER BY c.failures DESC, c.id LIMIT 10
    """
)
_IMPORTS = text("SELECT DISTINCT ON (kind) kind, source, position_on, recorded_at FROM import ORDER BY kind, id DESC")
_MAX_AGE = text("SELECT bank_max_age FROM creditor ORDER BY id LIMIT 1")


async def troubles(at: datetime) -> tuple[Troubles, tuple[Broken, ...], tuple[Unchosen, ...]]:
    """What is wrong at `at`: the counts, the cases in trouble, and late invoices nobody collects, with why."""
    async with reading() as connection:
        counts = Troubles(**(await rows_of(connection, _COUNTS, {"at": at}))[0])
        broken = tuple(Broken(**row) for row in await rows_of(connection, _BROKEN, {})) if counts.in_trouble else ()
    return counts, broken, await unchosen(at)


async def sources(at: datetime) -> Sources:
    """How fresh the files, the bank accounts and the mailboxes are at `at`."""
    async with reading() as connection:
        imports = tuple(LastImport(**row) for row in await rows_of(connection, _IMPORTS, {}))
        oldest: int | None = await connection.scalar(_MAX_AGE)
    return Sources(imports, await accounts(at), await mailboxes.states(), oldest)


def days_old(one: LastImport, today: date) -> int:
    """How many days ago the position of the file was."""
    return (today - one.position_on).days
