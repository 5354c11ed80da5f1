"""What governance does when a municipality joins or leaves a service: its seat follows.

The facts of the catalogue carry ids and dates; they are stored when they become known, so every
right is computed from the day of the meeting and no job must run on a certain night. A meeting
already opened keeps its roll (rules.md 2.4).
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions.appointing import carry_decision
from governance.actions.seats import end_seat, give_seat
from governance.actions.vacancies import tell_of_vacancy
from governance.models import Council, Seat
from members.models import Organisation


@transaction.atomic
def take_seat(event: Any) -> Seat | None:
    """Give the organisation its seat on the service's council from the day it chose (SeatTaken).

    Published again when other people are named: the seat is one. Without a council there is
    nothing to sit on. The document of the appointing decision is carried over to the shelf of the
    council, where the secretary chooses it. A seat that the organisation was given before it
    joined becomes the participation's, so that signing never stops at it. People are entered by
    the secretary with the decision that appointed them; the coordinators are told that the seat is
    vacant until then.
    """
    council = Council.objects.active(event.starts_on).filter(service=event.service_id).first()
    if council is None:
        return None
    seat = _seats(event.participation_id).filter(ends_on__isnull=True).first()
    if seat is None:
        seat = _adopt_seat(council, event)
    if seat is None:
        seat = give_seat(
            by=SYSTEM,
            council=council,
            organisation=Organisation.objects.get(pk=event.organisation_id),
            starts_on=event.starts_on,
            participation_id=event.participation_id,
        )
        tell_of_vacancy(seat, from_day=event.starts_on)
    carry_decision(council=council, document_id=event.document_id)
    return seat


def _adopt_seat(council: Council, event: Any) -> Seat | None:
    """Let the organisation's seat without a participation follow this one; None: it has none."""
    held = Seat.objects.filter(
        council=council,
        organisation=event.organisation_id,
        participation_id__isnull=True,
        ends_on__isnull=True,
    )
    seat = held.select_related("council", "organisation").order_by("number").first()
    if seat is not None:
        seat.participation_id = event.participation_id
        seat.save()
    return seat


@transaction.atomic
def leave_seat(event: Any) -> None:
    """Set the last day of the seat: left, or the participation ends (SeatLeft, ...Ended)."""
    for seat in _seats(event.participation_id):
        if seat.ends_on is None or seat.ends_on > event.ends_on:
            end_seat(by=SYSTEM, seat=seat, on=max(seat.starts_on, event.ends_on))


@transaction.atomic
def keep_seat(event: Any) -> None:
    """Take the last day back when a termination is withdrawn (TerminationWithdrawn).

    The seats of a dissolved body stay ended.
    """
    ahead = _seats(event.participation_id).filter(
        ends_on__gte=timezone.localdate(), council__dissolved_on__isnull=True
    )
    for seat in ahead.order_by("-ends_on")[:1]:
        end_seat(by=SYSTEM, seat=seat, on=None)


def _seats(participation: int) -> Any:
    """Return the seats that a participation gave, but for those cancelled."""
    rows = Seat.objects.filter(participation_id=participation, cancelled_on__isnull=True)
    return rows.select_related("council", "organisation")
