"""Splitting a cost: the vectors C1-C10 and C13, the refusals, and what always holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.cost_sharing import (
    WHOLE,
    CostInputError,
    CostMember,
    Figure,
    FixedPart,
    Part,
    SharedPart,
    largest_remainder,
    split_cost,
    split_parts,
)

ALL_BY_POPULATION = [SharedPart(WHOLE, Figure.POPULATION)]
ALL_EQUAL = [SharedPart(WHOLE, Figure.EQUAL)]
THREE = [
    CostMember("0001", population=6_832, points=1, usage=1200),
    CostMember("0002", population=14_120, points=2, usage=0),
    CostMember("0003", population=61_348, points=5, usage=345),
]
FIVE = [
    CostMember(f"000{place}", population=population)
    for place, population in enumerate([2_387, 9_984, 15_000, 49_999, 152_310])
]


def amounts(total: int, parts: list[Part], members: list[CostMember]) -> list[int]:
    return [row.amount for row in split_cost(total, parts, members)]


def numbered(count: int) -> list[CostMember]:
    return [CostMember(f"{place:04}") for place in range(count)]


@pytest.mark.parametrize(
    ("total", "parts", "members", "expected"),
    [
        pytest.param(
            10_000_000, ALL_EQUAL, numbered(3), [3_333_334, 3_333_333, 3_333_333], id="C1"
        ),
        pytest.param(
            10_000_000, ALL_EQUAL, numbered(7), [1_428_572] * 3 + [1_428_571] * 4, id="C2"
        ),
        pytest.param(2, ALL_EQUAL, numbered(3), [1, 1, 0], id="C3"),
        pytest.param(
            25_000_000, ALL_BY_POPULATION, THREE, [2_075_334, 4_289_186, 18_635_480], id="C4"
        ),
        pytest.param(
            25_000_000,
            [FixedPart(1_000_000), *ALL_BY_POPULATION],
            THREE,
            [2_826_294, 4_774_484, 17_399_222],
            id="C5",
        ),
        pytest.param(
            25_000_000,
            [SharedPart(WHOLE, Figure.POINTS)],
            THREE,
            [3_125_000, 6_250_000, 15_625_000],
            id="C6",
        ),
        pytest.param(
            9_999_999,
            [SharedPart(WHOLE, Figure.USAGE)],
            THREE,
            [7_766_990, 0, 2_233_009],
            id="C7",
        ),
        pytest.param(
            33_333_333,
            [
                SharedPart(4000, Figure.EQUAL),
                SharedPart(4000, Figure.POPULATION),
                SharedPart(2000, Figure.USAGE),
            ],
            THREE,
            [10_729_284, 6_732_010, 15_872_039],
            id="C8",
        ),
        pytest.param(
            100_000_000,
            ALL_BY_POPULATION,
            FIVE,
            [1_039_272, 4_346_917, 6_530_826, 21_768_983, 66_314_002],
            id="C9",
        ),
        pytest.param(
            50_000_000,
            [FixedPart(2_000_000), *ALL_BY_POPULATION],
            FIVE,
            [2_415_709, 3_738_767, 4_612_330, 10_707_593, 28_525_601],
            id="C10",
        ),
    ],
)
def test_vectors(
    total: int, parts: list[Part], members: list[CostMember], expected: list[int]
) -> None:
    assert amounts(total, parts, members) == expected
    assert sum(expected) == total


def test_mixed_parts_are_split_first() -> None:
    shares = [SharedPart(4000, Figure.EQUAL)] * 2 + [SharedPart(2000, Figure.EQUAL)]
    assert split_parts(33_333_333, shares, member_count=3) == (13_333_333, 13_333_333, 6_666_667)
    halves = [SharedPart(5000, Figure.POPULATION), SharedPart(5000, Figure.EQUAL)]
    assert split_parts(3, halves, member_count=2) == (2, 1)


def test_c13_one_of_three_leaves() -> None:
    before = split_cost(9_000, ALL_EQUAL, numbered(3))
    after = split_cost(9_001, ALL_EQUAL, numbered(2))
    assert [row.amount for row in before] == [3_000, 3_000, 3_000]
    assert [row.amount for row in after] == [4_501, 4_500]


def test_rows_come_in_order_of_code_and_tell_their_parts() -> None:
    members = [CostMember("0580", usage=1), CostMember("0180", usage=3)]
    parts: list[Part] = [FixedPart(10), SharedPart(WHOLE, Figure.USAGE)]
    rows = split_cost(100, parts, members)
    assert [(row.code, row.amount, row.by_part) for row in rows] == [
        ("0180", 70, (10, 60)),
        ("0580", 30, (10, 20)),
    ]


def test_equal_remainders_go_to_the_lowest_code() -> None:
    members = [CostMember("0300"), CostMember("0100"), CostMember("0200")]
    assert amounts(1, ALL_EQUAL, members) == [1, 0, 0]


def test_fixed_amounts_alone() -> None:
    parts: list[Part] = [FixedPart(30), FixedPart(20)]
    assert amounts(100, parts, numbered(2)) == [50, 50]


def test_a_part_without_share_and_a_total_of_nothing() -> None:
    parts: list[Part] = [SharedPart(0, Figure.EQUAL), *ALL_EQUAL]
    assert amounts(5, parts, numbered(2)) == [3, 2]
    assert amounts(0, parts, numbered(2)) == [0, 0]
    assert amounts(20, [FixedPart(10), *ALL_EQUAL], numbered(2)) == [10, 10]


@pytest.mark.parametrize(
    ("total", "parts", "members", "message"),
    [
        (-1, ALL_EQUAL, THREE, "total: must be an integer of at least 0"),
        (1, [SharedPart(-1, Figure.EQUAL)], THREE, "parts[0].share: must be an integer of at"),
        (1, [FixedPart(-1)], THREE, "parts[0].amount: must be an integer of at least 0"),
        (1, ALL_EQUAL, [CostMember("1", usage=-1)], "members[0].usage: must be an integer of at"),
        (1, [], THREE, "parts: must not be empty"),
        (1, ALL_EQUAL, [], "members: must not be empty"),
        (1, ALL_EQUAL, [CostMember("1"), CostMember("1")], "members[1].code: '1' comes twice"),
        (1, ALL_BY_POPULATION, [*THREE, CostMember("9")], "members[3].population: is missing"),
        (
            1,
            [FixedPart(0), *ALL_BY_POPULATION],
            [CostMember("1", population=0)],
            "parts[1].by: the members' population sums to 0",
        ),
        (1, [SharedPart(9_999, Figure.EQUAL)], THREE, "parts: share must sum to 10000"),
        (1, ALL_EQUAL * 2, THREE, "parts: share must sum to 10000"),
        (2, [FixedPart(1), *ALL_EQUAL], THREE, "parts: the fixed amounts are more than total"),
        (2, [FixedPart(1)], THREE, "parts: the fixed amounts are more than total"),
        (4, [FixedPart(1)], THREE, "parts: the fixed amounts are not total, and nothing is"),
    ],
)
def test_refusals_name_the_field(
    total: int, parts: list[Part], members: list[CostMember], message: str
) -> None:
    with pytest.raises(CostInputError) as refusal:
        split_cost(total, parts, members)
    assert str(refusal.value).startswith(message)


def test_largest_remainder_refuses_weights_of_nothing() -> None:
    for weights in ([], [0, 0]):
        with pytest.raises(ValueError, match=r"^weights: sum to 0$"):
            largest_remainder(1, weights)


def by_handing_out(total: int, weights: list[int]) -> list[int]:
    """Split as one would by hand: exact quotas as fractions, one öre at a time."""
    quotas = [Fraction(total * weight, sum(weights)) for weight in weights]
    shares = [int(quota) for quota in quotas]
    while sum(shares) < total:
        missing = [quota - share for quota, share in zip(quotas, shares, strict=True)]
        shares[missing.index(max(missing))] += 1
    return shares


weights = st.lists(st.integers(0, 200_000), min_size=1, max_size=12).filter(any)


@given(total=st.integers(0, 10**12), figures=weights)
def test_largest_remainder_equals_handing_out_by_hand(total: int, figures: list[int]) -> None:
    assert list(largest_remainder(total, figures)) == by_handing_out(total, figures)


@st.composite
def costs(draw: st.DrawFn) -> tuple[int, list[Part], list[CostMember]]:
    """Draw a cost that can be split."""
    figure = st.integers(0, 10_000)
    count = draw(st.integers(1, 6))
    codes = draw(st.lists(st.integers(1, 9_999), min_size=count, max_size=count, unique=True))
    members = [CostMember(f"{code:04}", draw(figure), draw(figure), draw(figure)) for code in codes]
    # The last member makes sure that no part is shared by figures that are all 0.
    members.append(CostMember("A", 1, 1, 1))
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), max_size=3)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
    parts: list[Part] = [SharedPart(share, draw(st.sampled_from(Figure))) for share in shares]
    fixed = draw(st.lists(st.integers(0, 1_000), max_size=2))
    parts.extend(FixedPart(amount) for amount in fixed)
    total = sum(fixed) * len(members) + draw(st.integers(0, 10**10))
    return total, parts, members


@given(cost=costs(), data=st.data())
def test_order_of_members_never_matters(
    cost: tuple[int, list[Part], list[CostMember]], data: st.DataObject
) -> None:
    total, parts, members = cost
    shuffled = data.draw(st.permutations(members))
    assert split_cost(total, parts, shuffled) == split_cost(total, parts, members)


@given(cost=costs())
def test_sums_are_exact_and_each_share_is_within_an_ore(
    cost: tuple[int, list[Part], list[CostMember]],
) -> None:
    total, parts, members = cost
    rows = split_cost(total, parts, members)
    by_code = {member.code: member for member in members}
    assert sum(row.amount for row in rows) == total
    assert all(sum(row.by_part) == row.amount for row in rows)
    rest = total - sum(p.amount * len(members) for p in parts if isinstance(p, FixedPart))
    for place, part in enumerate(parts):
        column = [row.by_part[place] for row in rows]
        if isinstance(part, FixedPart):
            assert set(column) == {part.amount}
            continue
        assert abs(sum(column) - Fraction(rest * part.share, WHOLE)) < 1
        figures = [by_code[row.code].figure(part.by) or 0 for row in rows]
        for amount, figure in zip(column, figures, strict=True):
            assert abs(amount - Fraction(sum(column) * figure, sum(figures))) < 1
            assert figure or not amount
