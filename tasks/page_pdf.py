"""A page of plain sentences as PDF, set by typst with the fonts it brings: the same page gives the same bytes."""

import json

import typst

from tasks.page_blocks import Block, title_of
from tasks.template_choice import TEMPLATES


def page_pdf(page: tuple[Block, ...], language: str) -> bytes:
    """The page as an A4 PDF, tagged for screen readers. The blocks are data to typst, never its markup."""
    shown = [{"kind": one.kind.value, "parts": list(one.parts)} for one in page]
    told = json.dumps({"title": title_of(page), "language": language, "blocks": shown}, ensure_ascii=False)
    source = (TEMPLATES / "_policy" / "page.typ").read_bytes()
    made = typst.compile(source, sys_inputs={"page": told}, ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes), "without a file to write typst answers with the bytes"
    return made
