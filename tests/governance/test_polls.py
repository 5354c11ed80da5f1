"""Polls that cannot be: each class refuses what does not fit together, and names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from governance.polls import (
    Choice,
    PollInputError,
    Roll,
    Rule,
    RuleType,
)
from tests.governance.poll_samples import make_election, make_matter, make_roll, make_row

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Roll(0, 0, ()), "seats: must be an integer of at least 1"),
        (lambda: Roll(1, -1, ()), "vacancies: must be an integer of at least 0"),
        (lambda: Roll(3, 1, (make_row("S1"),)), "seats: must be the rows of roll plus vacancies"),
        (lambda: make_roll("S1 S2:-1"), "roll[1].weight: must be an integer of at least 0"),
        (lambda: make_roll("S1 S2 S1"), "roll[2].seat: 'S1' comes twice"),
        (lambda: Rule(RuleType.QUALIFIED), "rule.numerator: is missing"),
        (lambda: Rule(RuleType.MINORITY, 1), "rule.denominator: is missing"),
        (lambda: Rule(RuleType.QUALIFIED, None, 3), "rule.numerator: is missing"),
        (lambda: Rule(RuleType.QUALIFIED, -1, 3), "rule.numerator: must be an integer of at"),
        (lambda: Rule(RuleType.SIMPLE, 0, 0), "rule.denominator: must be an integer of at least"),
        (lambda: Rule(RuleType.SIMPLE, 3, 2), "rule.numerator: must not be more than rule.den"),
        (lambda: make_matter("S1", "S2=yes"), "ballots[0].seat: 'S2' is not on the roll"),
        (lambda: make_matter("S1 S2-", "S1=no S2=yes"), "ballots[1].seat: 'S2' is absent"),
        (lambda: make_matter("S1!", "S1=yes"), "ballots[0].seat: 'S1' is recused"),
        (lambda: make_matter("S1", "S1=yes S1=no"), "ballots[1].seat: 'S1' comes twice"),
        (
            lambda: make_matter("S1", "", chair_view=Choice.ABSTAIN),
            "chair_view: must be one of yes, no",
        ),
        (
            lambda: make_matter("S1", "", chair="S1", chair_view=Choice.YES),
            "chair_view: only for a chair without a seat (chair null)",
        ),
        (lambda: make_election("S1", 0, {}), "positions: must be an integer of at least 1"),
        (lambda: make_election("S1", 1, {"S2": []}), "ballots[0].seat: 'S2' is not on the roll"),
        (lambda: make_election("S1", 1, {"S1": ["A", "B"]}), "ballots[0].choice: more names than"),
        (lambda: make_election("S1", 2, {"S1": ["A", "A"]}), "ballots[0].choice: a name comes"),
    ],
)
def test_refusals(build: Callable[[], object], message: str) -> None:
    with pytest.raises(PollInputError) as refusal:
        build()
    assert str(refusal.value).startswith(message)


def test_serving_is_present_and_not_recused() -> None:
    roll = make_roll("S1 S2- S3! S4")
    assert [row.seat for row in roll.serving] == ["S1", "S4"]
    assert roll.is_quorate is False
    assert make_roll("S1 S2- S4").is_quorate is True


def test_the_fraction_of_a_rule_without_one_is_the_whole() -> None:
    assert Rule(RuleType.SIMPLE).fraction == (1, 1)
    assert Rule(RuleType.SIMPLE, 1).fraction == (1, 1)
    assert Rule(RuleType.QUALIFIED, 0, 3).fraction == (0, 3)
