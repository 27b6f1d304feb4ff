"""A policy in plain sentences: the same words in the terminal, in HTML and on paper."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from pypdf import PdfReader

from policies.ladder import Ladder
from policies.law.rules import Cap
from policies.message import CreditorFacts
from policies.stages import Channel, Stage
from policies.step import Accessories, ApprovalRule
from policies.typography import typeset
from tasks.article_words import article
from tasks.page_blocks import Audience, Block, Kind, NotABlock, blocks
from tasks.page_html import page_html
from tasks.page_pdf import page_pdf
from tasks.page_text import WIDTH, page_text
from tasks.policy_page import policy_page
from tests.tasks.told_ladders import CONSUMER, FULL, LATER, PLAIN, RATES, around

GOLDEN = Path(__file__).parent / "golden" / "policy"
CUSTOMERS, STAFF = Audience.CUSTOMERS, Audience.STAFF
PAGES = list(product((PLAIN, FULL), Audience, ("fr", "en", "de")))


def page(ladder: Ladder, audience: Audience, language: str, day: date | None = None) -> tuple[Block, ...]:
    return policy_page(ladder, audience, language, around(day) if day else around())


def told(ladder: Ladder, audience: Audience, language: str, day: date | None = None) -> str:
    """All words of a page on one line, spaces as a keyboard makes them."""
    words = " ".join(part for block in page(ladder, audience, language, day) for part in block.parts)
    return words.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("ladder", "audience", "language"), PAGES)
def test_a_page_reads_as_it_was_approved(ladder: Ladder, audience: Audience, language: str) -> None:
    approved = GOLDEN / f"{ladder.id}.{audience.value}.{language}.txt"
    assert page_text(page(ladder, audience, language)) == approved.read_text(encoding="utf-8")


@pytest.mark.parametrize(("ladder", "audience", "language"), PAGES)
def test_html_and_paper_say_every_word_of_the_page(ladder: Ladder, audience: Audience, language: str) -> None:
    written = page(ladder, audience, language)
    html, pdf = page_html(written, language), page_pdf(written, language)
    paper = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages)
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", "", html, flags=re.DOTALL)
    for block in written:
        for part in block.parts:
            assert _bare(part) in _bare(shown.replace("&#39;", "'"))
            assert _bare(part) in _bare(paper)


def _bare(text: str) -> str:
    """Without spaces of any kind, which each form breaks in its own way, and without the page number between pages."""
    return re.sub(r"\d/\d(?=[A-ZÀ-Ý–]|$)", "", re.sub(r"\s", "", text))


def test_the_same_page_gives_the_same_bytes_and_another_ladder_others() -> None:
    once, again = (page_pdf(page(PLAIN, CUSTOMERS, "fr"), "fr") for _ in range(2))
    assert once == again
    assert once.startswith(b"%PDF-")
    assert once != page_pdf(page(replace(PLAIN, send_from=8), CUSTOMERS, "fr"), "fr")


def test_the_pdf_carries_its_title_its_language_and_marks_for_screen_readers() -> None:
    reader = PdfReader(io.BytesIO(page_pdf(page(PLAIN, CUSTOMERS, "fr"), "fr")))
    catalog = reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == "Comment nous suivons les factures"
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("fr", True)
    assert {font.split("+")[-1].split("-")[0] for font in _fonts(reader)} == {"LibertinusSerif"}


def _fonts(reader: PdfReader) -> list[str]:
    found = (each["/Resources"]["/Font"].values() for each in reader.pages)
    return [str(font.get_object()["/BaseFont"]).lstrip("/") for fonts in found for font in fonts]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_html_needs_nothing_from_outside_and_runs_no_script(language: str) -> None:
    html = page_html(page(FULL, CUSTOMERS, language), language)
    assert html.startswith("<!DOCTYPE html>")
    assert f'<html lang="{language}">' in html
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|https?:", html)
    for tag in ("ol", "ul", "dl", "main"):
        assert html.count(f"<{tag}") == html.count(f"</{tag}>") >= 1


def test_a_name_is_words_in_every_form_and_never_markup() -> None:
    name = 'Müller #sys.inputs <b>"&" | = ** $x$ {{ 7*7 }}'
    creditor = CreditorFacts(name=name + "\n# Titre", email="a@b.example", reply_to="")
    written = policy_page(PLAIN, CUSTOMERS, "en", replace(around(), creditor=creditor))
    assert [block.text for block in written if block.kind is Kind.TITLE] == ["How we follow up invoices"]
    assert "<b>" not in page_html(written, "en")
    paper = PdfReader(io.BytesIO(page_pdf(written, "en"))).pages[0].extract_text()
    assert name in paper


def test_a_ladder_that_claims_nothing_costs_nothing() -> None:
    free = replace(PLAIN, accessories=Accessories.NEVER, flat_sum=False)
    text = told(free, CUSTOMERS, "en")
    assert "Nothing beyond the invoice: we ask neither for interest nor for costs." in text
    assert "%" not in text
    assert "Rien de plus que la facture" in told(free, CUSTOMERS, "fr")


def test_a_private_customer_reads_of_the_legal_rate_from_the_notice_of_no_flat_sum_and_of_the_mediator() -> None:
    private = replace(PLAIN, kinds=frozenset({CONSUMER}), flat_sum=False)
    text = told(private, CUSTOMERS, "fr")
    must = [
        "Des intérêts au taux d’intérêt légal (soit 2,62 % l’an au premier semestre 2026), à partir de la réception",
        "(Code civil 1231-6, 1344-1)", "Aucune somme forfaitaire", "Les particuliers ne sont jamais notés",
        "2,15 € d’intérêts", "Médiation Conso",
    ]  # fmt: skip
    assert [part for part in must if part in text] == must
    assert "40 €" not in text


def test_a_rate_that_is_not_known_is_never_guessed() -> None:
    customers, staff = told(PLAIN, CUSTOMERS, "en", LATER), told(PLAIN, STAFF, "en", LATER)
    assert "of the European Central Bank plus 10 points, from the day after the due date" in customers
    assert "For example" not in customers
    assert "The rate of the present half-year is not known" in staff
    assert "is not known" not in told(PLAIN, STAFF, "en")


def test_the_last_rate_that_was_published_is_told_as_such() -> None:
    text = told(
        PLAIN, CUSTOMERS, "en", RATES["ecb_mro"].known_until.replace(year=RATES["ecb_mro"].known_until.year + 1)
    )
    assert re.search(r"\(\d+\.\d+% a year in the (first|second) half of \d+, the last one published", text)


def test_without_a_creditor_the_page_says_whom_to_answer() -> None:
    nobody = replace(around(), creditor=CreditorFacts(name="", email="", reply_to=""))
    written = policy_page(PLAIN, CUSTOMERS, "fr", nobody)
    facts = [block.parts for block in written if block.kind is Kind.FACT]
    assert ("Contact", "Répondez à l’un de nos messages : une personne lit chaque réponse") in [
        (name, value.replace("\u00a0", " ")) for name, value in facts
    ]
    assert "IBAN" not in page_text(written)


@pytest.mark.parametrize(
    ("source", "language", "cited"),
    [
        ("art. 1231-6 and 1344-1 C. civ.", "fr", "art. 1231-6 et 1344-1 C. civ."),
        ("art. R. 2192-31 CCP (decree 2013-269 of 29 March 2013)", "fr",
         "art. R. 2192-31 CCP, décret 2013-269 du 29 mars 2013"),
        ("law of 2 August 2002, art. 5; notices in the Moniteur belge", "de", "Gesetz vom 2. August 2002, art. 5"),
        ("§ 288 (2) BGB", "fr", "§ 288 (2) BGB"),
        ("directive 2011/7/EU, art. 2(6), 3 and 4; VAT (C-585/20)", "en", "directive 2011/7/EU, art. 2(6), 3 and 4"),
        ("directive 2011/7/EU, art. 6; each late payment", "fr", "directive 2011/7/UE, art. 6"),
        ("Late Payment of Commercial Debts (Interest) Act 1998, s. 5A", "en",
         "Late Payment of Commercial Debts (Interest) Act 1998, s. 5A"),
        ("law of 2 Thermidor 1794", "en", "law of 2 Thermidor 1794"),
    ],
)  # fmt: skip
def test_an_article_is_cited_in_the_language_of_its_reader(source: str, language: str, cited: str) -> None:
    assert article(source, language) == cited


def test_a_cap_that_a_stricter_one_implies_is_not_told() -> None:
    calls = frozenset({Channel.CALL})
    capped = replace(PLAIN, caps=(Cap(calls, 1, 7), Cap(calls, 1, 1), Cap(calls, 2, 30)))
    points = [block.text for block in page(capped, CUSTOMERS, "en") if block.text.startswith("At most")]
    assert points == ["At most 1\u00a0call in 7\u00a0days.", "At most 2\u00a0calls in 30\u00a0days."]
    daily = replace(PLAIN, caps=(Cap(calls, 1, 1),))
    assert "Au plus 1 appel par jour." in told(daily, CUSTOMERS, "fr")


def test_spaces_and_quotes_are_those_printers_set() -> None:
    french = typeset("Dites-nous : « oui » ; l'art. 12, 10 jours et 12,15 % ? Oui !", "fr")
    assert french == (
        "Dites-nous\u00a0: «\u00a0oui\u00a0»\u202f; l’art.\u00a012, 10\u00a0jours et 12,15\u202f%\u202f? Oui\u202f!"
    )
    assert typeset("It's 10 days; see 9:00", "en") == "It’s 10\u00a0days; see 9:00"


def test_a_page_for_the_terminal_keeps_within_its_width() -> None:
    for ladder, audience, language in PAGES:
        lines = page_text(page(ladder, audience, language)).splitlines()
        assert [line for line in lines if len(line) > WIDTH] == []


def test_a_line_of_a_template_without_all_its_parts_is_refused() -> None:
    assert blocks("# A\n\n- b\n") == (Block(Kind.TITLE, ("A",)), Block(Kind.POINT, ("b",)))
    with pytest.raises(NotABlock, match="2 parts, not 4"):
        blocks("+ today | Reminder")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "; two people sign above €8,000"),
        ("fr", " ; deux personnes signent au-dessus de 8 000 €"),
        ("de", "; über 8.000 € unterschreiben zwei Menschen"),
    ],
)
def test_the_team_reads_above_which_amount_two_people_sign(language: str, words: str) -> None:
    first, *others = FULL.steps
    two = replace(FULL, steps=(replace(first, second_signature_above={"EUR": 800_000}), *others))
    assert words in told(two, STAFF, language)
    assert words not in told(FULL, STAFF, language)


@pytest.mark.parametrize("stage", [Stage.AGENCY, Stage.LEGAL])
def test_the_team_reads_that_an_agency_and_a_court_are_never_in_the_daily_review(stage: Stage) -> None:
    last = replace(FULL.steps[-1], stage=stage, approval=ApprovalRule.ABOVE, approval_above={"EUR": 123_400})
    words = told(replace(FULL, steps=(last,)), STAFF, "en")
    assert ("A person approves each one" in words, "1,234" in words) == (True, False)
