"""Going live: with some customers first, with few messages on the first days, and back to the sink at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from policies.case import EffectState
from policies.decisions import Reason, Wait
from policies.delivery import DeliveryKind
from policies.stages import Channel
from storage import collecting, deliveries, going_live, handing, leases, ledger
from storage.creditor import ensure_creditor, set_live
from storage.deliveries import Report
from storage.going_live import LiveState, go_live, live_states, take_off
from storage.handing import NotNow, Reserved
from storage.live_route import LONGEST_DAYS
from storage.session import transaction
from storage.undelivered import not_delivered
from tests.storage.books import bill, do, invoice, open_cases, refused, rows
from tests.storage.test_ledger import write

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
MAIL = frozenset({Channel.EMAIL})


async def debtors(many: int) -> dict[int, UUID]:
    """Customers C1, C2… with one late invoice each; their cases with the leases on them."""
    await bill(
        *(
            invoice(f"F{one}", "2026-02-10", 10_000 * one, customer_number=f"C{one}", customer_name=f"Dupont {one}")
            for one in range(1, many + 1)
        )
    )
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    held: dict[int, UUID] = {}
    for (case,) in await rows("SELECT id FROM cases ORDER BY id"):
        lease = await leases.take(7, f"case:{case}", case, uuid4())
        assert lease is not None
        held[case] = lease.token
    return held


async def switch_on(*only: str, first_day: int = 50, at: datetime = MORNING) -> tuple[str, ...]:
    creditor = await ensure_creditor()
    done = await go_live(creditor.id, only, first_day, "marie", at, "ab12")
    assert isinstance(done, tuple), done
    return done


async def reserve(case: int, token: UUID, at: datetime = MORNING) -> int | NotNow:
    done = await handing.prepare(case, token, at, MAIL, write)
    return done.messages[0] if isinstance(done, Reserved) else done


async def send(case: int, token: UUID, at: datetime = MORNING) -> None:
    message = await reserve(case, token, at)
    assert isinstance(message, int), message
    assert await ledger.begin_handing_over(message, token, at)
    await ledger.settle(message, EffectState.CONFIRMED, "250 Ok", at, sender=case)


async def routes() -> list[tuple[str, str, str]]:
    """Customer, route and state of every message."""
    found = await rows(
        "SELECT d.number, m.route, m.state FROM message m JOIN customer d ON d.id = m.customer_id ORDER BY m.id"
    )
    return [(number, route, state) for number, route, state in found]


async def state() -> LiveState:
    return (await live_states(MORNING))[0]


async def test_only_named_customers_hear_and_everything_else_stays_in_the_sink() -> None:
    cases = await debtors(3)
    assert await switch_on("C1") == ("C1",)
    assert await switch_on("C3") == ("C1", "C3")
    for case, token in cases.items():
        await send(case, token)
    assert await routes() == [("C1", "live", "confirmed"), ("C2", "sink", "confirmed"), ("C3", "live", "confirmed")]
    found = await rows("SELECT route FROM effect ORDER BY id")
    assert found == [("live",), ("sink",), ("live",)]


async def test_without_a_list_everybody_hears_and_a_list_begins_anew_after_off() -> None:
    await debtors(2)
    creditor = await ensure_creditor()
    await switch_on("C1")
    assert await switch_on() == ()
    assert (await state()).limited is False
    assert await set_live(creditor.id, False, "marie", MORNING)
    assert await switch_on("C2") == ("C2",)
    assert await rows("SELECT kind, facts - 'actor' FROM journal WHERE chain = 'creditor:1' ORDER BY place") == [
        ("live_on", {"only": ["C1"], "first_day": 50, "test": "ab12"}),
        ("live_on", {"only": [], "first_day": 50, "test": "ab12"}),
        ("live_off", {}),
        ("live_on", {"only": ["C2"], "first_day": 50, "test": "ab12"}),
    ]


async def test_a_customer_nobody_knows_changes_nothing() -> None:
    await debtors(1)
    creditor = await ensure_creditor()
    assert refused(await go_live(creditor.id, ["C1", "C9"], 50, "marie", MORNING, "ab12")) == [
        "There is no customer “C9”."
    ]
    assert (await state()).live is False
    assert refused(await going_live.strangers(creditor.id, ["C9"])) == ["There is no customer “C9”."]


async def test_a_customer_taken_off_the_list_after_reserving_hears_nothing() -> None:
    [(case, token)] = (await debtors(1)).items()
    creditor = await ensure_creditor()
    await switch_on("C1")
    message = await reserve(case, token)
    assert isinstance(message, int)
    assert await take_off(creditor.id, ["C1"], "marie", MORNING) == []
    assert not await ledger.begin_handing_over(message, token, MORNING)
    assert await routes() == [("C1", "live", "voided")]
    await send(case, token)
    assert (await routes())[1:] == [("C1", "sink", "confirmed")]


async def test_the_list_alone_decides_when_handing_over_even_if_no_version_was_raised() -> None:
    [(case, token)] = (await debtors(1)).items()
    await switch_on("C1")
    message = await reserve(case, token)
    assert isinstance(message, int)
    await do("UPDATE customer SET live = false")
    assert not await ledger.begin_handing_over(message, token, MORNING)


async def test_live_off_stops_what_is_reserved_at_once() -> None:
    [(case, token)] = (await debtors(1)).items()
    creditor = await ensure_creditor()
    await switch_on()
    message = await reserve(case, token)
    assert isinstance(message, int)
    await set_live(creditor.id, False, "marie", MORNING)
    assert not await ledger.begin_handing_over(message, token, MORNING)
    assert await routes() == [("C1", "live", "voided")]


async def test_what_was_reserved_for_the_sink_does_not_leave_in_earnest_after_the_switch() -> None:
    [(case, token)] = (await debtors(1)).items()
    message = await reserve(case, token)
    assert isinstance(message, int)
    await switch_on()
    assert not await ledger.begin_handing_over(message, token, MORNING)


async def test_the_first_day_holds_so_many_messages_and_the_rest_waits_for_the_next() -> None:
    cases = await debtors(4)
    await switch_on(first_day=2)
    (one, first), (two, second), (three, third), _ = cases.items()
    await send(one, first)
    assert isinstance(await reserve(two, second), int)
    assert await reserve(three, third) == NotNow("the decision changed", "at_once")
    found = await collecting.consider(three, third, MORNING, MAIL)
    assert isinstance(found.decision, Wait)
    assert (found.decision.because.code, found.decision.until) == (
        Reason.FIRST_DAYS,
        datetime(2026, 3, 4, 8, tzinfo=UTC),
    )
    assert await state() == LiveState(1, "My company", True, (), False, 2, 0)


async def test_each_day_on_which_something_left_doubles_the_room() -> None:
    cases = await debtors(6)
    await switch_on(first_day=1)
    days = [MORNING + timedelta(days=day) for day in (0, 1, 6)]
    room = []
    waiting = list(cases.items())
    for day in days:
        left = (await live_states(day))[0].left_today
        assert left is not None
        room.append(left)
        for case, token in waiting[:left]:
            await send(case, token, day)
        waiting = waiting[left:]
    assert room == [1, 2, 4]
    assert (await live_states(MORNING + timedelta(days=LONGEST_DAYS, minutes=1)))[0].most_today is None


async def test_a_refused_or_voided_message_takes_no_room() -> None:
    [(case, token)] = (await debtors(1)).items()
    await switch_on(first_day=1)
    message = await reserve(case, token)
    assert isinstance(message, int)
    assert (await state()).left_today == 0
    await ledger.drop(message, "a test", MORNING)
    assert (await state()).left_today == 1


async def test_what_bounced_after_it_had_left_makes_no_room_for_more() -> None:
    [(case, token)] = (await debtors(1)).items()
    await switch_on(first_day=1)
    await send(case, token)
    message = (await rows("SELECT id FROM message"))[0][0]
    async with transaction() as connection:
        await deliveries.note(connection, message, Report(DeliveryKind.DEAD_ADDRESS, MORNING, "report 1"))
        assert await not_delivered(connection, message, "no such mailbox", MORNING, for_good=True)
    assert (await state()).left_today == 0


async def test_runs_that_wake_together_never_take_more_than_the_room_there_is() -> None:
    cases = await debtors(8)
    await switch_on(first_day=3)
    done = await asyncio.gather(*(reserve(case, token) for case, token in cases.items()))
    assert sum(isinstance(one, int) for one in done) == 3
    assert len(await routes()) == 3


async def test_messages_to_the_sink_take_no_room() -> None:
    cases = await debtors(2)
    await switch_on("C2", first_day=1)
    for case, token in cases.items():
        await send(case, token)
    assert await routes() == [("C1", "sink", "confirmed"), ("C2", "live", "confirmed")]
