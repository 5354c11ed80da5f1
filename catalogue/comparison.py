"""Services side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 2
MOST = 4


@dataclass(frozen=True)
class Cell:
    """What a service tells of one fact.

    `value` is empty when it does not tell, `lines` are the parts of a value that is a list, `url`
    is where the value leads, `example` marks what is made up, and `content` is false for the
    interface's own words.
    """

    value: str
    url: str = ""
    lines: tuple[str, ...] = ()
    example: bool = False
    content: bool = True


@dataclass(frozen=True)
class ComparedRow:
    """One fact of every compared service; `differs` when not all say the same."""

    label: str
    cells: tuple[Cell, ...]
    differs: bool


def compare(facts: Sequence[Sequence[tuple[str, Cell]]]) -> list[ComparedRow]:
    """Return a row per fact that at least one service tells, in the order of the first service.

    `facts` holds, per service, the same labels in the same order with their cells. Raises
    ValueError when the labels are not the same.
    """
    rows = []
    for column in zip(*facts, strict=True):
        labels = {label for label, _cell in column}
        if len(labels) != 1:
            message = f"different facts in one row: {sorted(labels)}"
            raise ValueError(message)
        cells = tuple(cell for _label, cell in column)
        values = {cell.value for cell in cells}
        if any(values):
            rows.append(ComparedRow(labels.pop(), cells, len(values) > 1))
    return rows
