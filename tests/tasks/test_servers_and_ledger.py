"""What real mail servers do to a message, and the exact rows it leaves in the ledger."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.smtp import Envelope, Session

from policies.decisions import Act, Ask, Decision, Wait
from policies.questions import QuestionKind
from policies.stages import Channel
from storage import clock, collecting, handing, leases
from storage.clock import Mode
from storage.handing import Reserved
from tasks.hand_over import hand_over
from tasks.relay_connections import disconnect
from tasks.write import write
from tests.storage.books import bill, do, invoice, open_cases, rows
from tests.tasks.smtp_servers import (
    Mailbox,
    certificate,
    login,
    read_message,
    real_server,
    scripted_server,
    up_to_data,
)

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
BY_EMAIL = frozenset({Channel.EMAIL})
Row = tuple[int, str, bool]
"""An attempt: its number, how it ended, and whether for now."""


async def a_reminder_is_due() -> int:
    """A case with a courtesy reminder due on Tuesday, 3 March 2026; its number."""
    await bill(invoice("F1", "2026-02-27", 125_000))
    await do("UPDATE creditor SET live = true, email = 'compta@us.example', mentions = 'SIREN 552 100 554'")
    await clock.start(Mode.STEPPED, MORNING)
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    return int((await rows("SELECT id FROM cases"))[0][0])


async def wake_up(case: int, at: datetime) -> Decision:
    """One wake-up: what was decided, and carried out if it is an act."""
    await do("UPDATE clock SET at = :at", at=at)
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    found = await collecting.consider(case, lease.token, at, BY_EMAIL)
    if isinstance(found.decision, Act):
        reserved = await handing.prepare(case, lease.token, at, BY_EMAIL, write)
        assert isinstance(reserved, Reserved), reserved
        for message in reserved.messages:
            await hand_over.fn(message, case, str(lease.token), "")
    await leases.give_back(lease)
    return found.decision


async def attempts() -> list[Row]:
    return [tuple(row) for row in await rows("SELECT attempt, state, temporary FROM effect ORDER BY id")]  # type: ignore[misc]


async def messages() -> list[str]:
    return [row[0] for row in await rows("SELECT state FROM message ORDER BY id")]


@pytest.fixture(autouse=True)
async def no_connection_is_left() -> Any:
    """Kept connections end with the test."""
    yield
    await disconnect()


def relay(monkeypatch: pytest.MonkeyPatch, port: int, more: str = "tls=none&timeout=2", account: str = "") -> None:
    monkeypatch.setenv("RELANCE_SMTP_URL", f"smtp://{account}127.0.0.1:{port}?{more}")


@dataclass
class Greylist(Mailbox):
    """Answers 450 to a recipient it meets for the first time, and takes the message when it comes again."""

    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address not in self.seen:
            self.seen.add(address)
            return "450 4.2.0 Greylisted, try again in 60 seconds"
        return await super().handle_RCPT(server, session, envelope, address, options)


async def test_a_greylisted_message_is_tried_again_after_its_rest_and_arrives_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, server = await a_reminder_is_due(), Greylist()
    async with real_server(server) as port:
        relay(monkeypatch, port)
        await wake_up(case, MORNING)
        rests = await wake_up(case, MORNING + timedelta(seconds=30))
        assert isinstance(rests, Wait)
        assert rests.until == MORNING + timedelta(minutes=1)
        await wake_up(case, MORNING + timedelta(minutes=1))
        await wake_up(case, MORNING + timedelta(minutes=2))
    assert await attempts() == [(1, "refused", True), (2, "confirmed", False)]
    assert sorted(await messages()) == ["confirmed", "refused"]
    assert [recipients for _, recipients, _ in server.kept] == [["compta@dupont.example"]]
    assert await rows("SELECT step, how FROM step_done WHERE how = 'confirmed'") == [("courtesy_reminder", "confirmed")]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"rcpt": "451 4.3.0 later"}, (1, "refused", True)),
        ({"data": "452 4.3.1 disk full"}, (1, "refused", True)),
        ({"rcpt": "550 5.1.1 no such user"}, (1, "refused", False)),
        ({"data": "554 5.7.1 not wanted"}, (1, "refused", False)),
    ],
)
async def test_what_the_server_refuses_is_refused_in_its_words_and_no_step_is_done(
    monkeypatch: pytest.MonkeyPatch, answers: dict[str, str], state: Row
) -> None:
    case, server = await a_reminder_is_due(), Mailbox(**answers)
    async with real_server(server) as port:
        relay(monkeypatch, port)
        await wake_up(case, MORNING)
        after = await wake_up(case, MORNING)
    assert (await attempts(), await messages(), server.kept) == ([state], ["refused"], [])
    assert await rows("SELECT words FROM effect") == [(next(iter(answers.values())),)]
    assert await rows("SELECT count(*) FROM step_done WHERE how = 'confirmed'") == [(0,)]
    assert isinstance(after, Wait if state[2] else Ask)


async def _drops_after_data(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await up_to_data(reader, writer)
    await read_message(reader)
    writer.transport.abort()


async def test_after_data_without_an_answer_a_person_is_asked_and_it_is_never_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    met: list[int] = []

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(1)
        await _drops_after_data(reader, writer)

    case = await a_reminder_is_due()
    async with scripted_server(counted) as port:
        relay(monkeypatch, port, "tls=none&timeout=1")
        await wake_up(case, MORNING)
        later: Sequence[Decision] = [
            await wake_up(case, MORNING + timedelta(hours=hours)) for hours in (0, 1, 24, 24 * 30)
        ]
    assert (await attempts(), await messages(), len(met)) == ([(1, "ambiguous", False)], ["ambiguous"], 1)
    assert {one.question for one in later if isinstance(one, Ask)} == {QuestionKind.AMBIGUOUS}
    assert not any(isinstance(one, Act) for one in later)


async def test_a_slow_server_that_answers_in_the_end_has_taken_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of DATA may take ten times longer than any other answer."""

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await up_to_data(reader, writer)
        await read_message(reader)
        await asyncio.sleep(1.5)
        writer.write(b"250 2.0.0 taken at last\r\n")
        await reader.readline()

    case = await a_reminder_is_due()
    async with scripted_server(slow) as port:
        relay(monkeypatch, port, "tls=none&timeout=1")
        await wake_up(case, MORNING)
    assert (await attempts(), await messages()) == ([(1, "confirmed", False)], ["confirmed"])


async def test_over_tls_with_a_sign_in_three_customers_hear_over_one_connection(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await a_reminder_is_due()
    await bill(
        *(invoice(f"F{n}", "2026-02-27", 100 * n, customer_number=f"C{n}", email=f"c@c{n}.example") for n in (2, 3))
    )
    await open_cases(MORNING)
    server, (context, authority) = Mailbox(), certificate(tmp_path)
    async with real_server(server, tls_context=context, authenticator=login, auth_required=True) as port:
        relay(monkeypatch, port, f"tls=starttls&ca={authority}&timeout=5", "relance:s3cret%20word@")
        for (case,) in await rows("SELECT id FROM cases ORDER BY id"):
            await wake_up(case, MORNING)
    assert await attempts() == [(1, "confirmed", False)] * 3
    assert (server.met, sorted(recipients[0] for _, recipients, _ in server.kept)) == (
        1, ["c@c2.example", "c@c3.example", "compta@dupont.example"],
    )  # fmt: skip
