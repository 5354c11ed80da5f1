"""Whose vote breaks a tie: that of the person who presides, not that of a member (rules.md 1.4)."""

from collections.abc import Sequence

from governance.actions.polls.counting import last_ballots
from governance.models import Poll
from governance.polls import Choice
from governance.serving import Room
from members.models import PersonName

FIRM = [{Choice.YES.value}, {Choice.NO.value}]


def presiding_seat(poll: Poll, room: Room) -> tuple[int | None, PersonName | None]:
    """Return the seat whose vote is the view of the one who presides, and who that is.

    No seat for a chair without one, or for one who came when the poll was open already: the roll
    of the poll knows no vote of that person, so in a tie the chair says what it supports. A
    delegate who presides and votes for several members has shown a view of its own only when all
    of them voted yes, or all of them no. When they differ, abstain or have not voted there is no
    such seat: a tie waits until the chair says what it supports, and the members' votes stay as
    they were cast.
    """
    if room.presiding is None:
        return None, None
    person = PersonName.objects.get(pk=room.presiding)
    seats = list(
        poll.roll.filter(
            seat__in=room.seats_of(room.presiding), person=person, present=True, recused=False
        )
        .order_by("seat")
        .values_list("seat", flat=True)
    )
    if len(seats) > 1 and not poll.is_election and not _vote_alike(poll, seats):
        return None, person
    return next(iter(seats), None), person


def _vote_alike(poll: Poll, seats: Sequence[int]) -> bool:
    """Tell whether every one of the seats voted yes, or every one no."""
    choices = {row.seat_id: row.choice for row in last_ballots(poll)}
    return {choices.get(seat, "") for seat in seats} in FIRM
