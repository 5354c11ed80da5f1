"""The rule profiles: the table of rules.md section 0, and the vectors R1-R5."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from governance.per_capsulam import PerCapsulam
from governance.polls import Rule, RuleType
from governance.profiles import (
    ASSEMBLY,
    COMMITTEE,
    COUNCIL,
    GENERAL_MEETING,
    PROFILES,
    Appeal,
    Distance,
    Profile,
    ProfileName,
    Recusal,
    SecretBallot,
    Voter,
    has_casting_vote,
    postponement_rule,
)
from governance.tally import Outcome, tally
from governance.weights import WeightTable
from tests.governance.poll_samples import make_matter

FOUR = (COUNCIL, COMMITTEE, ASSEMBLY, GENERAL_MEETING)


def column(name: str) -> list[object]:
    """Return a setting of the four profiles, in the order of FOUR."""
    return [getattr(profile, name) for profile in FOUR]


def test_profiles_are_found_by_name() -> None:
    assert dict(PROFILES) == dict(zip(ProfileName, FOUR, strict=True))


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("voter", [Voter.MUNICIPALITY, Voter.PERSON, Voter.PERSON, Voter.MEMBER]),
        ("weight_table", [WeightTable.ONE] * 4),
        ("double_majority", [False] * 4),
        ("quorum", [True, True, True, False]),
        ("quorum_relaxed_by_recusal", [False, False, True, False]),
        ("casting_vote", [True] * 4),
        ("casting_vote_with_weights", [True] * 4),
        ("chair_without_seat", [False, False, False, True]),
        ("refer_back_minority", [None, None, (1, 3), None]),
        (
            "per_capsulam",
            [PerCapsulam.UNANIMOUS, *[PerCapsulam.FORBIDDEN] * 3],
        ),
        ("proxy_limit", [0, 0, 0, 1]),
        ("proxy_months", [12] * 4),
        (
            "recusal",
            [Recusal.LEAVES_ROOM, Recusal.LEAVES_ROOM, *[Recusal.TAKES_NO_PART] * 2],
        ),
        ("may_return_same_day", [True, False, False, True]),
        ("must_vote_in_authority", [False, True, False, False]),
        (
            "secret_ballot",
            [*[SecretBallot.ELECTIONS] * 3, SecretBallot.ELECTIONS_ON_REQUEST],
        ),
        (
            "distance",
            [Distance.ALLOWED, *[Distance.IF_ASSEMBLY_ALLOWS] * 2, Distance.IF_BYLAWS_ALLOW],
        ),
        ("write_in", [False] * 4),
        ("open_to_public", [False, False, True, False]),
        ("notice_days", [7] * 4),
        ("adjustment_days", [14] * 4),
        ("notice_board", [False, True, True, False]),
        (
            "appeal",
            [Appeal.NONE, *[Appeal.LEGALITY_REVIEW] * 2, Appeal.COURT_ACTION],
        ),
    ],
)
def test_table(setting: str, expected: list[object]) -> None:
    assert column(setting) == expected


def test_settings_are_changed_by_a_new_profile_only() -> None:
    with pytest.raises(FrozenInstanceError):
        COUNCIL.quorum = False  # type: ignore[misc]
    assert replace(COUNCIL, per_capsulam=PerCapsulam.MAJORITY).name is ProfileName.COUNCIL


@pytest.mark.parametrize(
    ("profile", "present", "no", "expected"),
    [
        pytest.param(ASSEMBLY, 9, 3, Outcome.REJECTED, id="R1"),
        pytest.param(COMMITTEE, 9, 3, Outcome.CARRIED, id="R2-committee"),
        pytest.param(COUNCIL, 9, 3, Outcome.CARRIED, id="R2-council"),
        pytest.param(ASSEMBLY, 10, 3, Outcome.CARRIED, id="R3"),
        pytest.param(ASSEMBLY, 49, 16, Outcome.CARRIED, id="R4-16"),
        pytest.param(ASSEMBLY, 49, 17, Outcome.REJECTED, id="R4-17"),
    ],
)
def test_postponement(profile: Profile, present: int, no: int, expected: Outcome) -> None:
    """R1-R4: JA is that the matter is decided today; one abstains where there are few."""
    seats = [f"S{place}" for place in range(present)]
    yes = present - no - 1
    choices = ["no"] * no + ["yes"] * yes + ["abstain"]
    ballots = " ".join(f"{seat}={choice}" for seat, choice in zip(seats, choices, strict=True))
    rule = postponement_rule(profile, first_request=True)
    assert tally(make_matter(" ".join(seats), ballots, rule)).outcome is expected


def test_r5_the_second_request_needs_a_majority() -> None:
    assert postponement_rule(ASSEMBLY, first_request=False) == Rule(RuleType.SIMPLE)


def test_elections_are_postponed_by_majority_only() -> None:
    rule = postponement_rule(ASSEMBLY, first_request=True, election=True)
    assert rule == Rule(RuleType.SIMPLE)


def test_the_casting_vote_may_be_left_out_for_weights() -> None:
    assert has_casting_vote(COUNCIL, weighted=True) is True
    without = replace(COUNCIL, casting_vote_with_weights=False)
    assert has_casting_vote(without, weighted=True) is False
    assert has_casting_vote(without, weighted=False) is True
    assert has_casting_vote(replace(COUNCIL, casting_vote=False), weighted=False) is False
