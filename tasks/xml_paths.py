"""An XML element as a table of its texts: path of local names → what stands there, in the file's order."""

from collections.abc import Mapping, Sequence

from lxml import etree

from tasks.safe_xml import local

Paths = Mapping[str, Sequence[str]]

_LOCAL: dict[str, str] = {}
_MOST_NAMES = 4096


def paths_of(element: etree._Element, without: str = "") -> dict[str, list[str]]:
    """Every text below `element` by its path (`Acct/Id/IBAN`); a currency stands at its amount's path and `@Ccy`.

    Namespaces are left out: the versions of a standard differ in them and hardly in anything else. Children of the
    element named `without` are passed over.
    """
    found: dict[str, list[str]] = {}
    _gather(element, "", without, found)
    return found


def first(paths: Paths, *names: str) -> str:
    """The first text at the first of these paths that says something, else nothing."""
    for name in names:
        texts = paths.get(name)
        if texts:
            return texts[0]
    return ""


def every(paths: Paths, name: str) -> tuple[str, ...]:
    """All texts at the path, each once, in order."""
    return tuple(dict.fromkeys(paths.get(name, ())))


def _gather(element: etree._Element, prefix: str, without: str, found: dict[str, list[str]]) -> None:
    for child in element:
        name = _name(child)
        if name and name != without:
            path = prefix + name
            if (text := child.text) and (text := text.strip()):
                found.setdefault(path, []).append(text)
                if currency := child.get("Ccy"):
                    found.setdefault(f"{path}@Ccy", []).append(currency)
            if len(child):
                _gather(child, f"{path}/", "", found)


def _name(element: etree._Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    name = _LOCAL.get(tag)
    if name is None:
        name = local(element)
        if len(_LOCAL) < _MOST_NAMES:
            _LOCAL[tag] = name
    return name
