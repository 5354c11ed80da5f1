"""The one place where a participation changes its state, and where every change is written."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import notices
from catalogue.actions.guards import refusal
from catalogue.events import ParticipationEnded
from catalogue.joining_states import BY_PAIR, ParticipationState, Side, Transition
from catalogue.models import Participation, ParticipationChange
from core.actions import SYSTEM
from core.events import publish
from core.exceptions import RuleBroken
from members.rules import has_office_role
from members.standing import standing_of
from members.states import Role

HANDLERS = (Role.SERVICE_MANAGER, Role.ADMINISTRATOR)
RUNNERS = (Role.COORDINATOR, Role.BUSINESS_OWNER)


@dataclass(frozen=True)
class Actor:
    """Who acts in a participation: the account, for which side and for which organisation."""

    user: Any
    side: Side
    organisation_id: int | None


def actor_of(by: Any, participation: Participation) -> Actor:
    """Return for whom `by` acts here: the participating organisation, else the office.

    Raises PermissionDenied for a person with neither role.
    """
    if by is SYSTEM:
        return Actor(None, Side.OFFICE, None)
    standing = standing_of(by)
    if standing.holds(*RUNNERS, organisation_id=participation.organisation_id):
        return Actor(by, Side.MUNICIPALITY, participation.organisation_id)
    if has_office_role(by, *HANDLERS):
        return Actor(by, Side.OFFICE, office_of(by))
    raise PermissionDenied(_("Your roles do not allow this."))


def office_of(by: Any) -> int | None:
    """Return the id of the association for which the person works at the office."""
    held = (row for row in standing_of(by).held if row.of_office)
    return next((row.party.organisation_id for row in held), None)


def locked(participation: Participation) -> Participation:
    """Return the participation, held by this transaction until it ends."""
    rows = Participation.objects.select_for_update(of=("self",))
    return rows.select_related("service", "organisation").get(pk=participation.pk)


@transaction.atomic
def move_participation(
    *, by: Any, participation: Participation, new: str, reason: str = ""
) -> Participation:
    """Let a person take one step of the table by hand.

    Raises PermissionDenied for the wrong side, RuleBroken when the step does not exist from the
    present state, needs a reason that is missing, or a guard says no. The other side is told.
    Ending publishes ParticipationEnded. Source: rules.md 2.1.
    """
    row = locked(participation)
    actor = actor_of(by, row)
    step = find_step(row, new)
    if not step.by_hand:
        raise RuleBroken(_("This step is taken by the action that leads to it."), field="new")
    take_step(actor=actor, participation=row, step=step, reason=reason)
    tell_other = notices.tell_municipality if actor.side == Side.OFFICE else notices.tell_office
    tell_other(row, notices.MOVED)
    return row


def find_step(participation: Participation, new: str) -> Transition:
    """Return the step of the table to `new`; raise RuleBroken when there is none."""
    step = BY_PAIR.get((ParticipationState(participation.state), new))  # type: ignore[arg-type]
    if step:
        return step
    if participation.state == new:
        raise RuleBroken(_("This is already done."), field="new")
    wanted = ParticipationState(new).label if new in ParticipationState.values else new
    message = _("A participation cannot go from “%(old)s” to “%(new)s”.")
    names = {"old": participation.get_state_display(), "new": wanted}
    raise RuleBroken(message % names, field="new")


def take_step(
    *, actor: Actor, participation: Participation, step: Transition, reason: str = ""
) -> ParticipationChange:
    """Take a step of a locked participation: side, reason and guards first, then the change.

    Raises PermissionDenied when the other side must act, and RuleBroken with the words of the
    first guard that says no.
    """
    if step.side not in (Side.EITHER, actor.side):
        raise PermissionDenied(_("This step is taken by the other side."))
    if step.needs_reason and not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    for guard in step.guards:
        message = refusal(guard, participation, step)
        if message:
            raise RuleBroken(message, field="new")
    return set_state(actor=actor, participation=participation, new=step.new, reason=reason)


def set_state(
    *, actor: Actor, participation: Participation, new: ParticipationState, reason: str = ""
) -> ParticipationChange:
    """Write the new state with what follows, and log it; the caller has checked the step."""
    old = ParticipationState(participation.state)
    now = timezone.now()
    participation.state, participation.state_since = new, now
    if new == ParticipationState.PAUSED and old != ParticipationState.TERMINATED:
        participation.paused_from = old
    if new == ParticipationState.TERMINATED:
        participation.terminated_from = old
    if new == ParticipationState.PRODUCTION and not participation.production_on:
        participation.production_on = timezone.localdate()
    participation.save()
    change = record(
        actor=actor, participation=participation, field="state", old=old, new=new, reason=reason
    )
    if new == ParticipationState.ENDED and participation.ends_on:
        publish(ParticipationEnded(*keys_of(participation), ends_on=participation.ends_on))
    return change


def keys_of(participation: Participation) -> tuple[int, int, int]:
    """Return the ids that every fact of a participation begins with."""
    return participation.pk, participation.organisation_id, participation.service_id


def record(
    *,
    actor: Actor,
    participation: Participation,
    field: str,
    old: object,
    new: object,
    reason: str = "",
) -> ParticipationChange:
    """Append one change to the participation's log; None is written as nothing."""
    return ParticipationChange.objects.create(
        participation=participation,
        field=field,
        old="" if old is None else str(old),
        new="" if new is None else str(new),
        reason=reason.strip(),
        happened_at=timezone.now(),
        actor=actor.user,
        acting_for_id=actor.organisation_id,
    )
