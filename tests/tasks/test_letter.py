"""A letter says what its message says, to the cent, and is the same bytes every time."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from policies.facts import DebtorKind
from policies.languages import SHIPPED
from policies.message import LineStatus, MessageFacts
from policies.posting import Posting
from policies.stages import Stage
from tasks.account_sheet import Account, AccountItem, account_sheet, ages, totals
from tasks.letter import fixed_words, letter, told, window
from tasks.render import NotKnown, render
from tasks.template_check import wrong_templates
from tasks.typst_page import NotPrinted
from tests.tasks.letters import CREDITOR, Words, every, facts, line
from tests.tasks.test_accessories_in_words import CLAIM
from tests.tasks.test_render import amounts

TO = Posting("14 quai du Port\nBâtiment B\n69002 Lyon", "FR", "FR", registered=True)
NOTICES = [
    words for words in every() if words.text in ("formal_notice", "agency", "legal", "statement", "second_reminder")
]
NUMBER = re.compile(r"\d+")


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def said(pdf: bytes) -> str:
    """The text of every page without the foot, with plain spaces."""
    pages = [re.split(r"\n[^\n]*\b(?:Page|Seite|Pagina)\b[^\n]*$", page.extract_text())[0] for page in read(pdf).pages]
    return " ".join(" ".join(pages).split())


def numbers(text: str) -> set[str]:
    """Every figure in the text, in its groups of digits."""
    return set(NUMBER.findall(text))


def notice(count: int = 1, **changes: object) -> MessageFacts:
    lines = tuple(line(f"FA-{1000 + n}") for n in range(count))
    return facts(Stage.FORMAL_NOTICE, lines=lines, **changes)


@pytest.mark.parametrize("words", NOTICES, ids=str)
def test_every_number_of_the_message_is_in_its_letter_and_no_other_but_the_address(words: Words) -> None:
    message = words.facts((line(), line("FA-7", credited=12_550, open=87_450)))
    rendered = render(message)
    paper = letter(message, replace(TO, registered=False))
    own = numbers(f"{TO.address} {CREDITOR.address} {CREDITOR.phone} {CREDITOR.mentions}")
    inside = "".join(page.extract_text() for page in read(paper).pages)
    dated = numbers(f"15 2025 {len(read(paper).pages)} 1 2 3")
    assert amounts(inside.replace("\n", " ")) == amounts(f"{rendered.subject}\n{rendered.text}")
    assert numbers(rendered.text) - numbers(said(paper)) == set()
    assert numbers(said(paper)) - numbers(rendered.subject + rendered.text) - own - dated == set()


def test_the_paragraphs_beside_the_items_are_the_messages_own() -> None:
    message = notice(2)
    parts = told(message, TO)["parts"]
    kept = [line for part in parts if part["kind"] == "text" for line in part["lines"]]
    listed = [each for each in render(message).text.splitlines() if each]
    start = next(at for at, each in enumerate(listed) if each.startswith("- Facture"))
    assert kept == listed[:start] + listed[start + 6 :]


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (30, 3), (500, 18)])
def test_every_invoice_stands_on_a_page_and_each_page_of_the_table_begins_with_its_head(count: int, pages: int) -> None:
    message = notice(count)
    paper = read(letter(message, TO))
    text = [page.extract_text() for page in paper.pages]
    found = [number for page in text for number in re.findall(r"Facture (FA-\d{4})\b", page)]
    assert len(paper.pages) == pages
    assert found == [each.invoice for each in message.lines]
    assert all("Échéance" in page for page in text if "Facture FA-" in page)


def test_the_same_letter_is_the_same_bytes_and_says_it_is_an_archive_file() -> None:
    first, second = letter(notice(), TO), letter(notice(), TO)
    paper = read(first)
    xmp = paper.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    intents = paper.trailer["/Root"]["/OutputIntents"]
    assert first == second
    assert ("<pdfaid:part>2</pdfaid:part>" in xmp, "<pdfaid:conformance>B</pdfaid:conformance>" in xmp) == (True, True)
    assert [each.get_object()["/S"] for each in intents] == ["/GTS_PDFA1"]


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (
            '#import "x.typ": * $1^2$ *fett* _k_ \\u{41} <l> @ref',
            '#import "x.typ": * $1^2$ *fett* _k_ \\u{41} <l> @ref',
        ),
        ("Nul\x00et\x07cloche", "Nul et cloche"),
        ("Fleurs 🙂 日本", "Fleurs [U+1F642] [U+65E5][U+672C]"),
        ("Tourné\u202e00,01", "Tourné00,01"),
        ('"}]} // fin', '"}]} // fin'),
    ],
)
def test_a_hostile_name_is_printed_as_text(name: str, printed: str) -> None:
    paper = said(letter(notice(customer_name=name, contact_name=""), TO))
    assert re.sub(r"\s", "", printed) in re.sub(r"\s", "", paper)


def test_names_from_right_to_left_and_with_every_accent_have_letters() -> None:
    paper = said(letter(notice(customer_name="Żółć Çağrı Þór Őrült"), TO))
    hebrew = said(letter(notice(customer_name="שלום"), TO))
    arabic = letter(notice(customer_name="شركة المثال"), TO)
    assert "Żółć Çağrı Þór Őrült" in paper
    assert "שלום" in hebrew or "םולש" in hebrew
    assert "[U+" not in said(arabic)


def test_a_name_of_three_hundred_letters_stands_whole() -> None:
    name = ("Compagnie " * 30).strip()
    paper = said(letter(notice(customer_name=name), TO))
    assert paper.count("Compagnie") == 60


def test_a_word_longer_than_the_page_is_broken_and_not_lost_over_its_edge() -> None:
    paper = read(letter(notice(customer_name="N" * 320, contact_name=""), TO))
    lines = paper.pages[0].extract_text().replace("\u200b", "").split("\n")
    assert max(line.count("N") for line in lines) <= 90
    assert sum(len(run) for line in lines for run in re.findall("N{5,}", line)) == 640


def test_interest_and_flat_sums_have_their_calculation_in_an_annex_with_what_was_sent() -> None:
    message = Words("FR", "formal_notice", DebtorKind.BUSINESS, "fr").facts(accessories=CLAIM)
    annex = told(message, replace(TO, history=((date(2025, 12, 5), "Rappel"),)))["annex"]
    plain = [[cell.replace("\u202f", " ").replace("\xa0", " ") for cell in row] for row in annex[1]["rows"]]
    assert plain == [
        ["FA-2025-0142", "4 décembre 2025", "15 décembre 2025", "1 000,00 €", "12,15 %", "12 / 365", "3,99 €"],
        ["FA-2025-0142", "16 décembre 2025", "31 décembre 2025", "500,00 €", "12,15 %", "16 / 365", "2,66 €"],
        ["FA-2025-0142", "Somme forfaitaire", "", "", "", "", "40,00 €"],
    ]
    assert annex[-1] == {"kind": "history", "rows": [["5 décembre 2025", "Rappel"]]}


@pytest.mark.parametrize(
    ("mentions", "missing"),
    [
        ("", "its legal form, its SIREN, RCS with the city of its register"),
        ("SARL, 123 456 789 RCS Paris", "its capital"),
        ("SARL au capital de 10 000 euros, RCS Paris", "its SIREN"),
        ("SAS au capital de 1 euro, SIREN 123456789", "RCS with the city of its register"),
    ],
)
def test_a_french_letter_without_a_mention_is_refused_by_the_setting_to_fill(mentions: str, missing: str) -> None:
    with pytest.raises(NotKnown) as refused:
        letter(notice(creditor=replace(CREDITOR, mentions=mentions)), TO)
    assert str(refused.value) == (
        f"The company's letters must state {missing} (Code de commerce R123-237): "
        "say it once with relance creditor set mentions=… (the registered office with address=…)"
    )


def test_a_letter_without_an_address_is_refused() -> None:
    with pytest.raises(NotKnown, match="Dupont SARL has no postal address"):
        letter(notice(), replace(TO, address=" \n"))
    with pytest.raises(NotKnown, match="creditor set address="):
        letter(notice(creditor=replace(CREDITOR, address="")), replace(TO, creditor_country="DE"))


def test_a_letter_of_too_many_items_is_refused() -> None:
    with pytest.raises(NotPrinted, match="2000 items at most"):
        letter(notice(2001), TO)


@pytest.mark.parametrize(
    ("name", "address"), [("N" * 321, TO.address), ("Dupont SARL", "\n".join(f"Étage {n}" for n in range(8)))]
)
def test_an_address_that_could_not_stand_whole_in_the_window_is_refused_and_never_cut(name: str, address: str) -> None:
    with pytest.raises(NotPrinted, match="does not fit a window: at most 8 lines of 320 letters"):
        letter(notice(customer_name=name, contact_name=""), replace(TO, address=address))


def test_the_window_is_where_the_envelopes_of_the_country_have_it() -> None:
    assert [window(each) for each in ("FR", "BE", "DE", "GB", "US")] == ["right", "right", "din", "left", "right"]


def test_every_language_has_the_same_fixed_words() -> None:
    known = fixed_words()
    assert sorted(known) == sorted(SHIPPED)
    assert [sorted(known[each]) for each in known] == [sorted(known["fr"])] * len(SHIPPED)


def test_every_template_can_be_printed_and_no_courteous_one_is_harsh() -> None:
    assert wrong_templates()[1] == []


ITEMS = (
    AccountItem("invoice", "FA-1", date(2025, 10, 3), date(2025, 11, 3), "EUR", 125_000, 100_000),
    AccountItem("invoice", "FA-2", date(2025, 12, 3), date(2026, 1, 3), "EUR", 5_000, 5_000),
    AccountItem("credit", "AV-1", date(2025, 11, 1), None, "EUR", -5_000, -4_000),
    AccountItem("payment", "VIR 77", date(2025, 12, 1), None, "EUR", -7_000, -7_000),
    AccountItem("invoice", "US-1", date(2025, 8, 1), date(2025, 9, 1), "USD", 9_900, 9_900),
)
ACCOUNT = Account(CREDITOR, "FR", "C-017", "Dupont SARL", TO.address, "FR", "en", date(2025, 12, 15), ITEMS)


def test_an_account_on_paper_has_every_item_and_never_adds_two_currencies() -> None:
    paper = said(account_sheet(ACCOUNT))
    euros = [item for item in ITEMS if item.currency == "EUR"]
    assert [each for each in ("FA-1", "FA-2", "AV-1", "VIR 77", "US-1") if each not in paper] == []
    assert totals(euros) == {"invoice": 105_000, "credit": -4_000, "payment": -7_000, "balance": 94_000}
    assert ages(euros, ACCOUNT.on) == (5_000, 0, 100_000, 0, 0)
    assert ("Balance: €940.00" in paper, "Balance: US$99.00" in paper) == (True, True)
    assert account_sheet(ACCOUNT) == account_sheet(ACCOUNT)


def test_a_disputed_line_keeps_the_words_of_the_message_in_the_table() -> None:
    message = Words("", "statement", DebtorKind.BUSINESS, "fr").facts((line(status=LineStatus.DISPUTED),))
    table = next(part for part in told(message, TO)["parts"] if part["kind"] == "table")
    assert table["rows"][0][2] == "3 décembre 2025\u2028contestée, rien ne vous est demandé ici à ce titre"
