"""Two files go to an agency: one is paid to us and taken back, one is paid to the agency, which keeps its fee."""

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policies.placement_form import PaidWords, StatusWords
from policies.questions import QuestionKind
from storage.agencies import save
from storage.agency_payments import match_transfers
from storage.payments import book_payments
from storage.placement_deeds import note_status, paid_to_agency
from storage.placement_views import compare, placements
from tests.engine import told
from tests.engine.world import World
from tests.storage.books import line

SUD = "Agence Sud"
_MESSAGES = """
    SELECT to_char(m.handed_at AT TIME ZONE d.zone, 'YYYY-MM-DD HH24:MI'), coalesce(nullif(m.stage, ''), m.kind), m.channel, m.recipient
    FROM message m JOIN customer d ON d.id = m.customer_id
    WHERE m.state = 'confirmed' AND d.number = :customer ORDER BY m.handed_at, m.id
"""


@pytest.fixture(scope="module")
def world(begin: Callable[..., World]) -> World:
    """Monday 1 June to Monday 22 June 2026, two customers whose mediation was in April."""
    world = begin("2026-06-01")
    terms: dict[str, Any] = {
        "name": SUD, "email": "dossiers@agence-sud.example", "folder": "", "mandate_on": date(2026, 1, 15), "mandate_reference": "M-12",
        "fee_percent": Decimal(15), "fee_flat": None, "minimum": None, "currency": "EUR", "term_days": 90,
    }  # fmt: skip
    world.run(save(world.creditor, terms, "marie", default=True))
    reached = {"reached_stage": "mediation", "reached_on": "2026-04-20"}
    world.invoice(world.customer("C1", "Dupont SARL"), "FA-1", "2026-01-12", 300_000, **reached)
    world.invoice(world.customer("C2", "Moreau SA"), "FA-2", "2026-01-12", 200_000, **reached)
    world.until("2026-06-01", 12)
    for question in sorted(world.inbox(), key=lambda one: one.id):
        assert question.kind is QuestionKind.APPROVE
        assert world.answer(question, "send") is None
    world.settle(20)
    june(world)
    return world


def june(world: World) -> None:
    """The agency works; Dupont pays us, Moreau pays the agency a part and then the rest; its transfers come with the fee kept."""
    world.until("2026-06-04", 12)
    said = StatusWords("received", their_reference="AS-2")
    assert not isinstance(world.run(note_status("C2-20260601-EUR", said, "marie", world.now())), list)
    world.until("2026-06-10", 12)
    world.pay("FA-1")
    recalled(world)
    world.until("2026-06-15", 12)
    assert not isinstance(
        world.run(paid_to_agency("AS-2", PaidWords("1200.00", on="2026-06-12"), "marie", world.now())), list
    )
    world.until("2026-06-18", 12)
    transfer(world, 102_000, "2026-06-18")
    world.until("2026-06-22", 12)
    assert not isinstance(
        world.run(paid_to_agency("AS-2", PaidWords("800.00", on="2026-06-19"), "marie", world.now())), list
    )
    transfer(world, 68_000, "2026-06-22")
    world.run(match_transfers(world.now()))
    told.comes_to(world, "FA-2", "Paid")


def transfer(world: World, net: int, on: str) -> None:
    """A bank line of the agency."""
    record = line("VIREMENT C2-20260601-EUR", net, on=on, counterparty="AGENCE SUD SARL")
    world.run(book_payments([record], "bank", "0" * 64, world.creditor, world.now()))


def recalled(world: World, seconds: float = 30) -> None:
    """Wait until the agency was told."""
    deadline = time.monotonic() + seconds
    while not world.rows("SELECT id FROM message WHERE kind = 'agency_recall' AND state = 'confirmed'"):
        assert time.monotonic() < deadline, "the agency is told at once"
        time.sleep(0.3)


def left(world: World, customer: str) -> list[str]:
    return [f"{at} {what} by {channel} to {to}" for at, what, channel, to in world.rows(_MESSAGES, customer=customer)]


def test_a_file_paid_directly_is_taken_back_from_the_agency_at_once_and_the_customer_hears_nothing(
    world: World,
) -> None:
    assert left(world, "C1") == [
        "2026-06-01 14:00 agency by handover to dossiers@agence-sud.example",
        "2026-06-10 14:00 agency_recall by email to dossiers@agence-sud.example",
    ]
    assert told.state(world, "FA-1") == "Paid"


def test_a_file_paid_to_the_agency_is_paid_though_its_fee_never_comes(world: World) -> None:
    assert left(world, "C2") == ["2026-06-01 14:00 agency by handover to dossiers@agence-sud.example"]
    assert told.state(world, "FA-2") == "Paid"
    assert world.rows("SELECT number, paid, credited FROM invoice ORDER BY number") == [
        ("FA-1", 300_000, 0),
        ("FA-2", 200_000, 0),
    ]
    assert world.rows("SELECT count(*) FROM line_match WHERE NOT aside") == [(0,)]


def test_what_the_agency_brought_and_cost_stands_side_by_side(world: World) -> None:
    found = sorted(world.run(placements(every=True)), key=lambda one: one.customer_number)
    assert [(one.customer_number, one.state, one.recovered, one.direct, one.fees, one.awaited) for one in found] == [
        ("C1", "recalled", 0, 300_000, 0, 0),
        ("C2", "paid", 200_000, 0, 30_000, 0),
    ]
    [figures] = world.run(compare())
    assert (figures.agency, figures.files, figures.placed, figures.recovered, figures.fees, figures.days) == (
        SUD, 2, 500_000, 200_000, 30_000, 14,
    )  # fmt: skip


def test_the_journals_are_whole(world: World) -> None:
    assert [told.broken_place(world, invoice) for invoice in ("FA-1", "FA-2")] == [None, None]
