"""A page of plain sentences for a terminal."""

from textwrap import wrap

from policies.typography import NARROW, WIDE
from tasks.page_blocks import Block, Kind

WIDTH = 96
BESIDE = 24
"""Where the sentences stand beside the day of a step or the name of a fact."""

PLAIN_SPACES = {ord(NARROW): " ", ord(WIDE): " "}
"""Lines are broken by now: what is searched for is found with the spaces of a keyboard."""


def page_text(page: tuple[Block, ...]) -> str:
    """The page in lines of at most `WIDTH` letters."""
    lines: list[str] = []
    before: Kind | None = None
    for block in page:
        if lines and not (block.kind is before and block.kind in (Kind.POINT, Kind.FACT)) and block.kind != Kind.UNDER:
            lines.append("")
        lines += _lines(block)
        before = block.kind
    return "\n".join(lines).translate(PLAIN_SPACES) + "\n"


def _lines(block: Block) -> list[str]:
    if block.kind is Kind.TITLE:
        return [block.text.upper()]
    if block.kind is Kind.HEADING:
        return [block.text, "-" * len(block.text)]
    if block.kind is Kind.POINT:
        return wrap(block.text, WIDTH, initial_indent="- ", subsequent_indent="  ")
    if block.kind is Kind.FACT:
        return _beside(block.parts[0], wrap(block.parts[1], WIDTH - BESIDE))
    if block.kind is Kind.STEP:
        said = [line for part in block.parts[1:] for line in wrap(part, WIDTH - BESIDE)]
        return _beside(block.parts[0], said)
    return wrap(block.text, WIDTH)


def _beside(left: str, right: list[str]) -> list[str]:
    names = wrap(left, BESIDE - 2)
    rows = max(len(names), len(right))
    pairs = zip(names + [""] * (rows - len(names)), right + [""] * (rows - len(right)), strict=True)
    return [f"{name:<{BESIDE}}{said}".rstrip() for name, said in pairs]
