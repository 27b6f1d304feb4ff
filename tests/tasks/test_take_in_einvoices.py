"""E-invoices taken in: once, with their document; a credit note settles its invoice; folders file by file."""

import hashlib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from storage.creditor import ensure_creditor, update
from storage.progress import progress_to
from tasks.invoice_mapping import RecordKind
from tasks.take_in import TakenIn, take_in
from tasks.take_in_any import holds_files, take_in_any
from tests.storage.books import NOON, balance, rows
from tests.tasks.einvoices import EXTENDED, Invented, cii, pdf, ubl, written

pytestmark = pytest.mark.usefixtures("database_url")

ONE = Invented()
NOTE = ONE.but(
    number="MV-26-0008", type_code="381", due="", words="", corrects=("MV-26-0007",), lines="100.00", net="100.00",
    vat="20.00", gross="120.00", payable="120.00",
)  # fmt: skip
WORDS = ONE.but(number="MV-26-0009", due="", words="Payable à réception")


async def imported(path: Path, **more: Any) -> TakenIn:
    return await take_in(RecordKind.INVOICES, path, (await ensure_creditor()).id, NOON, **more)


def counts(taken: TakenIn) -> tuple[int, int, int, int]:
    return taken.read, taken.new, taken.changed, taken.unchanged


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "invoices"
    folder.mkdir()
    written(folder, pdf(("factur-x.xml", cii(ONE))), "1.pdf")
    written(folder, ubl(NOTE, root="CreditNote"), "2.xml")
    written(folder, ubl(WORDS), "3.xml")
    written(folder, b"number,customer_number,due,currency,amount\n", "4.csv")
    return folder


async def test_an_invoice_goes_in_once_with_the_file_it_came_in(files: Path) -> None:
    first, again = await imported(files / "1.pdf"), await imported(files / "1.pdf")
    assert (counts(first), counts(again)) == ((1, 1, 0, 0), (1, 0, 0, 1))
    sha256 = hashlib.sha256((files / "1.pdf").read_bytes()).hexdigest()
    assert await rows("SELECT number, due, document_name, document_type, document_sha256 FROM invoice") == [
        ("MV-26-0007", date(2026, 4, 1), "1.pdf", "application/pdf", sha256)
    ]
    assert await rows("SELECT d.number, d.name, d.country, k.name, k.email, k.phone FROM customer d JOIN contact k "
                      "ON k.customer_id = d.id") == [
        ("C-118", "Épicerie du Port", "FR", "Jeanne Le Goff", "compta@epicerie-du-port.example", "+33298441230")
    ]  # fmt: skip


@pytest.mark.parametrize("order", [("1.pdf", "2.xml"), ("2.xml", "1.pdf")])
async def test_a_credit_note_settles_the_invoice_it_takes_back_in_either_order(
    files: Path, order: tuple[str, str]
) -> None:
    for name in order:
        await imported(files / name)
    assert await balance() == [("MV-26-0007", 0, 12_000, 108_000)]
    assert await rows("SELECT due FROM invoice WHERE kind = 'credit_note'") == [(date(2026, 3, 2),)]


async def test_what_rounding_adds_is_owed_too(tmp_path: Path) -> None:
    await imported(written(tmp_path, ubl(ONE.but(rounding="0.03", prepaid="200.00", payable="1000.03"))))
    assert await balance() == [("MV-26-0007", 0, 0, 100_003)]


async def test_each_instalment_is_a_due_item_with_the_invoices_own_document(tmp_path: Path) -> None:
    parts = (("2026-04-01", "700.00"), ("2027-03-02", "500.00"))
    await imported(written(tmp_path, cii(ONE.but(profile=EXTENDED, due="", words="", parts=parts))))
    found = await rows("SELECT number, part_of, due, total, document_name <> '' FROM invoice ORDER BY number")
    assert found == [
        ("MV-26-0007/1", "MV-26-0007", date(2026, 4, 1), 70_000, True),
        ("MV-26-0007/2", "MV-26-0007", date(2027, 3, 2), 50_000, True),
    ]


async def test_an_invoice_without_a_due_date_goes_in_when_a_person_says_it(files: Path) -> None:
    held = await imported(files / "3.xml", dry_run=True)
    assert (counts(held), [problem.field for problem in held.problems]) == ((1, 0, 0, 0), ["due"])
    assert [(one["number"], one["due"], one["problem"]) for one in held.records or ()] == [("MV-26-0009", None, True)]
    assert counts(await imported(files / "3.xml")) == (1, 0, 0, 0)
    assert counts(await imported(files / "3.xml", due=date(2026, 3, 20))) == (1, 1, 0, 0)
    assert await rows("SELECT number, due FROM invoice") == [("MV-26-0009", date(2026, 3, 20))]
    assert counts(await imported(files / "3.xml")) == (1, 0, 0, 0)


async def test_an_invoice_of_another_company_is_held(files: Path) -> None:
    creditor = (await ensure_creditor()).id
    await update(creditor, {"name": "Minoterie Bleue", "company_number": "732829320"}, "test", NOON)
    taken = await imported(files / "1.pdf")
    assert (taken.new, [(problem.field, problem.reason) for problem in taken.problems]) == (
        0,
        [("seller", ("The invoice is issued by Moulin Vert SAS (552081317), this creditor is Minoterie Bleue (732829320): "
                    "import it where it belongs."))],
    )  # fmt: skip
    await update(creditor, {"company_number": "55208131700014"}, "test", NOON)
    assert counts(await imported(files / "1.pdf")) == (1, 1, 0, 0)


async def test_a_document_of_a_refused_invoice_is_not_put_beside_another_one(files: Path, tmp_path: Path) -> None:
    await imported(files / "1.pdf")
    other = written(tmp_path, ubl(ONE.but(currency="USD")), "other.xml")
    taken = await imported(other)
    assert [(problem.source, problem.field) for problem in taken.problems] == [("other.xml", "currency")]
    assert await rows("SELECT currency, document_name FROM invoice") == [("EUR", "1.pdf")]


async def test_a_folder_and_an_archive_are_taken_in_file_by_file(files: Path, tmp_path: Path) -> None:
    creditor = (await ensure_creditor()).id
    told: list[tuple[str, int, int | None]] = []
    with progress_to(lambda what, done, of: told.append((what, done, of))):
        taken = await take_in_any(RecordKind.INVOICES, files, creditor, NOON)
    assert counts(taken) == (3, 2, 0, 0)
    assert [(one.source, one.field) for one in taken.problems] == [("3.xml", "due"), ("4.csv", "")]
    assert [one for one in told if one[0] == "files read"] == [("files read", done, 4) for done in (1, 2, 3, 4)]
    parcel = tmp_path / "parcel.zip"
    with zipfile.ZipFile(parcel, "w") as archive:
        for file in sorted(files.iterdir()):
            archive.write(file, f"januar/{file.name}")
    again = await take_in_any(RecordKind.INVOICES, parcel, creditor, NOON)
    assert (counts(again), again.problems) == ((3, 0, 0, 2), taken.problems)
    assert [holds_files(one) for one in (files, parcel, files / "1.pdf", tmp_path / "none")] == [
        True,
        True,
        False,
        False,
    ]
