"""Whether a body is quorate (beslutför): more than half of its seats must be served.

Seats count whether they are filled or vacant (rules.md 1.2, kommunallagen 5:45 and 6:27).
"""

from __future__ import annotations


def is_quorate(*, serving: int, seats: int) -> bool:
    """Tell whether so many serving seats may decide for a body of `seats` seats."""
    return 2 * serving > seats


def needed(seats: int) -> int:
    """Return how many seats must be served for a body of `seats` seats to be quorate."""
    return seats // 2 + 1


def is_item_quorate(*, serving: int, recused: int, seats: int, relaxed_by_recusal: bool) -> bool:
    """Tell whether one item may be decided when `recused` seats stay out of it.

    Fullmäktige may decide though recusals (jäv) leave too few (kommunallagen 5:46), so there the
    recused are counted as if they served; other bodies must call a substitute instead.
    """
    counted = serving + recused if relaxed_by_recusal else serving
    return is_quorate(serving=counted, seats=seats)


def is_third(behind: int, *, seats: int) -> bool:
    """Tell whether a third of the seats stand behind something, a vacant seat counted as one."""
    return seats > 0 and 3 * behind >= seats
