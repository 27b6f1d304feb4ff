"""PostgreSQL, the desk and the mail server go away in the middle of the work and come back."""

import pytest

from tests.engine.world import World
from tests.faults.agent import answer_everything
from tests.faults.books import disagreements, stuck_runs
from tests.faults.outside import until
from tests.faults.warm import WarmDispatchers

CUSTOMERS = 4


@pytest.fixture
def twelve(world: World) -> World:
    """Four customers with three invoices each: a courtesy reminder is due on 8 January, the second on the 19th."""
    for number in range(CUSTOMERS):
        customer = world.customer(f"C{number}", f"Client {number} SARL")
        for place in range(3):
            world.invoice(customer, f"FA-{number}-{place}", "2026-01-05", 50_000 + 10_000 * number)
    return world


def _left(*steps: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Every customer gets each of these (day, stage), once."""
    return sorted((day, stage, f"compta@c{number}.example") for day, stage in steps for number in range(CUSTOMERS))


COURTESY, SECOND = ("2026-01-08", "courtesy_reminder"), ("2026-01-19", "second_reminder")


def _expect_a_climb_without_loss(world: World) -> None:
    """Until after the second reminder; whatever a person is asked about the interruption is answered truthfully."""
    world.until("2026-01-08", 16)
    world.run(answer_everything())
    world.until("2026-01-20")
    assert (sorted(world.acts()), world.inbox()) == (_left(COURTESY, SECOND), [])
    assert (disagreements(world), stuck_runs(world)) == ([], [])


def _something_has_left(world: World) -> bool:
    return bool(world.rows("SELECT true FROM message WHERE state = 'confirmed' LIMIT 1"))


def _go(world: World) -> None:
    world.do("UPDATE clock SET until = '2026-01-08 15:00+00'")


def test_postgresql_restarted_in_the_middle_nothing_is_lost_skipped_or_sent_twice(
    twelve: World, dispatchers: WarmDispatchers
) -> None:
    dispatchers.start()
    _go(twelve)
    until(lambda: _something_has_left(twelve), "nothing leaves")
    twelve.stack.restart_postgres()
    _expect_a_climb_without_loss(twelve)


def test_the_desk_restarted_in_the_middle_nothing_is_lost_skipped_or_sent_twice(
    twelve: World, dispatchers: WarmDispatchers
) -> None:
    dispatchers.start()
    _go(twelve)
    until(lambda: _something_has_left(twelve), "nothing leaves")
    twelve.stack.stop_desk()
    twelve.stack.start_desk()
    _expect_a_climb_without_loss(twelve)


def test_after_a_day_without_mail_server_each_gets_one_reminder_and_the_gaps_are_kept(
    twelve: World, dispatchers: WarmDispatchers
) -> None:
    twelve.stack.stop_sink()
    try:
        dispatchers.start()
        twelve.until("2026-01-09", 7)
        assert (twelve.acts(), twelve.inbox()) == ([], [])
    finally:
        twelve.stack.start_sink()
    twelve.until("2026-01-20")
    assert sorted(twelve.acts()) == _left(("2026-01-09", "courtesy_reminder"), SECOND)
    assert (disagreements(twelve), stuck_runs(twelve)) == ([], [])
