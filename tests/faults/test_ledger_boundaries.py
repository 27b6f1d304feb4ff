"""kill -9 of the dispatcher at every boundary of the ledger (design 4.3), and what its successor makes of it."""

from functools import partial

import pytest

from storage import clock
from tests.engine.world import World, at
from tests.faults.agent import answer_everything
from tests.faults.books import disagreements
from tests.faults.outside import Outside, until
from tests.faults.post import held_sink, silent_port
from tests.faults.warm import WarmDispatchers

CASE_ROWS = "SELECT id FROM cases FOR UPDATE"


@pytest.fixture
def two_customers(world: World) -> World:
    """Dupont owes two invoices, Martin one; on 8 January each of them is to get one courtesy reminder."""
    dupont, martin = world.customer("C1", "Dupont SARL"), world.customer("C2", "Martin SAS")
    world.invoice(dupont, "FA-1", "2026-01-05", 125_000)
    world.invoice(dupont, "FA-2", "2026-01-05", 40_000)
    world.invoice(martin, "FA-3", "2026-01-05", 99_900)
    return world


RECIPIENTS = ["compta@c1.example", "compta@c2.example"]
COURTESY = [("2026-01-08", "courtesy_reminder", recipient) for recipient in RECIPIENTS]
SECOND = [("2026-01-19", "second_reminder", recipient) for recipient in RECIPIENTS]


def _go(world: World, hour: int = 12) -> None:
    """Let time pass as far as that hour of 8 January, without waiting for it."""
    world.run(clock.run_until(at("2026-01-08", hour)))


def _count(world: World, state: str) -> int:
    """Effects in this state now."""
    return int(world.rows("SELECT count(*) FROM effect WHERE state = :state", state=state)[0][0])


def _asked(world: World) -> list[str]:
    """The addresses of those about whom a person is asked whether a message arrived."""
    rows = world.rows(
        "SELECT k.email FROM question q JOIN contact k ON k.customer_id = q.customer_id "
        "WHERE q.state = 'open' AND q.kind = 'ambiguous' ORDER BY k.email"
    )
    return [row[0] for row in rows]


def _expect_all_is_well(world: World) -> None:
    """Both reminders left on their day, once, and nobody is asked anything."""
    world.until("2026-01-09")
    assert (sorted(world.acts()), world.inbox(), disagreements(world)) == (COURTESY, [], [])


def _until_second_reminder(world: World) -> None:
    world.until("2026-01-20")
    assert (sorted(world.acts()), disagreements(world)) == (COURTESY + SECOND, [])


def test_killed_before_reserving_the_successor_sends_everything_once(
    two_customers: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    lock = "LOCK TABLE effect IN EXCLUSIVE MODE"
    dispatchers.succeed_one_killed_at(outside, lock, "INSERT INTO effect", lambda: _go(two_customers))
    _expect_all_is_well(two_customers)
    _until_second_reminder(two_customers)


def test_killed_after_reserving_what_was_reserved_is_void_and_done_anew(
    two_customers: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    def seen() -> None:
        until(lambda: _count(two_customers, "reserved") == 3, "not everything is reserved")

    lock = "SELECT id FROM creditor FOR NO KEY UPDATE"
    dispatchers.succeed_one_killed_at(outside, lock, "SET state = 'handing_over'", lambda: _go(two_customers), seen)
    _expect_all_is_well(two_customers)
    assert _count(two_customers, "voided") == 3


def test_killed_before_connecting_a_person_is_asked_and_has_it_sent_again(
    two_customers: World, dispatchers: WarmDispatchers
) -> None:
    world = two_customers
    with silent_port() as port:
        victim = dispatchers.start({"RELANCE_SINK_PORT": str(port)})
        _go(world)
        until(lambda: _count(world, "handing_over") == 3, "nothing is handed over")
        dispatchers.kill(victim)
    dispatchers.start()
    world.until("2026-01-09", 6)
    assert (world.acts(), disagreements(world)) == ([], [])
    assert _asked(world) == RECIPIENTS
    assert [world.answer(one, "send_again") for one in world.inbox()] == [None, None]
    world.until("2026-01-10")
    assert sorted(world.acts()) == [("2026-01-09", stage, recipient) for _, stage, recipient in COURTESY]
    assert (world.inbox(), disagreements(world)) == ([], [])


def test_killed_between_the_sinks_answer_and_its_confirmation_the_sink_is_asked(
    two_customers: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    world = two_customers
    with held_sink(world.stack.home.outbox, lambda: outside.hold(CASE_ROWS)) as (port, sink):
        victim = dispatchers.start({"RELANCE_SINK_PORT": str(port)})
        _go(world)
        assert sink.holds_back.wait(30)
        outside.until_waiting("SELECT id FROM cases WHERE id = ANY")
        assert sink.kept, "the sink has answered"
        dispatchers.kill(victim)
        outside.let_go()
    dispatchers.start()
    world.until("2026-01-08", 16)
    world.run(answer_everything())  # about what was still on its way to the sink when the dispatcher died
    _expect_all_is_well(world)


def test_killed_between_a_strangers_answer_and_its_confirmation_a_person_says_it_arrived(
    two_customers: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    world = two_customers
    world.do("UPDATE creditor SET live = true")
    elsewhere = world.stack.home.path / "elsewhere"
    with held_sink(elsewhere, lambda: outside.hold(CASE_ROWS), tells=False) as (port, server):
        relay = {"RELANCE_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none"}
        victim = dispatchers.start(relay)
        _go(world)
        assert server.holds_back.wait(30)
        outside.until_waiting("SELECT id FROM cases WHERE id = ANY")
        handed = server.recipients()
        dispatchers.kill(victim)
        outside.let_go()
        dispatchers.start(relay)
        world.until("2026-01-09", 6)
        assert _asked(world) == handed
        assert {world.answer(one, "arrived") for one in world.inbox()} == {None}
        world.until("2026-01-20")
        assert sorted(world.acts()) == COURTESY + SECOND
        assert server.recipients() == sorted(2 * RECIPIENTS)
        assert world.rows("SELECT count(*) FROM staff_message WHERE key LIKE 'seal-%'") == [(server.to_the_house,)]
    assert world.rows("SELECT count(*) FROM sink_message") == [(0,)]


def test_killed_after_confirming_nothing_is_sent_again(
    two_customers: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    world = two_customers
    # Confirming reads no holds; the next look at the case, right after it, does, and begins with these words.
    lock = partial(outside.hold, "LOCK TABLE hold IN ACCESS EXCLUSIVE MODE")
    with held_sink(world.stack.home.outbox, lock) as (port, sink):
        victim = dispatchers.start({"RELANCE_SINK_PORT": str(port)})
        _go(world)
        assert sink.holds_back.wait(30)
        outside.until_waiting("SELECT c.id, c.customer_id, c.creditor_id")
        until(lambda: _count(world, "confirmed") and not _count(world, "handing_over"), "nothing is confirmed")
        dispatchers.kill(victim)
        outside.let_go()
    dispatchers.start()
    _expect_all_is_well(world)
