"""When a terminated participation ends (rules.md 2.4)."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.termination import end_date


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        (date(2026, 3, 15), 12, date(2027, 12, 31)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2026, 1, 1), 12, date(2027, 12, 31)),
        (date(2026, 6, 30), 6, date(2026, 12, 31)),
        (date(2026, 7, 1), 6, date(2027, 12, 31)),
        (date(2026, 5, 1), 36, date(2029, 12, 31)),
        (date(2026, 5, 1), 0, date(2026, 12, 31)),
    ],
)
def test_end_at_a_years_end(received: date, months: int, expected: date) -> None:
    assert end_date(received, months=months, at_year_end=True) == expected


def test_end_when_the_term_is_over() -> None:
    assert end_date(date(2026, 8, 31), months=6, at_year_end=False) == date(2027, 2, 28)


def test_a_negative_term_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^months: must be at least 0$"):
        end_date(date(2026, 1, 1), months=-1, at_year_end=True)
