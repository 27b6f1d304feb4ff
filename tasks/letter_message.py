"""A letter in the bytes that are printed: the page, and behind it the invoices' own PDFs where the step sends copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from policies.message import MessageFacts
from storage.bundles import Copy
from tasks.letter import letter
from tasks.typst_page import NotPrinted

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Printed:
    """The bytes that are printed, and how many pages they have."""

    raw: bytes
    pages: int


def printable(copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """The copies that can stand on paper: PDFs that open and are not locked. The others are not named in the letter."""
    return tuple(one for one in copies if _reader(one.content) is not None)


def printed(facts: MessageFacts, copies: Sequence[Copy]) -> Printed:
    """The letter with its `printable` copies behind it; the same facts give the same bytes.

    Alone it is PDF/A-2b; with copies, which are whatever PDF the invoice was, it is not. Raises NotPrinted or NotKnown.
    """
    assert facts.posting is not None, "a letter is posted somewhere"
    page = letter(facts, facts.posting)
    own = _reader(page)
    assert own is not None, "typst writes PDFs that open"
    readers = [reader for one in copies if (reader := _reader(one.content)) is not None]
    pages = sum(len(reader.pages) for reader in (own, *readers))
    return Printed(_behind(own, readers) if readers else page, pages)


def _behind(own: PdfReader, readers: Sequence[PdfReader]) -> bytes:
    writer = PdfWriter()
    try:
        for reader in (own, *readers):
            writer.append(reader, import_outline=False)
        made = BytesIO()
        writer.write(made)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as broken:
        raise NotPrinted(f"The copies of the invoices cannot be put behind the letter: {broken}.") from broken
    return made.getvalue()


def _reader(content: bytes) -> PdfReader | None:
    """The PDF; None where it is none, is locked, or has no page."""
    if not content.startswith(b"%PDF"):
        return None
    try:
        reader = PdfReader(BytesIO(content))
        return reader if not reader.is_encrypted and len(reader.pages) else None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return None
