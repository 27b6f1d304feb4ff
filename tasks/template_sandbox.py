"""The room a template is written in: it puts words around facts, and can neither compute, reach out nor run for ever."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from types import FunctionType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.runtime import BlockReference
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tasks.template_source import READ, TEMPLATES, BadTemplate, own_folder, source

FILTERS = frozenset({"length", "count", "join", "upper", "lower", "capitalize", "title", "trim", "default", "d", "first",
                     "last", "e", "escape"})  # fmt: skip
"""What a template may do to a value."""

TESTS = frozenset({"none", "defined", "undefined", "in", "eq", "ne", "==", "!=", "lt", "gt", "le", "ge", "sameas"})

UNRULY: dict[type[nodes.Node], str] = {
    nodes.Macro: "a message has no macro: write the words where they stand",
    nodes.CallBlock: "a message has no call: write the words where they stand",
    nodes.Import: "a message imports nothing: include a part instead",
    nodes.FromImport: "a message imports nothing: include a part instead",
    nodes.FilterBlock: "a message has no filter around several lines",
    **dict.fromkeys(
        (nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow),
        "a template does not compute: every figure comes from the books",
    ),
}
"""What could call itself, be heaped up, reach outside or invent a figure. A difference stays, for a balance."""

LOOPS, PARTS, LETTERS = 2, 200, 2_000_000
"""How deep loops may stand in each other, how many parts a message may include, how long it may grow."""

_PARTS: ContextVar[int] = ContextVar("_PARTS", default=0)


class Room(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with less in it. An unknown name is an error, never an empty space in a letter."""

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the writers a message is given, and the words of a block it extends: no method of a value."""
        return isinstance(obj, (FunctionType, BlockReference))

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """The same, counting the parts of a message and remembering which are the company's own."""
        parts = _PARTS.get() + 1
        _PARTS.set(parts)
        if parts > PARTS:
            raise SecurityError(f"the message has more than {PARTS} parts: do two files include each other?")
        found = super().get_template(name, parent, globals)
        own = READ.get()
        if own is not None and found.filename and not Path(found.filename).is_relative_to(TEMPLATES):
            own.add(found.name or str(name))
        return found

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        refuse_unruly(tree, name, filename)
        return tree


def refuse_unruly(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    """Raises TemplateSyntaxError for what `UNRULY` names, and for loops and parts in too many loops."""
    for node in tree.find_all(tuple(UNRULY)):
        raise TemplateSyntaxError(UNRULY[type(node)], node.lineno, name, filename)
    _refuse_loops(tree, 0, name, filename)


def _refuse_loops(node: nodes.Node, depth: int, name: str | None, filename: str | None) -> None:
    if isinstance(node, nodes.For):
        depth += 1
        if depth > LOOPS or node.recursive:
            raise TemplateSyntaxError(f"loops stand in each other more than {LOOPS} deep", node.lineno, name, filename)
    if isinstance(node, nodes.Include) and depth:
        raise TemplateSyntaxError("a part is not included within a loop", node.lineno, name, filename)
    for child in node.iter_child_nodes():
        _refuse_loops(child, depth, name, filename)


def room() -> Room:
    """A fresh one, with the words of the company and those that ship."""
    made = Room(
        loader=FunctionLoader(source),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.clear()
    made.filters = {name: each for name, each in made.filters.items() if name in FILTERS}
    made.tests = {name: each for name, each in made.tests.items() if name in TESTS}
    return made


@lru_cache(maxsize=1)
def _kept_room() -> Room:
    """The one messages are written in: a change to a template is seen there too."""
    return room()


@contextmanager
def one_message() -> Iterator[set[str]]:
    """While one message is written: its parts are counted anew, and what goes wrong is told in a sentence."""
    own: set[str] = set()
    tokens = READ.set(own), _PARTS.set(0)
    try:
        yield own
    except (TemplateSyntaxError, TemplateNotFound, UndefinedError, SecurityError) as problem:
        raise BadTemplate(_sentence(problem)) from problem
    except (RecursionError, TypeError, AttributeError, KeyError, IndexError, MemoryError, OverflowError) as problem:
        if not _line(problem):
            raise
        raise BadTemplate(_sentence(problem)) from problem
    finally:
        READ.reset(tokens[0])
        _PARTS.reset(tokens[1])


def written(name: str, words: Mapping[str, Any]) -> str:
    """The template with this name, with `words` in it; at most `LETTERS` long."""
    pieces, letters = list[str](), 0
    for piece in _kept_room().get_template(name).generate(words):
        letters += len(piece)
        if letters > LETTERS:
            raise SecurityError(f"the message would be longer than {LETTERS} letters")
        pieces.append(piece)
    return "".join(pieces)


def spaced(text: str) -> str:
    """At most one empty line in a row, no blanks at line ends, one line end at the end."""
    stripped = "\n".join(line.rstrip(" ") for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", stripped).strip("\n") + "\n"


def _sentence(problem: Exception) -> str:
    if isinstance(problem, TemplateNotFound):
        return f"{own_folder() / str(problem.name)}: there is no such template, and a text is written with it."
    if isinstance(problem, TemplateSyntaxError):
        return (
            f"{problem.filename or problem.name}:{problem.lineno}: {(problem.message or 'cannot be read').rstrip('.')}."
        )
    said = str(problem) if isinstance(problem, (UndefinedError, SecurityError)) else "this cannot be written"
    if isinstance(problem, RecursionError):
        said = "files include each other without end"
    return f"{_line(problem)}: {said.rstrip('.')}." if _line(problem) else f"A template: {said}."


def _line(problem: Exception) -> str:
    """The last line of a template the problem went through; empty: it came from none."""
    frames = [one for one in extract_tb(problem.__traceback__) if one.filename.endswith(".txt")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
