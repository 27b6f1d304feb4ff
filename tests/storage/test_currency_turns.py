"""Where a cap counts what a customer hears in every currency, which of them goes first is the same whichever run is faster."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from policies.message import MessageFacts
from policies.stages import Channel
from storage import handing, leases
from storage.bundles import Copy
from storage.handing import NotNow, Reserved, Written
from tests.storage.books import bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
BY_EMAIL = frozenset({Channel.EMAIL})
GIVES_WAY = NotNow("a message to the same customer in another currency leaves first", "soon")


def write(facts: MessageFacts, channel: Channel, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    return Written("compta@us.example", recipient, facts.currency, facts.currency, facts.currency.encode())


async def ready(number: str) -> Reserved | NotNow:
    """What the run of the invoice's case gets now, and nothing is kept of it."""
    case = (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE number = :n", n=number))[
        0
    ][0]
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    found = await handing.prepare(case, lease.token, MORNING, BY_EMAIL, write)
    await leases.give_back(lease)
    return found


async def two_currencies() -> None:
    """The courtesy reminder is due for both; the invoice in CHF is the older one."""
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    await bill(invoice("F1", "2026-02-27", 10_000), invoice("F2", "2026-02-26", 10_000, currency="CHF"))
    await open_cases(MORNING)
    await do("UPDATE cases SET next_at = :at", at=MORNING)


async def test_the_younger_invoice_in_another_currency_gives_way_and_the_older_one_leaves() -> None:
    await two_currencies()
    assert await ready("F1") == GIVES_WAY
    assert isinstance(await ready("F2"), Reserved)


async def test_the_harder_stage_goes_before_the_older_invoice() -> None:
    await two_currencies()
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT c.id, 'courtesy_reminder', "
        "'courtesy_reminder', '2026-02-10', 'confirmed' FROM cases c WHERE currency = 'EUR'"
    )
    await do("UPDATE invoice SET due = '2026-02-01' WHERE number = 'F1'")
    await do("UPDATE invoice SET due = '2026-01-31' WHERE number = 'F2'")
    assert await ready("F2") == GIVES_WAY
    assert isinstance(await ready("F1"), Reserved)


@pytest.mark.parametrize("moment", ["2026-03-03 10:00+00", "2026-03-03 08:00+00", None])
async def test_a_currency_nobody_looks_at_now_holds_nobody_up(moment: str | None) -> None:
    await two_currencies()
    await do(
        "UPDATE cases SET next_at = CAST(:at AS timestamptz) WHERE currency = 'CHF'",
        at=moment and datetime.fromisoformat(moment + ":00"),
    )
    assert isinstance(await ready("F1"), Reserved)
