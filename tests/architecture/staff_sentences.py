"""Every sentence the code says to staff, found in its text: what `say`, `told` and `named` are given."""

import ast
import importlib
from collections.abc import Iterator
from typing import Any

from tests.architecture.sources import Source, sources

SPOKEN = ("say", "told", "named")
ROOMS = ("tasks", "flows", "web", "cli")


def sentences() -> dict[str, str]:
    """Each sentence with the file it stands in."""
    return {said: source.name for source in sources(*ROOMS) for said in _of(source)}


def _of(source: Source) -> Iterator[str]:
    spoken = set(_imported(source))
    for call in source.calls() if spoken else ():
        if isinstance(call.func, ast.Name) and call.func.id in spoken and call.args:
            yield from _given(call.args[0], source)


def _imported(source: Source) -> Iterator[str]:
    """The ways of speaking a file has from `tasks.staff_text`; the desk's pages have words of their own."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "tasks.staff_text":
            yield from (one.name for one in node.names if one.name in SPOKEN)


def _given(said: ast.expr, source: Source) -> Iterator[str]:
    """The texts an argument may be: written there, chosen of two, or kept under a name of the module."""
    match said:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _given(body, source)
            yield from _given(other, source)
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            yield from _texts(_kept(source, name))
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=[_, *otherwise]):
            yield from _texts(_kept(source, name))
            for one in otherwise:
                yield from _given(one, source)


def _kept(source: Source, name: str) -> Any:
    if not name.isupper():
        return None
    return getattr(importlib.import_module(source.name.removesuffix(".py").replace("/", ".")), name, None)


def _texts(kept: Any) -> Iterator[str]:
    if isinstance(kept, str):
        yield kept
    elif isinstance(kept, dict):
        for one in kept.values():
            yield from _texts(one)
