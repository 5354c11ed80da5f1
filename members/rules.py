"""Who may do what with people and roles.

Each predicate asks the person's standing on the day, which is read once per request, so a role
that is given or taken counts from the next request on.
"""

from typing import Any

import rules
from django.db.models import Q

from core.audiences import NOBODY
from members.standing import standing_of
from members.states import CMS_GROUPS, OFFICE_ROLES, Role


def has_office_role(user: Any, *roles: str) -> bool:
    """Return whether the person holds one of these roles of the office."""
    return standing_of(user).holds(*(OFFICE_ROLES & set(roles)))


def has_role(user: Any, organisation: Any, *roles: str) -> bool:
    """Return whether the person holds one of these roles in the organisation (or its id)."""
    return standing_of(user).holds(*roles, organisation_id=_id_of(organisation))


def _id_of(organisation: Any) -> int:
    return organisation if isinstance(organisation, int) else organisation.pk


@rules.predicate
def is_office(user: Any) -> bool:
    """Return whether the person works at the office, the auditor included."""
    return standing_of(user).is_office


@rules.predicate
def is_administrator(user: Any) -> bool:
    """Return whether the person is administrator at the office."""
    return has_office_role(user, Role.ADMINISTRATOR)


@rules.predicate
def is_auditor(user: Any) -> bool:
    """Return whether the person is auditor: reads everything, changes nothing."""
    return has_office_role(user, Role.AUDITOR)


@rules.predicate
def is_member(user: Any) -> bool:
    """Return whether the person holds an active role in a member organisation."""
    return standing_of(user).is_member


@rules.predicate
def is_insider(user: Any) -> bool:
    """Return whether the person is a member or works at the office."""
    return standing_of(user).is_member or standing_of(user).is_office


@rules.predicate
def uses_cms(user: Any) -> bool:
    """Return whether an office role gives the person a place in the CMS."""
    return has_office_role(user, *CMS_GROUPS)


@rules.predicate
def acts_for(user: Any, organisation: Any) -> bool:
    """Return whether the person holds any role in the organisation (or its id)."""
    return organisation is not None and _id_of(organisation) in standing_of(user).organisation_ids


@rules.predicate
def coordinates(user: Any, organisation: Any) -> bool:
    """Return whether the person is coordinator of the organisation (or its id)."""
    return organisation is not None and has_role(user, organisation, Role.COORDINATOR)


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    """Return whether the account concerned is the person's own."""
    return person is not None and user.is_authenticated and user.pk == person.pk


def audience_member(user: Any) -> Q:
    """Rows for members: seen by members and the office."""
    return Q() if is_insider(user) else NOBODY


def audience_office(user: Any) -> Q:
    """Rows for the office: seen by the office, the auditor included."""
    return Q() if is_office(user) else NOBODY


def audience_municipality(user: Any) -> Q:
    """Rows for one organisation: seen by whoever acts for it, and by the office."""
    if is_office(user):
        return Q()
    return Q(organisation__in=standing_of(user).organisation_ids)


# Colleagues: object is the organisation.
rules.add_perm("members.view_colleagues", acts_for | is_office)
rules.add_perm("members.manage_colleagues", coordinates | is_administrator)
rules.add_perm("members.give_member_role", coordinates | is_administrator)
rules.add_perm("members.give_office_role", is_administrator)
rules.add_perm("members.invite_colleague", coordinates | is_administrator)
# The office.
rules.add_perm("members.view_office", is_office)
rules.add_perm("members.view_person", is_office)
rules.add_perm("members.view_log", is_office)
rules.add_perm("members.view_log_address", is_administrator | is_auditor)
rules.add_perm("members.anonymise_person", is_administrator)
rules.add_perm("members.use_cms", uses_cms)
# Personal data: object is the account.
rules.add_perm("members.export_person", is_self | is_administrator)
rules.add_perm("members.import_municipalities", is_administrator)
# Own account: object is the account.
rules.add_perm("members.change_language", is_self)
# Organisations and their membership of the association.
rules.add_perm("members.register_organisation", is_administrator)
rules.add_perm("members.manage_memberships", is_administrator)
