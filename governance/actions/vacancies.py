"""Who is told that a seat is vacant or that a term ends: the coordinator and the secretary."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.states import OutboxState
from governance.choices import OfficeKind
from governance.kinds import DECISION_MISSING, SUMMONS_FAILED, TERM_ENDS, VACANT_SEAT
from governance.models import Council, Mandate, Office, Seat, SummonsDelivery
from governance.states import MeetingState
from members.models import Representative, User
from members.states import Role
from notifications.actions import notify

AHEAD = timedelta(days=60)
"""How long before its last day the end of a term is told."""


@transaction.atomic
def tell_of_vacancies(*, today: date | None = None) -> int:
    """Tell once of each seat without an ordinary member and each term that ends within 60 days.

    Returns how many notifications are new. Run daily; a night that is missed loses nothing.
    """
    day = today or timezone.localdate()
    ordinary = Mandate.objects.on(day).filter(seat=OuterRef("pk"), position=0)
    bodies = Council.objects.active(day)
    seats = Seat.objects.on(day).filter(council__in=bodies)
    vacant = seats.filter(~Exists(ordinary)).select_related("council", "organisation")
    told = sum(tell_of_vacancy(seat, from_day=_vacant_since(seat, day)) for seat in vacant)
    ending = Mandate.objects.on(day).filter(
        seat__council__in=bodies, ends_on__isnull=False, ends_on__lte=day + AHEAD
    )
    later = Mandate.objects.filter(
        seat=OuterRef("seat"), position=OuterRef("position"), starts_on__gt=OuterRef("ends_on")
    )
    alone = ending.filter(~Exists(later)).select_related("seat__council", "seat__organisation")
    return told + sum(_tell_of_term(mandate) for mandate in alone)


@transaction.atomic
def tell_of_missing_decisions(*, today: date | None = None) -> int:
    """Tell once of each mandate in force that gives no vote, for want of the decision's document.

    Returns how many notifications are new. Run daily; a night that is missed loses nothing.
    """
    day = today or timezone.localdate()
    rows = Mandate.objects.on(day).without_decision()
    rows = rows.filter(seat__council__in=Council.objects.active(day))
    told = 0
    for mandate in rows.select_related("person", "seat__council", "seat__organisation"):
        seat = mandate.seat
        new = notify(
            users=_concerned(seat),
            kind=DECISION_MISSING,
            params={
                "person": str(mandate.person),
                "body": seat.council.name,
                "organisation": seat.organisation.name,
            },
            url=seat.council.get_absolute_url(),
            organisation=seat.organisation,
            dedupe_key=f"decision-{mandate.pk}",
        )
        told += len(new)
    return told


def tell_of_vacancy(seat: Seat, *, from_day: date) -> int:
    """Tell that a seat has no ordinary member from a day on; each is told once of each day."""
    new = notify(
        users=_concerned(seat),
        kind=VACANT_SEAT,
        params=_params(seat, from_day),
        url=seat.council.get_absolute_url(),
        organisation=seat.organisation,
        dedupe_key=f"seat-{seat.pk}-{from_day.isoformat()}",
    )
    return len(new)


def _tell_of_term(mandate: Mandate) -> int:
    last = mandate.ends_on or timezone.localdate()
    new = notify(
        users=_concerned(mandate.seat),
        kind=TERM_ENDS,
        params=_params(mandate.seat, last),
        url=mandate.seat.council.get_absolute_url(),
        organisation=mandate.seat.organisation,
        dedupe_key=f"mandate-{mandate.pk}-{last.isoformat()}",
    )
    return len(new)


def _params(seat: Seat, day: date) -> dict[str, Any]:
    return {
        "body": seat.council.name,
        "organisation": seat.organisation.name,
        "day": day.isoformat(),
    }


def _vacant_since(seat: Seat, day: date) -> date:
    """Return the first day of the vacancy: after the last ordinary mandate, or the seat's first."""
    ended = seat.mandates.filter(position=0, ends_on__lt=day).order_by("-ends_on").first()
    if ended is None or ended.ends_on is None:
        return seat.starts_on
    return ended.ends_on + timedelta(days=1)


def _concerned(seat: Seat) -> Any:
    """Return the coordinators of the organisation and the secretaries of the body."""
    coordinators = Representative.objects.with_role(Role.COORDINATOR)
    people = coordinators.filter(organisation=seat.organisation_id).values("user")
    secretaries = secretaries_of(seat.council_id).values("person")
    return User.objects.filter(Q(pk__in=people) | Q(name__in=secretaries)).select_related("name")


def secretaries_of(council: int) -> Any:
    """Return the offices of the body's secretaries today."""
    return Office.objects.on().filter(council=council, kind=OfficeKind.SECRETARY)


@transaction.atomic
def tell_of_failed_summonses() -> int:
    """Tell the secretaries of each summons that could not be delivered, while there is time.

    The first failed attempt is enough: the mail is tried again, but the secretary can ring.
    Returns how many notifications are new.
    """
    failed = SummonsDelivery.objects.filter(
        summons__meeting__state=MeetingState.SUMMONED,
        message__attempts__gte=1,
    ).exclude(message__state=OutboxState.SENT)
    told = 0
    for row in failed.select_related("summons__meeting__council"):
        meeting = row.summons.meeting
        secretaries = secretaries_of(meeting.council_id).values("person")
        new = notify(
            users=User.objects.filter(name__in=secretaries, is_active=True).select_related("name"),
            kind=SUMMONS_FAILED,
            params={
                "body": meeting.council.name,
                "day": timezone.localtime(meeting.starts_at).date().isoformat(),
            },
            url=meeting.get_absolute_url(),
            dedupe_key=f"delivery-{row.pk}",
        )
        told += len(new)
    return told
