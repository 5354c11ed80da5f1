"""Services side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 2
MOST = 4


@dataclass(frozen=True)
class ComparedRow:
    """One fact of every compared service; `differs` when not all say the same."""

    label: str
    cells: tuple[str, ...]
    differs: bool


def compare(facts: Sequence[Sequence[tuple[str, str]]]) -> list[ComparedRow]:
    """Return a row per fact that at least one service tells, in the order of the first service.

    `facts` holds, per service, the same labels in the same order with their values ("" when the
    service does not tell). Raises ValueError when the labels are not the same.
    """
    rows = []
    for column in zip(*facts, strict=True):
        labels = {label for label, _value in column}
        if len(labels) != 1:
            message = f"different facts in one row: {sorted(labels)}"
            raise ValueError(message)
        cells = tuple(value for _label, value in column)
        if any(cells):
            rows.append(ComparedRow(labels.pop(), cells, len(set(cells)) > 1))
    return rows
