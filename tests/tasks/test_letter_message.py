"""A letter in its channel: the copies behind it, the mail by which the sink keeps it, the folder it is printed from."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from pathlib import Path

import pypdf
import pytest

from policies.posting import Posting
from policies.stages import Channel, Stage
from storage.bundles import Copy
from storage.outgoing import Outgoing
from storage.print_sheets import Sheet
from tasks.letter_in_sink import sunk_letter
from tasks.print_folder import manifest, place
from tasks.sink import _headers, _of_letter
from tasks.write import CannotWrite, write
from tests.tasks.letters import facts

TO = Posting("14 quai du Port\n69002 Lyon", "FR", "FR", registered=True, history=((date(2025, 12, 1), "email · FA-1"),))


def pages_of(raw: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]


def blank(pages: int = 1, password: str = "") -> bytes:
    """An invoice's own file."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


NOTICE = replace(facts(Stage.FORMAL_NOTICE), posting=TO)


def test_a_letter_is_the_pdf_alone_and_says_whom_it_is_for() -> None:
    written = write(NOTICE, Channel.LETTER, "14 quai du Port, 69002 Lyon")
    told = pages_of(written.raw)
    assert (written.recipient, written.pages) == ("14 quai du Port, 69002 Lyon", len(told))
    assert "Lettre recommandée avec avis de réception" in told[0]
    assert "E-mail · FA-1" in told[-1]


def test_the_copies_stand_behind_the_letter_and_the_same_facts_give_the_same_bytes() -> None:
    copies = (Copy("FA-1.pdf", "application/pdf", blank(2)), Copy("FA-2.xml", "application/xml", b"<xml/>"),
              Copy("FA-3.pdf", "application/pdf", blank(1, "secret")), Copy("FA-4.pdf", "application/pdf", b"%PDF-broken"))  # fmt: skip
    alone = write(NOTICE, Channel.LETTER, "there")
    with_copies = write(NOTICE, Channel.LETTER, "there", copies)
    assert with_copies.pages == alone.pages + 2
    assert len(pages_of(with_copies.raw)) == with_copies.pages
    assert with_copies.raw == write(NOTICE, Channel.LETTER, "there", copies).raw
    assert "FA-2.xml" not in with_copies.text
    assert "FA-3.pdf" not in with_copies.text


def test_an_address_that_fits_no_window_is_refused_in_a_sentence() -> None:
    long = replace(TO, address="\n".join(f"line {number}" for number in range(12)))
    with pytest.raises(CannotWrite, match="does not fit a window"):
        write(replace(NOTICE, posting=long), Channel.LETTER, "there")


def test_the_sink_keeps_a_letter_under_the_fingerprint_the_ledger_has() -> None:
    written = write(NOTICE, Channel.LETTER, "14 quai du Port, 69002 Lyon")
    moment = datetime(2026, 3, 3, 9, tzinfo=UTC)
    letter = Outgoing(
        id=7, channel=Channel.LETTER, stage=Stage.FORMAL_NOTICE, route="sink", sender="", recipient=written.recipient,
        subject=written.subject, text=written.text, raw=written.raw, key="k", calculated_at=moment, kind="step",
    )  # fmt: skip
    mail = message_from_bytes(sunk_letter(letter))
    assert _headers(mail)["channel"] == "letter"
    assert _of_letter(mail) == hashlib.sha256(written.raw).hexdigest()
    assert mail["To"] == "letter-7@letter.sink.invalid"
    assert sunk_letter(letter) == sunk_letter(letter)


def sheet(number: int, state: str = "to_post", **more: object) -> Sheet:
    values: dict[str, object] = {
        "id": number, "file": f"L{number}-abc.pdf", "printed_on": date(2026, 3, 3), "customer_number": "C1",
        "customer_name": "Dupont SARL", "stage": Stage.FORMAL_NOTICE, "address": "14 quai du Port\n69002 Lyon",
        "registered": True, "pages": 2, "sha256": "abc", "cost": 583, "cost_currency": "EUR", "state": state, "why": "",
        "tracking": "", "placed": False, "raw": b"%PDF" if state == "to_post" else None,
    }  # fmt: skip
    return Sheet(**(values | more))  # type: ignore[arg-type]


def test_the_list_of_a_day_says_what_to_do_and_no_cell_is_a_formula() -> None:
    made = manifest([sheet(1, customer_name="=HYPERLINK(1)"), sheet(2, "withdrawn", why="F1: paid in full", cost=None)])
    rows = list(csv.reader(made.decode("utf-8-sig").splitlines()))
    assert rows[1:] == [
        ["L1", "post", "", "L1-abc.pdf", "C1", "'=HYPERLINK(1)", "formal_notice", "14 quai du Port, 69002 Lyon", "registered",
         "2", "abc", "5.83", "EUR", ""],
        ["L2", "DO NOT POST", "F1: paid in full", "L2-abc.pdf", "C1", "Dupont SARL", "formal_notice",
         "14 quai du Port, 69002 Lyon", "registered", "2", "abc", "", "", ""],
    ]  # fmt: skip


def test_a_folder_laid_out_twice_is_the_same_and_nobody_else_reads_it(tmp_path: Path) -> None:
    for _ in range(2):
        place(tmp_path / "print", [sheet(1), sheet(2)])
    found = sorted((tmp_path / "print" / "2026-03-03").iterdir())
    assert [one.name for one in found] == ["L1-abc.pdf", "L2-abc.pdf", "manifest.csv"]
    assert {oct(one.stat().st_mode & 0o777) for one in found} == {"0o600"}
    place(tmp_path / "print", [sheet(1, "withdrawn"), sheet(2)])
    assert sorted(one.name for one in (tmp_path / "print" / "2026-03-03" / "withdrawn").iterdir()) == ["L1-abc.pdf"]
