"""Every stored vector through the actions that the pages use."""

import json
from pathlib import Path

import pytest

from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.polls import counting
from governance.models import Poll
from governance.recounting import recount
from tests.governance.polls.builders import VectorRoom, closed

pytestmark = pytest.mark.django_db

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "votes.json").read_bytes())
STATES = {
    "decided": "settled",
    "awaiting_chair": "awaiting_chair",
    "awaiting_lot": "awaiting_lot",
}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vector(vector):
    data, expected = vector["input"], vector["expect"]
    room = VectorRoom(data)
    if expected["state"] == "not_quorate" and not data.get("per_capsulam"):
        with pytest.raises(RuleBroken, match="Too few"):
            room.poll()
        return
    if data.get("per_capsulam"):
        poll = room.per_capsulam()
    else:
        poll = room.poll()
        room.cast(poll)
        poll = closed(room.meeting, poll)
    assert {key: poll.result[key] for key in expected} == expected
    assert poll.state == STATES.get(expected["state"], "settled")
    again = recount(json.loads(json.dumps(counting.export(Poll.objects.get(pk=poll.pk)))))
    assert again == {key: value for key, value in poll.result.items() if key != "votes"}
    assert ledger.verify().fault == ""
