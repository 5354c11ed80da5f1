"""Counting an election: plurality for k positions, a lot where votes are equal.

The casting vote is never used in an election; equal votes across the last position are settled
by lot (kommunallagen 5:56 second paragraph; rules.md 1.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.polls import ElectionPoll


class ElectionState(StrEnum):
    """Where the count of an election ends."""

    DECIDED = "decided"
    AWAITING_LOT = "awaiting_lot"
    NOT_QUORATE = "not_quorate"


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """The result of an election; names are sorted.

    `lot_between` are the names a lot (lottning) must decide between for `lot_positions` places;
    `votes` is each name with its weight, the most votes first.
    """

    state: ElectionState
    elected: tuple[str, ...]
    lot_between: tuple[str, ...]
    lot_positions: int
    votes: tuple[tuple[str, int], ...]


class LotRefusedError(ValueError):
    """A drawn lot that does not settle the election it was drawn for."""


def elect(poll: ElectionPoll) -> ElectionResult:
    """Return the result of the election `poll`.

    The highest weights are elected; whoever is named is a candidate, also when the seats that
    named them weigh nothing. Where nobody is named, nobody is elected.
    """
    votes = _votes(poll)
    if poll.quorum and not poll.roll.is_quorate:
        return ElectionResult(ElectionState.NOT_QUORATE, (), (), 0, votes)
    if len(votes) <= poll.positions:
        return _decided((name for name, _ in votes), votes)
    cut = votes[poll.positions - 1][1]
    above = [name for name, weight in votes if weight > cut]
    level = [name for name, weight in votes if weight == cut]
    places = poll.positions - len(above)
    if len(level) == places:
        return _decided([*above, *level], votes)
    return ElectionResult(
        ElectionState.AWAITING_LOT, tuple(sorted(above)), tuple(sorted(level)), places, votes
    )


def settle_lot(result: ElectionResult, drawn: Iterable[str]) -> ElectionResult:
    """Return the election decided by the names `drawn` by lot.

    Raises LotRefusedError when no lot is awaited, when a name was not part of it or comes twice,
    or when the names do not fill the places exactly.
    """
    names = tuple(drawn)
    if result.state is not ElectionState.AWAITING_LOT:
        raise LotRefusedError("drawn: no lot is awaited")
    if not set(names) <= set(result.lot_between):
        raise LotRefusedError("drawn: a name is not part of the lot")
    if len(names) != result.lot_positions or len(set(names)) != len(names):
        raise LotRefusedError(f"drawn: must be {result.lot_positions} different names")
    return _decided([*result.elected, *names], result.votes)


def _decided(names: Iterable[str], votes: tuple[tuple[str, int], ...]) -> ElectionResult:
    """Return the result in which exactly `names` are elected."""
    return ElectionResult(ElectionState.DECIDED, tuple(sorted(names)), (), 0, votes)


def _votes(poll: ElectionPoll) -> tuple[tuple[str, int], ...]:
    """Return each name with its weight, the highest first, equals in order of name."""
    weights = {row.seat: row.weight for row in poll.roll.rows}
    sums: dict[str, int] = {}
    for ballot in poll.ballots:
        for name in ballot.names:
            sums[name] = sums.get(name, 0) + weights[ballot.seat]
    return tuple(sorted(sums.items(), key=lambda item: (-item[1], item[0])))
