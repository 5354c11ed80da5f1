"""The order of proposals that exclude each other: the vectors K1-K5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from governance.propositions import (
    PollStep,
    PropositionError,
    WinnerOf,
    plan_polls,
    proposals_of,
)
from governance.tally import MatterState, Outcome, tally
from tests.governance.poll_samples import make_matter

if TYPE_CHECKING:
    from governance.polls import MatterPoll

ROLL = "H1 H2 H3 H4 A1 A2 A3 B1 B2"


def poll(yes: str, no: str, chair: str = "H1") -> MatterPoll:
    """Return the poll in which the seats of the groups in `yes` and `no` vote, the rest abstain."""
    choices = []
    for seat in ROLL.split():
        choice = "yes" if seat[0] in yes else "no" if seat[0] in no else "abstain"
        choices.append(f"{seat}={choice}")
    return make_matter(ROLL, " ".join(choices), chair=chair)


def winner(step: PollStep, winners: dict[int, str], counted: MatterPoll) -> str:
    yes, no = proposals_of(step, winners)
    return yes if tally(counted).outcome is Outcome.CARRIED else no


def test_three_proposals_give_two_polls() -> None:
    assert plan_polls("H", ["A", "B"]) == (
        PollStep(1, "A", "B"),
        PollStep(2, "H", WinnerOf(1)),
    )


def test_k1_the_counter_proposal_wins() -> None:
    first, last = plan_polls("H", ["A", "B"])
    winners = {1: winner(first, {}, poll("A", "B"))}
    assert proposals_of(last, winners) == ("H", "A")
    assert winner(last, winners, poll("H", "AB")) == "A"


def test_k2_the_main_proposal_wins() -> None:
    first, last = plan_polls("H", ["A", "B"])
    winners = {1: winner(first, {}, poll("A", "BH"))}
    assert proposals_of(last, winners) == ("H", "B")
    assert winner(last, winners, poll("HA", "B")) == "H"


def test_k3_the_chair_must_vote_between_counter_proposals_too() -> None:
    ballots = "A1=yes A2=yes B1=no B2=no H1=abstain"
    assert tally(make_matter(ROLL, ballots, chair="H1")).state is MatterState.AWAITING_CHAIR


def test_k4_n_proposals_give_n_minus_one_polls() -> None:
    assert plan_polls("H", ["A", "B", "C"]) == (
        PollStep(1, "A", "B"),
        PollStep(2, WinnerOf(1), "C"),
        PollStep(3, "H", WinnerOf(2)),
    )
    for count in range(1, 20):
        names = [f"P{place}" for place in range(count)]
        assert len(plan_polls(names[0], names[1:])) == count - 1


def test_two_proposals_meet_at_once() -> None:
    assert plan_polls("H", ["A"]) == (PollStep(1, "H", "A"),)
    assert plan_polls("H", []) == ()


def test_every_contender_can_reach_the_last_poll() -> None:
    contenders = ["A", "B", "C", "D"]
    steps = plan_polls("H", contenders)
    for favourite in contenders:
        winners: dict[int, str] = {}
        for step in steps[:-1]:
            sides = proposals_of(step, winners)
            winners[step.number] = favourite if favourite in sides else sides[0]
        assert proposals_of(steps[-1], winners) == ("H", favourite)


def test_k5_the_last_poll_may_not_open_before_the_first_is_finished() -> None:
    with pytest.raises(PropositionError, match=r"^step 1: is not finished$"):
        proposals_of(plan_polls("H", ["A", "B"])[-1], {})


@pytest.mark.parametrize(("main", "contenders"), [("H", ["A", "A"]), ("H", ["A", "H"])])
def test_a_proposal_that_comes_twice(main: str, contenders: list[str]) -> None:
    with pytest.raises(PropositionError, match=r"^contenders: a proposal comes twice$"):
        plan_polls(main, contenders)
