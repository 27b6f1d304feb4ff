"""kill -9 of the dispatcher while a customer is told good news: it leaves once, or nobody knows and nobody sends it again."""

import pytest

from storage import clock
from storage.opening import open_due
from tests.engine.world import World, at
from tests.faults.books import disagreements
from tests.faults.outside import Outside, until
from tests.faults.post import held_sink, silent_port
from tests.faults.warm import WarmDispatchers

TOLD = [("2026-01-08", "payment_received", "compta@c1.example")]
_REMINDED = """
    WITH m AS (INSERT INTO message (creditor_id, customer_id, currency, stage, step, window_on, channel, state, route, key,
        recipient, raw, sha256, calculated_at, handed_at) SELECT creditor_id, customer_id, currency, 'courtesy_reminder',
        'courtesy_reminder', '2026-01-07', 'email', 'confirmed', 'live', 'before', 'compta@c1.example', 'a', 'a', :at, :at
        FROM cases RETURNING id),
    done AS (INSERT INTO step_done (case_id, step, stage, done_on, how)
        SELECT id, 'courtesy_reminder', 'courtesy_reminder', '2026-01-07', 'confirmed' FROM cases)
    INSERT INTO effect (case_id, step, channel, state, route, message_id, changed_at)
    SELECT c.id, 'courtesy_reminder', 'email', 'confirmed', 'live', m.id, :at FROM cases c, m
"""


@pytest.fixture
def thanked(world: World) -> World:
    """Dupont was reminded yesterday and has paid a part: at nine it is to be told so."""
    world.do("UPDATE creditor SET good_news = true")
    world.invoice(world.customer("C1", "Dupont SARL"), "FA-1", "2026-01-05", 125_000)
    world.run(open_due(at("2026-01-08")))
    world.do(_REMINDED, at=at("2026-01-07", 9))
    world.pay("FA-1", 25_000)
    return world


def _go(world: World) -> None:
    """Let time pass until noon of 8 January, without waiting for it."""
    world.run(clock.run_until(at("2026-01-08", 12)))


def _states(world: World) -> list[str]:
    """The states of every message beside the ladder there ever was."""
    return [row[0] for row in world.rows("SELECT state FROM message WHERE kind <> 'step' ORDER BY id")]


def _told(world: World) -> list[tuple[str, str, str]]:
    return [act for act in world.acts() if act[1] != "courtesy_reminder"]


def _expect_told_once(world: World) -> None:
    world.until("2026-01-10")
    assert (_told(world), disagreements(world)) == (TOLD, [])


def test_killed_before_reserving_the_successor_tells_it_once(
    thanked: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    lock = "LOCK TABLE message IN EXCLUSIVE MODE"
    dispatchers.succeed_one_killed_at(outside, lock, "INSERT INTO message", lambda: _go(thanked))
    _expect_told_once(thanked)
    assert _states(thanked) == ["confirmed"]


def test_killed_after_reserving_what_was_reserved_is_void_and_told_anew(
    thanked: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    def seen() -> None:
        assert _states(thanked) == ["reserved"]

    lock = "SELECT id FROM creditor FOR NO KEY UPDATE"
    dispatchers.succeed_one_killed_at(outside, lock, "SET state = 'handing_over'", lambda: _go(thanked), seen)
    _expect_told_once(thanked)
    assert _states(thanked) == ["voided", "confirmed"]


def test_killed_while_handing_over_it_may_have_left_and_is_never_sent_again(
    thanked: World, dispatchers: WarmDispatchers
) -> None:
    with silent_port() as port:
        victim = dispatchers.start({"RELANCE_SINK_PORT": str(port)})
        _go(thanked)
        until(lambda: _states(thanked) == ["handing_over"], "nothing is handed over")
        dispatchers.kill(victim)
    dispatchers.start()
    thanked.until("2026-01-12")
    assert (_told(thanked), _states(thanked), disagreements(thanked)) == ([], ["ambiguous"], [])


def test_killed_between_the_sinks_answer_and_its_confirmation_the_sink_is_asked(
    thanked: World, dispatchers: WarmDispatchers, outside: Outside
) -> None:
    def hold() -> None:
        outside.hold("SELECT id FROM cases FOR UPDATE")

    with held_sink(thanked.stack.home.outbox, hold) as (port, sink):
        victim = dispatchers.start({"RELANCE_SINK_PORT": str(port)})
        _go(thanked)
        assert sink.holds_back.wait(30)
        outside.until_waiting("SELECT id FROM cases WHERE id = ANY")
        assert sink.kept == ["compta@c1.example"]
        dispatchers.kill(victim)
        outside.let_go()
    dispatchers.start()
    _expect_told_once(thanked)
    assert _states(thanked) == ["confirmed"]


def test_two_dispatchers_tell_it_once(thanked: World, dispatchers: WarmDispatchers) -> None:
    dispatchers.start()
    dispatchers.start()
    _expect_told_once(thanked)
    assert _states(thanked) == ["confirmed"]
