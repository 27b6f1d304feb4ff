"""The XML inside a PDF invoice (Factur-X, ZUGFeRD); run in a process of its own, since PDFs come from anybody."""

import logging
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PdfReadError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from policies.problems import Problem
from tasks.read_csv import FileRefused

NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
"""What Factur-X 1, ZUGFeRD 1 and 2.0, and the XRechnung profile call the invoice (compared without capitals)."""
LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of the largest PDF opened."""
LARGEST_XML = 20 * 1024 * 1024
"""Bytes of the largest embedded invoice."""
TOO_LARGE = f"A file inside the PDF has more than {LARGEST_XML // (1024 * 1024)} MB when unpacked: no invoice has."
MOST_FILES = 200
"""Embedded files looked at."""
DAMAGED = "The PDF is cut off or damaged; fetch it again."
DATA = ("/Data", "/Source", "/Alternative")
"""How a file may be related to the page for being the invoice (AFRelationship, ISO 32000-2, 7.11.3)."""


def embedded_xml(path: Path) -> list[tuple[str, bytes]]:
    """Name and content of the embedded files that may be the invoice: those with an invoice's name, else every XML
    that is related as data. Raises FileRefused where there is none."""
    if path.stat().st_size > LARGEST_FILE:
        raise _refused(path, f"The PDF is larger than {LARGEST_FILE // (1024 * 1024)} MB; it is not opened.")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is told by our own sentence, or by nothing
    try:
        return _found(PdfReader(path), path)
    except LimitReachedError as error:
        raise _refused(path, TOO_LARGE) from error
    except DependencyError as error:
        raise _refused(path, "The PDF is encrypted; save it without protection.") from error
    except PdfReadError as error:
        raise _refused(path, DAMAGED) from error


def _found(reader: PdfReader, path: Path) -> list[tuple[str, bytes]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise _refused(path, "The PDF needs a password; save it without one.")
    files = list(_files(reader))
    named = [one for wanted in NAMES for one in files if one[0].lower() == wanted]
    related = [one for one in files if one[0].lower().endswith(".xml") or one[1] in DATA]
    found = list({content: (name, content) for name, content in _contents(named or related, path)}.values())
    if not found:
        reason = "There is no invoice in XML inside this PDF, so that it is no e-invoice: import it beside a CSV file."
        raise _refused(path, reason)
    if any(len(content) > LARGEST_XML for _, content in found):
        raise _refused(path, TOO_LARGE)
    return found


def _contents(files: Sequence[tuple[str, str, StreamObject]], path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file once: the tree of names and the list of associated files name the same streams."""
    seen: set[int] = set()
    for name, _, stream in files:
        if id(stream) not in seen:
            seen.add(id(stream))
            yield name, _unpacked(stream, path)


def _unpacked(stream: StreamObject, path: Path) -> bytes:
    """The content of a stream. A damaged one is not mended, as pypdf would: a digit may change without a sign of it."""
    packed = getattr(stream, "_data", b"")
    if stream.get("/Filter") in ("/FlateDecode", ["/FlateDecode"]) and packed:
        unpacking = zlib.decompressobj()
        try:
            content = unpacking.decompress(packed, LARGEST_XML + 1)
        except zlib.error as error:
            raise _refused(path, DAMAGED) from error
        if not unpacking.eof and len(content) <= LARGEST_XML:
            raise _refused(path, DAMAGED)
        return content
    return stream.get_data()


def _files(reader: PdfReader) -> Iterator[tuple[str, str, StreamObject]]:
    """Embedded files by the catalog's tree of names and by its list of associated files."""
    catalog = reader.trailer["/Root"].get_object()
    names = _part(_part(catalog, "/Names"), "/EmbeddedFiles")
    specs = [*_leaves(names, 0), *(one.get_object() for one in _part(catalog, "/AF") or ())]
    for spec in specs[:MOST_FILES]:
        stream = _part(_part(spec, "/EF"), "/UF") or _part(_part(spec, "/EF"), "/F")
        if isinstance(stream, StreamObject):
            yield str(spec.get("/UF") or spec.get("/F") or ""), str(spec.get("/AFRelationship", "")), stream


def _leaves(node: Any, depth: int) -> Iterator[DictionaryObject]:
    if not isinstance(node, DictionaryObject) or depth > 10:
        return
    pairs = _part(node, "/Names")
    for one in list(pairs or ())[1 : 2 * MOST_FILES : 2]:
        if isinstance(found := one.get_object(), DictionaryObject):
            yield found
    for kid in list(_part(node, "/Kids") or ())[:MOST_FILES]:
        yield from _leaves(kid.get_object(), depth + 1)


def _part(holder: Any, name: str) -> Any:
    if not isinstance(holder, DictionaryObject):
        return None
    found = holder.get(name)
    found = found.get_object() if found is not None else None
    return found if isinstance(found, (DictionaryObject, ArrayObject)) else None


def _refused(path: Path, reason: str) -> FileRefused:
    return FileRefused(Problem(path.name, None, "", reason))
