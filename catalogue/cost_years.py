"""A year's arithmetic around the split: VAT, class points, newcomers and what they give back.

The split itself is `cost_sharing.split_cost` (rules.md 2.3); nothing of it is written again here.
Amounts are integer öre, rates hundredths of a percent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.cost_sharing import WHOLE, FixedPart, largest_remainder
from core.months import MONTHS_OF_A_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from catalogue.cost_sharing import Part


def vat_of(amount: int, rate: int) -> int:
    """Return the VAT of an amount, half an öre away from zero; a credit mirrors its charge."""
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) * rate + WHOLE) // (2 * WHOLE))


def points_of(population: int, classes: Sequence[tuple[int, int]]) -> int | None:
    """Return the class points of so many inhabitants; `classes` are (lower bound, points).

    The lower bound is inclusive. None when no class covers the number.
    """
    fitting = [row for row in classes if row[0] <= population]
    return max(fitting)[1] if fitting else None


def newcomer_share(full_share: int, first_day: date) -> int:
    """Return what a newcomer pays of its share in the re-split of the year it joined.

    From the month of entry, that month included: months/12 of the share, half an öre up.
    """
    months = MONTHS_OF_A_YEAR + 1 - first_day.month
    return (2 * full_share * months + MONTHS_OF_A_YEAR) // (2 * MONTHS_OF_A_YEAR)


def credits_for(amount: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Return what each of the others gets back of a newcomer's amount, next year.

    In proportion to what each paid, by largest remainder; the order is that of `shares`. Nobody
    paid anything: in equal parts.
    """
    weights = list(shares) if any(shares) else [1] * len(shares)
    return largest_remainder(amount, weights)


def total_for(total: int, parts: Sequence[Part], members: int) -> int:
    """Return what is split when so many members share, in öre.

    A cost of fixed amounts alone is a price list: it grows and shrinks with the members. Every
    other cost is what it is.
    """
    fixed = [part.amount for part in parts if isinstance(part, FixedPart)]
    return sum(fixed) * members if len(fixed) == len(parts) else total
