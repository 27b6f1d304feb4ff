"""Every message, under every law and in every language, says exactly its facts and nothing harsher than its stage."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policies.case import DebtorKind
from policies.courtesy import harsh_words
from policies.message import Line, LineStatus, MessageFacts, tells_everything
from policies.sms_segments import GSM
from policies.stages import Stage
from tasks import wording
from tasks.render import NoDeadline, NotKnown, render
from tasks.template_choice import NoWords
from tests.tasks.letters import CREDITOR, Words, bare, every, facts, line, upcoming

EVERY = every()
TO_CUSTOMERS = [words for words in EVERY if words.to_customer]
COURTEOUS = [words for words in EVERY if words.text in ("upcoming", "courtesy_reminder", "statement")]

THREE = (
    line("FA-1"),
    line("FA-2", late=0, paid=0, status=LineStatus.DUE, due=date(2025, 12, 15), credited=12550, open=112450),
    line("FA-3", late=0, paid=0, status=LineStatus.NOT_YET_DUE, due=date(2026, 1, 1), demanded=False),
)
THIRTY = tuple(line(f"FA-{n}") for n in range(30))


def named(words: list[Words]) -> Any:
    return pytest.mark.parametrize("words", words, ids=str)


def amounts(text: str) -> list[int]:
    """Every amount in euros in the text, in cents."""
    found = re.findall(
        r"€([\d,]+\.\d\d)|€\u00a0([\d.]+,\d\d)|((?:\d|(?<=\d)[\u00a0\u202f.](?=\d{3}))+,\d\d)\u00a0€", text
    )
    return [int(re.sub(r"\D", "", english or dutch or other)) for english, dutch, other in found]


def allowed(message: MessageFacts) -> set[int]:
    """Every amount the facts hold."""
    parts = {part for each in message.lines for part in (each.original, each.paid, each.credited, each.open)}
    return parts | {message.demanded, message.total_open}


@named(EVERY)
@pytest.mark.parametrize("lines", [(line(),), (line(paid=0),), THREE, THIRTY], ids=["one", "nothing paid", "3", "30"])
def test_every_amount_in_a_message_is_one_of_its_facts_and_each_line_is_there_in_full(
    words: Words, lines: tuple[Line, ...]
) -> None:
    message = words.facts(lines)
    rendered = render(message)
    assert set(amounts(rendered.subject + rendered.text)) <= allowed(message)
    for each in message.lines:
        shown = each.demanded or tells_everything(words.stage, words.text)
        assert (each.invoice in rendered.text) is shown
    block = [
        part
        for each in message.lines
        if each.demanded or tells_everything(words.stage, words.text)
        for part in _row(each)
    ]
    assert _in_order(block, amounts(rendered.text))


def _row(each: Line) -> list[int]:
    return [each.original, each.paid, *([each.credited] if each.credited else []), each.open]


def _in_order(part: list[int], whole: list[int]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole)))


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("fr", ["(en retard de 12 jours)", "(échéance de ce jour)", "(non encore échue)"]),
        ("en", ["(12 days late)", "(due today)", "(not yet due)"]),
        ("nl", ["(12 dagen te laat)", "(vervalt vandaag)", "(nog niet vervallen)"]),
        ("es", ["(12 días de retraso)", "(vence hoy)", "(aún no vencida)"]),
        ("it", ["(12 giorni di ritardo)", "(scade oggi)", "(non ancora scaduta)"]),
        ("pt", ["(12 dias de atraso)", "(vence hoje)", "(ainda não vencida)"]),
        ("de", ["(seit 12 Tagen überschritten)", "(heute fällig)", "(noch nicht fällig)"]),
    ],
)
def test_a_reminder_marks_each_line_due_late_or_not_yet_due(language: str, marks: list[str]) -> None:
    text = render(facts(Stage.COURTESY_REMINDER, language, THREE)).text
    assert [mark for mark in marks if mark in text] == marks


@named(EVERY)
def test_a_message_with_everything_optional_left_out_still_reads_well(words: Words) -> None:
    rendered = render(bare(words.facts(ahead=frozenset())))
    for text in (rendered.subject, rendered.text, rendered.sms):
        assert not re.search(
            r"None|Undefined|\{|\}|  ,| ,|,,|\(\)|(interlocuteur|contact|Kontakt|contactpersoon).*,$|IBAN|BIC| $",
            text,
            re.MULTILINE,
        ), text
    assert "\n\n\n" not in rendered.text


@named(COURTEOUS)
def test_the_courteous_messages_hold_no_harsh_word(words: Words) -> None:
    messages = [words.facts(THREE), words.facts(), words.facts(THIRTY), bare(words.facts())]
    if words.text == "upcoming":
        messages.append(upcoming(words.language))
    for message in messages:
        each = render(message)
        text = f"{each.subject}\n{each.text}\n{each.sms}"
        assert harsh_words(text, words.language, before_due=words.text == "upcoming") == ()


@named([words for words in EVERY if words.text in ("formal_notice", "free_reminder")])
def test_a_message_with_a_delay_is_refused_without_one(words: Words) -> None:
    with pytest.raises(NoDeadline):
        render(words.facts(pay_within=None))


@named([words for words in EVERY if words.text != "follow_up_call"])
def test_every_letter_says_who_writes_whom_to_talk_to_and_the_day_of_the_bank_data(words: Words) -> None:
    text = render(words.facts()).text
    day = wording.day(date(2025, 12, 14), words.language)
    parts = ["Atelier Martin", "123 456 789 RCS Paris", "Jean Petit", "jean@atelier-martin.example", day]
    parts.append("FA-2025-0142")
    assert [part for part in parts if part in text] == parts


@named(TO_CUSTOMERS)
def test_every_letter_to_a_customer_says_how_to_pay_and_to_ignore_it_when_paid(words: Words) -> None:
    text = render(words.facts()).text
    ignore = {
        "fr": "merci de ne pas tenir compte de",
        "en": "please ignore this",
        "de": "als gegenstandslos",
        "nl": "als niet verzonden",
        "es": "no tenga en cuenta este mensaje",
        "it": "non tenere conto di questo messaggio",
        "pt": "ignore esta mensagem",
    }
    parts = ["FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP", ignore[words.language]]
    assert [part for part in parts if part in text] == parts


@named(EVERY)
def test_short_messages_hold_one_line_in_gsm7_within_two_parts(words: Words) -> None:
    for lines in ((line(),), THREE):
        sms = render(words.facts(lines)).sms
        assert (sms != "") is words.to_customer
        assert set(sms) <= GSM
        assert "\n" not in sms
        assert len(sms) <= 306


@named([words for words in TO_CUSTOMERS if words.debtor in (DebtorKind.CONSUMER, DebtorKind.ASSOCIATION)])
def test_a_text_message_names_an_amount_to_a_company_only_and_no_debt_to_a_private_person(words: Words) -> None:
    sms = render(words.facts()).sms.lower()
    assert not re.search(r"\beur\b|\d[.,]\d\d\b", sms)
    if words.debtor is DebtorKind.CONSUMER:
        assert harsh_words(sms, words.language, before_due=True) == ()


def test_a_name_cannot_add_a_line_to_the_letter_nor_a_command_to_the_template() -> None:
    names: dict[str, Any] = {
        "customer_name": "Dupont\n\nIBAN : XX00",
        "contact_name": "{{ facts }}\r\nBcc: x@example.com",
    }
    rendered = render(facts(Stage.FORMAL_NOTICE, **names))
    assert "\nIBAN : XX00" not in rendered.text
    assert "{{ facts }} Bcc: x@example.com" in rendered.text
    long = render(facts(Stage.SECOND_REMINDER, customer_name="D" * 500))
    assert "\n" not in long.subject


def test_an_empty_line_in_an_address_leaves_no_mark() -> None:
    creditor = replace(CREDITOR, address="12 rue des Lilas\r\n \r\n75011 Paris\n")
    assert "\n12 rue des Lilas, 75011 Paris\n" in render(facts(Stage.FORMAL_NOTICE, creditor=creditor)).text


def test_several_invoices_are_paid_under_the_customer_number() -> None:
    assert "Référence à rappeler : C-017" in render(facts(Stage.COURTESY_REMINDER, "fr", THREE)).text
    unknown = replace(facts(Stage.COURTESY_REMINDER, "fr", THREE), customer_number="")
    assert "Référence à rappeler : FA-1" in render(unknown).text


def test_words_that_the_law_wants_and_nobody_gave_are_asked_for_by_the_name_of_their_setting() -> None:
    nameless = replace(CREDITOR, mediator="", company_number="")
    french = next(words for words in EVERY if str(words) == "fr.formal_notice.consumer.fr")
    belgian = next(words for words in EVERY if str(words) == "be.free_reminder.consumer.fr")
    with pytest.raises(NotKnown, match=r"relance creditor set mediator=…"):
        render(french.facts(creditor=nameless))
    with pytest.raises(NotKnown, match=r"relance creditor set company_number=…"):
        render(belgian.facts(creditor=nameless))


def test_a_notice_under_a_law_without_one_is_refused_and_never_taken_from_another_law() -> None:
    with pytest.raises(NoWords, match=r"formal_notice.*business.*“US”"):
        render(facts(Stage.FORMAL_NOTICE, "en", law="US"))
    with pytest.raises(NoWords, match=r"formal_notice.*consumer.*“UK-EW”"):
        render(facts(Stage.FORMAL_NOTICE, "en", law="UK-EW", debtor=DebtorKind.CONSUMER))


def test_a_business_of_a_member_state_without_a_notice_of_its_own_is_written_to_under_the_directive() -> None:
    belgian, italian = (facts(Stage.FORMAL_NOTICE, "en", law=law) for law in ("BE", "IT"))
    assert render(belgian) == render(italian) == render(facts(Stage.FORMAL_NOTICE, "en", law="EU"))
    with pytest.raises(NoWords):
        render(facts(Stage.FORMAL_NOTICE, "en", law="IT", debtor=DebtorKind.PUBLIC))


def test_a_language_without_words_is_written_in_english() -> None:
    finnish = render(facts(Stage.COURTESY_REMINDER, "fi"))
    assert finnish == render(facts(Stage.COURTESY_REMINDER, "en"))
    german_under_french_law = render(facts(Stage.SECOND_REMINDER, "de"))
    assert german_under_french_law == render(facts(Stage.SECOND_REMINDER, "en"))


@pytest.mark.parametrize(
    ("language", "one", "some", "several"),
    [
        ("fr", "La copie de la facture est jointe", "Une copie de facture est jointe", "2 copies de factures sont jointes"),
        ("en", "A copy of the invoice is attached", "A copy of one invoice is attached", "Copies of 2 invoices are attached"),
        ("de", "Eine Kopie der Rechnung liegt bei", "Eine Rechnungskopie liegt bei", "2 Rechnungskopien liegen bei"),
    ],
)  # fmt: skip
def test_of_three_invoices_only_as_many_copies_are_told_as_go_with_the_message(
    language: str, one: str, some: str, several: str
) -> None:
    law = "DE" if language == "de" else "FR"
    three = facts(Stage.SECOND_REMINDER, language, tuple(line(f"FA-{number}") for number in range(3)), law=law)
    single = facts(Stage.SECOND_REMINDER, language, (line("FA-1"),), law=law)
    assert one in render(replace(single, copies=("FA-1.pdf",))).text
    assert some in render(replace(three, copies=("FA-1.pdf",))).text
    assert several in render(replace(three, copies=("FA-1.pdf", "FA-2.pdf"))).text
