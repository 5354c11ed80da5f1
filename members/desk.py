"""What a member sees of the own organisation: colleagues, gaps and invitations."""

from dataclasses import dataclass
from typing import Any

import rules
from django.utils import timezone
from django.utils.translation import gettext as _

from core.agenda import Task
from members.models import (
    Invitation,
    Municipality,
    Organisation,
    Representative,
    RepresentativeRole,
)
from members.standing import standing_of
from members.states import NEEDED_ROLES, OrganisationKind, Role

DESK_QUERIES = 5
TASK_QUERIES = 3


@dataclass(frozen=True)
class ColleaguesDesk:
    """Colleagues with their roles today, roles that nobody has, invitations that wait."""

    organisation: Organisation
    colleagues: list[Representative]
    gaps: list[str]
    invitations: list[Invitation]
    may_manage: bool

    @property
    def address(self) -> str:
        """Where the colleagues are kept in order; the buttons' addresses begin with it."""
        return self.organisation.get_colleagues_url()


def gaps_of(colleagues: list[Representative]) -> list[str]:
    """Return the labels of the needed roles that none of the colleagues has today."""
    held = {role.role for colleague in colleagues for role in colleague.roles_today}
    return [Role(role).label for role in NEEDED_ROLES if role not in held]


def colleagues_desk(organisation: Organisation, user: Any) -> ColleaguesDesk:
    """Return the desk of an organisation (five queries at most), as `user` may see it.

    Colleagues are in order of family name. Invitations are for those who may invite.
    """
    rows = Representative.objects.visible_to(user).on().filter(organisation=organisation)
    colleagues = list(
        rows.with_people().order_by("user__name__family_name", "user__name__given_name", "pk")
    )
    may_manage = rules.has_perm("members.manage_colleagues", user, organisation)
    waiting: list[Invitation] = []
    if may_manage:
        mine = Invitation.objects.visible_to(user).waiting().filter(organisation=organisation)
        waiting = list(mine.prefetch_related("roles"))
        for invitation in waiting:
            invitation.expired = invitation.expires_at <= timezone.now()
    return ColleaguesDesk(organisation, colleagues, gaps_of(colleagues), waiting, may_manage)


def fill_municipality(municipality: Municipality, user: Any) -> tuple[str, dict[str, Any]] | None:
    """Fill the slot `municipality_main`: the desk of whoever acts for it, and of the office."""
    organisation = municipality.organisation
    if not rules.has_perm("members.view_colleagues", user, organisation):
        return None
    return "members/municipality_desk.html", {"desk": colleagues_desk(organisation, user)}


def list_tasks(user: Any) -> list[Task]:
    """List what waits for a coordinator: expired invitations, and roles that nobody has."""
    coordinated = [
        party.organisation_id
        for party in standing_of(user).parties
        if Role.COORDINATOR in standing_of(user).roles_in(party.organisation_id)
    ]
    if not coordinated:
        return []
    organisations = Organisation.objects.select_related("municipality").in_bulk(coordinated)
    return [
        *_expired_tasks(user, organisations),
        *_gap_tasks(organisations),
    ]


def _expired_tasks(user: Any, organisations: dict[int, Organisation]) -> list[Task]:
    waiting = Invitation.objects.visible_to(user).waiting()
    expired = waiting.filter(organisation__in=organisations, expires_at__lte=timezone.now())
    return [
        Task(
            title=_("The invitation to %(email)s has expired") % {"email": invitation.email},
            url=organisations[invitation.organisation_id].get_colleagues_url(),
            source="members.invitation_expired",
            due_on=timezone.localdate(invitation.expires_at),
            text=organisations[invitation.organisation_id].name,
            action=_("Send a new link"),
        )
        for invitation in expired
    ]


def _gap_tasks(organisations: dict[int, Organisation]) -> list[Task]:
    held: dict[int, set[str]] = {pk: set() for pk in organisations}
    rows = RepresentativeRole.objects.on().filter(
        representative__organisation__in=organisations, role__in=NEEDED_ROLES
    )
    for pk, role in rows.values_list("representative__organisation_id", "role"):
        held[pk].add(role)
    return [
        Task(
            title=_("%(organisation)s lacks: %(roles)s")
            % {"organisation": organisation.name, "roles": _lacking(held[pk])},
            url=organisation.get_colleagues_url(),
            source="members.role_missing",
            text=_("Others need to know whom to reach."),
            action=_("Appoint or invite"),
        )
        for pk, organisation in organisations.items()
        if organisation.kind == OrganisationKind.MUNICIPALITY and _lacking(held[pk])
    ]


def _lacking(held: set[str]) -> str:
    return ", ".join(str(Role(role).label).lower() for role in NEEDED_ROLES if role not in held)
