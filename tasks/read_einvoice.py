"""One e-invoice: a PDF with its XML, UBL or CII; told apart by what the file holds, never by its name."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from lxml import etree

from policies.problems import Problem
from policies.records import InvoiceRecord
from tasks import read_cii, read_ubl
from tasks.bounded import bounded
from tasks.einvoice_record import Made, made
from tasks.embedded_invoice import embedded_xml
from tasks.invoice_tree import at, invoice_tree
from tasks.other_documents import what_it_is
from tasks.read_csv import FileRefused
from tasks.reading import Reading, refusal
from tasks.safe_xml import local

PDF = b"%PDF-"
_BEGINNING = 1024
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_einvoice(path: Path) -> bool:
    """Whether the file is a PDF or XML, whatever it is called."""
    try:
        with path.open("rb") as file:
            start = file.read(_BEGINNING)
    except OSError:
        return False
    if PDF in start:
        return True
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def read_einvoice(path: Path, due: date | None = None) -> Reading[InvoiceRecord]:
    """The invoice of the file. One with problems is held: shown by a dry run, not taken in. `due` is the day a person
    says for an invoice that states none."""
    try:
        found = _made(path, due)
    except FileRefused as refused:
        return refusal([refused.problem])
    record = replace(found.record, document=path.name)
    return Reading(
        records=() if found.problems else (record,),
        problems=[*found.problems, *found.notices],
        read=1,
        held=(record,) if found.problems else (),
    )


def _made(path: Path, due: date | None) -> Made:
    with path.open("rb") as file:
        is_pdf = PDF in file.read(_BEGINNING)
    if not is_pdf:
        return made_from(invoice_tree(path, path.name), path.name, due)
    candidates = bounded(embedded_xml, path)
    trees = [(name, invoice_tree(io.BytesIO(content), f"{path.name} ({name})")) for name, content in candidates]
    invoices = [(name, tree) for name, tree in trees if _syntax(_document(tree))] or trees
    if len(invoices) != 1:
        names = ", ".join(name for name, _ in invoices)
        raise FileRefused(Problem(path.name, None, "", f"The PDF holds several XML files ({names}): which one counts?"))
    name, tree = invoices[0]
    return made_from(tree, f"{path.name} ({name})", due)


def made_from(root: etree._Element, source: str, due: date | None = None) -> Made:
    """The record of a document by its syntax. Raises FileRefused where it is no invoice."""
    document = _document(root)
    syntax = _syntax(document)
    if syntax == "cii":
        return made(read_cii.read_cii(document), source, due)
    if syntax == "ubl":
        return made(read_ubl.read_ubl(document), source, due)
    raise FileRefused(Problem(source, root.sourceline, "", what_it_is(document)))


def _document(root: etree._Element) -> etree._Element:
    """The invoice itself where an envelope (SBDH) is around it."""
    if local(root) != "StandardBusinessDocument":
        return root
    inside = at(root, "Invoice", "CreditNote", "CrossIndustryInvoice")
    return root if inside is None else inside


def _syntax(root: etree._Element) -> str:
    namespace = etree.QName(root).namespace or ""
    if local(root) in read_ubl.ROOTS and namespace.startswith(read_ubl.NAMESPACE):
        return "ubl"
    return "cii" if local(root) in read_cii.ROOTS and namespace.startswith(("urn:un:unece", "urn:ferd:")) else ""
