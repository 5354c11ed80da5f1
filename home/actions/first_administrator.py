"""The first person who may administer the site; everyone after that is invited in the product."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from members.actions.invitations import invite
from members.email_address import normalise
from members.models import Invitation, Organisation, Representative
from members.states import Role


@transaction.atomic
def invite_first_administrator(*, by: Any, email: str, association: Organisation) -> str:
    """Invite the first administrator unless there is one; return what was done, in words.

    An invitation that still waits for an answer at the same address is not sent again, so that
    the link in it lives on. Raises PermissionDenied unless `by` may set up the site, and
    RuleBroken when the address cannot be used.
    """
    require(by, "home.set_up_site")
    administrators = Representative.objects.with_role(Role.ADMINISTRATOR)
    if administrators.filter(organisation=association, user__is_active=True).exists():
        return _("there is one already")
    if _waits(email, association):
        return _("the invitation to %(email)s waits for an answer") % {"email": email}
    invitation, _token = invite(
        by=by, email=email, organisation=association, roles=[Role.ADMINISTRATOR]
    )
    return _("an invitation is on its way to %(email)s") % {"email": invitation.email}


def _waits(email: str, association: Organisation) -> bool:
    """Return whether an invitation to this address waits; `invite` judges a bad address."""
    try:
        address = normalise(email)
    except ValueError:
        return False
    waiting = Invitation.objects.waiting().filter(expires_at__gt=timezone.now())
    offered = waiting.filter(organisation=association, roles__role=Role.ADMINISTRATOR)
    return offered.filter(email=address).exists()
