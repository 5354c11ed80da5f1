"""The JSON of a poll: what may be left out, and that every fault names its field."""

from __future__ import annotations

from typing import Any

import pytest

from governance.poll_input import parse_poll
from governance.polls import (
    Ballot,
    Base,
    Choice,
    ElectionBallot,
    ElectionPoll,
    MatterPoll,
    PollInputError,
    Roll,
    RollRow,
    Rule,
    RuleType,
)


def matter(**changes: object) -> dict[str, Any]:
    return {
        "seats": 3,
        "vacancies": 1,
        "kind": "matter",
        "quorum": True,
        "chair": "S1",
        "casting_vote": True,
        "double_majority": False,
        "rule": {"type": "qualified", "numerator": 2, "denominator": 3, "base": "cast"},
        "roll": [
            {"seat": seat, "municipality": "0180", "weight": 1, "present": True, "recused": False}
            for seat in ("S1", "S2")
        ],
        "ballots": [{"seat": "S1", "choice": "yes"}, {"seat": "S2", "choice": "blank"}],
    } | changes


def election(*choices: object, **changes: object) -> dict[str, Any]:
    ballots = [
        {"seat": seat, "choice": choice}
        for seat, choice in zip(("S1", "S2"), choices, strict=False)
    ]
    return matter(kind="election", positions=2, ballots=ballots) | changes


def refusal(data: object) -> str:
    with pytest.raises(PollInputError) as refused:
        parse_poll(data)
    return str(refused.value)


ROWS = tuple(RollRow(seat, "0180", 1, present=True, recused=False) for seat in ("S1", "S2"))


def test_matter() -> None:
    assert parse_poll(matter()) == MatterPoll(
        roll=Roll(3, 1, ROWS),
        rule=Rule(RuleType.QUALIFIED, 2, 3, Base.CAST),
        ballots=(Ballot("S1", Choice.YES), Ballot("S2", Choice.BLANK)),
        chair="S1",
        quorum=True,
        casting_vote=True,
        double_majority=False,
        per_capsulam=False,
        chair_view=None,
    )


def test_matter_with_everything_that_is_optional() -> None:
    poll = parse_poll(matter(chair=None, chair_view="no", per_capsulam=True, note="left aside"))
    assert isinstance(poll, MatterPoll)
    assert (poll.chair, poll.chair_view, poll.per_capsulam) == (None, Choice.NO, True)


def test_election() -> None:
    assert parse_poll(election(["A", "B"], "blank")) == ElectionPoll(
        roll=Roll(3, 1, ROWS),
        positions=2,
        ballots=(ElectionBallot("S1", ("A", "B")), ElectionBallot("S2", ())),
        chair="S1",
        quorum=True,
    )


def test_a_ballot_with_no_names_is_blank() -> None:
    assert parse_poll(election([])) == parse_poll(election("blank"))


def test_a_rule_without_a_fraction_may_carry_one() -> None:
    rule = {"type": "simple", "numerator": 2, "denominator": 3, "base": "present"}
    poll = parse_poll(matter(rule=rule))
    assert isinstance(poll, MatterPoll)
    assert poll.rule == Rule(RuleType.SIMPLE, 2, 3, Base.PRESENT)


@pytest.mark.parametrize(
    "key",
    [
        *("seats", "vacancies", "kind", "quorum", "chair", "casting_vote", "double_majority"),
        *("rule", "roll", "ballots"),
    ],
)
@pytest.mark.parametrize("make", [matter, election])
def test_missing_fields(make: Any, key: str) -> None:
    data = make()
    del data[key]
    assert refusal(data) == f"{key}: is missing"


@pytest.mark.parametrize("key", ["seat", "municipality", "weight", "present", "recused"])
def test_missing_fields_of_the_roll(key: str) -> None:
    data = matter()
    del data["roll"][1][key]
    assert refusal(data) == f"roll[1].{key}: is missing"


@pytest.mark.parametrize("key", ["seat", "choice"])
@pytest.mark.parametrize("data", [matter(), election("blank", "blank")])
def test_missing_fields_of_a_ballot(data: dict[str, Any], key: str) -> None:
    ballots = [dict(ballot) for ballot in data["ballots"]]
    del ballots[1][key]
    assert refusal(data | {"ballots": ballots}) == f"ballots[1].{key}: is missing"


@pytest.mark.parametrize("key", ["type", "numerator", "denominator"])
def test_missing_fields_of_the_rule(key: str) -> None:
    data = matter()
    del data["rule"][key]
    assert refusal(data) == f"rule.{key}: is missing"


