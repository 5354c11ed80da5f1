"""Swedish public holidays and the eves that count as such for time limits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from governance.holidays import (
    easter_sunday,
    eves,
    is_day_off,
    midsummer_day,
    next_working_day,
    public_holidays,
)


def test_public_holidays_of_2026() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 6, 6),
        date(2026, 6, 20),
        date(2026, 10, 31),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]
    assert sorted(eves(2026)) == [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)]


@pytest.mark.parametrize(
    "easter",
    [
        *(date(2005, 3, 27), date(2008, 3, 23), date(2011, 4, 24), date(2016, 3, 27)),
        *(date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5)),
        *(date(2027, 3, 28), date(2028, 4, 16), date(2038, 4, 25), date(2049, 4, 18)),
    ],
)
def test_easter(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


def test_easter_is_the_sunday_after_the_ecclesiastical_full_moon() -> None:
    """Reference: Gauss's table of epacts, then the first Sunday after."""
    for year in range(1583, 3000):
        century = year // 100
        golden = year % 19
        shift = 15 + century - century // 4 - (8 * century + 13) // 25
        moon = (19 * golden + shift) % 30
        moon -= (moon == 29) or (moon == 28 and golden > 10)
        full_moon = date(year, 3, 21) + timedelta(days=moon)
        sunday = full_moon + timedelta(days=7 - (full_moon.weekday() + 1) % 7)
        assert easter_sunday(year) == sunday


def test_moving_saturdays() -> None:
    for year in range(2005, 2105):
        midsummer = midsummer_day(year)
        assert (midsummer.weekday(), 20 <= midsummer.day <= 26, midsummer.month) == (5, True, 6)
        first = date(year, 10, 31)
        saints = [day for day in public_holidays(year) if first <= day < date(year, 11, 7)]
        assert [day.weekday() for day in saints] == [5]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 2), False),
        (date(2026, 4, 3), True),
        (date(2026, 4, 4), True),
        (date(2026, 4, 5), True),
        (date(2026, 4, 7), False),
        (date(2026, 6, 19), True),
        (date(2026, 12, 24), True),
        (date(2026, 12, 30), False),
        (date(2026, 12, 31), True),
        (date(2026, 1, 5), False),
    ],
)
def test_days_off(day: date, expected: object) -> None:
    assert is_day_off(day) is expected


def test_next_working_day() -> None:
    assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert next_working_day(date(2026, 4, 7)) == date(2026, 4, 7)
    assert next_working_day(date(2026, 12, 31)) == date(2027, 1, 4)


def test_years_before_2005_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^year: holidays are known from 2005$"):
        public_holidays(2004)
