"""The HTML part of an e-mail, from the same marked text as its plain part: one column, tables, styles inline, no script.

It is readable without images, in light and dark, on a telephone and in Outlook, and small enough that no mailbox cuts it.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasks.marked_text import Part, Span, Words
from tasks.message_blocks import Block, Kind, blocks, compact
from tasks.pay_code import PayCode
from tasks.template_choice import TEMPLATES

LARGEST = 100_000
"""Bytes of the HTML part: what is longer is cut off by large mailbox providers, behind a link few people follow."""

FRENCH_SIGNS = re.compile(r" (?=[:;?!»])|(?<=«) |(?<=[LRD]\.) (?=\d)")
"""A blank that must not end a line in French: a program that breaks lines would begin one with a colon.
Nor may one stand in the number of an article, `L. 441-10`."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A QR code where it stands: after the block with the account it pays to."""

    after: Block
    id: str
    width: int
    alt: str
    caption: str


def message_html(marked: str, subject: str, language: str, code: PayCode | None = None) -> str:
    """The text as HTML; empty where even its shortest form is too long: then the plain part alone is the message.

    With few invoices each figure has its label; with many the labels stand once above them. No line is ever left out.
    """
    full = blocks(FRENCH_SIGNS.sub("\u00a0", marked) if language == "fr" else marked)
    short = tuple(compact(block) if block.kind is Kind.ITEMS else block for block in full)
    for form in (full, short):
        html = _written(form, subject, language, code)
        if len(html.encode()) <= LARGEST:
            return html
    return ""


def _written(form: tuple[Block, ...], subject: str, language: str, code: PayCode | None) -> str:
    account = next((block for block in form if block.kind is Kind.DETAILS), None)
    shown = _Shown(account, code.id, code.width, code.alt, code.caption) if code and account else None
    page = message_pages().get_template("_message/message.html")
    return page.render(blocks=form, subject=subject, language=language, code=shown)


@lru_cache(maxsize=1)
def message_pages() -> Environment:
    """The room the HTML parts of e-mails are written in."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    pages.globals["turned"] = _turned
    pages.filters["halved"] = _halved
    return pages


def _turned(text: str) -> bool:
    """Whether a name is written from right to left somewhere, so that it would turn the words around it."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL", "AN", "RLE", "RLO", "RLI") for letter in text)


def _halved(words: Words) -> tuple[str, Words]:
    """A label with its colon, and its value."""
    if not words or words[0].part is not Part.WORDS:
        return "", words
    before, colon, after = words[0].text.partition(":")
    rest = (replace(words[0], text=after.lstrip()),) if after.strip() else tuple[Span, ...]()
    return (f"{before}{colon}", (*rest, *words[1:])) if colon else ("", words)
