"""Quorum: the vectors Q1-Q9 and what they say about seats."""

from __future__ import annotations

import pytest

from governance.quorum import is_item_quorate, is_quorate, is_third, needed


@pytest.mark.parametrize(
    ("seats", "serving", "expected"),
    [
        pytest.param(9, 4, False, id="Q1"),
        pytest.param(9, 5, True, id="Q2"),
        pytest.param(10, 5, False, id="Q3"),
        pytest.param(10, 6, True, id="Q4"),
        pytest.param(2, 1, False, id="Q5"),
        pytest.param(9, 5, True, id="Q7-vacant-seats-count"),
        pytest.param(9, 4, False, id="Q8-adjungerade-do-not-serve"),
        pytest.param(9, 3 + 2, True, id="Q9-two-join-from-a-distance"),
        pytest.param(1, 1, True, id="one"),
        pytest.param(1, 0, False, id="none"),
    ],
)
def test_is_quorate(seats: int, serving: int, expected: object) -> None:
    assert is_quorate(serving=serving, seats=seats) is expected


def test_needed_is_the_smallest_quorum() -> None:
    for seats in range(1, 60):
        assert is_quorate(serving=needed(seats), seats=seats) is True
        assert is_quorate(serving=needed(seats) - 1, seats=seats) is False
    # rules.md 2.4: ten members need six, nine need five.
    assert (needed(10), needed(9)) == (6, 5)


@pytest.mark.parametrize(("relaxed", "expected"), [(False, False), (True, True)])
def test_q6_recusals_are_forgiven_in_fullmaktige_only(*, relaxed: bool, expected: bool) -> None:
    quorate = is_item_quorate(serving=4, recused=1, seats=9, relaxed_by_recusal=relaxed)
    assert quorate is expected


def test_absence_is_forgiven_nowhere() -> None:
    assert is_item_quorate(serving=3, recused=1, seats=9, relaxed_by_recusal=True) is False


@pytest.mark.parametrize(
    ("behind", "seats", "expected"),
    [(2, 7, False), (3, 7, True), (3, 9, True), (2, 9, False), (0, 0, False)],
)
def test_a_third_counts_vacant_seats(behind, seats, expected) -> None:
    assert is_third(behind, seats=seats) is expected
