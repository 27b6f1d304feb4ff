"""`relance template`: a message to look at, as text and as a letter."""

from pathlib import Path

import pypdf
from typer.testing import CliRunner

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
