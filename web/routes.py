"""Which of Prefect's operations a request asks for, and how freely it may be used.

A request is matched with the compiled path patterns of the running server itself, so that no spelling of a path
(upper-case or undashed ids, encoded characters, doubled slashes) is read one way here and another way there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from starlette.routing import BaseRoute, Mount

from web import route_table


class RouteClass(IntEnum):
    """Who may use a route, from the freest to the strictest."""

    OPEN = 0
    """Anybody who reaches this host: the health check only."""
    READ = 1
    """A person with a session, and our own processes."""
    ANSWER = 2
    """A person answering an open question; recorded before it is forwarded."""
    STEER = 3
    """A person moving, pausing or deleting a run, within the fields the desk knows."""
    START = 4
    """A person starting a deployment."""
    SERVICE = 5
    """Our own processes only."""
    DENIED = 6
    """Nobody."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of Prefect's API, as a request asks for it."""

    key: str
    """Method and path template: `POST /flow_runs/{id}/resume`; websockets have the method WS."""
    kind: RouteClass
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What stands in the places of the template, as written in the path."""


class UnknownRoutes(RuntimeError):
    """The installed Prefect has routes of a make the desk cannot read: nothing may be served."""


def classes() -> dict[str, RouteClass]:
    """Each listed operation with its class.

    >>> classes()["GET /health"].name
    'OPEN'
    """
    table: dict[str, RouteClass] = {}
    for kind in RouteClass:
        for key in getattr(route_table, kind.name).split("\n"):
            if key and table.setdefault(key, kind) is not kind:
                raise UnknownRoutes(f"{key} is listed twice.")
    return table


@dataclass(frozen=True, slots=True)
class _Pattern:
    methods: frozenset[str]
    template: str
    expression: re.Pattern[str]


def _flattened(routes: Iterable[BaseRoute]) -> Iterator[_Pattern]:
    """The server's routes in its own order, included routers opened."""
    for route in routes:
        inner: Any = getattr(route, "original_router", None)
        if inner is not None:
            yield from _flattened(inner.routes)
        elif isinstance(route, Mount):
            yield _Pattern(frozenset({"GET", "HEAD"}), route.path, route.path_regex)
        elif (expression := getattr(route, "path_regex", None)) is not None:
            methods = getattr(route, "methods", None) or {"WS"}
            yield _Pattern(frozenset(methods), getattr(route, "path_format"), expression)  # noqa: B009
        else:
            raise UnknownRoutes(f"Prefect has a route the desk cannot read: {route!r}.")


class RouteBook:
    """The routes of one Prefect API, each with its class."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._patterns = tuple(_flattened(routes))
        self._classes = classes()

    def keys(self) -> set[str]:
        """Every operation the server offers (a GET's HEAD is the same operation)."""
        return {
            f"{method} {pattern.template}"
            for pattern in self._patterns
            for method in pattern.methods
            if not (method == "HEAD" and "GET" in pattern.methods)
        }

    def find(self, method: str, path: str) -> Operation | None:
        """The operation behind a path below `/api`; where several patterns fit, the strictest class counts."""
        found = [self._operation(method, pattern, path) for pattern in self._patterns if method in pattern.methods]
        fitting = [operation for operation in found if operation is not None]
        return max(fitting, key=lambda operation: operation.kind, default=None)

    def _operation(self, method: str, pattern: _Pattern, path: str) -> Operation | None:
        fit = pattern.expression.match(path)
        if fit is None:
            return None
        key = f"{'GET' if method == 'HEAD' else method} {pattern.template}"
        return Operation(key, self._classes.get(key, RouteClass.DENIED), fit.groupdict())
