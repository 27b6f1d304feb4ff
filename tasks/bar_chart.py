"""Stacked bars as values a template draws: every length is worked out here, none in the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEIGHT = 200
"""Of the highest bar, in the drawing's own units."""
WIDTH, SPACE = 34, 22
"""Of a bar, and between two months."""
LEFT, TOP, FOOT = 44, 18, 34
NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Part:
    """One colour of one bar."""

    x: float
    y: float
    height: float
    colour: str
    told: str


@dataclass(frozen=True, slots=True)
class Label:
    """Text under a bar, or beside a line of the scale."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `width` by `height` units."""

    width: float
    height: float
    bar: float
    parts: tuple[Part, ...]
    columns: tuple[Label, ...]
    scale: tuple[Label, ...]


def stacked(columns: Sequence[tuple[str, Mapping[str, int]]], colours: Mapping[str, str], most: int) -> Chart:
    """One bar a column, its parts in the order of `colours`; `most` is what the highest bar of the page stands for."""
    top, step = scale_of(most)
    parts: list[Part] = []
    for place, (name, counts) in enumerate(columns):
        below = 0
        for series, colour in colours.items():
            if count := counts.get(series, 0):
                below += count
                x, y = LEFT + SPACE / 2 + place * (WIDTH + SPACE), TOP + HEIGHT - below * HEIGHT / top
                parts.append(Part(x, round(y, 2), round(count * HEIGHT / top, 2), colour, f"{name}: {series} {count}"))
    names = tuple(
        Label(LEFT + (place + 0.5) * (WIDTH + SPACE), TOP + HEIGHT + 16, name)
        for place, (name, _) in enumerate(columns)
    )
    lines = tuple(
        Label(LEFT - 6, round(TOP + HEIGHT - value * HEIGHT / top, 2), str(value)) for value in range(0, top + 1, step)
    )
    width = LEFT + max(len(columns), 1) * (WIDTH + SPACE) + SPACE
    return Chart(width, TOP + HEIGHT + FOOT, WIDTH, tuple(parts), names, lines)


def scale_of(most: int) -> tuple[int, int]:
    """The top of a scale for numbers up to `most`, and the distance of its lines: at most five, on round numbers."""
    magnitude = 1
    while True:
        for nice in NICE:
            step = nice * magnitude
            if step * 5 >= most:
                return max(-(-most // step), 1) * step, step
        magnitude *= 10
