"""A third of the seats may demand that the body meets (model: kommunallagen 5:12 and 6:23)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.kinds import MEETING_DEMANDED
from governance.models import Council, DemandSupport, Mandate, Meeting, MeetingDemand
from governance.quorum import is_third
from governance.sitting import leaders_of
from members.models import User
from notifications.actions import notify


@transaction.atomic
def demand_meeting(*, by: Any, council: Council, reason: str) -> MeetingDemand:
    """Demand that the body meets; the own seat stands behind it at once.

    Raises RuleBroken for whoever is no ordinary member, and without what is to be handled.
    """
    if not reason.strip():
        raise RuleBroken(_("Say what the meeting is to handle."), field="reason")
    demand = MeetingDemand(council=council, reason=reason.strip())
    require(by, "governance.answer_summons", council)
    demand.save()
    support_demand(by=by, demand=demand)
    return demand


@transaction.atomic
def support_demand(*, by: Any, demand: MeetingDemand) -> MeetingDemand:
    """Let the person's own seat stand behind a demand.

    With a third of today's seats, vacant ones included, the demand is met: it is chained, and
    chair and secretary are told. Raises RuleBroken when the person has no seat of the own.
    """
    require(by, "governance.answer_summons", demand)
    Council.objects.select_for_update().get(pk=demand.council_id)
    demand = MeetingDemand.objects.select_related("council").get(pk=demand.pk)
    mandates = Mandate.objects.on().filter(
        seat__council=demand.council_id, person=by.name_id, position=0
    )
    mandate = mandates.first()
    if mandate is None:
        raise RuleBroken(_("Only an ordinary member can stand behind a demand."))
    DemandSupport.objects.get_or_create(
        demand=demand,
        seat=mandate.seat,
        defaults={"person": by.name, "supported_at": timezone.now()},
    )
    seats = demand.council.seats.on().values_list("pk", flat=True)
    behind = demand.supports.filter(seat__in=list(seats)).count()
    if demand.met_at is None and is_third(behind, seats=len(seats)):
        _meet(demand, behind=behind, seats=len(seats))
    return demand


def _meet(demand: MeetingDemand, *, behind: int, seats: int) -> None:
    """Record that the demand has enough seats, and tell those who must act."""
    demand.met_at = timezone.now()
    demand.save()
    append(
        council=demand.council,
        kind="meeting_demanded",
        data={"demand": demand.pk, "behind": behind, "seats": seats},
    )
    notify(
        users=User.objects.filter(name__in=leaders_of(demand.council), is_active=True),
        kind=MEETING_DEMANDED,
        params={"body": demand.council.name},
        url=demand.council.get_absolute_url(),
    )


@transaction.atomic
def answer_demand(*, by: Any, demand: MeetingDemand, meeting: Meeting) -> MeetingDemand:
    """Say which meeting answers a demand."""
    require(by, "governance.plan_meeting", demand)
    if meeting.council_id != demand.council_id:
        raise RuleBroken(_("The meeting is of another body."), field="meeting")
    demand.meeting = meeting
    demand.save()
    return demand
