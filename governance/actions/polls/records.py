"""The polls of a § as minutes, decision pages and proofs read them, and their disposal."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from governance.actions.polls.counting import export, last_ballots
from governance.models import Poll, PollSeat
from governance.models.ballot import SecretUrn
from governance.poll_records import PollRecord
from governance.states import PollState


def records_of(items: Iterable[int]) -> dict[int, list[PollRecord]]:
    """Return the settled polls of agenda items, by item and in the order they were held.

    A poll per capsulam belongs to the item under which its decision is reported.
    One query for the polls and a fixed number for each of them; items without polls cost
    nothing more.
    """
    wanted = list(items)
    reported = Q(item__isnull=True, decision__item__in=wanted)
    polls = (
        Poll.objects.filter(Q(item__in=wanted) | reported, state=PollState.SETTLED)
        .select_related("urn", "lot", "decision")
        .order_by("number", "pk")
    )
    found: dict[int, list[PollRecord]] = {}
    for poll in polls:
        item = poll.item_id or (poll.decision.item_id if poll.decision else None)
        if item is not None:
            found.setdefault(item, []).append(_record(poll))
    return found


def dispose_of_secret_sets(meeting: int) -> list[dict[str, Any]]:
    """Destroy the sets of ballots of a meeting's secret polls; return what is kept of each.

    Their totals, who was ticked off and the salted checksum stay in the ledger (rules.md 1.8).
    The caller locks the meeting and checks the right and the state of the minutes.
    """
    kept = []
    for urn in SecretUrn.objects.kept_of(meeting).select_related("poll"):
        where = {"poll": urn.poll_id, "item": urn.poll.item_id}
        kept.append(where | {"ballots": len(urn.ballots or []), "set_hash": urn.digest})
        SecretUrn.objects.filter(pk=urn.pk).update(ballots=None, salt="")
    return kept


def _record(poll: Poll) -> PollRecord:
    seats = list(
        PollSeat.objects.filter(poll=poll).select_related("organisation", "person").order_by("seat")
    )
    by_seat = {row.seat_id: row for row in seats}
    urn = getattr(poll, "urn", None)
    choices = {} if poll.is_secret else _choices(poll)
    return PollRecord(
        poll=poll.pk,
        number=poll.number,
        is_election=poll.is_election,
        is_secret=poll.is_secret,
        question={"yes": poll.yes_means, "no": poll.no_means},
        result=dict(poll.result or {}),
        export=None if poll.is_secret else export(poll),
        seats={row.label: _printed(row) for row in seats},
        choices=choices,
        decision=poll.decision_id,
        ticked_off=_ticked_off(poll, by_seat),
        set_hash=urn.digest if urn else "",
        disposed=urn is not None and urn.ballots is None,
        lot=_lot(poll),
    )


def _choices(poll: Poll) -> dict[int, str]:
    """Return what was chosen for each seat, by its id; names of an election as one text."""
    return {
        ballot.seat_id: (", ".join(ballot.names) or "blank") if poll.is_election else ballot.choice
        for ballot in last_ballots(poll)
    }


def _printed(row: PollSeat) -> dict[str, str]:
    return {"municipality": row.organisation.name, "name": str(row.person or "")}


def _ticked_off(poll: Poll, by_seat: Mapping[int, PollSeat]) -> tuple[str, ...]:
    """Return the labels of the seats that were ticked off in a secret poll, in order of seat."""
    if not poll.is_secret:
        return ()
    voted = poll.voters.filter(has_voted=True).order_by("seat").values_list("seat", flat=True)
    return tuple(by_seat[seat].label for seat in voted)


def _lot(poll: Poll) -> dict[str, Any] | None:
    """Return a drawn lot with all that is needed to draw it again."""
    lot = getattr(poll, "lot", None)
    if lot is None or lot.drawn_at is None:
        return None
    return {
        "between": lot.names,
        "places": lot.places,
        "commitment": lot.commitment,
        "seed": lot.seed,
        "witness_words": lot.witness_words,
        "drawer": str(lot.drawer or ""),
        "witness": str(lot.witness or ""),
        "drawn": lot.drawn,
        "by_hand": lot.is_by_hand,
    }
