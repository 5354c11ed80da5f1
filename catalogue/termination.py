"""When a participation ends after it has been terminated (uppsägning)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.months import add_months

if TYPE_CHECKING:
    from datetime import date


def end_date(received: date, *, months: int, at_year_end: bool) -> date:
    """Return the last day of a participation whose termination was `received` that day.

    The term is `months` whole months from the day of receipt; `at_year_end` moves the end on to
    the 31 December that follows, or leaves it there. Vote and seat last through this day.
    Source: rules.md 2.4; twelve months at the year's end is the usual agreement.

    Raises ValueError when `months` is negative or the date leaves the calendar.
    """
    if months < 0:
        message = "months: must be at least 0"
        raise ValueError(message)
    term_ends = add_months(received, months)
    return term_ends.replace(month=12, day=31) if at_year_end else term_ends
