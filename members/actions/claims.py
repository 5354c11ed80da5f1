"""A login service's claims become roles in an organisation that exists here, and nothing more."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import SYSTEM, log
from core.exceptions import RuleBroken
from members.actions.representation import start_representation
from members.actions.roles import end_role, give_role
from members.claims import Claims
from members.email_address import normalise
from members.models import ClaimedRole, Organisation, Representative, RepresentativeRole, User


def find_organisation(claims: Claims) -> Organisation | None:
    """Return the organisation that the claims name; None when they name none.

    By organisation number, or by municipality code (SCB) where none is stored. Raises RuleBroken
    when the claims name one that does not exist here.
    """
    found = None
    if claims.org_number:
        found = Organisation.objects.filter(org_number=claims.org_number).first()
    elif claims.code:
        found = Organisation.objects.filter(
            municipality__code=claims.code, org_number__isnull=True
        ).first()
    if found is None and claims.named_organisation:
        raise RuleBroken(
            _("Your organisation (%(name)s) does not take part here. Write to the association.")
            % {"name": claims.named_organisation}
        )
    return found


@transaction.atomic
def open_account_by_claims(*, claims: Claims, email_verified: bool) -> User:
    """Open an account for whoever a login service vouches for, without a password.

    The claims must name an organisation that exists here and a role that they may give; that is
    the invitation. An address that the service has not checked is confirmed by mail. Raises
    RuleBroken when something of this is missing or the address has an account already.
    """
    if find_organisation(claims) is None or not claims.roles:
        raise RuleBroken(
            _("Your login names no role here. Ask your organisation's coordinator to invite you.")
        )
    try:
        address = normalise(claims.email)
    except ValueError as error:
        raise RuleBroken(_("Your login names no e-mail address that can be used here.")) from error
    if User.objects.with_email(address).exists():
        raise RuleBroken(
            _(
                "There is already an account with your address. Log in another way, then connect"
                " the login service under Your account."
            )
        )
    user = User.objects.create_user(
        address, None, given_name=claims.given_name, family_name=claims.family_name
    )
    EmailAddress.objects.create(user=user, email=address, verified=email_verified, primary=True)
    log("account_opened", by=user, subject=user)
    return user


@transaction.atomic
def apply_claims(*, user: User, claims: Claims, service: str = "") -> None:
    """Give the person the roles that the claims name, and end those that they no longer do.

    Only roles that came from claims are ended; what people gave stays. Raises RuleBroken when
    the claims name an organisation that does not exist here, so the login is refused.
    """
    organisation = find_organisation(claims)
    wanted = claims.roles if organisation else frozenset()
    _end_unclaimed(user, organisation, wanted)
    if not organisation or not wanted:
        return
    representative = Representative.objects.on().filter(
        user=user, organisation=organisation
    ).first() or start_representation(by=SYSTEM, user=user, organisation=organisation)
    held = set(representative.roles.on().values_list("role", flat=True))
    for role in sorted(wanted - held):
        given = give_role(by=SYSTEM, representative=representative, role=role)
        ClaimedRole.objects.create(role=given, service=service)


def _end_unclaimed(user: User, organisation: Organisation | None, wanted: frozenset[str]) -> None:
    claimed = RepresentativeRole.objects.on().filter(
        representative__user=user, claimed__isnull=False
    )
    for role in claimed.select_related("representative"):
        same = organisation and role.representative.organisation_id == organisation.pk
        if not same or role.role not in wanted:
            end_role(by=SYSTEM, role=role)
