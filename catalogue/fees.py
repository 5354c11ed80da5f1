"""What membership of the association costs, by the size of the municipality.

The table is the one published from 2020 (rules.md 2.3); its bounds overlap in the source, and
the lower bound is taken as inclusive. Amounts are integer öre, VAT apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.months import MONTHS_OF_A_YEAR

if TYPE_CHECKING:
    from datetime import date

ORE = 100
"""Öre of a krona."""


@dataclass(frozen=True, slots=True)
class FeeClass:
    """A class of members that pay the same.

    `lower_bound` is the smallest number of inhabitants in the class, `number` the class (None
    for members that are not municipalities), `entry_contribution` the insats paid once and
    `annual_fee` the årsavgift, both in öre.
    """

    lower_bound: int
    number: int | None
    entry_contribution: int
    annual_fee: int


FEE_CLASSES: tuple[FeeClass, ...] = (
    FeeClass(0, 1, 5_000 * ORE, 5_000 * ORE),
    FeeClass(7_000, 2, 5_000 * ORE, 10_000 * ORE),
    FeeClass(15_000, 3, 10_000 * ORE, 25_000 * ORE),
    FeeClass(25_000, 4, 10_000 * ORE, 35_000 * ORE),
    FeeClass(50_000, 5, 10_000 * ORE, 50_000 * ORE),
    FeeClass(100_000, 6, 20_000 * ORE, 65_000 * ORE),
    FeeClass(150_000, 7, 25_000 * ORE, 80_000 * ORE),
)
"""The classes of municipalities, the smallest first."""

OTHER_ORGANISATION = FeeClass(0, None, 5_000 * ORE, 25_000 * ORE)
"""Members that are not municipalities: regions, federations, associations."""


def fee_class(inhabitants: int) -> FeeClass:
    """Return the class of a municipality with so many `inhabitants`.

    Raises ValueError when the number is negative.
    """
    if inhabitants < 0:
        message = "inhabitants: must be at least 0"
        raise ValueError(message)
    return next(row for row in reversed(FEE_CLASSES) if row.lower_bound <= inhabitants)


def first_year_fee(annual_fee: int, entry_month: int) -> int:
    """Return the fee, in öre, of the year of entry: from the month of entry, that month included.

    `annual_fee` is in öre, `entry_month` 1-12. Half an öre is rounded up. Raises ValueError when
    there is no such month. Source: rules.md 2.3.
    """
    if not 1 <= entry_month <= MONTHS_OF_A_YEAR:
        message = "entry_month: must be 1-12"
        raise ValueError(message)
    months_left = MONTHS_OF_A_YEAR + 1 - entry_month
    return (2 * annual_fee * months_left + MONTHS_OF_A_YEAR) // (2 * MONTHS_OF_A_YEAR)


def entry_contribution(row: FeeClass, *, returning: bool) -> int:
    """Return the insats, in öre, of a new member; one that returns pays half.

    Half an öre is rounded up. Source: rules.md 2.3.
    """
    return (row.entry_contribution + 1) // 2 if returning else row.entry_contribution


def year_fee(row: FeeClass, starts_on: date, year: int) -> int:
    """Return what a member pays in a year, in öre, when its membership began on `starts_on`.

    The whole fee, or the year of entry's part of it. Raises ValueError for a year before it.
    """
    if starts_on.year > year:
        message = "year: before the membership"
        raise ValueError(message)
    if starts_on.year < year:
        return row.annual_fee
    return first_year_fee(row.annual_fee, starts_on.month)
