"""Compares the polls of a body with what the ledger says of them."""

from collections.abc import Mapping
from typing import Any

from governance.actions.polls.counting import closing_content, set_digest
from governance.models import Council, Lot, Poll
from governance.states import POLLS_AHEAD, PollState

OPENED, CLOSED, VOTED = "poll_opened", "poll_closed", "poll_chair_voted"
INVALID, COMMITTED, DRAWN, GONE = "poll_invalid", "lot_committed", "lot_drawn", "disposed"
REPORTED = "poll_reported"
POLL_KINDS = frozenset({OPENED, CLOSED, VOTED, INVALID, COMMITTED, DRAWN, REPORTED})
NAMES = frozenset({"name", "organisation"})
MISSING = object()
Said = Mapping[tuple[str, int], Mapping[str, Any]]


def fault_of_polls(council: Council, said: Said) -> str:
    """Return the first poll whose roll, terms, ballots or result differ from the ledger.

    `said` is what the ledger says, by kind and poll; "disposed" is of a secret set that has been
    destroyed. Such a set is left to its checksum in the ledger, others are compared with theirs.
    """
    polls = Poll.objects.filter(council=council).exclude(state__in=[*POLLS_AHEAD, "withdrawn"])
    seen = set()
    for poll in polls.select_related("lot", "urn").order_by("pk"):
        seen.add(poll.pk)
        fault = _fault_of(poll, said)
        if fault:
            return f"poll {poll.pk} {fault}"
    gone = sorted(pk for kind, pk in said if kind in POLL_KINDS and pk not in seen)
    return f"poll {gone[0]} is gone" if gone else ""


def _fault_of(poll: Poll, said: Said) -> str:
    told = {kind: said.get((kind, poll.pk)) for kind in (*POLL_KINDS, GONE)}
    opened, closed = told[OPENED], told[VOTED] or told[CLOSED]
    if opened is None:
        return "is not in the ledger"
    if poll.is_secret and not hasattr(poll, "urn"):
        return "lacks its secret set"
    fixed: dict[str, object] = {
        "meeting": poll.meeting_id,
        "item": poll.item_id,
        "poll": str(poll.public_id),
    }
    fixed |= {"terms": poll.terms()}
    same = all(opened.get(name) == value for name, value in fixed.items())
    if not same or not _is_roll(poll, opened.get("roll")):
        return "differs from the ledger in terms or roll"
    return _fault_of_state(poll, told) or (
        _fault_of_close(poll, closed)
        or _fault_of_report(poll, told[REPORTED])
        or _fault_of_set(poll, told[GONE])
        or _fault_of_lot(poll, told[COMMITTED], told[DRAWN])
    )


def _fault_of_state(poll: Poll, told: Mapping[str, Mapping[str, Any] | None]) -> str:
    """Return how far the poll has come otherwise than the ledger says."""
    invalid, is_invalid = told[INVALID], poll.state == PollState.INVALID
    reason = None if invalid is None else invalid.get("reason")
    if is_invalid != (invalid is not None) or (is_invalid and poll.invalid_reason != reason):
        return "is not as valid as the ledger says"
    last = told[DRAWN] or told[VOTED] or told[CLOSED]
    if is_invalid or (last is None and poll.state == PollState.OPEN):
        return ""
    if last is None:
        return "was closed outside the ledger"
    return "" if poll.state == last.get("state") else "has another state than in the ledger"


def _is_roll(poll: Poll, said: Any) -> bool:
    """Return whether the ledger has the roll; names may have been corrected since it opened."""
    rows = [row.content() for row in poll.roll.all()]
    if not isinstance(said, list) or not all(isinstance(row, dict) for row in said):
        return False
    return _in_any_order([{k: v for k, v in row.items() if k not in NAMES} for row in said], rows)


def _in_any_order(said: Any, rows: Any) -> bool:
    """Return whether two values agree, lists in any order.

    Seats come in the order of their municipalities' names, which may change.
    """
    if not isinstance(said, list) or not isinstance(rows, list):
        return bool(said == rows)
    return len(said) == len(rows) and all(row in said for row in rows)


def _fault_of_close(poll: Poll, closed: Mapping[str, Any] | None) -> str:
    if closed is None:
        return ""
    content = closing_content(poll)
    same = all(_in_any_order(closed.get(name, MISSING), value) for name, value in content.items())
    return "" if same else "differs from the ledger in ballots or result"


def _fault_of_report(poll: Poll, reported: Mapping[str, Any] | None) -> str:
    """Return whether a poll without a meeting was reported otherwise than it was taken."""
    if reported is None:
        return ""
    same = reported.get("terms") == poll.terms() and _is_roll(poll, reported.get("roll"))
    if not same or _fault_of_close(poll, reported):
        return "differs from what the ledger says that was reported"
    return ""


def _fault_of_set(poll: Poll, disposed: Mapping[str, Any] | None) -> str:
    """Return what is wrong with a secret set: it is kept, or destroyed as the ledger says."""
    if not poll.is_secret:
        return "has no secret set to destroy" if disposed is not None else ""
    kept = poll.urn.ballots
    if kept is None and disposed is None:
        return "lacks its secret ballots, and no decision on disposal is in the ledger"
    if disposed is not None and (kept is not None or disposed.get("set_hash") != poll.urn.digest):
        return "has another set of secret ballots than the one that was destroyed"
    if kept is not None and poll.urn.digest and set_digest(poll.urn.salt, kept) != poll.urn.digest:
        return "has another set of secret ballots than the ledger"
    return ""


def _fault_of_lot(
    poll: Poll, committed: Mapping[str, Any] | None, drawn: Mapping[str, Any] | None
) -> str:
    lot: Lot | None = getattr(poll, "lot", None)
    wrong = "differs from the ledger in its lot"
    if lot is None or committed is None:
        return wrong if (lot, committed, drawn) != (None, None, None) else ""
    bound = {"names": lot.names, "places": lot.places, "commitment": lot.commitment}
    if any(committed.get(name) != value for name, value in bound.items()):
        return wrong
    if drawn is None:
        return wrong if lot.drawn_at is not None else ""
    fallen = {
        "seed": lot.seed,
        "witness_words": lot.witness_words,
        "drawer": lot.drawer_id,
        "witness": lot.witness_id,
        "drawn": lot.drawn,
        "by_hand": lot.is_by_hand,
    }
    return wrong if any(drawn.get(name) != value for name, value in fallen.items()) else ""
