"""Elections: plurality, ties across the cut, the lot, and what holds for every election."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.election import (
    ElectionResult,
    ElectionState,
    LotRefusedError,
    elect,
    settle_lot,
)
from governance.polls import ElectionBallot, ElectionPoll, Roll, RollRow
from tests.governance.poll_samples import make_election

FIVE = "S1 S2 S3 S4 S5"


def end(roll: str, positions: int, ballots: dict[str, list[str]]) -> tuple[object, ...]:
    result = elect(make_election(roll, positions, ballots))
    return result.state.value, result.elected, result.lot_between, result.lot_positions


def test_plurality_elects_and_sorts_names() -> None:
    ballots = {"S1": ["Östen", "Ada"], "S2": ["Östen", "Ada"], "S3": ["Bo"]}
    assert end(FIVE, 2, ballots) == ("decided", ("Ada", "Östen"), (), 0)


def test_votes_are_told_from_the_most() -> None:
    result = elect(make_election("S1:2 S2 S3", 2, {"S1": ["B"], "S2": ["A", "C"], "S3": ["C"]}))
    assert result == ElectionResult(
        ElectionState.DECIDED, ("B", "C"), (), 0, (("B", 2), ("C", 2), ("A", 1))
    )


@pytest.mark.parametrize("ballots", [{}, {"S1": []}, {"S1": [], "S2": []}])
def test_nobody_named_nobody_elected(ballots: dict[str, list[str]]) -> None:
    assert end(FIVE, 2, ballots) == ("decided", (), (), 0)


def test_fewer_names_than_positions_are_all_elected() -> None:
    assert end(FIVE, 3, {"S1": ["A"], "S2": ["B"]}) == ("decided", ("A", "B"), (), 0)


def test_a_tie_inside_the_cut_needs_no_lot() -> None:
    ballots = {"S1": ["A", "B"], "S2": ["A", "B"], "S3": ["C"]}
    assert end(FIVE, 2, ballots) == ("decided", ("A", "B"), (), 0)


def test_a_tie_of_all_awaits_the_lot_for_every_place() -> None:
    ballots = {"S1": ["C"], "S2": ["B"], "S3": ["A"]}
    assert end(FIVE, 2, ballots) == ("awaiting_lot", (), ("A", "B", "C"), 2)


def test_weights_elect() -> None:
    assert end("S1:3 S2 S3", 1, {"S1": ["A"], "S2": ["B"], "S3": ["B"]})[1] == ("A",)


def test_names_without_weight_are_candidates() -> None:
    assert end("S1:0 S2", 1, {"S1": ["A"]}) == ("decided", ("A",), (), 0)
    assert end("S1:0 S2:0", 1, {"S1": ["A"], "S2": ["B"]}) == ("awaiting_lot", (), ("A", "B"), 1)


def test_without_quorum_nobody_is_elected() -> None:
    poll = make_election("S1 S2- S3-", 1, {"S1": ["A"]})
    assert elect(poll) == ElectionResult(ElectionState.NOT_QUORATE, (), (), 0, (("A", 1),))
    unchecked = make_election("S1 S2- S3-", 1, {"S1": ["A"]}, quorum=False)
    assert elect(unchecked).elected == ("A",)


def test_the_lot_settles_the_election() -> None:
    ballots = {"S1": ["P", "Q"], "S2": ["P", "R"], "S3": ["P"]}
    result = elect(make_election(FIVE, 2, ballots))
    assert (result.elected, result.lot_between) == (("P",), ("Q", "R"))
    assert settle_lot(result, ["R"]) == ElectionResult(
        ElectionState.DECIDED, ("P", "R"), (), 0, (("P", 3), ("Q", 1), ("R", 1))
    )


@pytest.mark.parametrize(
    ("drawn", "message"),
    [
        (["P"], "drawn: a name is not part of the lot"),
        ([], "drawn: must be 2 different names"),
        (["Q"], "drawn: must be 2 different names"),
        (["Q", "Q"], "drawn: must be 2 different names"),
        (["Q", "R", "S"], "drawn: must be 2 different names"),
    ],
)
def test_lots_that_settle_nothing(drawn: list[str], message: str) -> None:
    ballots = {"S1": ["P", "Q"], "S2": ["P", "R"], "S3": ["P", "S"]}
    result = elect(make_election(FIVE, 3, ballots))
    with pytest.raises(LotRefusedError) as refusal:
        settle_lot(result, drawn)
    assert str(refusal.value) == message


def test_a_lot_that_nobody_awaits() -> None:
    result = elect(make_election(FIVE, 1, {"S1": ["A"]}))
    with pytest.raises(LotRefusedError, match=r"^drawn: no lot is awaited$"):
        settle_lot(result, ["A"])


@st.composite
def elections(draw: st.DrawFn) -> ElectionPoll:
    """Draw an election with few names, so that ties are common."""
    size = draw(st.integers(1, 6))
    rows = tuple(
        RollRow(f"S{place}", "0180", draw(st.integers(0, 2)), present=True, recused=False)
        for place in range(size)
    )
    positions = draw(st.integers(1, 4))
    names = st.lists(st.sampled_from("ABCDE"), max_size=positions, unique=True)
    ballots = tuple(ElectionBallot(row.seat, tuple(draw(names))) for row in rows)
    return ElectionPoll(roll=Roll(size, 0, rows), positions=positions, ballots=ballots)


@given(poll=elections())
def test_every_possible_lot_gives_the_most_votes(poll: ElectionPoll) -> None:
    """Reference: the groups of k names with the largest sum are what the count leaves open."""
    result = elect(poll)
    sums = dict(result.votes)
    size = min(poll.positions, len(sums))
    groups = list(combinations(sorted(sums), size))
    largest = max(sum(sums[name] for name in group) for group in groups)
    best = {group for group in groups if sum(sums[name] for name in group) == largest}
    drawn = combinations(result.lot_between, result.lot_positions)
    assert {tuple(sorted((*result.elected, *names))) for names in drawn} == best
    assert (result.state is ElectionState.AWAITING_LOT) == (len(best) > 1)


@given(poll=elections(), data=st.data())
def test_order_of_ballots_is_irrelevant(poll: ElectionPoll, data: st.DataObject) -> None:
    ballots = tuple(data.draw(st.permutations(poll.ballots)))
    shuffled = ElectionPoll(roll=poll.roll, positions=poll.positions, ballots=ballots)
    assert elect(shuffled) == elect(poll)


@given(poll=elections())
def test_votes_are_the_ballots(poll: ElectionPoll) -> None:
    weights = {row.seat: row.weight for row in poll.roll.rows}
    given_out = sum(weights[ballot.seat] * len(ballot.names) for ballot in poll.ballots)
    assert sum(votes for _, votes in elect(poll).votes) == given_out
