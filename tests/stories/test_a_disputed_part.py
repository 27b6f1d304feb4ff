"""A part of an invoice is disputed: the rest is asked for; the one is accepted and credited, the other stands and is explained."""

from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy

import pytest

from policies.records import DocumentKind
from storage import dispute_deeds, invoices
from tests.engine import told
from tests.engine.runs import act
from tests.engine.staff import MARIE
from tests.engine.world import World
from tests.storage.books import invoice

OPEN = """
    SELECT q.kind, q.amount, to_char(q.asked_at, 'MM-DD') FROM question q WHERE q.state = 'open' ORDER BY q.kind
"""


@pytest.fixture(scope="module")
def weeks(begin: Callable[..., World]) -> World:
    """Monday, 5 January 2026; what is due that day is reminded of on Thursday the 8th, and then disputed in part."""
    world = begin("2026-01-05", good_news=True)
    for number in ("D1", "D2"):
        customer = world.customer(number, f"Client {number}")
        world.invoice(customer, f"{number}A", "2026-01-05", 100_000)
    world.until("2026-01-08", 12)
    for number in ("D1A", "D2A"):
        act(world, "dispute", invoice=number, reason="price", amount="400.00", words="l'ancien tarif")
    world.until("2026-01-21", 12)
    accepted, rejected = (row[0] for row in world.rows("SELECT id FROM dispute ORDER BY id"))
    assert world.run(dispute_deeds.decide(accepted, {"decision": "accept"}, MARIE, world.now())) is None
    why = {"decision": "reject", "note": "Le devis du 3 décembre porte le nouveau tarif."}
    assert world.run(dispute_deeds.decide(rejected, why, MARIE, world.now())) is None
    world.pay("D1A", 60_000)
    world.until("2026-02-04", 18)
    return world


@pytest.fixture(scope="module")
def credited(weeks: World) -> World:
    """The credit note comes on Thursday, 5 February."""
    assert weeks.rows(OPEN) == [("daily_review", 100_000, "02-04"), ("dispute", 40_000, "02-04")]
    day = date(2026, 2, 5)
    weeks.until("2026-02-05", 12)
    note = invoice(
        "AV-1", "2026-02-05", 40_000, kind=DocumentKind.CREDIT_NOTE, reference="D1A", issued=day, customer_number="D1",
        customer_name="Client D1", email="compta@d1.example",
    )  # fmt: skip
    weeks.run(invoices.import_invoices([note], "test", "0" * 64, weeks.creditor, weeks.now(), False))
    weeks.until("2026-02-09", 18)
    return weeks


def left(world: World, number: str) -> list[tuple[str, str, int]]:
    """Every message to a customer: the day it left, what it was, what it asked for."""
    return world.rows(
        "SELECT to_char(m.handed_at AT TIME ZONE 'UTC', 'MM-DD'), CASE WHEN m.kind = 'step' THEN m.stage ELSE m.kind END, "
        "m.demanded FROM message m JOIN customer d ON d.id = m.customer_id WHERE d.number = :number "
        "AND m.state = 'confirmed' ORDER BY m.handed_at, m.id",
        number=number,
    )


def text_of(world: World, number: str, place: int) -> str:
    rows = world.rows(
        "SELECT m.raw FROM message m JOIN customer d ON d.id = m.customer_id WHERE d.number = :number "
        "AND m.state = 'confirmed' ORDER BY m.handed_at, m.id",
        number=number,
    )
    mail = message_from_bytes(bytes(rows[place][0]), policy=policy.default)
    return str(mail.get_body(("plain",)).get_content()).replace("\xa0", " ").replace("\u202f", " ")


def test_of_what_is_accepted_only_the_rest_is_asked_for_and_the_case_waits_for_its_credit_note(weeks: World) -> None:
    assert left(weeks, "D1") == [
        ("01-08", "courtesy_reminder", 100_000),
        ("01-19", "second_reminder", 60_000),
        ("01-21", "payment_received", 0),
    ]
    assert "; 400,00 € contestés, non demandés pour l'instant)" in text_of(weeks, "D1", 1)
    assert weeks.rows("SELECT closed_at FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'D1A'") == [
        (None,)
    ]


def test_a_rejection_is_explained_in_the_persons_words_and_the_ladder_goes_on_with_the_whole(weeks: World) -> None:
    assert left(weeks, "D2") == [
        ("01-08", "courtesy_reminder", 100_000),
        ("01-19", "second_reminder", 60_000),
        ("01-21", "dispute_rejected", 0),
    ]
    assert "Le devis du 3 décembre porte le nouveau tarif." in text_of(weeks, "D2", 2)


def test_its_owner_is_asked_for_a_late_credit_note_and_once_it_has_come_the_case_closes(credited: World) -> None:
    assert credited.rows(OPEN) == [("daily_review", 100_000, "02-04")]
    assert credited.rows(
        "SELECT i.number, c.outcome FROM cases c JOIN invoice i ON i.id = c.invoice_id ORDER BY 1"
    ) == [
        ("D1A", "paid"),
        ("D2A", None),
    ]
    assert left(credited, "D1")[3:] == [("02-05", "credit_booked", 0)]


def test_sink_and_ledger_agree_and_the_journal_is_whole(credited: World) -> None:
    assert told.agreed(credited)
    assert told.broken_place(credited, "D1A") is None
    assert told.broken_place(credited, "D2A") is None
