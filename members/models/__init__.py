"""People, organisations, roles and membership of the association."""

from members.models.claimed_role import ClaimedRole
from members.models.invitation import Invitation, InvitationRole
from members.models.organisation import Membership, Municipality, Organisation
from members.models.person import PersonName, User
from members.models.representative import Representative, RepresentativeRole
from members.models.settings import AssociationSettings

__all__ = [
    "AssociationSettings",
    "ClaimedRole",
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
