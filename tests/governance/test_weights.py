"""The weight tables (a)-(d) of rules.md 1.4."""

from __future__ import annotations

import pytest

from governance.weights import WeightTable, weight_of


@pytest.mark.parametrize(
    ("inhabitants", "expected"),
    [
        (0, (1, 1, 0, 0)),
        (1, (1, 1, 1, 1)),
        (2_387, (1, 1, 1, 2_387)),
        (9_984, (1, 2, 1, 9_984)),
        (10_000, (1, 2, 1, 10_000)),
        (10_001, (1, 2, 2, 10_001)),
        (15_000, (1, 3, 2, 15_000)),
        (49_999, (1, 4, 5, 49_999)),
        (152_310, (1, 7, 16, 152_310)),
    ],
)
def test_tables(inhabitants: int, expected: tuple[int, ...]) -> None:
    assert tuple(weight_of(table, inhabitants) for table in WeightTable) == expected


@pytest.mark.parametrize("table", WeightTable)
def test_negative_inhabitants_are_refused(table: WeightTable) -> None:
    with pytest.raises(ValueError, match=r"^inhabitants: must be at least 0$"):
        weight_of(table, -1)
