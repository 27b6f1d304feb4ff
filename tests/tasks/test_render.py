"""Every message, in both languages, says exactly its facts and nothing harsher than its stage."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policies.case import DebtorKind
from policies.message import LineStatus, MessageFacts
from policies.stages import REMINDERS, Stage
from tasks.render import NoDeadline, render
from tests.tasks.letters import bare, facts, line, upcoming

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("fr", "en")
EVERY = [(stage, language) for stage in Stage for language in LANGUAGES]
LETTERS = [(stage, language) for stage, language in EVERY if stage is not Stage.FOLLOW_UP_CALL]

HARSH = (
    "unpaid", "formal notice", "recovery", "court", "impayé", "mise en demeure", "recouvrement", "contentieux",
    "collection", "legal", "juridi", "tribunal", "huissier", "avocat",
)  # fmt: skip
LATE = ("late", "retard", "overdue")

THREE = (
    line("FA-1"),
    line("FA-2", late=0, paid=0, status=LineStatus.DUE, due=date(2025, 12, 15), credited=12550, open=112450),
    line("FA-3", late=0, paid=0, status=LineStatus.NOT_YET_DUE, due=date(2026, 1, 1), demanded=False),
)


def amounts(text: str) -> list[int]:
    """Every amount in euros in the text, in cents."""
    found = re.findall(r"€([\d,]+\.\d\d)|([\d\u202f]+,\d\d)\u00a0€", text)
    return [int(re.sub(r"\D", "", english or french)) for english, french in found]


def allowed(message: MessageFacts) -> set[int]:
    """Every amount the facts hold."""
    parts = {part for each in message.lines for part in (each.original, each.paid, each.credited, each.open)}
    return parts | {message.demanded, message.total_open}


@pytest.mark.parametrize(("stage", "language"), EVERY)
@pytest.mark.parametrize("lines", [(line(),), (line(paid=0),), THREE, tuple(line(f"FA-{n}") for n in range(30))])
def test_every_amount_in_a_message_is_one_of_its_facts_and_each_line_is_there_in_full(
    stage: Stage, language: str, lines: tuple[object, ...]
) -> None:
    message = facts(stage, language, lines)  # type: ignore[arg-type]
    rendered = render(message)
    assert set(amounts(rendered.subject + rendered.text)) <= allowed(message)
    for each in message.lines:
        shown = each.demanded or stage in REMINDERS
        assert (each.invoice in rendered.text) is shown
    block = [part for each in message.lines if each.demanded or stage in REMINDERS for part in _row(each)]
    assert _in_order(block, amounts(rendered.text))


def _row(each: object) -> list[int]:
    original, paid, credited, rest = (getattr(each, name) for name in ("original", "paid", "credited", "open"))
    return [original, paid, *([credited] if credited else []), rest]


def _in_order(part: list[int], whole: list[int]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_marks_each_line_due_late_or_not_yet_due(language: str) -> None:
    text = render(facts(Stage.COURTESY_REMINDER, language, THREE)).text
    marks = {
        "fr": ["(en retard de 12 jours)", "(échéance de ce jour)", "(non encore échue)"],
        "en": ["(12 days late)", "(due today)", "(not yet due)"],
    }
    assert [mark for mark in marks[language] if mark in text] == marks[language]


@pytest.mark.parametrize(("stage", "language"), EVERY)
def test_a_message_with_everything_optional_left_out_still_reads_well(stage: Stage, language: str) -> None:
    rendered = render(bare(facts(stage, language)))
    for text in (rendered.subject, rendered.text, rendered.sms):
        assert not re.search(
            r"None|Undefined|\{|\}|  ,| ,|,,|\(\)|(interlocuteur|contact).*,$|IBAN|BIC", text, re.MULTILINE
        ), text
    assert "\n\n\n" not in rendered.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", [Stage.UPCOMING, Stage.COURTESY_REMINDER])
def test_the_gentle_messages_hold_no_harsh_word(stage: Stage, language: str) -> None:
    messages = [facts(stage, language, THREE), facts(stage, language), bare(facts(stage, language))]
    rendered = [render(each) for each in [*messages, upcoming(language)]]
    words = HARSH + (LATE if stage is Stage.UPCOMING else ())
    for each in rendered:
        text = f"{each.subject}\n{each.text}\n{each.sms}".lower()
        assert [word for word in words if word in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_formal_notice_names_itself_its_deadline_and_reserves_what_it_does_not_claim(language: str) -> None:
    rendered = render(facts(Stage.FORMAL_NOTICE, language, THREE))
    expected = {
        "fr": ["mettons en demeure", "dans un délai de 10 jours", "L. 441-10", "réservons"],
        "en": ["formal notice", "within 10 days", "L. 441-10", "reserve"],
    }
    assert [words for words in expected[language] if words in rendered.text] == expected[language]
    assert "FA-3" not in rendered.text
    assert amounts(rendered.subject) == [100000 + 112450]


@pytest.mark.parametrize("debtor", [DebtorKind.CONSUMER, DebtorKind.PUBLIC, DebtorKind.ASSOCIATION])
def test_only_a_business_is_told_of_the_business_penalties(debtor: DebtorKind) -> None:
    text = render(facts(Stage.FORMAL_NOTICE, "fr", debtor=debtor)).text
    assert "441-10" not in text
    assert "réservons" in text


def test_a_formal_notice_without_a_deadline_is_refused() -> None:
    with pytest.raises(NoDeadline):
        render(facts(Stage.FORMAL_NOTICE, pay_within=None))


@pytest.mark.parametrize(("stage", "language"), LETTERS)
def test_every_letter_says_who_writes_whom_to_talk_to_and_the_day_of_the_bank_data(stage: Stage, language: str) -> None:
    text = render(facts(stage, language)).text
    day = {"fr": "14 décembre 2025", "en": "14 December 2025"}[language]
    parts = [
        "Atelier Martin",
        "123 456 789 RCS Paris",
        "Jean Petit",
        "jean@atelier-martin.example",
        day,
        "FA-2025-0142",
    ]
    assert [part for part in parts if part in text] == parts


@pytest.mark.parametrize(
    ("stage", "language"), [each for each in LETTERS if each[0] not in (Stage.AGENCY, Stage.LEGAL)]
)
def test_every_letter_to_a_customer_says_how_to_pay_and_to_ignore_it_when_paid(stage: Stage, language: str) -> None:
    text = render(facts(stage, language)).text
    ignore = {"fr": "merci de ne pas tenir compte de ce message", "en": "please ignore this message"}[language]
    parts = ["FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP", ignore]
    assert [part for part in parts if part in text] == parts


@pytest.mark.parametrize(("stage", "language"), EVERY)
def test_short_messages_hold_one_line_in_gsm7_within_two_parts(stage: Stage, language: str) -> None:
    from tasks.wording import GSM

    sms = render(facts(stage, language)).sms
    assert (sms == "") is (stage in (Stage.FOLLOW_UP_CALL, Stage.AGENCY, Stage.LEGAL))
    assert set(sms) <= GSM
    assert "\n" not in sms
    assert len(sms) <= 306


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


def test_several_invoices_are_paid_under_the_customer_number() -> None:
    assert "Référence à rappeler : C-017" in render(facts(Stage.COURTESY_REMINDER, "fr", THREE)).text
    unknown = replace(facts(Stage.COURTESY_REMINDER, "fr", THREE), customer_number="")
    assert "Référence à rappeler : FA-1" in render(unknown).text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("upcoming.fr", upcoming("fr")),
        ("courtesy_reminder.en", facts(Stage.COURTESY_REMINDER, "en", THREE)),
        ("formal_notice.fr", facts(Stage.FORMAL_NOTICE, "fr", THREE)),
        ("follow_up_call.en", facts(Stage.FOLLOW_UP_CALL, "en")),
    ],
)
def test_these_messages_read_as_they_were_approved(name: str, message: MessageFacts) -> None:
    rendered = render(message)
    written = f"{rendered.subject}\n\n{rendered.text}\n{rendered.sms}\n"
    assert written == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
