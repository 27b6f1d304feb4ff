"""The statements of a revision, from the SQL file beside it."""

from collections.abc import Iterator
from pathlib import Path


def statements_beside(module: str) -> Iterator[str]:
    """The statements of the file that has the name of the revision's module (`__file__`) and ends in `.sql`."""
    written = Path(module).with_suffix(".sql").read_text(encoding="utf-8")
    yield from (statement for statement in written.split(";\n") if statement.strip())
