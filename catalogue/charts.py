"""Where the lines and bars of the pictures stand: whole numbers for SVG, no drawing and no text.

Every picture has a table beside it that says the same; the picture itself is for the eye.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 550
TOP, BASE, HEIGHT = 30, 230, 264
SIDE = 24
GAP = 3
LABELLED = 8
"""So many labels stand beside each other under a picture; of more, only some are written."""


@dataclass(frozen=True)
class Dot:
    """A point of a curve, with the texts at it; empty where there is no room."""

    x: int
    y: int
    under: str = ""
    over: str = ""


@dataclass(frozen=True)
class Curve:
    """A curve from left to right; the highest value reaches the top, zero the axis."""

    dots: tuple[Dot, ...]

    @property
    def line(self) -> str:
        """The points as SVG's polyline wants them."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


@dataclass(frozen=True)
class Box:
    """A part of a bar; `kind` is its place in the bar, 0 at the bottom."""

    x: int
    y: int
    width: int
    height: int
    kind: int


@dataclass(frozen=True)
class Bar:
    """A bar of boxes on each other, with the texts under and over it."""

    middle: int
    over_y: int
    under: str
    over: str
    boxes: tuple[Box, ...]


def _height(value: int, highest: int, room: int) -> int:
    return (2 * value * room + highest) // (2 * highest) if highest else 0


def curve(values: Sequence[int], under: Sequence[str], over: Sequence[str]) -> Curve:
    """Return the curve of some values; `under` and `over` are each point's texts.

    All texts under stand where there is room; of those over, the first and the last.
    """
    highest = max(values, default=0)
    across = max(len(values) - 1, 1)
    step = -(-len(values) // LABELLED)
    last = len(values) - 1
    dots = []
    for place, value in enumerate(values):
        told = place == last or (place % step == 0 and last - place >= step)
        dots.append(
            Dot(
                x=2 * SIDE + (WIDTH - 4 * SIDE) * place // across,
                y=BASE - _height(value, highest, BASE - TOP),
                under=under[place] if told else "",
                over=over[place] if place in {0, last} else "",
            )
        )
    return Curve(tuple(dots))


def bars(
    columns: Sequence[Sequence[int]], under: Sequence[str], over: Sequence[str]
) -> tuple[Bar, ...]:
    """Return a bar for each column of values, the values on each other from below."""
    highest = max((sum(column) for column in columns), default=0)
    pitch = WIDTH // max(len(columns), 1)
    width = pitch * 2 // 3
    found = []
    for place, column in enumerate(columns):
        left, bottom, boxes = place * pitch + (pitch - width) // 2, BASE, []
        for kind, value in enumerate(column):
            height = _height(value, highest, BASE - TOP)
            if height:
                boxes.append(Box(left, bottom - height, width, max(height - GAP, 1), kind))
                bottom -= height
        found.append(
            Bar(left + width // 2, bottom - GAP * 3, under[place], over[place], tuple(boxes))
        )
    return tuple(found)


def pairs(columns: Sequence[tuple[int, int]], under: Sequence[str]) -> tuple[Bar, ...]:
    """Return two bars beside each other for each pair of values, to compare them."""
    highest = max((max(column) for column in columns), default=0)
    pitch = WIDTH // max(len(columns), 1)
    width = pitch // 3
    found = []
    for place, column in enumerate(columns):
        left = place * pitch + (pitch - 2 * width) // 2
        heights = [_height(value, highest, BASE - TOP) for value in column]
        boxes = tuple(
            Box(left + kind * (width + GAP), BASE - height, width, height, kind)
            for kind, height in enumerate(heights)
            if height
        )
        found.append(Bar(left + width, BASE - max(heights) - GAP * 3, under[place], "", boxes))
    return tuple(found)


def lengths(values: Sequence[int], room: int = WIDTH) -> tuple[int, ...]:
    """Return how long a lying bar each value gives; the highest fills the room."""
    highest = max(values, default=0)
    return tuple(_height(value, highest, room) for value in values)
