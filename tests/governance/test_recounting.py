"""Recounting: every stored vector, the contract's output, and thousands of random inputs."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from governance.poll_input import parse_poll
from governance.polls import PollInputError
from governance.recounting import recount
from tests.governance.poll_samples import random_poll_json
from tests.governance.reference_count import reference_count

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "votes.json").read_bytes())
ODD_VALUES: list[Any] = [
    *(None, True, False, -1, 0, 1, 2, 3, 10**40, 10**1000, 10**5000, 0.5, 1.0, float("nan")),
    *("", "x", "S0", "S1", "yes", "blank", "abstain", "election", "matter", "\ud800", "a\nb"),
    *([], {}, ["A"], ["A", "A"], [["A"]], [None], {"type": "simple"}, [{}]),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vectors(vector: dict[str, Any]) -> None:
    result = recount(vector["input"])
    assert {key: result[key] for key in vector["expect"]} == vector["expect"]


def test_all_vectors_are_there() -> None:
    assert len({vector["id"] for vector in VECTORS}) == 53


def test_output_of_a_matter() -> None:
    vector = next(vector for vector in VECTORS if vector["id"] == "V01")
    assert recount(vector["input"]) == {
        "state": "decided",
        "outcome": "carried",
        "by": "casting_vote",
        "heads": {"yes": 2, "no": 2, "abstain": 1},
        "weight": {"yes": 2, "no": 2, "abstain": 1},
        "base": 4,
        "required": "Fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst.",
    }


def test_output_without_quorum_still_shows_the_figures() -> None:
    vector = next(vector for vector in VECTORS if vector["id"] == "Q1")
    assert recount(vector["input"]) == {
        "state": "not_quorate",
        "outcome": None,
        "by": None,
        "heads": {"yes": 4, "no": 0, "abstain": 0},
        "weight": {"yes": 4, "no": 0, "abstain": 0},
        "base": 4,
        "required": "Fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst.",
    }


def test_output_of_an_election() -> None:
    vector = next(vector for vector in VECTORS if vector["id"] == "V26")
    assert recount(vector["input"]) == {
        "state": "awaiting_lot",
        "elected": ["P"],
        "lot_between": ["Q", "R"],
        "lot_positions": 1,
    }


def test_a_second_count_written_another_way_agrees() -> None:
    chance = random.Random(53)
    states = set()
    for _ in range(4_000):
        poll = random_poll_json(chance)
        result = recount(poll)
        states.add((result["state"], result.get("outcome"), result.get("by")))
        assert {key: result[key] for key in result if key != "required"} == reference_count(poll)
        assert result.get("required", "text")
    # The random polls reach every way a count can end.
    assert len(states) == 8


def test_one_more_yes_never_turns_carried_into_rejected() -> None:
    """A seat that was silent, against, recused or absent votes yes instead."""
    chance = random.Random(7)
    carried = 0
    for _ in range(12_000):
        poll = random_poll_json(chance)
        if not poll["roll"] or recount(poll).get("outcome") != "carried":
            continue
        row = chance.choice(poll["roll"])
        row |= {"present": True, "recused": False}
        others = [ballot for ballot in poll["ballots"] if ballot["seat"] != row["seat"]]
        poll["ballots"] = [*others, {"seat": row["seat"], "choice": "yes"}]
        carried += 1
        assert recount(poll)["outcome"] == "carried"
    assert carried > 1_000


def test_every_mutation_is_counted_or_refused_in_one_line() -> None:
    chance = random.Random(6_000)
    refused = 0
    for _ in range(6_000):
        poll = copy.deepcopy(random_poll_json(chance))
        for _ in range(chance.randint(1, 2)):
            _mutate(chance, poll)
        try:
            result = recount(poll)
        except PollInputError as refusal:
            refused += 1
            assert "\n" not in str(refusal)
            assert str(refusal).partition(":")[0]
        else:
            json.dumps(result, ensure_ascii=False).encode()
            assert result["state"] in {
                *("decided", "awaiting_chair", "awaiting_lot", "not_quorate"),
            }
    assert 2_000 < refused < 6_000


def test_values_that_are_no_object_are_refused() -> None:
    for value in ODD_VALUES:
        with pytest.raises(PollInputError):
            recount(value)


def test_counting_leaves_the_input_alone() -> None:
    poll = random_poll_json(random.Random(1))
    before = copy.deepcopy(poll)
    parse_poll(poll)
    recount(poll)
    assert poll == before


def _mutate(chance: random.Random, poll: dict[str, Any]) -> None:
    """Remove, replace or repeat one value somewhere in `poll`."""
    container: Any = poll
    while True:
        keys = list(container) if isinstance(container, dict) else list(range(len(container)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = container[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.2:
            break
        container = inner
    match chance.randint(0, 3):
        case 0:
            del container[key]
        case 1 if isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
        case _:
            container[key] = copy.deepcopy(chance.choice(ODD_VALUES))
