"""Who may do what with the catalogue."""

from typing import Any

import rules

from members.models import Organisation
from members.rules import acts_for, coordinates, has_office_role, has_role, is_office
from members.standing import standing_of
from members.states import MEMBER_ROLES, OrganisationKind, Role


@rules.predicate
def manages_services(user: Any) -> bool:
    """Return whether the person is service manager or administrator at the office."""
    return has_office_role(user, Role.SERVICE_MANAGER, Role.ADMINISTRATOR)


rules.add_perm("catalogue.change_lifecycle", manages_services)


# --- Joining a service -----------------------------------------------------------------------
# The object is a participation unless another is named; None means "somewhere".
@rules.predicate
def reads_record(user: Any, participation: Any) -> bool:
    """Return whether the person acts for the participating organisation or works at the office."""
    return participation is not None and (
        is_office(user) or acts_for(user, participation.organisation_id)
    )


@rules.predicate
def joins_for(user: Any, organisation: Any) -> bool:
    """Return whether the person may commit the organisation (or its id) to a service."""
    return organisation is not None and has_role(
        user, organisation, Role.COORDINATOR, Role.BUSINESS_OWNER
    )


@rules.predicate
def runs_participation(user: Any, participation: Any) -> bool:
    """Return whether the person runs the participation for the organisation."""
    return participation is not None and joins_for(user, participation.organisation_id)


@rules.predicate
def handles_joinings(user: Any) -> bool:
    """Return whether the person handles joinings at the office."""
    return has_office_role(user, Role.SERVICE_MANAGER, Role.ADMINISTRATOR)


@rules.predicate
def writes_on_record(user: Any, participation: Any) -> bool:
    """Return whether the person may write messages: the auditor and readers only read."""
    return participation is not None and (
        has_office_role(user, Role.SERVICE_MANAGER, Role.ADMINISTRATOR, Role.SECRETARY)
        or has_role(user, participation.organisation_id, *(MEMBER_ROLES - {Role.READER}))
    )


@rules.predicate
def signs_for(user: Any, organisation: Any) -> bool:
    """Return whether the person is a signatory of the organisation (or its id)."""
    return organisation is not None and has_role(user, organisation, Role.SIGNATORY)


@rules.predicate
def signs_for_association(user: Any) -> bool:
    """Return whether the person is a signatory of an association, which countersigns."""
    standing = standing_of(user)
    ids = [held.party.organisation_id for held in standing.held if held.role == Role.SIGNATORY]
    if not ids:
        return False
    rows = Organisation.objects.filter(pk__in=ids, kind=OrganisationKind.ASSOCIATION)
    return bool(rows.exists())


@rules.predicate
def signs_for_participant(user: Any, participation: Any) -> bool:
    """Return whether the person is a signatory of the participating organisation."""
    return participation is not None and signs_for(user, participation.organisation_id)


rules.add_perm("catalogue.read_record", reads_record)
rules.add_perm("catalogue.join_service", joins_for | handles_joinings)
rules.add_perm("catalogue.run_participation", runs_participation)
rules.add_perm("catalogue.handle_participation", handles_joinings)
rules.add_perm("catalogue.work_on_participation", runs_participation | handles_joinings)
rules.add_perm("catalogue.sign_for", signs_for)
rules.add_perm("catalogue.countersign", signs_for_association)
rules.add_perm("catalogue.view_joinings", is_office)
rules.add_perm("catalogue.manage_costs", handles_joinings)
rules.add_perm("catalogue.write_on_record", writes_on_record)
rules.add_perm("catalogue.register_authority", coordinates | handles_joinings)
rules.add_perm(
    "catalogue.upload_signed", runs_participation | signs_for_participant | handles_joinings
)
