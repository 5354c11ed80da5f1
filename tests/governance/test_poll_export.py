"""The export of a poll reads back as the same poll."""

from __future__ import annotations

import json
import random

from hypothesis import given

from governance.poll_export import export_poll
from governance.poll_input import parse_poll
from governance.polls import Choice, MatterPoll
from tests.governance.poll_samples import (
    TWO_THIRDS,
    make_election,
    make_matter,
    matter_polls,
    random_poll_json,
)


def test_export_of_a_matter() -> None:
    poll = make_matter("S1:2", "S1=yes", TWO_THIRDS, vacancies=1, chair_view=Choice.NO)
    assert export_poll(poll) == {
        "seats": 2,
        "vacancies": 1,
        "kind": "matter",
        "quorum": True,
        "chair": None,
        "chair_view": "no",
        "casting_vote": True,
        "double_majority": False,
        "per_capsulam": False,
        "rule": {"type": "qualified", "numerator": 2, "denominator": 3},
        "roll": [
            {"seat": "S1", "municipality": "0180", "weight": 2, "present": True, "recused": False}
        ],
        "ballots": [{"seat": "S1", "choice": "yes"}],
    }


def test_export_of_an_election() -> None:
    exported = export_poll(make_election("S1 S2", 1, {"S1": ["A"], "S2": []}, chair="S2"))
    assert (exported["kind"], exported["positions"], exported["chair"]) == ("election", 1, "S2")
    assert exported["ballots"] == [
        {"seat": "S1", "choice": ["A"]},
        {"seat": "S2", "choice": "blank"},
    ]


@given(poll=matter_polls())
def test_matters_come_back(poll: MatterPoll) -> None:
    assert parse_poll(json.loads(json.dumps(export_poll(poll)))) == poll


def test_random_polls_come_back() -> None:
    chance = random.Random(3)
    for _ in range(500):
        poll = parse_poll(random_poll_json(chance))
        assert parse_poll(json.loads(json.dumps(export_poll(poll)))) == poll
