"""Roles are given and taken; those of the office carry the rights in the CMS with them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import log, require
from core.exceptions import RuleBroken
from members.actions.cms_groups import apply_cms_groups
from members.actions.periods import check_period, close, overlaps
from members.models import Organisation, Representative, RepresentativeRole
from members.states import OFFICE_ROLES, OrganisationKind, Role


def require_role_right(by: Any, organisation: Organisation, role: str) -> None:
    """Raise PermissionDenied unless `by` may give and take this role in the organisation."""
    permission = "give_office_role" if role in OFFICE_ROLES else "give_member_role"
    require(by, f"members.{permission}", organisation)


@transaction.atomic
def give_role(
    *,
    by: Any,
    representative: Representative,
    role: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RepresentativeRole:
    """Give a representative a role from a day (today) to a last day (until further notice).

    Roles of the organisation are given by its coordinator or an administrator, roles of the
    office by an administrator alone and only in an association; the CMS group of an office role
    follows in the same transaction. Raises PermissionDenied, or RuleBroken when the role is held
    already in that period, is outside the representation's, or is unknown.
    """
    organisation = representative.organisation
    require_role_right(by, organisation, role)
    first = starts_on or max(timezone.localdate(), representative.starts_on)
    _check_role(representative, role, first, ends_on)
    given = RepresentativeRole(
        representative=representative, role=role, starts_on=first, ends_on=ends_on
    )
    given.full_clean(validate_constraints=False)
    given.save()
    representative.user.forget_standing()
    apply_cms_groups(user=representative.user)
    log(
        "role_given",
        by=by,
        acting_for=organisation,
        subject=representative.user,
        obj=given,
        new={"role": role, "starts_on": str(first), "ends_on": ends_on and str(ends_on)},
    )
    return given


def _check_role(representative: Representative, role: str, first: date, last: date | None) -> None:
    locked = Representative.objects.select_for_update().get(pk=representative.pk)
    if role not in Role.values:
        raise RuleBroken(_("There is no such role."), field="role")
    check_period(first, last)
    if not Representative.objects.filter(overlaps(first, last), pk=locked.pk).exists():
        raise RuleBroken(_("The person does not act for the organisation on those days."))
    if first < locked.starts_on:
        raise RuleBroken(_("A role cannot begin before the representation."), field="starts_on")
    if role in OFFICE_ROLES and locked.organisation.kind != OrganisationKind.ASSOCIATION:
        raise RuleBroken(_("Roles of the office are held in the association alone."), field="role")
    if locked.roles.filter(overlaps(first, last), role=role).exists():
        raise RuleBroken(_("The person already has that role."), field="role")


@transaction.atomic
def end_role(*, by: Any, role: RepresentativeRole, on: date | None = None) -> RepresentativeRole:
    """Take a role: at once, or after the last day `on`.

    It is ended, never deleted, and counts no more from the person's next request on; a CMS group
    that came with it goes in the same transaction. Raises PermissionDenied, or RuleBroken when it
    has ended already, when `on` is past, or when the site would lose its last administrator.
    """
    require_role_right(by, role.representative.organisation, role.role)
    locked = (
        RepresentativeRole.objects.select_for_update(of=("self",))
        .select_related("representative__organisation", "representative__user__name")
        .get(pk=role.pk)
    )
    close_role(by=by, role=locked, on=on)
    apply_cms_groups(user=locked.representative.user)
    return locked


@transaction.atomic
def set_roles(*, by: Any, representative: Representative, roles: Iterable[str]) -> None:
    """Let a representative hold exactly these roles from now on, by giving and taking one by one.

    Raises what `give_role` and `end_role` raise; then nothing has changed. Roles that stay as
    they are need no right.
    """
    wanted = set(roles)
    held = {role.role: role for role in representative.roles.on()}
    for role in sorted(wanted - set(held)):
        give_role(by=by, representative=representative, role=role)
    for role in sorted(set(held) - wanted):
        end_role(by=by, role=held[role])


def close_role(*, by: Any, role: RepresentativeRole, on: date | None) -> None:
    """End a role whose right has been checked, and log it; within the caller's transaction."""
    if role.role == Role.ADMINISTRATOR:
        _keep_an_administrator(role)
    before = role.ends_on
    last_day = close(role, on)
    role.representative.user.forget_standing()
    log(
        "role_ended",
        by=by,
        acting_for=role.representative.organisation,
        subject=role.representative.user,
        obj=role,
        old={"role": role.role, "ends_on": before and str(before)},
        new={"ends_on": str(last_day), "at_once": on is None},
    )


def _keep_an_administrator(leaving: RepresentativeRole) -> None:
    """Raise RuleBroken when nobody else would be administrator without end."""
    lasting = (
        RepresentativeRole.objects.select_for_update(of=("self",))
        .on()
        .filter(role=Role.ADMINISTRATOR, ends_on__isnull=True, representative__ends_on__isnull=True)
    )
    if not lasting.exclude(pk=leaving.pk).filter(representative__user__is_active=True).exists():
        raise RuleBroken(_("The site needs an administrator: appoint another one first."))
