"""The seal of the day is written to the creditor once, and the creditor can check a file with that message."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any, cast

import pytest
from prefect.client.orchestration import PrefectClient

from flows.sealing import seal_the_day
from storage.seals import seals_of
from tasks.relay_connections import disconnect
from tests.storage.books import NOON, bill, do, invoice, open_cases, rows
from tests.tasks.smtp_servers import Mailbox, real_server

pytestmark = pytest.mark.usefixtures("database_url")
NOBODY = cast(PrefectClient, None)


@pytest.fixture(autouse=True)
async def no_connection_is_left() -> Any:
    """Kept connections end with the test."""
    yield
    await disconnect()


async def test_the_seal_is_e_mailed_once_a_day_to_the_creditor(monkeypatch: pytest.MonkeyPatch) -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await do("UPDATE creditor SET email = 'compta@us.example', name = 'Nous SA', live = true, staff_language = 'fr'")
    await do("INSERT INTO clock (mode, at) VALUES ('stepped', :at)", at=NOON)
    server = Mailbox()
    async with real_server(server) as port:
        monkeypatch.setenv("RELANCE_SMTP_URL", f"smtp://127.0.0.1:{port}?tls=none&timeout=2")
        for _ in range(2):
            await seal_the_day(NOBODY)
        await do("UPDATE clock SET at = :at", at=NOON + timedelta(days=1))
        await seal_the_day(NOBODY)  # nothing was written since: no second seal
    (seal,) = [one.seal for one in await seals_of(1)]
    ((_, _, mail),) = server.kept
    read = message_from_bytes(mail, policy=policy.default)
    body = read.get_body()
    assert body is not None
    assert (read["To"], read["Subject"]) == ("Nous SA <compta@us.example>", "Relance · sceau 1 du 2 mars 2026")
    assert f"Seal: {seal.hash}" in body.get_content()
    assert await rows("SELECT login, key, state FROM staff_message") == [("", "seal-1-1", "confirmed")]


async def test_a_manager_with_an_address_gets_it_instead() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await do("UPDATE creditor SET email = 'compta@us.example', manager = 'max', live = true")
    await do(
        "INSERT INTO person (login, name, email, language, role) VALUES ('max', 'Max', 'max@us.example', 'en', 'manager')"
    )
    await do("INSERT INTO clock (mode, at) VALUES ('stepped', :at)", at=NOON)
    await seal_the_day(NOBODY)
    assert await rows("SELECT login, recipient FROM staff_message") == [("max", "max@us.example")]
