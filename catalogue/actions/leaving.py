"""A participation is terminated, perhaps not after all, wound up and closed."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import notices
from catalogue.actions.guards import termination_of
from catalogue.actions.transitions import (
    Actor,
    actor_of,
    find_step,
    keys_of,
    locked,
    record,
    take_step,
)
from catalogue.events import ParticipationDateChanged, ParticipationTerminated, TerminationWithdrawn
from catalogue.joining_states import ParticipationState, Side
from catalogue.models import JoiningDocument, Participation, Termination
from catalogue.termination import end_date
from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from core.formatting import long_date


def proposed_end(participation: Participation, received_on: date) -> date:
    """Return the last day if notice is received that day, by the participation's own terms."""
    computed = end_date(
        received_on,
        months=participation.notice_months,
        at_year_end=participation.notice_at_year_end,
    )
    # Notice given before the first day cannot end what has not begun.
    return max(computed, participation.starts_on) if participation.starts_on else computed


@transaction.atomic
def terminate_participation(
    *,
    by: Any,
    participation: Participation,
    received_on: date,
    notice: JoiningDocument,
    reason: str = "",
) -> Termination:
    """Register a written notice; the last day is computed from the day it was received.

    Seat and vote last through the last day. Publishes ParticipationTerminated. Raises
    PermissionDenied, or RuleBroken for a day ahead, a notice of another record or a state from
    which nothing can be terminated. Source: rules.md 2.1 and 2.4.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    actor = actor_of(by, row)
    step = find_step(row, ParticipationState.TERMINATED)
    if notice.participation_id != row.pk:
        raise RuleBroken(_("The document belongs to another record."), field="notice")
    if received_on > timezone.localdate():
        raise RuleBroken(_("The day cannot lie ahead."), field="received_on")
    ends_on = proposed_end(row, received_on)
    try:
        with transaction.atomic():
            termination = Termination.objects.create(
                participation=row,
                received_on=received_on,
                ends_on=ends_on,
                notice=notice,
                reason=reason.strip(),
                given_by=actor.side,
            )
    except IntegrityError as error:
        raise RuleBroken(_("This is already done.")) from error
    row.ends_on = ends_on
    take_step(actor=actor, participation=row, step=step, reason=reason)
    publish(ParticipationTerminated(*keys_of(row), received_on=received_on, ends_on=ends_on))
    words = {"ends_on": long_date(ends_on, "sv")}
    notices.tell_office(row, notices.TERMINATED, **words)
    notices.tell_municipality(row, notices.TERMINATED, **words)
    return termination


@transaction.atomic
def agree_to_withdraw(*, by: Any, participation: Participation) -> Termination:
    """Say, for one side, that the termination is to be withdrawn; done when both have said so.

    With the second word the participation goes back to the state it was in, without a last day,
    and TerminationWithdrawn is published. Raises PermissionDenied or RuleBroken.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    actor = actor_of(by, row)
    termination = termination_of(row)
    if row.state != ParticipationState.TERMINATED or termination is None:
        raise RuleBroken(_("There is no termination to withdraw."))
    today = timezone.localdate()
    field = "office_withdraws_on" if actor.side == Side.OFFICE else "municipality_withdraws_on"
    if getattr(termination, field):
        raise RuleBroken(_("Your side has already agreed. The other side has not answered yet."))
    setattr(termination, field, today)
    termination.save()
    record(actor=actor, participation=row, field=field, old="", new=today)
    if termination.municipality_withdraws_on and termination.office_withdraws_on:
        _withdraw(actor, row, termination, today)
    return termination


def _withdraw(actor: Actor, row: Participation, termination: Termination, today: date) -> None:
    step = find_step(row, row.terminated_from)
    row.ends_on = None
    take_step(actor=actor, participation=row, step=step)
    termination.withdrawn_on = today
    termination.save()
    publish(TerminationWithdrawn(*keys_of(row), withdrawn_on=today))


@transaction.atomic
def change_dates(
    *,
    by: Any,
    participation: Participation,
    reason: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Participation:
    """Correct the first day of an agreed participation, or the last day of a terminated one.

    Publishes ParticipationDateChanged. Raises PermissionDenied unless the office asks, or
    RuleBroken without a reason, for days in the wrong order or of a participation without them.
    """
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    actor = actor_of(by, row)
    if not row.is_agreed or row.starts_on is None:
        raise RuleBroken(_("The participation has no days to change."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if ends_on and row.ends_on is None:
        raise RuleBroken(_("Only a terminated participation has a last day."), field="ends_on")
    first, last = starts_on or row.starts_on, ends_on or row.ends_on
    if last and first and last < first:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    for field, value in (("starts_on", first), ("ends_on", last)):
        if getattr(row, field) != value:
            record(
                actor=actor,
                participation=row,
                field=field,
                old=getattr(row, field),
                new=value,
                reason=reason,
            )
    row.starts_on, row.ends_on = first, last
    row.save()
    if ends_on:
        row.terminations.filter(withdrawn_on__isnull=True).update(ends_on=last)
    publish(ParticipationDateChanged(*keys_of(row), starts_on=first, ends_on=last))
    return row


LEAVING_FIELDS = ("data_returned_on", "accounts_closed_on")


@transaction.atomic
def note_left(*, by: Any, participation: Participation, field: str, on: date) -> Termination:
    """Record that the data is returned, or that the accounts are closed, with the day.

    Raises PermissionDenied unless the office asks, or RuleBroken outside the winding up or for a
    day ahead.
    """
    if field not in LEAVING_FIELDS:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="field")
    actor, row, termination = _winding_up(by, participation, on)
    setattr(termination, field, on)
    termination.save()
    record(actor=actor, participation=row, field=field, old="", new=on)
    return termination


@transaction.atomic
def certify_deletion(
    *, by: Any, participation: Participation, certificate: JoiningDocument, on: date
) -> Termination:
    """Record that the municipality's data is deleted, with the certificate.

    Raises PermissionDenied, or RuleBroken when the data is not returned first.
    """
    actor, row, termination = _winding_up(by, participation, on)
    if certificate.participation_id != row.pk:
        raise RuleBroken(_("The document belongs to another record."), field="certificate")
    if termination.data_returned_on is None:
        raise RuleBroken(_("The data is returned before it is deleted."), field="on")
    termination.deletion_certified_on, termination.deletion_certificate = on, certificate
    termination.save()
    record(actor=actor, participation=row, field="deletion_certified_on", old="", new=on)
    return termination


@transaction.atomic
def settle(*, by: Any, participation: Participation, amount: int, on: date) -> Termination:
    """Record the final settlement: `amount` öre that the municipality owes (negative: gets back).

    Raises PermissionDenied or RuleBroken.
    """
    actor, row, termination = _winding_up(by, participation, on)
    termination.settlement, termination.settled_on = amount, on
    termination.save()
    record(actor=actor, participation=row, field="settled_on", old="", new=f"{on} {amount}")
    return termination


def _winding_up(
    by: Any, participation: Participation, on: date
) -> tuple[Actor, Participation, Termination]:
    """Return actor, locked participation and termination; raise unless it is being wound up."""
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    termination = termination_of(row)
    if row.state != ParticipationState.WINDING_UP or termination is None:
        raise RuleBroken(_("This is done while the participation is wound up."))
    if on > timezone.localdate():
        raise RuleBroken(_("The day cannot lie ahead."), field="on")
    return actor_of(by, row), row, termination
