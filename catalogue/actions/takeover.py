"""Joinings that were in force before the product came are entered in their real state."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.actions.completion import announce_agreed
from catalogue.actions.transitions import keys_of, record
from catalogue.actions.participations import office_actor
from catalogue.events import ParticipationTerminated
from catalogue.joining_states import CLOSED_STATES, TAKEOVER_STATES, ParticipationState
from catalogue.models import Participation, ServicePage
from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from members.models import Organisation


@dataclass(frozen=True)
class Takeover:
    """One joining in force: whose, in what, since when, on what source and in which state."""

    service: ServicePage
    organisation: Organisation
    state: str
    starts_on: date
    source: str
    production_on: date | None = None
    ends_on: date | None = None
    wants_seat: bool | None = None
    is_example: bool = False


@transaction.atomic
def take_over(*, by: Any, takeover: Takeover) -> Participation:
    """Enter a joining in force, marked as taken over; guards apply from the next step on.

    Publishes ParticipationAgreed (and what follows of seat and termination), so that upper apps
    know it as any other. Raises PermissionDenied unless the office asks, or RuleBroken for a state
    or days that cannot be, or when there is an open participation. Source: rules.md 2.1.
    """
    require(by, "catalogue.handle_participation")
    _check(takeover)
    leaving = takeover.state == ParticipationState.TERMINATED
    in_use = takeover.state == ParticipationState.PRODUCTION
    try:
        with transaction.atomic():
            row = Participation.objects.create(
                service=takeover.service,
                organisation=takeover.organisation,
                state=takeover.state,
                state_since=timezone.now(),
                starts_on=takeover.starts_on,
                production_on=(takeover.production_on or takeover.starts_on) if in_use else None,
                ends_on=takeover.ends_on if leaving else None,
                terminated_from=ParticipationState.PRODUCTION if leaving else "",
                wants_seat=takeover.wants_seat,
                taken_over=True,
                takeover_source=takeover.source.strip(),
                is_example=takeover.is_example,
            )
    except IntegrityError as error:
        raise _known() from error
    record(
        actor=office_actor(by), participation=row, field="state", old="", new=row.state,
        reason=takeover.source,
    )
    announce_agreed(row)
    if takeover.ends_on:
        received_on = min(timezone.localdate(), takeover.ends_on)
        row.terminations.create(received_on=received_on, ends_on=takeover.ends_on)
        publish(
            ParticipationTerminated(
                *keys_of(row), received_on=received_on, ends_on=takeover.ends_on
            )
        )
    return row


def _known() -> RuleBroken:
    return RuleBroken(_("There is already an open participation for this service."), field="organisation")


def _check(takeover: Takeover) -> None:
    if takeover.state not in TAKEOVER_STATES:
        raise RuleBroken(_("A joining in force cannot be taken over in this state."), field="state")
    if not takeover.source.strip():
        raise RuleBroken(_("Give the source."), field="source")
    if takeover.starts_on > timezone.localdate():
        raise RuleBroken(_("The day cannot lie ahead."), field="starts_on")
    leaving = takeover.state == ParticipationState.TERMINATED
    if leaving != (takeover.ends_on is not None):
        raise RuleBroken(
            _("A terminated joining, and no other, has a last day."), field="ends_on"
        )
    if takeover.ends_on and takeover.ends_on < takeover.starts_on:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    if takeover.production_on and takeover.production_on < takeover.starts_on:
        raise RuleBroken(_("It cannot be in use before its first day."), field="production_on")
    rows = Participation.objects.filter(
        service=takeover.service, organisation=takeover.organisation
    )
    if rows.exclude(state__in=CLOSED_STATES).exists():
        raise _known()
