"""A policy on the command line: in plain sentences, as a page, on paper, and what is said of a wrong word."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.conftest import Relance


@pytest.fixture(scope="module")
def named(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> Relance:
    """The same command line once the creditor has said who it is."""
    file = tmp_path_factory.mktemp("first") / "customers.csv"
    file.write_text("number,name,kind,email,country,language\nC1,Dupont SARL,business,,FR,fr\n", encoding="utf-8")
    assert relance("import", "customers", str(file)).code == 0
    who = ("name=Atelier Martin", "phone=+33 1 23 45 67 89", "iban=FR7630006000011234567890189")
    told = relance("creditor", "set", *who, "company_number=0123.456.789", "mediator=Médiation Conso, Nantes")
    assert told.code == 0, told.err
    return relance


def test_a_policy_is_told_to_the_team_in_english_unless_somebody_else_is_named(named: Relance) -> None:
    shown = named("policy", "show", "fr-b2b")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("FRENCH BUSINESS CUSTOMERS\nPolicy fr-b2b")
    assert "30 days after the due   Formal notice (formal_notice)\n" in shown.out
    customers = named("policy", "show", "fr-b2b", "--for", "customers", "--lang", "fr").out
    assert customers.startswith("COMMENT NOUS SUIVONS LES FACTURES\n")
    assert "Par virement            Atelier Martin, IBAN FR76 3000 6000 0112 3456 7890 189\n" in customers
    assert "Téléphone               +33 1 23 45 67 89\n" in customers
    known = json.loads(named("creditor", "show", "--json").out)
    assert (known["company_number"], known["mediator"]) == ("0123.456.789", "Médiation Conso, Nantes")


def test_a_page_and_its_paper_are_written_and_a_copy_stays_under_the_policys_hash(
    named: Relance, home: Path, tmp_path: Path
) -> None:
    html, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    words = ("policy", "show", "fr-b2b", "--for", "customers", "--lang", "fr", "--html", str(html), "--pdf", str(pdf))
    first, again = named(*words), named(*words)
    assert first.out == again.out
    hash = json.loads(named("policy", "show", "fr-b2b", "--json").out)["hash"]
    kept = sorted((home / "published").rglob("*.*"))
    assert [place.parent for place in kept] == [home / "published" / "fr-b2b" / hash[:12]] * 2
    assert sorted((*place.name.split(".")[:2], place.suffix) for place in kept) == [
        ("customers", "fr", ".html"), ("customers", "fr", ".pdf"),
    ]  # fmt: skip
    assert {place.read_bytes() for place in kept} == {html.read_bytes(), pdf.read_bytes()}
    assert html.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_the_steps_stay_to_be_had_as_a_table_and_for_other_programs(named: Relance) -> None:
    table = named("policy", "show", "fr-b2b", "--steps").out.splitlines()
    assert table[2].split() == ["Step", "Day", "Gap", "By", "Only", "if", "Approval"]
    assert table[3].split()[:4] == ["upcoming", "D-5", "1", "email"]
    answer = json.loads(named("policy", "show", "fr-b2b", "--json", "--for", "customers").out)
    assert (answer["lang"], answer["for"]) == ("en", "customers")
    assert answer["page"][0] == {"kind": "title", "parts": ["How we follow up invoices"]}
    assert answer["steps"][0]["id"] == "upcoming"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("nonsense",), 1, "There is no policy and no file “nonsense”; known are"),
        (("fr-b2b", "--html", "/"), 1, "/ is a folder: name a file in it."),
        (("fr-b2b", "--pdf", "/nowhere/page.pdf"), 1, "/nowhere/page.pdf: No such file or directory."),
        (("fr-b2b", "--lang", "it"), 2, "'it' is not one of 'en', 'fr', 'de'"),
        (("fr-b2b", "--for", "nobody"), 2, "'nobody' is not one of 'staff', 'customers'"),
    ],
)
def test_a_wrong_word_is_answered_with_a_sentence(
    named: Relance, words: tuple[str, ...], code: int, sentence: str
) -> None:
    answer = named("policy", "show", *words)
    assert (answer.code, answer.out) == (code, "")
    assert sentence in " ".join(answer.err.replace("│", " ").split())


def test_a_policy_with_mistakes_is_not_shown_but_answered_with_all_of_them(named: Relance, tmp_path: Path) -> None:
    wrong = tmp_path / "mine.toml"
    wrong.write_text('id = "mine"\ntitle = "Mine"\nsend_frm = 9\n\n[[step]]\nid = "a"\n', encoding="utf-8")
    answer = named("policy", "show", str(wrong))
    assert answer.code == 1
    assert [line.split(":")[0] for line in answer.err.splitlines()[:2]] == ["mine.toml", "mine.toml"]


def test_a_policy_whose_step_has_no_words_or_which_its_law_refuses_is_not_good(named: Relance, tmp_path: Path) -> None:
    wrong = tmp_path / "public.toml"
    wrong.write_text(
        'id = "public"\ntitle = "P"\ncountry = "FR"\nkinds = ["public"]\n\n[[step]]\nid = "agency"\nstage = "agency"\n'
        'offset = 90\ngap = 20\nchannels = ["handover"]\napproval = "always"\n',
        encoding="utf-8",
    )
    answer = named("policy", "check", str(wrong))
    assert (answer.code, answer.out) == (1, "")
    assert [line.startswith("public.toml:8: agency.stage: ") for line in answer.err.splitlines()] == [True, True]
    assert "A public body is not placed with an agency" in answer.err
    assert 'There is no template "agency" for a public under the law of "FR"' in answer.err


def test_the_steps_say_above_which_amount_two_people_sign(named: Relance, tmp_path: Path) -> None:
    shipped = json.loads(named("policy", "show", "fr-b2b", "--json").out)
    assert "two sign" not in named("policy", "show", "fr-b2b", "--steps").out
    assert shipped["id"] == "fr-b2b"
    text = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")
    above = 'approval_above = { EUR = "5000.00" }'
    two = tmp_path / "two.toml"
    two.write_text(
        text.replace(above, f'{above}\nsecond_signature_above = {{ EUR = "8000.00" }}').replace('"fr-b2b"', '"two"', 1)
    )
    assert "above 5000.00 EUR; two sign above 8000.00 EUR" in named("policy", "show", str(two), "--steps").out
