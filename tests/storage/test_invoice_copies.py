"""A copy of an invoice is asked for once, and only where its file is stored."""

import pytest

from storage.correspondence import queue_invoice_copy
from storage.session import transaction
from tests.storage.books import NOON, bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")


async def a_case(document: bytes | None) -> int:
    await bill(invoice("F1", "2026-02-10", 10_000))
    await do(
        "UPDATE invoice SET document = :bytes, document_name = 'F1.pdf', document_type = 'application/pdf'",
        bytes=document,
    )
    await open_cases()
    return int((await rows("SELECT id FROM cases"))[0][0])


async def ask(case: int) -> bool:
    async with transaction() as connection:
        return await queue_invoice_copy(connection, case, "not_received", NOON)


async def test_a_copy_asked_for_twice_before_it_left_waits_once() -> None:
    case = await a_case(b"%PDF-1.7")
    assert [await ask(case), await ask(case)] == [True, True]
    assert await rows("SELECT kind, case_id, currency, why, state FROM correspondence") == [
        ("invoice_copy", case, "EUR", "not_received", "waiting")
    ]


async def test_without_a_stored_file_nobody_promises_a_copy() -> None:
    assert await ask(await a_case(None)) is False
    assert await rows("SELECT count(*) FROM correspondence") == [(0,)]
