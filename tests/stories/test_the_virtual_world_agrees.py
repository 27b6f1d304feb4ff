"""The engine does what the virtual world of `policy test` and `policy replay` says: the same facts, the same acts."""

from collections.abc import Callable

import pytest

from tests.agreement.engine import Engine
from tests.agreement.habits import START, customers
from tests.agreement.ledger import kept
from tests.agreement.lines import Told
from tests.agreement.virtual import played
from tests.engine import told
from tests.engine.world import World

INVOICES, DAYS, SEED = 20, 24, 7


@pytest.fixture(scope="module")
def world(begin: Callable[..., World]) -> World:
    """Twenty invoices from the middle of March to after Easter."""
    world = begin(START.isoformat())
    Engine(world, customers(INVOICES, SEED), DAYS).run()
    return world


@pytest.fixture(scope="module")
def engine(world: World) -> Told:
    return kept(world)


@pytest.fixture(scope="module")
def virtual() -> Told:
    return played(customers(INVOICES, SEED), DAYS)


def test_every_act_is_the_same_by_day_hour_channel_invoices_and_amount(engine: Told, virtual: Told) -> None:
    assert engine.acts == virtual.acts


def test_the_same_questions_were_answered_about_the_same_invoices(engine: Told, virtual: Told) -> None:
    assert engine.questions == virtual.questions


def test_every_step_behind_an_invoice_is_the_same_whether_it_was_carried_out_or_gone_past(
    engine: Told, virtual: Told
) -> None:
    assert engine.steps == virtual.steps


def test_every_invoice_ends_or_stands_alike(engine: Told, virtual: Told) -> None:
    assert engine.endings == virtual.endings


def test_the_sink_holds_what_the_ledger_confirms_and_nothing_else(world: World) -> None:
    assert told.agreed(world)
