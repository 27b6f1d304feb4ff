"""Whom to call: the order, the hours, what is agreed; and what calls came to."""

from datetime import UTC, date, datetime

import pytest

from storage import clock
from storage.call_deeds import Said, log_call
from storage.call_list import OutcomeCount, calls, outcomes
from tests.engine.staff import MARIE
from tests.storage.books import do, invoice, rows
from tests.storage.test_calls import CALLED, NOW, answered, ask, owed

pytestmark = pytest.mark.usefixtures("database_url")


async def test_a_call_stands_in_the_list_with_whom_when_and_why() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED), invoice("FA-2", "2026-02-05", 50_00, **CALLED))
    question = await ask()
    (one,) = await calls(NOW)
    assert (one.question, one.number, one.amount, one.days_late, one.may_now, one.next_at) == (
        question.id, "C1", 150_00, 57, True, NOW,
    )  # fmt: skip
    assert [(item.invoice, item.open) for item in one.items] == [("FA-1", 100_00), ("FA-2", 50_00)]
    assert [number.phone for number in one.numbers] == ["+33240112233"]
    assert (f"{one.local:%H:%M}", one.attempts, one.attempts_allowed) == ("10:00", 0, 3)
    assert one.why[0] == "57 days late."


async def test_only_what_waits_for_a_person_is_theirs() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, owner="marie", **CALLED))
    await ask()
    assert [one.number for one in await calls(NOW, "marie")] == ["C1"]
    assert await calls(NOW, "jean") == ()


@pytest.mark.parametrize(
    ("at", "next_at"),
    [
        ("2026-03-30T05:00", "2026-03-30T07:00"),
        ("2026-03-30T19:00", "2026-03-31T07:00"),
        ("2026-04-04T08:00", "2026-04-07T07:00"),
    ],
)
async def test_outside_hours_and_on_holidays_the_list_says_from_when_on_a_call_is_allowed(
    at: str, next_at: str
) -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    await ask()
    moment, opens = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (at, next_at))
    (one,) = await calls(moment)
    assert (one.may_now, one.next_at) == (False, opens)


async def test_who_did_not_answer_in_the_morning_is_proposed_for_the_afternoon() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    assert await answered(await ask(), "no_answer") is None
    wednesday = datetime(2026, 4, 1, 8, tzinfo=UTC)
    await clock.advance(wednesday)
    await ask(wednesday)
    (one,) = await calls(wednesday)
    assert (one.attempts, one.may_now, one.next_at) == (1, True, datetime(2026, 4, 1, 11, tzinfo=UTC))
    assert "1 call reached nobody." in one.why


async def test_a_call_agreed_on_the_telephone_is_in_the_list_on_its_day_until_it_is_made() -> None:
    await owed(invoice("FA-1", "2026-03-01", 100_00, phone="+33240112233"))
    said = Said("call_back", "2026-03-31 14:30", note="with the director", direction="in")
    assert not isinstance(await log_call("C1", "", said, MARIE, NOW), list)
    assert await calls(NOW) == ()
    morning, then = datetime(2026, 3, 31, 8, tzinfo=UTC), datetime(2026, 3, 31, 12, 30, tzinfo=UTC)
    (one,) = await calls(morning)
    assert (one.question, one.may_now, one.next_at, one.last_note) == (None, False, then, "with the director")
    (one,) = await calls(then)
    assert (one.may_now, one.why[0]) == (True, "A call at this time was agreed.")
    assert not isinstance(await log_call("C1", "", Said("refuses"), MARIE, then), list)
    assert await calls(then) == ()


async def test_a_broken_promise_comes_before_a_larger_amount() -> None:
    await owed(
        invoice("FA-1", "2026-02-01", 120_00, **CALLED),
        invoice("FB-1", "2026-02-02", 100_00, customer_number="C2", customer_name="Durand", **CALLED),
    )
    first = await ask()
    (case,) = (await rows("SELECT max(id) FROM cases"))[0]
    await do(
        "INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, lead_id, attempt, state, amount, asked_at) "
        "SELECT creditor_id, 2, currency, kind, stage, step, :case, 1, 'open', 10000, asked_at FROM question WHERE id = :id",
        case=case, id=first.id,
    )  # fmt: skip
    assert [one.number for one in await calls(NOW)] == ["C1", "C2"]
    await do(
        "INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner, word, ended_at, ended_by) VALUES "
        "(2, :case, 'promise', 'said so', '2026-03-01', '2026-03-10', 'marie', 'broken', '2026-03-12T08:00Z', 'money')",
        case=case,
    )
    found = await calls(NOW)
    assert [one.number for one in found] == ["C2", "C1"]
    assert "A promise was broken since the last talk." in found[0].why
    assert [(word.kind, word.word) for word in found[0].words] == [("promise", "broken")]


async def test_an_offer_nobody_took_up_is_no_broken_promise() -> None:
    await owed(invoice("FA-1", "2026-02-01", 120_00, **CALLED))
    await ask()
    await do(
        "INSERT INTO agreement (creditor_id, customer_id, kind, currency, state, amount, proposed_at, ended_how) "
        "SELECT creditor_id, id, 'settlement', 'EUR', 'ended', 10000, :at, 'lapsed' FROM customer",
        at=NOW,
    )
    await do(
        "INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner, agreement_id, word, ended_at, ended_by) "
        "SELECT c.customer_id, c.id, 'promise', 'said so', '2026-03-01', '2026-03-10', 'marie', a.id, 'broken', "
        "'2026-03-12T08:00Z', 'money' FROM cases c, agreement a"
    )
    (one,) = await calls(NOW)
    assert one.broken == 0
    assert "A promise was broken since the last talk." not in one.why


async def test_outcomes_are_counted_by_who_called() -> None:
    await owed(invoice("FA-1", "2026-03-01", 100_00))
    for outcome, direction in (("no_answer", "out"), ("voicemail", "out"), ("refuses", "in"), ("no_answer", "out")):
        assert not isinstance(await log_call("C1", "", Said(outcome, direction=direction), MARIE, NOW), list)
    assert await outcomes(date(2026, 3, 30), date(2026, 3, 30)) == (
        OutcomeCount("no_answer", "out", 2, 1),
        OutcomeCount("refuses", "in", 1, 1),
        OutcomeCount("voicemail", "out", 1, 1),
    )
    assert await outcomes(date(2026, 3, 31), date(2026, 4, 30)) == ()
