"""A message of many invoices carries their table, with the figures of the message and nothing a program could run."""

import csv
import io
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest

from policies.courtesy import harsh_words
from policies.message import LineStatus, MessageFacts
from policies.stages import Channel, Stage
from tasks.account_table import account_table, table_words
from tasks.render import render
from tasks.write import write
from tests.tasks.letters import facts, line


def many(count: int = 31, stage: Stage = Stage.COURTESY_REMINDER, language: str = "fr") -> MessageFacts:
    return facts(stage, language, tuple(line(f"FA-{number:03d}", late=number + 1) for number in range(count)))


def rows(told: MessageFacts, delimiter: str = ";") -> list[list[str]]:
    (table,) = account_table(told)
    return list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=delimiter))


def test_thirty_invoices_need_no_table_and_thirty_one_do() -> None:
    assert account_table(many(30)) == []
    (table,) = account_table(many(31))
    assert (table.name, table.media_type) == ("factures-2025-12-15.csv", "text/csv")
    assert account_table(many(31)) == [table]


def test_every_line_of_the_message_is_a_row_with_its_figures() -> None:
    found = rows(many())
    assert found[:2] == [
        ["Pièce", "Date", "Échéance", "Situation", "Jours après l'échéance", "Devise", "Montant", "Réglé", "Avoirs", "Reste",
         "Contesté", "Demandé"],
        ["FA-000", "2025-11-03", "2025-12-03", "en retard", "1", "EUR", "1250,00", "250,00", "0,00", "1000,00", "0,00", "oui"],
    ]  # fmt: skip
    assert [row[0] for row in found[1:]] == [f"FA-{number:03d}" for number in range(31)]
    assert rows(many(language="en"), ",")[1][3:] == [
        "late",
        "1",
        "EUR",
        "1250.00",
        "250.00",
        "0.00",
        "1000.00",
        "0.00",
        "yes",
    ]


def test_what_is_not_asked_for_says_so() -> None:
    told = many()
    lines = (replace(told.lines[0], status=LineStatus.NOT_YET_DUE, days_late=0, demanded=False), *told.lines[1:])
    assert rows(replace(told, lines=lines))[1][3:5] == ["non échue", "0"]
    assert rows(replace(told, lines=lines))[1][-1] == "non"


@pytest.mark.parametrize("number", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)"])
def test_a_number_that_looks_like_a_formula_is_text(number: str) -> None:
    told = many()
    assert rows(replace(told, lines=(replace(told.lines[0], invoice=number), *told.lines[1:])))[1][0] == f"'{number}"


def test_a_number_with_separators_and_quotes_is_one_cell() -> None:
    told = many()
    hostile = 'FA;"1"\nBcc: x@y.example'
    assert rows(replace(told, lines=(replace(told.lines[0], invoice=hostile), *told.lines[1:])))[1][0] == hostile


SAID = {
    "fr": "Le tableau de ces 31 lignes est joint", "en": "A table of these 31 lines is attached",
    "de": "Eine Tabelle dieser 31 Posten liegt bei", "nl": "Een tabel van deze 31 lijnen vindt u in bijlage",
    "es": "Adjuntamos una tabla con estas 31 líneas", "it": "In allegato trova una tabella di queste 31 righe",
    "pt": "Segue em anexo uma tabela com estas 31 linhas",
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_the_words_say_that_a_table_is_attached_and_only_where_one_is(language: str) -> None:
    said, told = SAID[language], render(many(language=language))
    assert said in told.text
    assert said in told.html
    fewer, paper = render(many(30, language=language)), render(many(language=language), on_paper=True)
    said = said.replace("31", "30")
    assert said not in fewer.text
    assert said not in fewer.html
    assert SAID[language] not in paper.text


def test_a_file_for_an_agency_and_a_call_sheet_do_not_speak_of_a_table() -> None:
    for stage in (Stage.AGENCY, Stage.FOLLOW_UP_CALL):
        assert "tableau" not in render(many(stage=stage)).text


@pytest.mark.parametrize("language", SAID)
def test_the_heads_of_a_first_messages_table_are_no_collection(language: str) -> None:
    words = table_words()[language]
    assert harsh_words("\n".join([*words["heads"], words["status"]["not_yet_due"]]), language, before_due=True) == ()
    assert harsh_words("\n".join(words["status"].values()), language, before_due=False) == ()


def test_every_language_says_how_an_item_stands() -> None:
    for language, words in table_words().items():
        assert set(words["status"]) == set(LineStatus), language
        assert len(words["heads"]) == 12, language


def test_the_table_leaves_with_the_email_and_not_with_the_file_for_an_agency_or_a_text_message() -> None:
    raw = write(many(), Channel.EMAIL, "compta@dupont.example").raw
    mail = cast(EmailMessage, message_from_bytes(raw, policy=policy.default))
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("factures-2025-12-15.csv", "text/csv")
    content = attached.get_payload(decode=True)
    assert content == account_table(many())[0].content
    assert write(many(), Channel.EMAIL, "compta@dupont.example").raw == raw
    file = message_from_bytes(write(many(stage=Stage.AGENCY), Channel.HANDOVER, "a@agency.example").raw)
    assert [part.get_filename() for part in file.walk() if part.get_filename()] == ["claim.csv", "claim.json"]
    assert b"csv" not in write(many(), Channel.SMS, "+33612345678").raw
