"""Arithmetic with calendar months."""

from __future__ import annotations

from datetime import date

import pytest

from core.months import add_months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 15), 12, date(2027, 3, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(("year", "months"), [(9999, 12), (1, -12)])
def test_add_months_stays_in_the_calendar(year: int, months: int) -> None:
    with pytest.raises(ValueError, match=r"^months: the year \d+ is out of range$"):
        add_months(date(year, 6, 1), months)
