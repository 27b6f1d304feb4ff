"""Customers hear what got better, once, and nothing that is no longer true; people write to them by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.engine import told
from tests.engine.money import book_together, bounce
from tests.engine.runs import act
from tests.engine.world import World

FILE = b"%PDF-1.7 the invoice as it was"


@dataclass
class Weeks:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def weeks(begin: Callable[..., World]) -> Weeks:
    """Monday, 5 January 2026; courtesy reminders leave on Thursday the 8th."""
    world = begin("2026-01-05", good_news=True)
    weeks = Weeks(world)
    for number, name in (("G1", "Dupont SARL"), ("G2", "Martin SAS"), ("G3", "Petit SARL"), ("G4", "Roux SAS")):
        customer = world.customer(number, name)
        for part in "ABC":
            world.invoice(customer, f"{number}{part}", "2026-01-05", 100_000)
    world.do("UPDATE invoice SET document = :file, document_name = 'G4A.pdf', document_type = 'application/pdf' "
             "WHERE number = 'G4A'", file=FILE)  # fmt: skip
    world.invoice(world.customer("G5", "Blanc SARL"), "G5A", "2026-01-30", 50_000)
    world.until("2026-01-09", 6)
    world.run(book_together(world.creditor, ("G1A", "G1B", "G1C")))
    world.pay("G2A", 40_000)
    world.pay("G2B")
    world.run(bounce(world.creditor, "G2B"))
    world.pay("G5A")
    weeks.seen["copy"] = act(world, "resend-invoice", invoice="G4A")
    weeks.seen["written"] = act(
        world, "write-to-customer", customer="G4", subject="Votre chantier", text="Bonjour,\nà jeudi.", invoice="G4B"
    )
    weeks.seen["again"] = act(
        world, "write-to-customer", customer="G4", subject="Votre chantier", text="Bonjour,\nà jeudi.", invoice="G4B"
    )
    weeks.seen["none stored"] = act(world, "resend-invoice", invoice="G4B")
    act(world, "hold", customer="G3", reason="judgment", kind="insolvency", since="2026-01-08")
    world.pay("G3A")
    weeks.seen["insolvent"] = act(world, "write-to-customer", customer="G3", subject="Hello", text="How are you?")
    world.until("2026-01-12", 18)
    return weeks


def mails(world: World, customer: str) -> list[Any]:
    """The messages beside the ladder to a customer, as they left."""
    rows = world.rows(
        "SELECT m.raw FROM message m JOIN customer d ON d.id = m.customer_id WHERE d.number = :number "
        "AND m.kind <> 'step' AND m.state = 'confirmed' ORDER BY m.handed_at, m.id",
        number=customer,
    )
    return [message_from_bytes(bytes(row[0]), policy=policy.default) for row in rows]


def beside(world: World) -> list[tuple[str, str, str]]:
    """Every message beside the ladder: when it left, in UTC, what it was and to whom."""
    return world.rows(
        "SELECT to_char(handed_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI'), kind, recipient FROM message "
        "WHERE kind <> 'step' AND state = 'confirmed' ORDER BY recipient, handed_at, id"
    )


def test_these_messages_left_beside_the_ladder_in_office_hours_and_no_other(weeks: Weeks) -> None:
    assert beside(weeks.world) == [
        ("01-09 08:00", "payment_received", "compta@g1.example"),
        ("01-09 08:00", "payment_bounced", "compta@g2.example"),
        ("01-09 08:00", "invoice_copy", "compta@g4.example"),
        ("01-09 08:00", "written", "compta@g4.example"),
    ]


def test_three_invoices_paid_in_one_transfer_are_one_message_that_names_each(weeks: Weeks) -> None:
    (mail,) = mails(weeks.world, "G1")
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Bien reçu : votre règlement"
    assert [f"Facture G1{part} : 1\u202f000,00\xa0€ (entièrement réglée)" in text for part in "ABC"] == [True] * 3


def test_what_is_paid_in_part_says_what_remains_and_what_came_back_is_not_thanked_for(weeks: Weeks) -> None:
    (mail,) = mails(weeks.world, "G2")
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Règlement retourné par la banque : facture G2B"
    assert "votre règlement de 400,00\xa0€ pour la facture G2A" in text
    assert "il reste 600,00\xa0€ d'ouvert" in text
    assert "1\u202f000,00\xa0€ pour la facture G2B ; 1\u202f000,00\xa0€ y sont donc de nouveau ouverts" in text
    assert "règlement de 1\u202f000,00\xa0€ pour la facture G2B. Merci" not in text


def test_whoever_is_insolvent_or_was_never_reminded_hears_nothing(weeks: Weeks) -> None:
    assert mails(weeks.world, "G3") == mails(weeks.world, "G5") == []
    why = weeks.world.rows("SELECT words FROM correspondence WHERE state = 'dropped' ORDER BY words")
    assert why == [("it was taken back",), ("on hold: insolvency",)]


def test_a_copy_carries_the_stored_file_and_a_free_message_the_persons_words_and_signature(weeks: Weeks) -> None:
    copy, written = mails(weeks.world, "G4")
    assert [(part.get_filename(), part.get_content()) for part in copy.iter_attachments()] == [("G4A.pdf", FILE)]
    text = written.get_body(("plain",)).get_content()
    assert text.splitlines()[:5] == ["Bonjour,", "à jeudi.", "", "marie", "Atelier Nord SAS"]
    assert (written["Auto-Submitted"], copy["Auto-Submitted"]) == ("no", "auto-generated")
    reminder = weeks.world.rows("SELECT raw FROM message WHERE stage <> '' AND recipient = 'compta@g4.example'")
    first = message_from_bytes(bytes(reminder[0][0]), policy=policy.default)
    assert (written["In-Reply-To"], written["References"]) == (first["Message-ID"], first["Message-ID"])


def test_runs_say_what_was_done_and_why_not(weeks: Weeks) -> None:
    said = {name: run["state"]["message"] for name, run in weeks.seen.items()}
    assert said == {
        "copy": "copy · Roux SAS · G4A · leaves 9 Jan at 09:00, to the local sink",
        "written": "write · Roux SAS · G4B · leaves 9 Jan at 09:00, to the local sink",
        "again": "text: These very words were written to this customer today already.",
        "none stored": "invoice: No file of G4B is stored: import it with its invoice, or send it from your own program.",
        "insolvent": "customer: Petit SARL is on hold (insolvency: judgment): nothing is written to it.",
    }


def test_sink_and_ledger_agree_and_the_journal_is_whole(weeks: Weeks) -> None:
    assert told.agreed(weeks.world)
    assert told.broken_place(weeks.world, "G1A") is None
    assert "| Message sent (payment bounced) |" in told.timeline(weeks.world, "G2A")
