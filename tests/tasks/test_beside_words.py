"""News in seven languages says its facts and asks for nothing; what a person writes is sent as written."""

import re
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from policies.beside import NEWS, MessageKind, Piece
from tasks.beside_check import ON, TOLD, languages, sample_news, wrong_news
from tasks.beside_words import render_beside
from tasks.sample_message import CREDITOR
from tasks.write import CannotWrite
from tasks.write_beside import write_beside
from tests.tasks.html_words import page, words

SEVEN = ("de", "en", "es", "fr", "it", "nl", "pt")


def cents(text: str) -> list[int]:
    """Every amount in euros, in cents."""
    return [int(re.sub(r"\D", "", one)) for one in re.findall(r"\d[\d.,\u202f\u00a0 ]*[.,]\d\d", text)]


def test_news_is_written_in_seven_languages_with_no_harsh_word() -> None:
    assert languages() == SEVEN
    assert wrong_news() == (len(TOLD) * len(SEVEN), [])


@pytest.mark.parametrize("language", SEVEN)
@pytest.mark.parametrize("kind", NEWS)
@pytest.mark.parametrize("invoices", [1, 3])
def test_every_invoice_is_named_and_every_figure_is_one_of_the_facts(
    kind: MessageKind, language: str, invoices: int
) -> None:
    facts = sample_news(kind, language, invoices)
    said = render_beside(facts)
    assert [piece.invoice for piece in facts.pieces if piece.invoice not in said.text] == []
    allowed = {piece.amount for piece in facts.pieces} | {piece.open for piece in facts.pieces} | {50_000}
    assert set(cents(said.subject + said.text)) <= allowed
    assert words(page(said.html).text) == words(said.text)


def test_several_kinds_of_news_share_one_greeting_and_a_returned_payment_names_the_message() -> None:
    facts = sample_news(MessageKind.PAYMENT_BOUNCED, "en")
    paid = Piece(MessageKind.PAYMENT_RECEIVED, "F-7", 30_000, 0, ON)
    said = render_beside(replace(facts, pieces=(paid, *facts.pieces)))
    assert said.subject == "Payment returned by the bank: invoice F-1001"
    assert said.text.count("Dear Mme Élise Faure,") == 1
    assert said.text.index("The bank has returned") < said.text.index("We have received your payment of €300.00")


def test_two_payments_for_one_invoice_are_told_as_one() -> None:
    piece = Piece(MessageKind.PAYMENT_RECEIVED, "F-7", 30_000, 10_000, ON)
    said = render_beside(replace(sample_news(piece.kind, "en"), pieces=(piece, replace(piece, amount=20_000))))
    assert "your payment of €500.00 for invoice F-7" in said.text


VOID = {
    "de": "gegenstandslos", "en": "void", "es": "sin efecto", "fr": "comme nul", "it": "nulla la", "nl": "vervallen", "pt": "sem efeito",
}  # fmt: skip


@pytest.mark.parametrize("language", SEVEN)
def test_a_letter_that_crossed_a_part_is_not_called_void_and_says_what_is_still_open(language: str) -> None:
    facts = sample_news(MessageKind.CROSSED, language)
    piece = replace(facts.pieces[0], amount=50_000)
    paid, rest = (render_beside(replace(facts, pieces=(replace(piece, open=left),))).text for left in (0, 12_345))
    assert [(VOID[language] in said, 12_345 in cents(said)) for said in (paid, rest)] == [(True, False), (False, True)]


def test_what_a_person_writes_stays_as_written_above_the_signature_and_turns_no_sign_into_ours() -> None:
    facts = sample_news(MessageKind.WRITTEN, "fr")
    said = render_beside(replace(facts, text="Bonjour {{ creditor }} <b>,\n\n\n- un\x01 deux\r\n\nÀ jeudi"))
    assert said.text.startswith("Bonjour {{ creditor }} <b>,\n\n- un deux\n\nÀ jeudi\n\nJean Petit\nAtelier Martin\n")
    assert words(page(said.html).text) == words(said.text)


def test_a_name_from_outside_adds_no_line_and_no_header() -> None:
    facts = replace(sample_news(MessageKind.PAYMENT_RECEIVED, "en"), contact_name="A\r\nBcc: b@evil.example")
    mail = message_from_bytes(write_beside(facts, "c@dupont.example").raw, policy=policy.default)
    assert (mail["Bcc"], mail["X-Relance-Kind"]) == (None, "payment_received")


@pytest.mark.parametrize(
    ("name", "to"), [("", "dossiers@sud.example"), ("Agence Sud", "Agence Sud <dossiers@sud.example>")]
)
def test_what_is_told_to_an_agency_is_addressed_in_its_name_or_in_none(name: str, to: str) -> None:
    facts = replace(sample_news(MessageKind.AGENCY_UPDATE, "fr"), contact_name=name)
    mail = message_from_bytes(write_beside(facts, "dossiers@sud.example").raw, policy=policy.default)
    assert str(mail["To"]) == to


def test_an_address_that_is_none_is_said_in_a_sentence() -> None:
    with pytest.raises(CannotWrite, match="is not an e-mail address"):
        write_beside(sample_news(MessageKind.PAYMENT_RECEIVED, "en"), "nobody")


def test_the_thread_is_that_of_the_messages_before() -> None:
    facts = replace(sample_news(MessageKind.WRITTEN, "en"), thread=("one", "two"), creditor=CREDITOR)
    mail = message_from_bytes(write_beside(facts, "c@dupont.example").raw, policy=policy.default)
    before = mail["References"].split()
    assert (len(before), mail["In-Reply-To"]) == (2, before[-1])
