"""A case whose reminder goes by SMS, and a Twilio of our own to which it leaves."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from policies.stages import Channel
from storage import clock, handing, leases
from storage.handing import Reserved
from tasks.hand_over import hand_over
from tasks.write import write
from tests.storage.books import bill, do, invoice, open_cases, rows
from tests.tasks.twilio_server import OURS, SID, TOKEN, Twilio

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
MOBILE = "+33612345678"
BOTH = frozenset({Channel.EMAIL, Channel.SMS})


@dataclass(frozen=True)
class Reminder:
    """A case at its second reminder, the e-mail of which has left; the SMS besides is reserved."""

    case: int
    token: UUID
    sms: int

    async def leave(self) -> str:
        """The SMS is handed over; answers how that ended."""
        return str(await hand_over.fn(self.sms, self.case, str(self.token), "SMS"))


def talk_to(server: Twilio, patch: pytest.MonkeyPatch, sender: str = OURS) -> None:
    """From now on SMS leave to this server."""
    values = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "RELANCE_TWILIO_FROM": sender}
    for name, value in (values | {"RELANCE_TWILIO_URL": server.url}).items():
        patch.setenv(name, value)


async def a_reminder(phone: str = MOBILE, number: str = "F1", customer: str = "C1") -> Reminder:
    """A live reminder to this telephone, on the third of March."""
    await clock.start(clock.Mode.STEPPED, MORNING)
    await bill(
        invoice(number, "2026-02-10", 10_000, phone=phone, customer_number=customer, email=f"{customer}@dupont.example")
    )
    await do(
        "UPDATE creditor SET live = true, name = 'Martin SAS', email = 'compta@us.example', phone = '+33 1 23 45 67 89'"
    )
    await open_cases(MORNING)
    case = (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=number))[
        0
    ][0]
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:case, 'courtesy_reminder', 'courtesy_reminder', '2026-02-13', 'confirmed')",
        case=case,
    )
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test') ON CONFLICT DO NOTHING")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    reserved = await handing.prepare(case, lease.token, MORNING, BOTH, write)
    assert isinstance(reserved, Reserved)
    return Reminder(case, lease.token, reserved.messages[1])


async def sms_of(reminder: Reminder) -> tuple[str, bool, str]:
    """State, whether another attempt may succeed, and the words, of the SMS."""
    found = await rows(
        "SELECT m.state, e.temporary, m.words FROM message m JOIN effect e ON e.message_id = m.id WHERE m.id = :id",
        id=reminder.sms,
    )
    return (found[0][0], found[0][1], found[0][2])
