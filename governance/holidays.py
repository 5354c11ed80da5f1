"""Swedish public holidays, and the eves that the law treats alike when a time limit ends.

Source: lagen om allmänna helgdagar 1989:253 (nationaldagen since 2005) and lagen om beräkning av
lagstadgad tid 1930:173. Earlier years had other holidays and are refused.
"""

from __future__ import annotations

from datetime import date, timedelta

FIRST_YEAR = 2005
SATURDAY, SUNDAY = 5, 6


def easter_sunday(year: int) -> date:
    """Return påskdagen of a year in the Gregorian calendar (Butcher's algorithm)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leaps, rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of `year`, those that fall on Sundays as well.

    Raises ValueError for years before 2005, when pingst and the national day were different.
    """
    if year < FIRST_YEAR:
        message = f"year: holidays are known from {FIRST_YEAR}"
        raise ValueError(message)
    easter = easter_sunday(year)
    fixed = {date(year, *day) for day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26))}
    # Good Friday, Easter, Easter Monday, Ascension and Whit Sunday.
    movable = {easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49)}
    all_saints = _saturday_from(date(year, 10, 31))
    return frozenset(fixed | movable | {midsummer_day(year), all_saints})


def midsummer_day(year: int) -> date:
    """Return midsommardagen: the Saturday of 20-26 June."""
    return _saturday_from(date(year, 6, 20))


def eves(year: int) -> frozenset[date]:
    """Return midsommarafton, julafton and nyårsafton of `year`."""
    return frozenset(
        {midsummer_day(year) - timedelta(days=1), date(year, 12, 24), date(year, 12, 31)}
    )


def is_day_off(day: date) -> bool:
    """Tell whether a time limit may not end on `day`.

    So it is on Saturdays, Sundays, public holidays and the three eves (lag 1930:173 2 §).
    """
    return (
        day.weekday() in {SATURDAY, SUNDAY}
        or day in public_holidays(day.year)
        or day in eves(day.year)
    )


def next_working_day(day: date) -> date:
    """Return `day`, or the first day after it on which a time limit may end."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day


def _saturday_from(day: date) -> date:
    """Return the first Saturday from `day` on."""
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)
