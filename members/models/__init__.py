"""People, organisations, roles and membership of the association."""

from members.models.invitation import Invitation, InvitationRole
from members.models.organisation import Membership, Municipality, Organisation
from members.models.person import PersonName, User
from members.models.representative import Representative, RepresentativeRole
from members.models.settings import AssociationSettings

__all__ = [
    "AssociationSettings",
    "Invitation",
    "InvitationRole",
    "Membership",
    "Municipality",
    "Organisation",
    "PersonName",
    "Representative",
    "RepresentativeRole",
    "User",
]
