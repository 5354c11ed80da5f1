"""What a seat weighs when a body votes by weight: four tables, all exact.

The weights are frozen on the roll when the meeting opens, with the table and the reference date
of the inhabitants; nothing computes them live. Source: rules.md 1.4.
"""

from __future__ import annotations

from enum import StrEnum

from catalogue.fees import fee_class

INHABITANTS_PER_VOTE = 10_000


class WeightTable(StrEnum):
    """How a municipality's weight follows from its size."""

    ONE = "one"
    FEE_CLASS = "fee_class"
    TEN_THOUSANDS = "ten_thousands"
    INHABITANTS = "inhabitants"


def weight_of(table: WeightTable, inhabitants: int) -> int:
    """Return what a municipality with so many `inhabitants` weighs.

    One each; its fee class 1-7; one for every begun 10,000; or the inhabitants themselves.
    Raises ValueError when the number is negative.
    """
    row = fee_class(inhabitants)
    weights = {
        WeightTable.ONE: 1,
        WeightTable.FEE_CLASS: row.number or 0,
        WeightTable.TEN_THOUSANDS: -(-inhabitants // INHABITANTS_PER_VOTE),
        WeightTable.INHABITANTS: inhabitants,
    }
    return weights[table]
