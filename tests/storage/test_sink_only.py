"""What only the local sink had reached nobody: a customer who hears from now on is begun with where nobody was reached."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from policies.case import EffectState
from policies.decisions import Act
from storage import collecting, creditor, ledger
from storage.going_live import take_off
from tests.storage.books import do, rows
from tests.storage.test_going_live import MAIL, MORNING, debtors, reserve, send, switch_on

pytestmark = pytest.mark.usefixtures("database_url")

SECOND = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
"""Two weeks after the courtesy reminder of MORNING: the second reminder may leave."""
LATER = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)


async def next_step(case: int, token: UUID, at: datetime) -> str:
    """The step the case would take at `at`."""
    decision = (await collecting.consider(case, token, at, MAIL)).decision
    return decision.step.id if isinstance(decision, Act) else type(decision).__name__


async def done(case: int) -> list[tuple[str, str]]:
    """Steps behind the case in the climb under way, with how."""
    found = await rows(
        "SELECT s.step, s.how FROM step_done s JOIN cases c ON c.id = s.case_id AND s.occurrence > c.occurrences_before "
        f"WHERE c.id = {case} AND s.how <> 'lapsed' ORDER BY s.id"
    )
    return [(step, how) for step, how in found]


async def journalled(case: int) -> list[str]:
    return [kind for (kind,) in await rows(f"SELECT kind FROM journal WHERE chain = 'case:{case}' ORDER BY place")]


async def test_a_reminder_only_the_sink_had_is_sent_in_earnest_and_nothing_harder_takes_its_place() -> None:
    (case, token), *_ = (await debtors(1)).items()
    await send(case, token)
    assert await next_step(case, token, SECOND) == "second_reminder"
    await switch_on(at=SECOND)
    assert await done(case) == []
    assert await next_step(case, token, SECOND) == "courtesy_reminder"
    await send(case, token, SECOND)
    assert await done(case) == [("courtesy_reminder", "confirmed")]
    assert await rows("SELECT route, state FROM message ORDER BY id") == [("sink", "confirmed"), ("live", "confirmed")]
    assert await next_step(case, token, SECOND) == "Wait"


async def test_only_those_who_now_hear_are_begun_again_the_others_when_the_list_is_lifted() -> None:
    cases = await debtors(2)
    for case, token in cases.items():
        await send(case, token)
    first, second = cases
    await switch_on("C1", at=SECOND)
    assert (await done(first), await done(second)) == ([], [("courtesy_reminder", "confirmed")])
    await switch_on(at=SECOND)
    assert await done(second) == []


async def test_what_reached_the_customer_stays_and_only_what_came_after_it_is_sent_again() -> None:
    (case, token), *_ = (await debtors(1)).items()
    await switch_on("C1")
    await send(case, token)
    creditor_id = (await creditor.ensure_creditor()).id
    assert await take_off(creditor_id, ["C1"], "marie", MORNING) == []
    await send(case, token, SECOND)
    assert await done(case) == [("courtesy_reminder", "confirmed"), ("second_reminder", "confirmed")]
    await switch_on("C1", at=LATER)
    assert await done(case) == [("courtesy_reminder", "confirmed")]
    assert await next_step(case, token, LATER) == "second_reminder"


async def test_what_was_done_before_us_stays_done_and_keeps_everything_gentler_behind() -> None:
    (case, token), *_ = (await debtors(1)).items()
    await send(case, token)
    await do(
        f"INSERT INTO step_done (case_id, step, stage, done_on, how) "
        f"VALUES ({case}, 'second_reminder', 'second_reminder', '2026-03-05', 'elsewhere')"
    )
    await switch_on(at=SECOND)
    assert await done(case) == [("courtesy_reminder", "confirmed"), ("second_reminder", "elsewhere")]


async def test_a_message_on_its_way_to_the_sink_does_not_count_when_the_customer_hears_from_then_on() -> None:
    (case, token), *_ = (await debtors(1)).items()
    message = await reserve(case, token)
    assert isinstance(message, int)
    assert await ledger.begin_handing_over(message, token, MORNING)
    await switch_on()
    await ledger.settle(message, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
    assert await done(case) == []
    assert await next_step(case, token, SECOND) == "courtesy_reminder"


async def test_switching_live_on_again_begins_nothing_again() -> None:
    (case, token), *_ = (await debtors(1)).items()
    await switch_on()
    await send(case, token)
    await switch_on(at=SECOND)
    assert await done(case) == [("courtesy_reminder", "confirmed")]
    assert "begun_again" not in await journalled(case)
