"""Organisations are registered, and become members of the association."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import log, require
from core.exceptions import RuleBroken
from members.models import Membership, Organisation


@transaction.atomic
def register_organisation(
    *, by: Any, kind: str, name: str, website: str = "", is_example: bool = False
) -> Organisation:
    """Register an organisation of a kind under its name; one that is known is returned as it is.

    Raises PermissionDenied unless `by` may register organisations, ValidationError for a kind,
    name or address that cannot be stored.
    """
    require(by, "members.register_organisation")
    known = Organisation.objects.filter(kind=kind, name=name).first()
    if known:
        return known
    organisation = Organisation(kind=kind, name=name, website=website, is_example=is_example)
    organisation.full_clean()
    organisation.save()
    log("organisation_registered", by=by, obj=organisation, new={"kind": kind})
    return organisation


@transaction.atomic
def start_membership(
    *,
    by: Any,
    organisation: Organisation,
    starts_on: date,
    fee_class: int | None = None,
    source: str = "",
    is_example: bool = False,
) -> Membership:
    """Let an organisation be a member of the association from a day, until further notice.

    `fee_class` is 1-7 for a municipality and None for other organisations; `source` says where
    the membership is written. Raises PermissionDenied unless `by` may manage memberships,
    RuleBroken when a membership is open already.
    """
    require(by, "members.manage_memberships")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.memberships.filter(ends_on__isnull=True).exists():
        raise RuleBroken(_("%(name)s is a member already.") % {"name": organisation.name})
    membership = Membership(
        organisation=organisation,
        starts_on=starts_on,
        fee_class=fee_class,
        source=source,
        is_example=is_example,
    )
    membership.full_clean()
    membership.save()
    log(
        "membership_started",
        by=by,
        acting_for=organisation,
        obj=membership,
        new={"starts_on": str(starts_on), "fee_class": fee_class},
    )
    return membership
