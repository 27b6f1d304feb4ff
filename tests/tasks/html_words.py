"""What a reader of a message's HTML part sees, in words; written without the code that makes it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LINES = {"p", "br", "tr", "li", "h1", "td", "th", "table", "ul"}
SILENT = {"style", "title", "head"}


@dataclass
class Page(HTMLParser):
    """The words of a page, the pictures' words aside."""

    text: str = ""
    pictures: list[dict[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every row of a list of invoices, line by line."""
        return [[cell.strip() for cell in row] for row in self.cells]

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in LINES:
            self.text += "\n"
        if tag == "img":
            self.pictures.append(given)
        elif tag == "a":
            self.links.append(given["href"])
        elif tag not in ("br", "meta"):
            self._open.append((tag, given.get("class", "")))
        if tag == "tr" and self._within_list():
            self.cells.append([])
        if tag in ("td", "th") and self._within_list():
            self.cells[-1].append("")
        if tag == "br" and self._within_list():
            self.cells[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        names = {name for name, _ in self._open}
        if names & SILENT or any(mark == "code" for _, mark in self._open):
            return
        self.text += data
        if self._within_list() and self.cells and self.cells[-1]:
            self.cells[-1][-1] += data

    def _within_list(self) -> bool:
        return any(mark in ("list", "many") for _, mark in self._open)


def page(html: str) -> Page:
    read = Page()
    read.feed(html)
    read.close()
    return read


def words(text: str) -> list[str]:
    """Every word, number, date and amount in its order; dots between figures, dashes of lists and label colons aside."""
    return [word for word in re.split(r"[\s:]+", text) if word not in ("", "-", "·")]


def figures(text: str) -> list[str]:
    """Words with a digit, in their order."""
    return [word for word in words(text) if any(letter.isdigit() for letter in word)]