def test_missing_positions() -> None:
    data = election()
    del data["positions"]
    assert refusal(data) == "positions: is missing"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seats": 2}, "seats: must be the rows of roll plus vacancies"),
        ({"seats": 0}, "seats: must be an integer of at least 1"),
        ({"seats": True}, "seats: must be an integer of at least 1"),
        ({"seats": "3"}, "seats: must be an integer of at least 1"),
        ({"seats": 1, "vacancies": -1}, "vacancies: must be an integer of at least 0"),
        ({"vacancies": 1.0}, "vacancies: must be an integer of at least 0"),
        ({"kind": "poll"}, "kind: must be one of matter, election"),
        ({"quorum": None}, "quorum: must be true or false"),
        ({"casting_vote": 1}, "casting_vote: must be true or false"),
        ({"double_majority": "no"}, "double_majority: must be true or false"),
        ({"per_capsulam": None}, "per_capsulam: must be true or false"),
        ({"chair": 1}, "chair: must be a text that is not empty"),
        ({"chair_view": "yes"}, "chair_view: only for a chair without a seat (chair null)"),
        ({"chair": None, "chair_view": "abstain"}, "chair_view: must be one of yes, no"),
        ({"chair": None, "chair_view": None}, "chair_view: must be one of yes, no"),
        ({"rule": "simple"}, "rule: must be an object"),
        ({"roll": {}}, "roll: must be an array"),
        ({"ballots": None}, "ballots: must be an array"),
        ({"ballots": ["S1"]}, "ballots[0]: must be an object"),
    ],
)
@pytest.mark.parametrize("make", [matter, election])
def test_wrong_fields(make: Any, changes: dict[str, object], message: str) -> None:
    assert refusal(make() | changes) == message


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"type": "most"}, "rule.type: must be one of simple, absolute, qualified, unanimous,"),
        ({"type": "simple", "base": "seats"}, "rule.base: must be one of cast, present, all"),
        ({"type": "simple", "base": None}, "rule.base: must be one of cast, present, all"),
        ({"type": "qualified"}, "rule.numerator: is missing"),
        ({"type": "minority", "numerator": 1}, "rule.denominator: is missing"),
        (
            {"type": "qualified", "numerator": 4, "denominator": 3},
            "rule.numerator: must not be more than rule.denominator",
        ),
        (
            {"type": "qualified", "numerator": 0, "denominator": 0},
            "rule.denominator: must be an integer of at least 1",
        ),
        (
            {"type": "qualified", "numerator": True, "denominator": 3},
            "rule.numerator: must be an integer of at least 0",
        ),
        (
            {"type": "simple", "numerator": None},
            "rule.numerator: must be an integer of at least 0",
        ),
    ],
)
@pytest.mark.parametrize("make", [matter, election])
def test_wrong_rules(make: Any, rule: dict[str, object], message: str) -> None:
    assert refusal(make(rule=rule)).startswith(message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weight": -1}, "roll[1].weight: must be an integer of at least 0"),
        ({"weight": True}, "roll[1].weight: must be an integer of at least 0"),
        ({"weight": 1.0}, "roll[1].weight: must be an integer of at least 0"),
        ({"weight": 10**1000}, "roll[1].weight: has too many digits"),
        ({"seat": "S1"}, "roll[1].seat: 'S1' comes twice"),
        ({"seat": ""}, "roll[1].seat: must be a text that is not empty"),
        ({"municipality": 180}, "roll[1].municipality: must be a text that is not empty"),
        ({"present": 1}, "roll[1].present: must be true or false"),
        ({"present": False}, "ballots[1].seat: 'S2' is absent"),
        ({"recused": True}, "ballots[1].seat: 'S2' is recused"),
        ({"seat": "S3"}, "ballots[1].seat: 'S2' is not on the roll"),
    ],
)
@pytest.mark.parametrize("data", [matter(), election("blank", "blank")])
def test_wrong_rows(data: dict[str, Any], changes: dict[str, object], message: str) -> None:
    first, second = data["roll"]
    assert refusal(data | {"roll": [first, second | changes]}) == message


@pytest.mark.parametrize("choice", ["Yes", "", None, True, ["yes"], {}])
def test_unknown_choices(choice: object) -> None:
    data = matter(ballots=[{"seat": "S1", "choice": choice}])
    assert refusal(data) == "ballots[0].choice: must be one of yes, no, abstain, blank"


def test_second_ballots() -> None:
    matters = matter(ballots=[{"seat": "S1", "choice": "yes"}] * 2)
    elections = election(ballots=[{"seat": "S1", "choice": "blank"}] * 2)
    assert refusal(matters) == "ballots[1].seat: 'S1' comes twice"
    assert refusal(elections) == "ballots[1].seat: 'S1' comes twice"


@pytest.mark.parametrize("choice", ["abstain", "A", "", None, 1, {}])
def test_choices_that_are_no_names(choice: object) -> None:
    assert refusal(election(choice)) == "ballots[0].choice: must be an array"


@pytest.mark.parametrize("names", [[""], ["A", 1], [None], ["blank"], [["A"]], ["\ud800"]])
def test_names_that_are_none(names: list[object]) -> None:
    message = "ballots[0].choice: must be names, or blank instead of a list"
    assert refusal(election(names)) == message


def test_too_many_and_repeated_names() -> None:
    assert refusal(election(["A", "B", "C"])) == "ballots[0].choice: more names than positions"
    assert refusal(election(["A", "A"])) == "ballots[0].choice: a name comes twice"


@pytest.mark.parametrize("positions", [0, -1, True, 1.0, "1", None])
def test_wrong_positions(positions: object) -> None:
    message = "positions: must be an integer of at least 1"
    assert refusal(election(positions=positions)) == message


def test_refusals_stay_on_one_line() -> None:
    data = matter(ballots=[{"seat": "S\n1\u2028", "choice": "yes"}])
    assert refusal(data) == "ballots[0].seat: 'S\\n1\\u2028' is not on the roll"
