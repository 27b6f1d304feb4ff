"""A page of plain sentences as one HTML file that needs nothing besides itself."""

from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasks.page_blocks import Block, title_of
from tasks.template_choice import TEMPLATES


def page_html(page: tuple[Block, ...], language: str) -> str:
    """The page as HTML: readable on a telephone, printable on A4, without a script and without a network."""
    return pages().get_template("_policy/page.html").render(page=page, title=title_of(page), language=language)


@lru_cache(maxsize=1)
def pages() -> Environment:
    """The templates of the pages our own people look at."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
