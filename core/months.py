"""Arithmetic with calendar months."""

from __future__ import annotations

import calendar
from datetime import date

MONTHS_OF_A_YEAR = 12


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` months after `day`.

    A month that has no such day gives its last day: 31 August and six months is 28 February.
    Raises ValueError when the year leaves the calendar of `datetime.date`.
    """
    years, month = divmod(day.month - 1 + months, MONTHS_OF_A_YEAR)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        message = f"months: the year {year} is out of range"
        raise ValueError(message)
    last_of_month = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last_of_month))
