"""Who gets a digest, when, and what stands in it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from storage.creditor import ensure_creditor
from storage.digest import Digest, digest
from storage.digests import due, next_due, readers, sent
from tests.storage.books import bank, bill, do, invoice, line, open_cases
from tests.storage.test_calls import CALLED, ask, owed

pytestmark = pytest.mark.usefixtures("database_url")

THURSDAY = datetime(2026, 11, 26, 6, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 6, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)


async def marie(**more: Any) -> None:
    await ensure_creditor()
    row = {"login": "marie", "email": "marie@us.example", "role": "agent", "language": "fr"} | more
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    await do(f"INSERT INTO person ({columns}) VALUES ({values})", **row)


async def asked(kind: str, todo: str, at: datetime, **more: Any) -> None:
    row = {
        "kind": kind,
        "todo": todo,
        "asked_at": at,
        "title": f"{kind} of {todo}",
        "stage": "",
        "state": "open",
    } | more
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    await do(f"INSERT INTO question (creditor_id, {columns}) SELECT id, {values} FROM creditor", **row)


async def of(login: str, at: datetime = FRIDAY) -> Digest:
    day = await due(at)
    assert day is not None
    [reader] = [one for one in await readers(day.on) if one.login == login]
    return await digest(reader, day, at)


async def test_it_is_due_once_on_each_working_day() -> None:
    await marie()
    assert await due(datetime(2026, 11, 27, 5, 59, tzinfo=UTC)) is None
    day = await due(FRIDAY)
    assert day is not None
    assert (day.on, day.since) == (date(2026, 11, 27), THURSDAY)
    await sent(FRIDAY)
    assert await due(FRIDAY) is None
    assert await due(datetime(2026, 11, 28, 12, tzinfo=UTC)) is None
    assert await next_due(FRIDAY) == MONDAY
    after = await due(MONDAY)
    assert after is not None
    assert (after.on, after.since) == (date(2026, 11, 30), FRIDAY)


async def test_nobody_gets_one_who_does_not_want_it_is_away_has_left_or_has_no_address() -> None:
    await marie()
    await marie(login="none", email="")
    await marie(login="off", digest=False)
    await marie(login="left", disabled_at=THURSDAY)
    await marie(login="away", absent_from=date(2026, 11, 20), absent_until=date(2026, 11, 27))
    await marie(login="back", absent_from=date(2026, 11, 20), absent_until=date(2026, 11, 26))
    assert [one.login for one in await readers(date(2026, 11, 27))] == ["marie", "back"]


async def test_where_nobody_wants_one_time_does_not_stop_for_it() -> None:
    await marie(digest=False)
    assert (await due(FRIDAY), await next_due(FRIDAY)) == (None, None)
    await do("UPDATE person SET digest = true")
    await do("UPDATE creditor SET digest_hour = NULL")
    assert (await due(FRIDAY), await next_due(FRIDAY)) == (None, None)


async def test_what_waits_stands_with_the_late_first_then_by_its_deadline() -> None:
    await marie()
    old, new = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 26, 9, tzinfo=UTC)
    await asked("match", "marie", old, due_at=datetime(2026, 12, 3, 15, tzinfo=UTC))
    await asked("approve", "marie", new, due_at=datetime(2026, 12, 1, 15, tzinfo=UTC))
    await asked("reply", "marie", old, waited="reminded", due_at=datetime(2026, 12, 9, 15, tzinfo=UTC))
    await asked("credit", "paul", new)
    await asked("data_review", "", new)
    await asked("letters", "marie", new, state="answered", ended_at=FRIDAY)
    found = await of("marie")
    assert [(one.kind, one.new, one.late) for one in found.questions] == [
        ("reply", False, True), ("approve", True, False), ("match", False, False),
    ]  # fmt: skip
    assert (found.waiting, found.new, found.late, found.calling, found.anyones) == (3, 1, 1, 0, 1)
    assert found.says_something


async def test_a_question_that_was_asked_anew_is_not_new() -> None:
    await marie()
    await asked("approve", "marie", datetime(2026, 11, 26, 12, tzinfo=UTC), since=datetime(2026, 11, 10, 9, tzinfo=UTC))
    assert [one.new for one in (await of("marie")).questions] == [False]


async def test_money_and_letters_of_ones_own_customers_are_news_and_others_are_not() -> None:
    await marie()
    await marie(login="paul")
    await marie(login="anne", absent_from=date(2026, 11, 20), absent_until=date(2026, 12, 4))
    await bill(
        invoice("F1", "2026-11-10", 125_000, owner="marie"),
        invoice("F2", "2026-11-10", 40_000, customer_number="C2", customer_name="Other SAS", owner="anne"),
        at=THURSDAY,
    )
    await do("UPDATE customer SET backup = 'marie' WHERE number = 'C2'")
    await open_cases(THURSDAY)
    later = datetime(2026, 11, 26, 15, tzinfo=UTC)
    await bank(line("F1", 5_000, "2026-11-26"), line("F2", 40_000, "2026-11-26"), at=later)
    await do(
        "INSERT INTO incoming_message (creditor_id, customer_id, channel, provider_ref, raw, kind, received_at) "
        "SELECT creditor_id, id, 'email', 'x', '', 'reply', :at FROM customer WHERE number = 'C1'",
        at=later,
    )
    found = await of("marie")
    assert [(one.kind, one.customer_number, one.invoice, one.amount) for one in found.news] == [
        ("paid", "C1", "F1", 5_000), ("paid", "C2", "F2", 40_000), ("reply", "C1", "", 0),
    ]  # fmt: skip
    assert not (await of("paul")).says_something
    await sent(FRIDAY)
    assert not (await of("marie", MONDAY)).says_something


async def test_a_call_stands_in_the_digest_of_the_day_on_which_it_may_be_made() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, owner="marie", **CALLED))
    await marie()
    await ask()
    monday = datetime(2026, 3, 30, 5, 30, tzinfo=UTC)
    found = await of("marie", monday)
    assert [(one.customer_name, one.amount, one.at, one.agreed) for one in found.calls] == [
        ("Dupont SARL", 100_00, datetime(2026, 3, 30, 7, tzinfo=UTC), False)
    ]
    assert (found.waiting, found.calling) == (0, 1)
