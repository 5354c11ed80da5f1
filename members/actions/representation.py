"""A person begins and ceases to act for an organisation."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import log, require
from core.events import publish
from core.exceptions import RuleBroken
from members.actions.cms_groups import apply_cms_groups
from members.actions.periods import check_period, close, not_over, overlaps
from members.actions.roles import close_role, require_role_right
from members.actions.sessions import end_sessions
from members.events import RepresentationEnded
from members.models import Invitation, Organisation, Representative, RepresentativeRole, User


@transaction.atomic
def start_representation(
    *,
    by: Any,
    user: User,
    organisation: Organisation,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Representative:
    """Let a person act for an organisation from a day (today) to a last day (until further notice).

    It gives no right by itself: `give_role` does. With a last day RepresentationEnded is
    published at once, since facts about periods are told when they become known. Done by the
    organisation's coordinator or an
    administrator. Raises PermissionDenied, or RuleBroken when the person already acts for the
    organisation in that period or the period ends before it begins.
    """
    require(by, "members.manage_colleagues", organisation)
    first = starts_on or timezone.localdate()
    check_period(first, ends_on)
    User.objects.select_for_update().get(pk=user.pk)
    known = Representative.objects.filter(user=user, organisation=organisation)
    if known.filter(overlaps(first, ends_on)).exists():
        names = {"person": user, "organisation": organisation}
        raise RuleBroken(_("%(person)s already acts for %(organisation)s.") % names)
    representative = Representative(
        user=user, organisation=organisation, starts_on=first, ends_on=ends_on
    )
    representative.full_clean(validate_constraints=False)
    representative.save()
    user.forget_standing()
    log(
        "representation_started",
        by=by,
        acting_for=organisation,
        subject=user,
        obj=representative,
        new={"starts_on": str(first), "ends_on": ends_on and str(ends_on)},
    )
    if ends_on:
        publish(RepresentationEnded(representative.pk, user.pk, organisation.pk, ends_on))
    return representative


@transaction.atomic
def end_representation(
    *, by: Any, representative: Representative, on: date | None = None
) -> Representative:
    """End a person's representation, with its roles: at once, or after the last day `on`.

    It is ended, never deleted: history keeps who acted, and when. When no role is left anywhere,
    the person's sessions die at once; invitations of the person to the same organisation are
    revoked. Publishes RepresentationEnded. Done by the organisation's coordinator or an
    administrator; where a role of the office is held, by an administrator alone. Raises
    PermissionDenied, or RuleBroken when it has ended already, when `on` is past, or when the site
    would lose its last administrator.
    """
    require(by, "members.manage_colleagues", representative.organisation)
    locked = Representative.objects.select_for_update().get(pk=representative.pk)
    user, organisation = locked.user, locked.organisation
    for role in RepresentativeRole.objects.filter(not_over(), representative=locked):
        require_role_right(by, organisation, role.role)
        close_role(by=by, role=role, on=on if on and on >= role.starts_on else None)
    before = locked.ends_on
    last_day = close(locked, on)
    waiting = Invitation.objects.waiting().filter(organisation=organisation, email=user.email)
    waiting.update(revoked_at=timezone.now())
    _shut_out(user)
    log(
        "representation_ended",
        by=by,
        acting_for=organisation,
        subject=user,
        obj=locked,
        old={"ends_on": before and str(before)},
        new={"ends_on": str(last_day), "at_once": on is None},
    )
    publish(RepresentationEnded(locked.pk, user.pk, organisation.pk, last_day))
    return locked


def _shut_out(user: User) -> None:
    """Take the CMS groups that are no longer due, and every session when no role is left."""
    user.forget_standing()
    apply_cms_groups(user=user)
    if not user.standing.held:
        end_sessions(user=user)
