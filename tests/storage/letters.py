"""A case whose second reminder goes by letter, and what a person says about it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from policies.problems import Problem
from policies.stages import Channel
from storage import handing, leases, ledger
from storage.handing import Reserved
from storage.letter_outcomes import Told
from storage.letter_posted import Posted
from tasks.write import write
from tests.storage.books import bill, do, invoice, open_cases, rows

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 3)
NEXT_DAY = datetime(2026, 3, 4, 15, tzinfo=UTC)
EVERY = frozenset(Channel)
CREDITOR = (
    "UPDATE creditor SET live = true, letters = 'queue', email = 'compta@us.example', country = 'FR', "
    "mentions = 'SARL au capital de 10 000 euros, SIREN 123 456 789, RCS Paris', address = '12 rue des Lilas\n75011 Paris', "
    "iban = 'FR7630006000011234567890189', letter_cost = 149, registered_cost = 583"
)
ADDRESS = "14 quai du Port\n69002 Lyon"


async def customers_at_second_reminder(*invoices: str, step: str = "courtesy_reminder") -> list[int]:
    """Cases of C1, reachable by letter alone, whose `step` is done; their numbers."""
    await bill(*(invoice(number, "2026-02-10", 10_000, email="") for number in invoices or ("F1",)))
    await do(CREDITOR)
    await do("UPDATE contact SET postal = :address, email = ''", address=ADDRESS)
    await open_cases(MORNING)
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT id, :step, :step, '2026-02-13', 'confirmed' FROM cases",
        step=step,
    )
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    return [row[0] for row in await rows("SELECT id FROM cases ORDER BY id")]


async def leased(case: int) -> UUID:
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    return lease.token


async def reserved(case: int, token: UUID, at: datetime = MORNING) -> int:
    found = await handing.prepare(case, token, at, EVERY, write)
    assert isinstance(found, Reserved), found
    return found.messages[0]


async def handed_over(case: int, at: datetime = MORNING) -> int:
    """Begin handing the letter of a case over; its lease is still held."""
    token = await leased(case)
    message = await reserved(case, token, at)
    assert await ledger.begin_handing_over(message, token, at)
    return message


async def effects() -> list[tuple[str, str]]:
    return [(channel, state) for channel, state in await rows("SELECT channel, state FROM effect ORDER BY id")]


async def postings() -> list[str]:
    found = await rows("SELECT id, withdrawn_at IS NOT NULL, posted_on, outcome FROM posting ORDER BY id")
    return [
        f"L{id} {outcome or (f'posted {on}' if on else 'withdrawn' if gone else 'to post')}"
        for id, gone, on, outcome in found
    ]


def sentences(ended: Posted | Told | list[Problem]) -> Sequence[str]:
    return [one.reason for one in ended] if isinstance(ended, list) else [ended.words]
