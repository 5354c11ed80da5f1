"""Counts a poll of the database with the same pure functions as `recount`, and exports it."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from governance.canonical import canonical_json
from governance.election import elect
from governance.models import Ballot, Poll, PollSeat
from governance.poll_export import export_poll
from governance.polls import (
    Ballot as CountedBallot,
)
from governance.polls import (
    Choice,
    ElectionBallot,
    ElectionPoll,
    MatterPoll,
    Roll,
    RollRow,
)
from governance.recounting import election_json, matter_json
from governance.tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterable


def last_ballots(poll: Poll) -> list[Ballot]:
    """Return the ballot of each seat that counts: its last revision, in order of seat."""
    latest: dict[int, Ballot] = {}
    rows = Ballot.objects.filter(poll=poll).select_related("person")
    for ballot in rows.order_by("seat", "revision"):
        latest[ballot.seat_id] = ballot
    return list(latest.values())


def count(poll: Poll) -> dict[str, Any]:
    """Return the result of a poll, as `recount` gives it; an election also with its votes."""
    counted = as_input(poll)
    if isinstance(counted, ElectionPoll):
        result = elect(counted)
        return election_json(result) | {"votes": [[name, votes] for name, votes in result.votes]}
    return matter_json(tally(counted))


def export(poll: Poll) -> dict[str, object]:
    """Return an open poll in the form that `recount` reads (architecture.md section 3).

    Raises ValueError for a secret poll, whose ballots belong to no seat.
    """
    if poll.is_secret:
        message = "a secret poll has no ballots beside seats"
        raise ValueError(message)
    return export_poll(as_input(poll))


def as_input(poll: Poll) -> MatterPoll | ElectionPoll:
    """Return the poll as the pure count reads it (three queries)."""
    ballots = [] if poll.is_secret else last_ballots(poll)
    roll = _roll(poll, {ballot.seat_id for ballot in ballots})
    chair = None if poll.chair_seat_id is None else f"S{poll.chair_seat_id}"
    if poll.is_election:
        named = _secret_ballots(poll) if poll.is_secret else _named(ballots)
        return ElectionPoll(
            roll=roll,
            positions=poll.positions,
            ballots=tuple(named),
            chair=chair,
            quorum=poll.quorum,
        )
    return MatterPoll(
        roll=roll,
        rule=poll.rule,
        ballots=tuple(CountedBallot(f"S{b.seat_id}", Choice(b.choice)) for b in ballots),
        chair=chair,
        quorum=poll.quorum,
        casting_vote=poll.casting_vote,
        double_majority=poll.double_majority,
        per_capsulam=poll.per_capsulam,
        chair_view=Choice(poll.chair_view) if poll.chair_view else None,
    )


def _roll(poll: Poll, answered: set[int]) -> Roll:
    """Return the frozen roll; per capsulam `present` means has answered."""
    rows = PollSeat.objects.filter(poll=poll).order_by("seat")
    return Roll(
        seats=poll.seats,
        vacancies=poll.vacancies,
        rows=tuple(
            RollRow(
                seat=row.label,
                municipality=row.municipality,
                weight=row.weight,
                present=row.seat_id in answered if poll.per_capsulam else row.present,
                recused=row.recused,
            )
            for row in rows
        ),
    )


def _named(ballots: Iterable[Ballot]) -> list[ElectionBallot]:
    return [ElectionBallot(f"S{ballot.seat_id}", tuple(ballot.names)) for ballot in ballots]


def _secret_ballots(poll: Poll) -> list[ElectionBallot]:
    """Return the set of a secret poll for counting.

    The count wants a seat on each ballot. The sorted ballots are dealt to the sorted voters only
    here, in memory: which ballot is whose is not known, and weights are all 1.
    """
    voters = poll.voters.filter(has_voted=True).order_by("seat").values_list("seat", flat=True)
    ballots = poll.urn.ballots or []
    return [
        ElectionBallot(f"S{seat}", tuple(names))
        for seat, names in zip(voters, ballots, strict=True)
    ]


def sorted_set(ballots: Iterable[Iterable[str]]) -> list[list[str]]:
    """Return ballots in the one order that says nothing of how they came."""
    return sorted((sorted(names) for names in ballots), key=canonical_json)


def opening_content(poll: Poll) -> dict[str, Any]:
    """Return what the ledger says at the opening: what is put, by which rule, and to whom."""
    rows = poll.roll.select_related("organisation", "person").order_by("seat")
    return {"terms": poll.terms(), "roll": [row.opening_content() for row in rows]}


def closing_content(poll: Poll) -> dict[str, Any]:
    """Return what the ledger says at the close.

    The ballots of an open poll; of a secret one the seats that were ticked off, the totals and
    the salted checksum of the set, so that it is verifiable also when the set is disposed of.
    """
    content: dict[str, Any] = {"chair": poll.chair_seat_id and f"S{poll.chair_seat_id}"}
    content |= {"chair_view": poll.chair_view, "result": poll.result}
    if poll.is_secret:
        paper = {"on_paper": poll.urn.on_paper}
        return content | {"ticked_off": ticked_off(poll), "digest": poll.urn.digest} | paper
    return content | {"ballots": [ballot.content() for ballot in last_ballots(poll)]}


def seal_urn(poll: Poll) -> None:
    """Give the set of a secret poll its salted checksum; from now on it is only disposed of."""
    urn = poll.urn
    urn.salt = secrets.token_hex(32)
    urn.digest = set_digest(urn.salt, urn.ballots or [])
    urn.save(update_fields=["salt", "digest"])


def ticked_off(poll: Poll) -> list[str]:
    """Return the labels of the seats that were ticked off in a secret poll, in order of seat."""
    voters = poll.voters.filter(has_voted=True).order_by("seat")
    return [f"S{seat}" for seat in voters.values_list("seat", flat=True)]


def set_digest(salt: str, ballots: list[list[str]]) -> str:
    """Return the salted checksum of a secret set."""
    return hashlib.sha256(canonical_json({"salt": salt, "ballots": ballots})).hexdigest()  # type: ignore[dict-item]
