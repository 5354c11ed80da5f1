"""Invitations: the only way to an account."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import SYSTEM, log, require
from core.exceptions import RuleBroken
from members import emails
from members.actions.representation import start_representation
from members.actions.roles import give_role, require_role_right
from members.email_address import normalise
from members.models import Invitation, InvitationRole, Organisation, Representative, User
from members.states import InvitationState, Role

LIFETIME = timedelta(days=14)
_signer = Signer(salt="members.invitation", sep=".")


@transaction.atomic
def invite(
    *, by: Any, email: str, organisation: Organisation, roles: Iterable[str]
) -> tuple[Invitation, str]:
    """Invite whoever owns the address to act for the organisation, and send the link.

    Returns the invitation and the link's token: single-use, signed, valid for 14 days; only its
    hash is stored. An earlier invitation that waits for an answer is withdrawn, so its link dies.
    Done by the organisation's coordinator or an administrator; roles of the office by an
    administrator alone. Raises PermissionDenied, or RuleBroken when the address cannot be used,
    no role is chosen, or its owner already has them all.
    """
    require(by, "members.invite_colleague", organisation)
    offered = _checked_roles(by, organisation, roles)
    address = _checked_address(email)
    _check_needed(address, organisation, offered)
    waiting = Invitation.objects.select_for_update().waiting()
    waiting.filter(email=address, organisation=organisation).update(revoked_at=timezone.now())
    token = _signer.sign(secrets.token_urlsafe(32))
    invitation = Invitation(
        email=address,
        organisation=organisation,
        invited_by=None if by is SYSTEM else by,
        token_hash=hash_of(token),
        expires_at=timezone.now() + LIFETIME,
    )
    invitation.full_clean(validate_constraints=False)
    invitation.save()
    InvitationRole.objects.bulk_create(
        InvitationRole(invitation=invitation, role=role) for role in offered
    )
    log("invited", by=by, acting_for=organisation, obj=invitation, new={"roles": offered})
    emails.send_invitation(invitation, token=token, roles=offered)
    return invitation, token


def _checked_roles(by: Any, organisation: Organisation, roles: Iterable[str]) -> list[str]:
    chosen = set(roles)
    offered = [role for role in Role.values if role in chosen]
    if not offered or len(offered) < len(chosen):
        raise RuleBroken(_("Choose at least one role."), field="roles")
    for role in offered:
        require_role_right(by, organisation, role)
    return offered


def _checked_address(email: str) -> str:
    try:
        return normalise(email)
    except ValueError as error:
        raise RuleBroken(
            _("Write an e-mail address with the letters a-z, as in name@municipality.se."),
            field="email",
        ) from error


def _check_needed(address: str, organisation: Organisation, offered: list[str]) -> None:
    known = Representative.objects.on().filter(user__email=address, organisation=organisation)
    held = {role.role for one in known for role in one.roles.on()}
    if set(offered) <= held:
        raise RuleBroken(_("The person already has the chosen roles."), field="email")


def hash_of(token: str) -> str:
    """Return what is stored of a link's token."""
    return sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation of a link, whatever has become of it; None for a damaged link."""
    try:
        _signer.unsign(token)
    except BadSignature:
        return None
    rows = Invitation.objects.select_related("organisation__municipality", "invited_by__name")
    return rows.filter(token_hash=hash_of(token)).first()


def has_account(email: str) -> bool:
    """Return whether an account owns the address, as its own or as another verified one."""
    verified = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return User.objects.with_email(email).exists() or verified.exists()


@transaction.atomic
def renew_invitation(*, by: Any, invitation: Invitation) -> tuple[Invitation, str]:
    """Send a new link with the same offer; the old link dies.

    Raises PermissionDenied, or RuleBroken when the invitation has been accepted or withdrawn.
    """
    require(by, "members.invite_colleague", invitation.organisation)
    if invitation.state_at() not in (InvitationState.OPEN, InvitationState.EXPIRED):
        raise RuleBroken(_("The invitation has already been answered or withdrawn."))
    roles = list(invitation.roles.values_list("role", flat=True))
    return invite(by=by, email=invitation.email, organisation=invitation.organisation, roles=roles)


@transaction.atomic
def revoke_invitation(*, by: Any, invitation: Invitation) -> None:
    """Withdraw an invitation: its link dies at once.

    Raises PermissionDenied, or RuleBroken when it has been accepted or withdrawn.
    """
    require(by, "members.invite_colleague", invitation.organisation)
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not waiting.update(revoked_at=timezone.now()):
        raise RuleBroken(_("The invitation has already been answered or withdrawn."))
    log("invitation_revoked", by=by, acting_for=invitation.organisation, obj=invitation)


@transaction.atomic
def accept_invitation(*, by: User, invitation: Invitation) -> Representative:
    """Let the person who owns the address act for the organisation in the roles offered.

    The link proves that the person owns the address. A representation that is open goes on; roles
    already held stay as they are. Raises RuleBroken when the account has another address or the
    invitation is used, withdrawn or expired.
    """
    if not invitation.is_for(by):
        raise RuleBroken(_("The invitation is for another e-mail address."))
    accepted = Invitation.objects.waiting().filter(pk=invitation.pk, expires_at__gt=timezone.now())
    if not accepted.update(accepted_at=timezone.now(), accepted_by=by):
        raise RuleBroken(_("The invitation can no longer be used."))
    organisation = invitation.organisation
    log("invitation_accepted", by=by, acting_for=organisation, subject=by, obj=invitation)
    representative = Representative.objects.on().filter(
        user=by, organisation=organisation
    ).first() or start_representation(by=SYSTEM, user=by, organisation=organisation)
    held = set(representative.roles.on().values_list("role", flat=True))
    for offer in invitation.roles.exclude(role__in=held):
        give_role(by=SYSTEM, representative=representative, role=offer.role)
    return representative


@transaction.atomic
def open_account(
    *,
    invitation: Invitation,
    given_name: str,
    family_name: str,
    password: str | None,
    language: str = "sv",
) -> User:
    """Open an account for whoever was invited, with the address verified by the link, and accept.

    `password` is checked by the form against the site's validators; None for whoever logs in by
    another provider. Raises RuleBroken when the invitation cannot be used or the address already
    has an account.
    """
    if has_account(invitation.email):
        raise RuleBroken(_("There is already an account with this address: log in first."))
    user = User.objects.create_user(
        invitation.email,
        password,
        given_name=given_name,
        family_name=family_name,
        language=language,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    log("account_opened", by=user, subject=user, obj=invitation)
    accept_invitation(by=user, invitation=invitation)
    return user
