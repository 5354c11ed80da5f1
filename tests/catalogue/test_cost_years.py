"""A year's cost: VAT, class points, who comes during the year, and when members come or go."""

from datetime import date

import pytest

from catalogue.cost_sharing import Figure, FixedPart, SharedPart
from catalogue.cost_years import credits_for, newcomer_share, points_of, total_for, vat_of


def test_a_price_list_grows_with_the_members() -> None:
    assert total_for(900, [FixedPart(100), FixedPart(200)], 4) == 1_200


def test_every_other_cost_is_what_it_is() -> None:
    parts = [FixedPart(100), SharedPart(10_000, Figure.POPULATION)]
    assert total_for(900, parts, 4) == 900
    assert total_for(900, [SharedPart(10_000, Figure.POPULATION)], 4) == 900


@pytest.mark.parametrize(
    ("amount", "rate", "vat"),
    [(10_000, 2500, 2500), (1, 2500, 0), (2, 2500, 1), (-2, 2500, -1), (999, 0, 0)],
)
def test_vat_is_rounded_half_away_from_zero(amount, rate, vat):
    assert vat_of(amount, rate) == vat


@pytest.mark.parametrize(("population", "points"), [(6_999, 1), (7_000, 2), (50_000, 5), (0, 1)])
def test_class_points_take_the_lower_bound(population, points):
    assert points_of(population, [(50_000, 5), (0, 1), (7_000, 2)]) == points


def test_no_class_no_points():
    assert points_of(5, [(10, 1)]) is None


@pytest.mark.parametrize(
    ("day", "share"),
    [(date(2027, 1, 31), 1_200), (date(2027, 7, 1), 600), (date(2027, 12, 31), 100)],
)
def test_newcomer_share_counts_the_month_of_entry(day, share):
    assert newcomer_share(1_200, day) == share


def test_credits_sum_exactly():
    assert credits_for(100, [1, 1, 1]) == (34, 33, 33)
    assert credits_for(3, [0, 0]) == (2, 1)
