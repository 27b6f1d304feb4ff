"""The templates that ship: which there are, and what each law wants in them."""

from itertools import groupby
from pathlib import Path

import pytest

from policies.case import DebtorKind
from policies.message import MessageFacts
from policies.stages import Stage
from tasks.render import render
from tasks.template_choice import TEMPLATES, exists, find
from tests.tasks.letters import Words, facts, upcoming
from tests.tasks.test_render import EVERY, THREE, named

GOLDEN = Path(__file__).parent / "golden"

BUSINESS, CONSUMER = DebtorKind.BUSINESS, DebtorKind.CONSUMER


def folder_of(words: Words) -> str:
    found = find(words.law, words.text, words.debtor, words.language)
    return "" if found is None else found[0]


def words(law: str, text: str, debtor: str, language: str) -> Words:
    """The template of that name, which must exist."""
    return next(one for one in EVERY if one == Words(law, text, DebtorKind(debtor), language))


def said(law: str, text: str, debtor: str, language: str, **changes: object) -> str:
    return render(words(law, text, debtor, language).facts(THREE, **changes)).text


def test_the_first_texts_ship_in_seven_languages_and_those_of_a_law_in_french_and_english_and_its_own() -> None:
    folders = sorted(path.parent for path in TEMPLATES.glob("[!_]*/*/*/*/body.txt"))
    named = [folder.relative_to(TEMPLATES).parts for folder in folders]
    shipped = {
        "/".join(head): "".join(f" {part[3]}" for part in rest) for head, rest in groupby(named, lambda p: p[:3])
    }
    two, three, dutch = " en fr", " de en fr", " en fr nl"
    seven = " de en es fr it nl pt"
    assert shipped == {
        "be/agency/consumer": two, "be/follow_up_call/consumer": dutch, "be/formal_notice/consumer": dutch,
        "be/free_reminder/consumer": dutch, "be/legal/consumer": two, "be/mediation/consumer": dutch,
        "be/second_reminder/consumer": dutch,
        "common/courtesy_reminder/any": seven, "common/follow_up_call/any": seven, "common/statement/any": seven,
        "common/upcoming/any": seven,
        "de/agency/business": three, "de/formal_notice/business": three, "de/legal/business": three,
        "de/mediation/business": three, "de/second_reminder/any": three,
        "eu/agency/business": two, "eu/formal_notice/business": two, "eu/legal/business": two,
        "eu/mediation/business": two, "eu/second_reminder/any": two,
        "fr/after_judgment/any": two, "fr/after_judgment_notice/any": two,
        "fr/agency/association": two, "fr/agency/business": two, "fr/agency/consumer": two,
        "fr/follow_up_call/consumer": two, "fr/follow_up_call/public": two,
        "fr/formal_notice/association": two, "fr/formal_notice/business": two, "fr/formal_notice/consumer": two,
        "fr/formal_notice/public": two,
        "fr/legal/association": two, "fr/legal/business": two, "fr/legal/consumer": two, "fr/legal/public": two,
        "fr/mediation/association": two, "fr/mediation/business": two, "fr/mediation/consumer": two,
        "fr/mediation/public": two,
        "fr/second_reminder/any": two, "fr/second_reminder/consumer": two,
        "uk_ew/agency/business": two, "uk_ew/formal_notice/business": two, "uk_ew/legal/business": two,
        "uk_ew/mediation/business": two, "uk_ew/second_reminder/any": two,
    }  # fmt: skip


@pytest.mark.parametrize("folder", sorted(path.parent for path in TEMPLATES.glob("[!_]*/*/*/*/body.txt")), ids=str)
def test_a_template_has_a_subject_and_a_short_message_where_it_goes_to_a_customer(folder: Path) -> None:
    inside = {"follow_up_call", "agency", "legal", "after_judgment", "after_judgment_notice"} & set(folder.parts)
    parts = {path.name for path in folder.iterdir()}
    assert parts == {"subject.txt", "body.txt"} | (set() if inside else {"sms.txt"})


def test_a_text_of_one_law_is_never_taken_from_another_and_one_for_a_kind_of_debtor_never_shared() -> None:
    assert exists("FR", "formal_notice", DebtorKind.PUBLIC)
    assert not exists("DE", "formal_notice", CONSUMER)
    assert not exists("US", "formal_notice", BUSINESS)
    assert not exists("", "second_reminder", BUSINESS)
    assert not exists("FR", "agency", DebtorKind.PUBLIC)
    assert exists("", "statement", CONSUMER)
    assert exists("JP", "upcoming", BUSINESS)
    assert find("FR", "follow_up_call", CONSUMER, "fr") == ("fr/follow_up_call/consumer/fr", "fr")
    assert find("FR", "follow_up_call", BUSINESS, "fr") == ("common/follow_up_call/any/fr", "fr")


