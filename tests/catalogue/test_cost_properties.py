"""The contract of `split_cost` on ten thousand costs of several parts, and every bad input."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from catalogue.cost_input import split_cost_json
from catalogue.cost_sharing import (
    WHOLE,
    CostMember,
    Figure,
    FixedPart,
    Part,
    SharedPart,
    split_amounts,
    split_cost,
)

if TYPE_CHECKING:
    from pathlib import Path

CASES = 10_000
BAD_INPUT = 2


def random_cost(chance: random.Random) -> tuple[int, list[Part], list[CostMember]]:
    """Return a cost of two to five parts that can be split."""
    codes = chance.sample(range(10_000), chance.randint(1, 12))
    members = [
        CostMember(
            f"{code:04}",
            population=chance.randint(0, 1_000_000),
            points=chance.randint(0, 7),
            usage=chance.choice((0, chance.randint(0, 5_000))),
        )
        for code in codes
    ]
    # No part is shared by figures that are all 0.
    members.append(CostMember("A", 2_387, 1, 1))
    cuts = sorted(chance.randint(0, WHOLE) for _ in range(chance.randint(1, 3)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
    parts: list[Part] = [SharedPart(share, chance.choice(list(Figure))) for share in shares]
    fixed = [FixedPart(chance.randint(0, 2_000_000)) for _ in range(chance.randint(0, 1))]
    parts.extend(fixed)
    chance.shuffle(parts)
    least = sum(part.amount for part in fixed) * len(members)
    return least + chance.randint(0, 10 ** chance.randint(0, 10)), parts, members


def test_what_always_holds_of_ten_thousand_costs_of_several_parts() -> None:
    chance = random.Random(20261125)
    for _ in range(CASES):
        total, parts, members = random_cost(chance)
        rows = split_cost(total, parts, members)
        assert sum(row.amount for row in rows) == total
        assert rows == split_cost(total, parts, chance.sample(members, len(members)))
        ordered = sorted(members, key=lambda member: member.code)
        assert split_amounts(total, parts, ordered) == tuple(row.amount for row in rows)
        by_code = {member.code: member for member in members}
        fixed = sum(part.amount for part in parts if isinstance(part, FixedPart))
        rest = total - fixed * len(members)
        for place, part in enumerate(parts):
            column = [row.by_part[place] for row in rows]
            if isinstance(part, FixedPart):
                assert set(column) == {part.amount}
                continue
            whole = sum(column)
            assert abs(whole * WHOLE - rest * part.share) < WHOLE
            figures = [by_code[row.code].figure(part.by) or 0 for row in rows]
            for amount, figure in zip(column, figures, strict=True):
                assert abs(amount - Fraction(whole * figure, sum(figures))) < 1


@pytest.mark.parametrize(
    ("total", "parts", "members"),
    [
        (-1, [SharedPart(WHOLE, Figure.EQUAL)], [CostMember("0180")]),
        (10, [SharedPart(WHOLE, Figure.USAGE)], [CostMember("0180")]),
        (10, [SharedPart(WHOLE, Figure.USAGE)], [CostMember("0180", usage=0)]),
        (10, [FixedPart(-1)], [CostMember("0180")]),
        (10, [], [CostMember("0180")]),
        (10, [SharedPart(WHOLE, Figure.EQUAL)], []),
    ],
)
def test_the_amounts_alone_are_refused_as_the_whole_split_is(total, parts, members) -> None:
    with pytest.raises(ValueError, match=".") as whole:
        split_cost(total, parts, members)
    with pytest.raises(type(whole.value), match=".") as amounts:
        split_amounts(total, parts, members)
    assert str(amounts.value) == str(whole.value)


def good() -> dict[str, Any]:
    return {
        "total": 1_000,
        "parts": [{"share": 10_000, "by": "usage"}, {"by": "fixed", "amount": 10}],
        "members": [{"code": "0180", "usage": 3}, {"code": "0580", "usage": 1}],
    }


def changed(**more: Any) -> dict[str, Any]:
    return good() | more


BAD: list[Any] = [
    [],
    None,
    "x",
    {},
    changed(total=-1),
    changed(total=1.5),
    changed(total="1000"),
    changed(total=True),
    changed(total=None),
    changed(parts=[]),
    changed(members=[]),
    changed(parts=[{"share": 10_000, "by": "area"}]),
    changed(parts=[{"share": 10_000}]),
    changed(parts=[{"by": "equal"}]),
    changed(parts=[{"share": 9_999, "by": "equal"}]),
    changed(parts=[{"share": 5_000, "by": "equal"}, {"share": 5_001, "by": "usage"}]),
    changed(parts=[{"share": -1, "by": "equal"}, {"share": 10_001, "by": "usage"}]),
    changed(parts=[{"share": 10_000.0, "by": "equal"}]),
    changed(parts=[{"share": 10_000, "by": "population"}]),
    changed(parts=[{"by": "fixed"}]),
    changed(parts=[{"by": "fixed", "amount": -1}]),
    changed(parts=[{"by": "fixed", "amount": 499}]),
    changed(parts=[{"by": "fixed", "amount": 501}]),
    changed(parts=[{"share": 10_000, "by": "equal"}, {"by": "fixed", "amount": 501}]),
    changed(members=[{"code": "0180", "usage": 1}, {"code": "0180", "usage": 1}]),
    changed(members=[{"code": "0180", "usage": 0}, {"code": "0580", "usage": 0}]),
    changed(members=[{"code": "0180", "usage": -1}]),
    changed(members=[{"code": "0180", "usage": 1.0}]),
    changed(members=[{"code": "0180", "usage": False}]),
    changed(members=[{"code": "0180"}]),
    changed(members=[{"usage": 1}]),
    changed(members=[{"code": 180, "usage": 1}]),
    changed(members=[{"code": "", "usage": 1}]),
    changed(members=["0180"]),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_every_bad_input_is_refused_with_exit_2_and_one_line(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cost.json"
    file.write_text(json.dumps(BAD[number]))
    with pytest.raises(SystemExit) as stopped:
        call_command("split_cost", str(file))
    printed = capsys.readouterr()
    assert (stopped.value.code, printed.out) == (BAD_INPUT, "")
    assert printed.err.count("\n") == 1


def test_the_good_input_is_answered() -> None:
    # The control: what the bad ones were made from.
    assert split_cost_json(good()) == {
        "total": 1_000,
        "members": [{"code": "0180", "amount": 745}, {"code": "0580", "amount": 255}],
    }
