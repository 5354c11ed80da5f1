"""Decisions without a meeting: the vectors P1-P4."""

from __future__ import annotations

import pytest

from governance.per_capsulam import (
    NextStep,
    PerCapsulam,
    PerCapsulamRefusedError,
    next_step,
    per_capsulam_rule,
)
from governance.profiles import COMMITTEE
from governance.tally import tally
from tests.governance.poll_samples import make_matter

NINE = "S1 S2 S3 S4 S5 S6 S7 S8"
EIGHT_YES = " ".join(f"S{place}=yes" for place in range(1, 9))


@pytest.mark.parametrize(
    ("setting", "roll", "ballots", "expected"),
    [
        pytest.param(
            PerCapsulam.UNANIMOUS,
            f"{NINE} S9",
            f"{EIGHT_YES} S9=yes",
            ("decided", "carried", NextStep.REPORT),
            id="P1",
        ),
        pytest.param(
            PerCapsulam.UNANIMOUS,
            f"{NINE} S9",
            f"{EIGHT_YES} S9=no",
            ("decided", "rejected", NextStep.MEETING),
            id="P2",
        ),
        pytest.param(
            PerCapsulam.UNANIMOUS,
            f"{NINE} S9-",
            EIGHT_YES,
            ("decided", "rejected", NextStep.MEETING),
            id="P3",
        ),
        pytest.param(
            PerCapsulam.MAJORITY,
            f"{NINE} S9-",
            EIGHT_YES,
            ("decided", "carried", NextStep.REPORT),
            id="P3-majority",
        ),
        pytest.param(
            PerCapsulam.MAJORITY,
            "S1 S2 S3 S4 S5- S6- S7- S8- S9-",
            "S1=yes S2=yes S3=yes S4=yes",
            ("not_quorate", None, NextStep.MEETING),
            id="too-few-answers",
        ),
    ],
)
def test_vectors(setting: PerCapsulam, roll: str, ballots: str, expected: object) -> None:
    poll = make_matter(roll, ballots, per_capsulam_rule(setting), chair="S1", per_capsulam=True)
    result = tally(poll)
    assert (result.state, result.outcome, next_step(result)) == expected


def test_p4_a_committee_decides_in_meetings_only() -> None:
    with pytest.raises(PerCapsulamRefusedError, match=r"^per_capsulam: this body decides in "):
        per_capsulam_rule(COMMITTEE.per_capsulam)
