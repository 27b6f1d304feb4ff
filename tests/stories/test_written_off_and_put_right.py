"""A claim is written off with its proof and its VAT, and paid after all; a payment dated before a notice comes after it, and is
put right."""

from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy

import pytest

from policies.payment_record import PaymentRecord
from policies.questions import QuestionKind
from storage import payments, write_off_deeds, write_off_vat, write_off_views
from storage.write_off_views import WriteOffView
from tasks.vat_page import vat_page
from tests.engine import told
from tests.engine.runs import act
from tests.engine.world import World

SAID = "Irrecoverable: the insolvency was closed, or the liquidation left nothing"


@pytest.fixture(scope="module")
def march(begin: Callable[..., World]) -> World:
    """Monday, 2 March 2026. P1 is reminded of on the 5th. N1, long overdue, gets its formal notice on the 9th."""
    world = begin("2026-03-02")
    perdu, croise = world.customer("C1", "Perdu SARL"), world.customer("C2", "Croisé SARL")
    world.invoice(perdu, "P1", "2026-03-02", 120_000)
    world.invoice(croise, "N1", "2026-02-02", 100_000, reached_stage="second_reminder", reached_on="2026-02-20")
    world.until("2026-03-09", 12)
    assert world.answer(world.question(QuestionKind.DAILY_REVIEW), "send_all") is None
    world.until("2026-03-10", 8)
    return world


@pytest.fixture(scope="module")
def given_up(march: World) -> World:
    """10 March: P1 is proposed and written off with a proof; its VAT is entered and the duplicate leaves by e-mail."""
    run = act(march, "write-off", customer="C1", reason=SAID, words="liquidation clôturée")
    assert run["state"]["type"] == "COMPLETED", run["state"]
    number, now = view(march).number, march.now()
    proof = write_off_deeds.add_proof(number, "liquidator", "certificat.pdf", b"%PDF-1.7 certificat", "marie", now)
    assert march.run(proof) == []
    march.until("2026-03-10", 10)
    assert march.answer(march.question(QuestionKind.WRITE_OFF), "write_off") is None
    march.until("2026-03-10", 12)
    now = march.now()
    assert march.run(write_off_vat.enter_amounts(number, "P1", 100_000, 20_000, "marie", now)) == []
    days = write_off_vat.enter_days(number, date(2026, 2, 10), date(2026, 3, 9), "marie", now)
    assert march.run(days) == []
    page = vat_page(view(march), date(2026, 3, 10))
    assert march.run(write_off_vat.send(number, page, "marie", now)) == []
    march.until("2026-03-11", 8)
    return march


@pytest.fixture(scope="module")
def put_right(given_up: World) -> World:
    """11 March: the bank's file brings a payment of N1 dated the 6th. 12 March: money comes for P1 after all."""
    line = PaymentRecord(
        account="bank", booked=date(2026, 3, 6), value_date=date(2026, 3, 6), amount=100_000, currency="EUR", reference="N1",
        end_to_end_id="n1", counterparty="", iban="", text="", return_reason="", invoices=("N1",), line=1,
    )  # fmt: skip
    given_up.run(payments.book_payments([line], "test", "late", given_up.creditor, given_up.now()))
    given_up.until("2026-03-11", 10)
    asked = given_up.question(QuestionKind.CORRECTION)
    assert (asked.amount, "no: it was not in our books" in asked.description) == (100_000, True)
    assert given_up.answer(asked, "repair") is None
    given_up.until("2026-03-12", 8)
    given_up.pay("P1")
    given_up.until("2026-03-13", 8)
    return given_up


def view(world: World) -> WriteOffView:
    return world.run(write_off_views.listing(every=True))[0]


def outcome(world: World, invoice: str) -> list[tuple[str | None]]:
    return world.rows(
        "SELECT c.outcome FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=invoice
    )


def body(world: World, kind: str) -> tuple[str, list[str]]:
    """The words of the one message of this kind, and the names of its files."""
    (raw,) = world.rows("SELECT raw FROM message WHERE kind = :kind AND state = 'confirmed'", kind=kind)[0]
    mail = message_from_bytes(bytes(raw), policy=policy.default)
    words = str(mail.get_body(("plain",)).get_content()).replace("\xa0", " ").replace("\u202f", " ")
    return words, [str(part.get_filename()) for part in mail.iter_attachments()]


def test_what_is_written_off_ends_and_the_debtor_gets_the_duplicate_for_the_vat(given_up: World) -> None:
    assert given_up.acts("C1") == [
        ("2026-03-05", "courtesy_reminder", "compta@c1.example"),
        ("2026-03-10", "vat_duplicate", "compta@c1.example"),
    ]
    assert outcome(given_up, "P1") == [("written_off",)]
    assert given_up.rows("SELECT kind, last_day, state, ended_on FROM deadline") == [
        ("vat_recovery", date(2028, 12, 31), "met", date(2026, 3, 10))
    ]
    assert "art-272-" in body(given_up, "vat_duplicate")[1][0]


def test_money_after_all_ends_it_as_paid_and_says_what_vat_must_be_given_back(put_right: World) -> None:
    assert outcome(put_right, "P1") == [("paid",)]
    assert write_off_vat.given_back(view(put_right)) == write_off_vat.GiveBack(120_000, 20_000)
    assert len(put_right.acts("C1")) == 2


def test_a_payment_dated_before_the_notice_is_put_right_with_one_apology(put_right: World) -> None:
    assert put_right.acts("C2") == [
        ("2026-03-09", "formal_notice", "compta@c2.example"),
        ("2026-03-11", "crossed", "compta@c2.example"),
    ]
    words = body(put_right, "crossed")[0]
    assert "Un montant de 1 000,00 € au crédit de la facture N1, daté du 6 mars 2026" in words
    assert "vous n'avez rien à faire" in " ".join(words.split())
    assert outcome(put_right, "N1") == [("paid",)]
    assert put_right.inbox() == []


def test_sink_and_ledger_agree_and_the_journal_is_whole(put_right: World) -> None:
    assert told.agreed(put_right)
    assert told.broken_place(put_right, "P1") is None
    assert told.broken_place(put_right, "N1") is None
