"""A body's own rules as data."""

import json

import pytest

from governance.house_rules import (
    HouseRuleError,
    changed_settings,
    from_data,
    to_data,
    with_changes,
)
from governance.per_capsulam import PerCapsulam
from governance.profiles import COUNCIL, PROFILES


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda p: p.name)
def test_every_profile_survives_as_json(profile):
    assert from_data(json.loads(json.dumps(to_data(profile)))) == profile


def test_changes_are_typed():
    changed = with_changes(
        COUNCIL,
        {
            "per_capsulam": "majority",
            "refer_back_minority": [1, 3],
            "notice_days": 5,
            "quorum": False,
        },
    )
    assert changed.per_capsulam is PerCapsulam.MAJORITY
    assert (changed.refer_back_minority, changed.notice_days, changed.quorum) == ((1, 3), 5, False)
    assert changed_settings(COUNCIL, changed) == {
        "per_capsulam": "majority",
        "refer_back_minority": [1, 3],
        "notice_days": 5,
        "quorum": False,
    }


def test_a_minority_can_be_taken_away():
    assert with_changes(COUNCIL, {"refer_back_minority": None}).refer_back_minority is None


@pytest.mark.parametrize(
    ("changes", "setting"),
    [
        ({"colour": "red"}, "colour"),
        ({"voter": "person"}, "voter"),
        ({"name": "assembly"}, "name"),
        ({"per_capsulam": "sometimes"}, "per_capsulam"),
        ({"notice_days": "seven"}, "notice_days"),
        ({"notice_days": True}, "notice_days"),
        ({"notice_days": -1}, "notice_days"),
        ({"notice_days": 366}, "notice_days"),
        ({"quorum": 1}, "quorum"),
        ({"refer_back_minority": [3, 1]}, "refer_back_minority"),
        ({"refer_back_minority": [0, 3]}, "refer_back_minority"),
        ({"refer_back_minority": [1.0, 3]}, "refer_back_minority"),
        ({"refer_back_minority": "1/3"}, "refer_back_minority"),
    ],
)
def test_what_no_body_can_have_is_refused(changes, setting):
    with pytest.raises(HouseRuleError) as error:
        with_changes(COUNCIL, changes)
    assert error.value.setting == setting


@pytest.mark.parametrize("data", [{}, {"name": "club"}])
def test_data_without_a_profile_is_refused(data):
    with pytest.raises(HouseRuleError):
        from_data(data)
