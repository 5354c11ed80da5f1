"""Compares the polls of a body with what the ledger says of them."""

from collections.abc import Mapping
from typing import Any

from governance.actions.polls.counting import closing_content, set_digest
from governance.models import Council, Poll
from governance.states import POLLS_AHEAD, PollState

OPENED, CLOSED, VOTED, DRAWN = "poll_opened", "poll_closed", "poll_chair_voted", "lot_drawn"
REPORTED = "poll_reported"
POLL_KINDS = frozenset({OPENED, CLOSED, VOTED, DRAWN, REPORTED})
Said = Mapping[tuple[str, int], Mapping[str, Any]]


def fault_of_polls(council: Council, said: Said) -> str:
    """Return the first poll whose roll, terms, ballots or result differ from the ledger.

    `said` is the last entry of each kind by poll. A secret set is compared with its salted
    checksum; one that has been disposed of is left to its checksum in the ledger.
    """
    polls = Poll.objects.filter(council=council).exclude(state__in=[*POLLS_AHEAD, "withdrawn"])
    seen = set()
    for poll in polls.order_by("pk"):
        seen.add(poll.pk)
        fault = _fault_of(poll, said)
        if fault:
            return f"poll {poll.pk} {fault}"
    gone = sorted(pk for kind, pk in said if kind == OPENED and pk not in seen)
    return f"poll {gone[0]} is gone" if gone else ""


def _fault_of(poll: Poll, said: Said) -> str:
    opened = said.get((OPENED, poll.pk))
    if opened is None:
        return "is not in the ledger"
    if _differs(_nameless(opened), _opening(poll)):
        return "differs from the ledger in terms or roll"
    reported = said.get((REPORTED, poll.pk))
    told = _opening(poll) | closing_content(poll)
    if reported is not None and _differs(_nameless(reported), told):
        return "differs from what the ledger says that was reported"
    closed = said.get((VOTED, poll.pk)) or said.get((CLOSED, poll.pk))
    if closed is None:
        is_open = poll.state in {PollState.OPEN, PollState.INVALID}
        return "" if is_open else "was closed outside the ledger"
    return _fault_of_close(poll, closed) or _fault_of_lot(poll, said.get((DRAWN, poll.pk)))


def _opening(poll: Poll) -> dict[str, Any]:
    roll = [row.content() for row in poll.roll.order_by("seat")]
    return {"terms": poll.terms(), "roll": roll}


def _nameless(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry whose roll has no names: one that was corrected later may differ."""
    roll = [
        {key: value for key, value in row.items() if key not in {"organisation", "name"}}
        for row in said["roll"]
    ]
    return {**said, "roll": roll}


def _differs(said: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    return any(said.get(name) != value for name, value in content.items())


def _fault_of_close(poll: Poll, closed: Mapping[str, Any]) -> str:
    if _differs(closed, closing_content(poll)):
        return "differs from the ledger in ballots or result"
    kept = poll.urn.ballots if poll.is_secret else None
    if kept is not None and set_digest(poll.urn.salt, kept) != poll.urn.digest:
        return "has another set of secret ballots than the ledger"
    return ""


def _fault_of_lot(poll: Poll, drawn: Mapping[str, Any] | None) -> str:
    if drawn is None:
        return ""
    lot = poll.lot
    same = (lot.seed, lot.witness_words, lot.drawn, lot.is_by_hand)
    if same != tuple(drawn[name] for name in ("seed", "witness_words", "drawn", "by_hand")):
        return "differs from the ledger in its lot"
    return ""