@pytest.mark.parametrize(
    ("law", "debtor", "language", "must"),
    [
        ("FR", "business", "fr", ["mettons en demeure", "dans un délai de 10 jours", "article 1344", "L. 441-10"]),
        ("FR", "business", "en", ["formal notice", "within 10 days", "article 1344", "L. 441-10", "reserve"]),
        ("FR", "consumer", "fr", ["mettons en demeure", "10 jours", "1231-6", "L. 111-8", "L. 616-1", "Nantes"]),
        ("FR", "consumer", "en", ["formal notice", "10 days", "1231-6", "L. 111-8", "L. 616-1", "Nantes"]),
        ("FR", "public", "fr", ["mettons en demeure", "L. 2192-13", "prescription quadriennale", "comptable public"]),
        ("FR", "association", "fr", ["mettons en demeure", "1231-6", "réservons"]),
        ("EU", "business", "en", ["formal notice", "2011/7/EU", "expressly reserve", "within 10 days"]),
        ("UK-EW", "business", "en", ["LETTER BEFORE ACTION", "Pre-Action Conduct", "mediation", "Debt Claims"]),
        ("DE", "business", "de", ["MAHNUNG", "§ 286 Abs. 1 BGB", "§ 288 Abs. 5 BGB", "innerhalb von 10 Tagen"]),
        ("BE", "consumer", "nl", ["INGEBREKESTELLING", "XIX.2", "XIX.4", "0123.456.789", "Schuldeiser", "10 dagen"]),
        ("BE", "consumer", "fr", ["mettons en demeure", "XIX.2", "XIX.4", "0123.456.789", "médiation"]),
    ],
)
def test_a_formal_notice_holds_what_its_law_wants(law: str, debtor: str, language: str, must: list[str]) -> None:
    text = said(law, "formal_notice", debtor, language)
    assert [part for part in must if part in text] == must
    assert "FA-3" not in text


@named([one for one in EVERY if one.debtor in (CONSUMER, DebtorKind.ASSOCIATION) and one.text != "agency"])
def test_no_private_person_is_asked_for_the_flat_sum_between_businesses(words: Words) -> None:
    text = render(words.facts(THREE)).text
    assert not [part for part in ("441-10", "441-5", "2011/7", "forfaitaire", "fixed sum") if part in text]


def test_a_belgian_reminder_says_the_balance_the_indemnity_to_come_the_creditor_and_the_fourteen_days() -> None:
    text = said("BE", "free_reminder", "consumer", "fr", pay_within=14, indemnity=2000)
    must = [
        "Solde dû : 2\u202f124,50\u00a0€", "une indemnité de 20,00\u00a0€", "Atelier Martin, numéro d'entreprise",
        "0123.456.789", "biens ou services", "Échéance : 3 décembre 2025", "14 jours calendrier", "Ce rappel ne vous",
        "commence le lendemain de l'envoi de cet e-mail", "le troisième jour ouvrable après son envoi",
    ]  # fmt: skip
    assert [part for part in must if part in text] == must
    without = said("BE", "free_reminder", "consumer", "fr", pay_within=14)
    assert "aucune indemnité ne vous sera réclamée" in without
    assert "indemnité" not in said("BE", "formal_notice", "consumer", "fr")
    assert "l'indemnité prévue par notre contrat" in said("BE", "formal_notice", "consumer", "fr", indemnity=2000)


def test_a_belgian_reminder_in_dutch_says_the_same() -> None:
    text = said("BE", "free_reminder", "consumer", "nl", pay_within=14, indemnity=2000)
    must = [
        "EERSTE, GRATIS HERINNERING", "Verschuldigd saldo: €\u00a02.124,50", "een vergoeding van €\u00a020,00",
        "Atelier Martin, ondernemingsnummer", "0123.456.789", "goederen of diensten", "Vervaldag: 3 december 2025",
        "14 kalenderdagen", "kost u niets", "op de dag na de verzending van deze e-mail",
        "op de derde werkdag na de verzending",
    ]  # fmt: skip
    assert [part for part in must if part in text] == must
    assert "geen vergoeding van u gevraagd" in said("BE", "free_reminder", "consumer", "nl", pay_within=14)


@named([one for one in EVERY if one.text == "formal_notice"])
def test_a_notice_announces_what_the_ladder_still_holds_and_nothing_else(words: Words) -> None:
    announced = {
        "fr": {"call": "par téléphone", "mediation": "proposer une médiation", "then": "convenir de la suite"},
        "en": {"call": "by telephone", "mediation": "propose mediation", "then": "agree on what comes next"},
        "nl": {"call": "telefonisch contact", "mediation": "bemiddeling voorstellen", "then": "vervolg af te spreken"},
        "de": {"call": "rufen wir Sie an", "mediation": "Mediation vorschlagen", "then": "das Weitere zu vereinbaren"},
    }[words.language]
    nothing = render(words.facts(ahead=frozenset())).text
    call = render(words.facts(ahead=frozenset({Stage.FOLLOW_UP_CALL}))).text
    mediation = render(words.facts(ahead=frozenset({Stage.MEDIATION}))).text
    assert [name for name, part in announced.items() if part in nothing] == ["then"]
    assert [name for name, part in announced.items() if part in call] == ["call"]
    assert [name for name, part in announced.items() if part in mediation] == ["mediation"]


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
    assert written(message) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@named([words for words in EVERY if f"/{words.debtor.value}/" in folder_of(words) or words.debtor is BUSINESS])
def test_each_template_reads_as_it_was_approved(words: Words) -> None:
    """One item, everything known: the pages a lawyer is shown."""
    message = words.facts(indemnity=2000, pay_within=14)
    assert written(message) == (GOLDEN / "each" / f"{words}.txt").read_text(encoding="utf-8")


def written(message: MessageFacts) -> str:
    rendered = render(message)
    return f"{rendered.subject}\n\n{rendered.text}\n{rendered.sms}\n"
