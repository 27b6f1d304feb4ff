"""The head of an e-invoice as a tree, its lines and attachments emptied while it is read; and where its values stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from lxml import etree

from policies.problems import Problem
from tasks.read_csv import FileRefused
from tasks.safe_xml import LARGEST_DOCUMENT, local, moments

EMPTIED = frozenset({
    "IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine", "AttachmentBinaryObject",
    "EmbeddedDocumentBinaryObject",
})  # fmt: skip
"""Elements nothing is read of: invoices have thousands of lines, and attachments of megabytes."""
MOST_ELEMENTS = 200_000
"""Elements and attributes kept at one time: no invoice's head has more, and every line counts as one."""
DEEPEST = 60
"""Elements inside each other."""


@dataclass(frozen=True, slots=True)
class Term:
    """A stated value with the line it stands on; `form` is its format, currency or scheme."""

    text: str = ""
    line: int | None = None
    form: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Term()


def invoice_tree(content: Path | IO[bytes], source: str) -> etree._Element:
    """The root of the document. Raises FileRefused where it is no XML, or hostile.

    Attachments may be larger than a parser's usual limits allow, so that these are ours: size, elements, depth.
    """
    if isinstance(content, Path) and content.stat().st_size > LARGEST_DOCUMENT:
        raise _refused(source, f"The file is larger than {LARGEST_DOCUMENT // (1024 * 1024)} MB: no invoice is.")
    kept, root = 0, None
    before: list[int] = []
    for event, element in moments(content, source):
        if event == "end":
            kept_then = before.pop()
            if local(element) in EMPTIED:
                element.clear(keep_tail=False)
                kept = kept_then + 1
            continue
        root = element if root is None else root
        before.append(kept)
        kept += 1 + len(element.attrib)
        if kept > MOST_ELEMENTS or len(before) > DEEPEST:
            raise _refused(source, "The XML has more elements, or deeper ones, than any invoice; it is not read.")
    if root is None:
        raise _refused(source, "The file is empty.")
    return root


def each(element: etree._Element | None, path: str) -> list[etree._Element]:
    """The elements at `path` (local names, `/` between them), in the document's order."""
    return [] if element is None else element.findall(_wild(path))


def at(element: etree._Element | None, *paths: str) -> etree._Element | None:
    """The first element at the first of the `paths` that has one."""
    for path in paths:
        if found := each(element, path):
            return found[0]
    return None


def terms(element: etree._Element | None, path: str, form: str = "") -> Iterator[Term]:
    """The non-empty values at `path`; `form` names the attribute that tells how to read them."""
    for found in each(element, path):
        if text := " ".join((found.text or "").split()):
            yield Term(text, found.sourceline, (found.get(form) or "").strip() if form else "")


def term(element: etree._Element | None, *paths: str, form: str = "") -> Term:
    """The first non-empty value at one of the `paths`."""
    for path in paths:
        for found in terms(element, path, form):
            return found
    return NOTHING


@lru_cache(maxsize=512)
def _wild(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def _refused(source: str, reason: str) -> FileRefused:
    return FileRefused(Problem(source, None, "", reason))
