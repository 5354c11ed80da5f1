"""Fees of membership: the vectors C11 and C12, and the edges of the classes."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.fees import (
    FEE_CLASSES,
    ORE,
    OTHER_ORGANISATION,
    FeeClass,
    entry_contribution,
    fee_class,
    first_year_fee,
    year_fee,
)


@pytest.mark.parametrize(
    ("inhabitants", "number", "contribution", "annual_fee"),
    [
        (0, 1, 5_000, 5_000),
        (6_999, 1, 5_000, 5_000),
        (7_000, 2, 5_000, 10_000),
        (14_999, 2, 5_000, 10_000),
        (15_000, 3, 10_000, 25_000),
        (24_999, 3, 10_000, 25_000),
        (25_000, 4, 10_000, 35_000),
        (49_999, 4, 10_000, 35_000),
        (50_000, 5, 10_000, 50_000),
        (99_999, 5, 10_000, 50_000),
        (100_000, 6, 20_000, 65_000),
        (149_999, 6, 20_000, 65_000),
        (150_000, 7, 25_000, 80_000),
        (1_000_000, 7, 25_000, 80_000),
    ],
)
def test_c11_class_edges(inhabitants: int, number: int, contribution: int, annual_fee: int) -> None:
    row = fee_class(inhabitants)
    assert (row.number, row.entry_contribution, row.annual_fee) == (
        number,
        contribution * ORE,
        annual_fee * ORE,
    )


def test_c11_five_municipalities_pay_together() -> None:
    five = [2_387, 9_984, 15_000, 49_999, 152_310]
    assert sum(fee_class(inhabitants).annual_fee for inhabitants in five) == 155_000 * ORE


def test_classes_rise() -> None:
    bounds = [row.lower_bound for row in FEE_CLASSES]
    assert bounds == sorted(set(bounds))
    assert [row.number for row in FEE_CLASSES] == [1, 2, 3, 4, 5, 6, 7]


def test_other_organisations() -> None:
    assert FeeClass(0, None, 500_000, 2_500_000) == OTHER_ORGANISATION


def test_negative_inhabitants_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^inhabitants: must be at least 0$"):
        fee_class(-1)


@pytest.mark.parametrize(
    ("annual_fee", "month", "expected"),
    [
        (2_500_000, 4, 1_875_000),
        (3_500_000, 7, 1_750_000),
        (1_000_000, 3, 833_333),
        (1_000_000, 1, 1_000_000),
        (1_000_000, 12, 83_333),
        (6, 12, 1),
        (5, 12, 0),
    ],
)
def test_c12_first_year(annual_fee: int, month: int, expected: int) -> None:
    assert first_year_fee(annual_fee, month) == expected


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_that_does_not_exist(month: int) -> None:
    with pytest.raises(ValueError, match=r"^entry_month: must be 1-12$"):
        first_year_fee(100, month)


def test_a_returning_municipality_pays_half() -> None:
    row = fee_class(152_310)
    assert entry_contribution(row, returning=False) == 25_000 * ORE
    assert entry_contribution(row, returning=True) == 12_500 * ORE
    assert entry_contribution(FeeClass(0, 1, 5, 0), returning=True) == 3


def test_a_years_fee_is_whole_but_for_the_year_of_entry() -> None:
    row = fee_class(152_310)
    assert year_fee(row, date(2025, 7, 1), 2026) == row.annual_fee
    assert year_fee(row, date(2026, 7, 1), 2026) == first_year_fee(row.annual_fee, 7)
    with pytest.raises(ValueError, match="before the membership"):
        year_fee(row, date(2027, 1, 1), 2026)
