"""XML from outside: no entities, no network, no DOCTYPE, no endless tree; what is wrong is told with its line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from policies.problems import Problem
from tasks.read_csv import FileRefused

LARGEST = 400 * 1024 * 1024
"""Bytes of the largest XML file read: statements of a million entries stay below."""
LARGEST_DOCUMENT = 50 * 1024 * 1024
"""Bytes of the largest document that is held as a whole: an invoice with its attachments."""


def root_tag(path: Path) -> str:
    """The name of the document's first element as `{namespace}name`; raises FileRefused where it is no XML."""
    with _told(path):
        for _, element in etree.iterparse(str(path), events=("start",), **_SAFE):
            _refuse_doctype(element, path.name)
            return str(element.tag)
    raise FileRefused(Problem(path.name, None, "", "The file is empty."))


def elements(path: Path, *names: str) -> Iterator[etree._Element]:
    """Each element with one of the local `names`, whole, in the file's order, and forgotten when the next one is asked
    for: a long statement never fills the memory. Raises FileRefused."""
    _refuse_large(path, LARGEST)
    with _told(path):
        for event, element in etree.iterparse(str(path), events=("start", "end"), **_SAFE):
            if event == "start":
                if element.getparent() is None:
                    _refuse_doctype(element, path.name)
            elif local(element) in names:
                yield element
                _forget(element)


def document(path: Path) -> etree._Element:
    """The whole document's root. Raises FileRefused."""
    _refuse_large(path, LARGEST_DOCUMENT)
    with _told(path):
        root = etree.parse(str(path), etree.XMLParser(**_SAFE)).getroot()
        _refuse_doctype(root, path.name)
        return root


def document_from(content: bytes, source: str) -> etree._Element:
    """The root of a document that came inside another file; `source` names that file in problems."""
    with _told(Path(source)):
        root = etree.fromstring(content, etree.XMLParser(**_SAFE))
        _refuse_doctype(root, source)
        return root


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


_SAFE: dict[str, bool] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_doctype(root: etree._Element, source: str) -> None:
    if root.getroottree().docinfo.doctype:
        reason = "The file declares a DOCTYPE, which no invoice or statement needs and attacks do; it is not read."
        raise FileRefused(Problem(source, root.sourceline, "", reason))


def _refuse_large(path: Path, largest: int) -> None:
    if path.stat().st_size > largest:
        megabytes = largest // (1024 * 1024)
        raise FileRefused(
            Problem(path.name, None, "", f"The file is larger than {megabytes} MB; export a shorter one.")
        )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except etree.XMLSyntaxError as error:
        reason = "From here on the file is no well-formed XML: it is cut off or damaged; fetch it again."
        raise FileRefused(Problem(path.name, error.lineno or None, "", reason)) from error
    except OSError as error:
        raise FileRefused(Problem(path.name, None, "", "The file cannot be opened.")) from error
