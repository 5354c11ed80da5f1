"""An organisation outside the association is led through membership first."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.actions.transitions import actor_of, locked, record
from catalogue.fees import fee_class
from catalogue.models import Participation
from core.actions import require
from core.exceptions import RuleBroken
from members.actions.organisations import start_membership
from members.models import Membership, Organisation


@transaction.atomic
def note_membership_application(
    *, by: Any, participation: Participation, applied_on: date
) -> Participation:
    """Record that a municipality outside the association has applied for membership.

    Raises PermissionDenied, or RuleBroken for a day ahead.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    if applied_on > timezone.localdate():
        raise RuleBroken(_("The day cannot lie ahead."), field="applied_on")
    record(
        actor=actor_of(by, row),
        participation=row,
        field="membership_applied_on",
        old=row.membership_applied_on,
        new=applied_on,
    )
    row.membership_applied_on = applied_on
    row.save()
    return row


@transaction.atomic
def admit_to_association(
    *, by: Any, participation: Participation, starts_on: date, source: str
) -> Membership:
    """Let the organisation be a member from a day, in the fee class of its inhabitants.

    `source` is where the association's decision is written. Raises PermissionDenied unless `by`
    may manage memberships, or RuleBroken when it is a member already. Source: rules.md 2.1, 2.3.
    """
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    if not source.strip():
        raise RuleBroken(_("Say where the decision is written."), field="source")
    membership = start_membership(
        by=by,
        organisation=row.organisation,
        starts_on=starts_on,
        fee_class=_class_of(row.organisation),
        source=source.strip(),
        is_example=row.is_example,
    )
    record(
        actor=actor_of(by, row),
        participation=row,
        field="membership",
        old="",
        new=starts_on,
        reason=source,
    )
    return membership


def _class_of(organisation: Organisation) -> int | None:
    """Return the fee class of a municipality; None for other organisations."""
    municipality = getattr(organisation, "municipality", None)
    return None if municipality is None else fee_class(municipality.population).number
