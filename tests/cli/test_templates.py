"""`relance template`: a message to look at, as text and as a letter."""

import re
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner

from cli.findings import Health
from cli.home import Home
from cli.machine_checks import templates
from cli.templates import app


def test_a_message_is_shown_as_text_or_written_as_a_letter(tmp_path: Path) -> None:
    file = tmp_path / "notice.pdf"
    shown = CliRunner().invoke(app, ["preview", "formal_notice"])
    written = CliRunner().invoke(app, ["preview", "formal_notice", "--pdf", str(file)])
    assert "MISE EN DEMEURE DE PAYER" in shown.output
    assert written.output == f"Written: {file}\n"
    assert "Lettre recommandée avec avis de réception" in pypdf.PdfReader(file).pages[0].extract_text()


def test_a_case_and_a_text_nobody_knows_are_refused() -> None:
    case = CliRunner().invoke(app, ["preview", "formal_notice", "--case", "zero"])
    text = CliRunner().invoke(app, ["preview", "poem"])
    assert (str(case.exception), str(text.exception)) == (
        (
            "There is no case “zero”; there are one, thirty, long-names, right-to-left, no-phone, interest, "
            "zero-interest, two-currencies, credit, instalments, bare."
        ),
        "There is no text “poem”; write for example formal_notice.",
    )


def test_every_text_and_case_is_written_into_a_folder_with_an_index(tmp_path: Path) -> None:
    folder = tmp_path / "previews"
    words = ["preview", "upcoming", "--all", "--lang", "pt", "--no-paper", "-o", str(folder)]
    answer = CliRunner().invoke(app, words)
    assert answer.output == f"22 messages, 0 of which cannot be written: look at {folder / 'index.html'}\n"
    index = (folder / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', index)
    assert (len(links), [link for link in links if not (folder / link).is_file()]) == (44, [])
    page = (folder / "common.upcoming.business.pt.one.html").read_text(encoding="utf-8")
    assert ("data:image/png;base64," in page, "cid:" in page) == (True, False)
    assert str(CliRunner().invoke(app, ["preview", "--all"]).exception) == (
        "Say into which folder: relance template preview --all -o previews"
    )


def test_a_broken_template_of_your_own_is_told_by_check_and_shown_in_its_place_by_the_preview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    path = tmp_path / "templates/common/statement/any/pt/body.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Olá {{ customer }}")
    one = CliRunner().invoke(app, ["preview", "statement", "--lang", "pt"])
    assert str(one.exception) == f"{path}:1: 'customer' is undefined."
    words = ["preview", "statement", "--all", "--lang", "pt", "--no-paper", "-o", str(tmp_path / "previews")]
    assert "22 messages, 22 of which cannot be written" in CliRunner().invoke(app, words).output
    finding = templates(Home(tmp_path))
    assert (finding.health, finding.words.startswith(f"{path}:1: Nothing is called “customer”")) == (Health.BAD, True)
