"""Counting a poll again from its export, and the JSON that the result is handed out as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.election import elect
from governance.poll_input import parse_poll
from governance.polls import MatterPoll
from governance.tally import tally

if TYPE_CHECKING:
    from governance.election import ElectionResult
    from governance.tally import MatterResult, Totals


def recount(data: object) -> dict[str, object]:
    """Return the result of the poll that the parsed JSON `data` describes.

    Raises PollInputError, one line naming the field, for anything the contract refuses.
    """
    poll = parse_poll(data)
    if isinstance(poll, MatterPoll):
        return matter_json(tally(poll))
    return election_json(elect(poll))


def matter_json(result: MatterResult) -> dict[str, object]:
    """Return the result of a matter in the form of the contract."""
    return {
        "state": result.state.value,
        "outcome": None if result.outcome is None else result.outcome.value,
        "by": None if result.by is None else result.by.value,
        "heads": _totals_json(result.heads),
        "weight": _totals_json(result.weight),
        "base": result.base,
        "required": result.required,
    }


def election_json(result: ElectionResult) -> dict[str, object]:
    """Return the result of an election in the form of the contract."""
    return {
        "state": result.state.value,
        "elected": list(result.elected),
        "lot_between": list(result.lot_between),
        "lot_positions": result.lot_positions,
    }


def _totals_json(totals: Totals) -> dict[str, int]:
    """Return the three sums."""
    return {"yes": totals.yes, "no": totals.no, "abstain": totals.abstain}
