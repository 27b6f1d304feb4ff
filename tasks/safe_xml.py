"""XML from outside: no entities, no network, no DOCTYPE, no endless tree; what is wrong is told with its line."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lxml import etree

from policies.problems import Problem
from tasks.read_csv import FileRefused

LARGEST = 400 * 1024 * 1024
"""Bytes of the largest XML file read: statements of a million entries stay below."""
MOST_HELD = 1_200_000
"""Elements held at once while a long file is read: those of an entry with forty thousand transactions."""
_ENVELOPE = 500
"""Elements that may stand before the message: the header of its envelope."""
_CHUNK, _LOOK_AGAIN = 64 * 1024, 4 * 1024 * 1024
LARGEST_DOCUMENT = 50 * 1024 * 1024
"""Bytes of the largest document that is held as a whole: an invoice with its attachments."""


def root_tag(path: Path) -> str:
    """The name of the document's first element as `{namespace}name`; raises FileRefused where it is no XML."""
    with _told(path):
        for _, element in etree.iterparse(str(path), events=("start",), **_SAFE):
            _refuse_doctype(element, path.name)
            return str(element.tag)
    raise FileRefused(Problem(path.name, None, "", "The file is empty."))


def message_in(path: Path, known: AbstractSet[str]) -> str:
    """The local name of the message an ISO 20022 document holds: the first element with a `known` name, also inside an
    envelope; else the first one below the root. Empty where there is none. Raises FileRefused."""
    below = ""
    with _told(path):
        for count, (_, element) in enumerate(etree.iterparse(str(path), events=("start",), **_SAFE)):
            if element.getparent() is None:
                _refuse_doctype(element, path.name)
                continue
            below = below or local(element)
            if local(element) in known or count > _ENVELOPE:
                return local(element) if local(element) in known else below
    return below


def elements(path: Path, *names: str) -> Iterator[etree._Element]:
    """Each element with one of the local `names`, whole, in the file's order, and forgotten when the next one is asked
    for: a long statement never fills the memory. Raises FileRefused."""
    _refuse_large(path, LARGEST)
    top, wanted = root_tag(path), [f"{{*}}{name}" for name in names]
    parser = etree.XMLPullParser(events=("start", "end"), tag=[top, *wanted], **_SAFE)
    root, held = None, 0
    with _told(path), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            parser.feed(chunk)
            held += len(chunk)
            for event, element in parser.read_events():
                if root is None:
                    root = element
                elif event == "end" and element is not root:
                    yield element
                    _forget(element)
                    held = 0
            if root is not None and held > _LOOK_AGAIN:
                _refuse_swollen(root, path.name)
                held = 0
        parser.close()


def _refuse_swollen(root: etree._Element, source: str) -> None:
    """Nothing was read of the file for a while; what is held must fit into memory."""
    count = root.xpath("count(//*)")
    if isinstance(count, float) and count > MOST_HELD:
        reason = f"One part of the file has more than {MOST_HELD} elements; it is not read."
        raise FileRefused(Problem(source, None, "", reason))


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


def moments(content: Path | IO[bytes], source: str) -> Iterator[tuple[str, etree._Element]]:
    """Start and end of every element, with nothing forgotten and no limit on depth or text: who asks keeps both small.
    `source` names the file in problems. Raises FileRefused."""
    given = str(content) if isinstance(content, Path) else content
    with _told(Path(source)):
        for event, element in etree.iterparse(given, events=("start", "end"), **(_SAFE | {"huge_tree": True})):
            if event == "start" and element.getparent() is None:
                _refuse_doctype(element, source)
            yield event, element
