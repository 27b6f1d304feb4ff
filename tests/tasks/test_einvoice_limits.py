"""Files that are no e-invoices, broken or hostile: each ends in a sentence, within limits."""

import zipfile
from pathlib import Path

import pytest

from tasks.archive import Limits, is_archive, unpacked
from tasks.embedded_invoice import LARGEST_XML
from tasks.invoice_tree import DEEPEST, MOST_ELEMENTS
from tasks.read_csv import FileRefused
from tasks.read_einvoice import is_einvoice, read_einvoice
from tests.tasks.einvoices import Invented, cii, pdf, ubl, written

ONE = Invented()
LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">&c;</Invoice>"""
BANK = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt/></Document>'
ORDER = b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'


def refused(folder: Path, content: bytes, name: str = "invoice.xml") -> str:
    reading = read_einvoice(written(folder, content, name))
    assert (reading.refused, reading.records, reading.held) == (True, (), ())
    assert len(reading.problems) == 1
    return reading.problems[0].reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LAUGHS, "declares a DOCTYPE"),
        (b"", "no well-formed XML"),
        (ubl(ONE)[:900], "cut off or damaged"),
        (cii(ONE).replace(b"</ram:SellerTradeParty>", b"", 1), "cut off or damaged"),
        (ubl(ONE).replace(b"MV-26", b"MV\x00-26"), "no well-formed XML"),
        (ubl(ONE).replace("Épicerie".encode(), b"\xc9picerie"), "no well-formed XML"),
        (BANK, "This is a message of a bank (camt.053.001.08), no invoice: import it with import payments."),
        (ORDER, "This is an order or the like (Order), which asks for no money: import the invoice that follows it."),
        (b"<FatturaElettronica/>", "This is an Italian FatturaPA, which is not read"),
        (b"<Invoice/>", "The XML is a “Invoice”, neither an invoice in UBL nor one in CII."),
        (b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), "more elements, or deeper ones"),
        (b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>", "more elements, or deeper ones"),
        (b"<a>" + b'<b c="" d="" e="" f="" g=""/>' * (MOST_ELEMENTS // 5) + b"</a>", "more elements, or deeper ones"),
    ],
)  # fmt: skip
def test_xml_that_is_no_invoice_is_refused_in_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refused(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(), "There is no invoice in XML inside this PDF, so that it is no e-invoice: import it beside a CSV file."),
        (pdf(("factur-x.xml", cii(ONE)))[:700], "damaged"),
        (b"%PDF-1.7\nnothing of the kind", "damaged"),
        (pdf(("factur-x.xml", LAUGHS)), "declares a DOCTYPE"),
        (pdf(("factur-x.xml", ORDER)), "(Order), which asks for no money"),
        (pdf(("factur-x.xml", b"<a>" + b" " * LARGEST_XML + b"</a>")), "more than 20 MB when unpacked"),
        (pdf(("factur-x.xml", b"\0" * 120_000_000)), "more than 20 MB when unpacked"),
    ],
    ids=["plain", "cut", "empty", "laughs", "order", "large", "bomb"],
)  # fmt: skip
def test_a_pdf_without_an_invoice_that_can_be_trusted_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refused(tmp_path, content, "facture.pdf")


def test_a_byte_changed_inside_the_pdf_never_changes_the_invoice(tmp_path: Path) -> None:
    whole = pdf(("factur-x.xml", cii(ONE)))
    start = whole.index(b"stream", whole.index(b"FlateDecode")) + 8
    for place in range(start + 20, start + 900, 110):
        changed = whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]
        assert "damaged" in refused(tmp_path, changed, "facture.pdf")


def test_an_invoice_with_thousands_of_lines_and_a_large_attachment_is_read(tmp_path: Path) -> None:
    attachment = f"<cbc:EmbeddedDocumentBinaryObject>{'QUJD' * 3_000_000}</cbc:EmbeddedDocumentBinaryObject>"
    lines = "<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:Note>Farine</cbc:Note></cac:InvoiceLine>" * 20_000
    reading = read_einvoice(written(tmp_path, ubl(ONE, further=attachment + lines)))
    assert (reading.problems, [one.total for one in reading.records]) == ([], [120000])


def test_utf_16_is_read_as_it_declares_itself(tmp_path: Path) -> None:
    text = ubl(ONE).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    path = written(tmp_path, text.encode("utf-16"))
    assert (is_einvoice(path), [one.buyer for one in read_einvoice(path).records]) == (True, ["Épicerie du Port"])


def test_a_file_is_told_by_what_it_holds_and_not_by_its_name(tmp_path: Path) -> None:
    kinds = {"a.csv": ubl(ONE), "b": pdf(), "c.xml": b"number;due\n", "d.pdf": b"PK\x03\x04", "e": b"\xef\xbb\xbf <a/>"}
    told = {name: is_einvoice(written(tmp_path, content, name)) for name, content in kinds.items()}
    assert told == {"a.csv": True, "b": True, "c.xml": False, "d.pdf": False, "e": True}
    assert not is_einvoice(tmp_path / "missing.xml")


def packed(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "parcel.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_an_archive_is_unpacked_flat_whatever_its_names_say(tmp_path: Path) -> None:
    path = packed(tmp_path, {"../../etc/a.xml": b"1", "x/b.xml": b"2", "y/b.xml": b"3"})
    with unpacked(path, Limits(3, 100)) as members:
        found = [(one.name, one.path.name, one.path.read_bytes()) for one in members]
        folder = members[0].path.parent.parent
        assert found == [("../../etc/a.xml", "a.xml", b"1"), ("x/b.xml", "b.xml", b"2"), ("y/b.xml", "b.xml", b"3")]
        assert {one.path.resolve().is_relative_to(folder.resolve()) for one in members} == {True}
    assert not folder.exists()


def test_a_workbook_is_no_archive_of_invoices(tmp_path: Path) -> None:
    assert not is_archive(packed(tmp_path, {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}))
    assert is_archive(packed(tmp_path, {"a.xml": b"<x/>"}))


def test_an_archive_that_is_cut_off_is_refused_as_one(tmp_path: Path) -> None:
    cut = written(tmp_path, b"PK\x03\x04 cut off", "cut.zip")
    assert is_archive(cut)
    with pytest.raises(FileRefused, match="The archive is damaged"), unpacked(cut, Limits(3, 100)):
        pass


def test_a_bomb_is_put_down_before_it_fills_the_disk(tmp_path: Path) -> None:
    path = packed(tmp_path, {"a": b"\0" * 9_000_000})
    with pytest.raises(FileRefused, match="more than 2 MB when unpacked"), unpacked(path, Limits(3, 2 * 1024 * 1024)):
        pass
