"""The JSON of split_cost: the contract's example, its refusals, and a fuzz of bad input."""

from __future__ import annotations

import copy
import json
import random

import pytest

from catalogue.cost_input import parse_cost, split_cost_json
from catalogue.cost_sharing import (
    CostInputError,
    CostMember,
    Figure,
    FixedPart,
    SharedPart,
)


def example() -> dict[str, object]:
    return {
        "total": 25_000_000,
        "parts": [{"share": 10_000, "by": "population"}, {"by": "fixed", "amount": 1_000_000}],
        "members": [
            {"code": "0180", "population": 998_782, "points": 7, "usage": 12},
            {"code": "0580", "population": 166_673, "note": "extra fields are left aside"},
        ],
    }


def test_parse_cost() -> None:
    assert parse_cost(example()) == (
        25_000_000,
        [SharedPart(10_000, Figure.POPULATION), FixedPart(1_000_000)],
        [CostMember("0180", 998_782, 7, 12), CostMember("0580", 166_673)],
    )


def test_answer() -> None:
    assert split_cost_json(example()) == {
        "total": 25_000_000,
        "members": [
            {"code": "0180", "amount": 20_710_745},
            {"code": "0580", "amount": 4_289_255},
        ],
    }


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["total"], True, "total: must be an integer of at least 0"),
        (["total"], 1.0, "total: must be an integer of at least 0"),
        (["total"], 10**1000, "total: has too many digits"),
        (["parts"], {}, "parts: must be an array"),
        (["parts"], [], "parts: must not be empty"),
        (["members"], [], "members: must not be empty"),
        (["parts", 0, "by"], "area", "parts[0].by: must be one of equal, population, points,"),
        (["parts", 0, "by"], None, "parts[0].by: must be one of"),
        (["parts", 0, "share"], -1, "parts[0].share: must be an integer of at least 0"),
        (["parts", 0, "share"], 9_999, "parts: share must sum to 10000"),
        (["parts", 1, "amount"], "1", "parts[1].amount: must be an integer of at least 0"),
        (["parts", 1, "amount"], 12_500_001, "parts: the fixed amounts are more than total"),
        (["members", 0], None, "members[0]: must be an object"),
        (["members", 0, "code"], 180, "members[0].code: must be a text that is not empty"),
        (["members", 1, "code"], "0180", "members[1].code: '0180' comes twice"),
        (["members", 1, "population"], False, "members[1].population: must be an integer"),
        (["members", 0, "points"], None, "members[0].points: must be an integer of at least 0"),
    ],
)
def test_refusals_name_the_field(path: list[str | int], value: object, message: str) -> None:
    data = example()
    _put(data, path, value)
    with pytest.raises(CostInputError) as refusal:
        split_cost_json(data)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (["total"], "total"),
        (["parts"], "parts"),
        (["members"], "members"),
        (["parts", 0, "by"], "parts[0].by"),
        (["parts", 0, "share"], "parts[0].share"),
        (["parts", 1, "amount"], "parts[1].amount"),
        (["members", 0, "code"], "members[0].code"),
        (["members", 1, "population"], "members[1].population"),
    ],
)
def test_missing_fields_are_named(path: list[str | int], field: str) -> None:
    data = example()
    del _container(data, path)[path[-1]]
    with pytest.raises(CostInputError) as refusal:
        split_cost_json(data)
    assert str(refusal.value) == f"{field}: is missing"


def test_every_mutation_is_answered_or_refused_in_one_line() -> None:
    chance = random.Random(20260302)
    odd = [None, True, -1, 0, 1, 2, 10_000, 1.5, "", "x", "0180", "fixed", [], {}, [[]], 10**40]
    for _ in range(3_000):
        data = example()
        for _ in range(chance.randint(1, 3)):
            _put(data, chance.choice(_paths(data)), copy.deepcopy(chance.choice(odd)))
        try:
            answer = split_cost_json(data)
        except CostInputError as refusal:
            assert "\n" not in str(refusal)
        else:
            rows = json.loads(json.dumps(answer))["members"]
            assert sum(row["amount"] for row in rows) == data["total"]


def _paths(data: object, path: tuple[str | int, ...] = ()) -> list[list[str | int]]:
    """Return every place in `data` where a value stands."""
    items = list(data.items()) if isinstance(data, dict) else []
    items = list(enumerate(data)) if isinstance(data, list) else items
    found = [list(path)] if path else []
    for key, value in items:
        found += _paths(value, (*path, key))
    return found or [["total"]]


def _container(data: object, path: list[str | int]) -> dict[str | int, object]:
    for key in path[:-1]:
        data = data[key]  # type: ignore[index]
    return data  # type: ignore[return-value]


def _put(data: object, path: list[str | int], value: object) -> None:
    _container(data, path)[path[-1]] = value
