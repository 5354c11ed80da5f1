"""Closed lists of the members app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What kind of body an organisation is."""

    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    FEDERATION = "federation", _("Local federation")
    ASSOCIATION = "association", _("Association")
    SUPPLIER = "supplier", _("Supplier")


class MunicipalityGroup(TextChoices):
    """SKR's classification of municipalities, 2023 edition."""

    A1 = "A1", _("Large cities")
    A2 = "A2", _("Commuting municipalities near large cities")
    B3 = "B3", _("Medium-sized towns")
    B4 = "B4", _("Commuting municipalities near medium-sized towns")
    B5 = "B5", _("Low-commuting municipalities near medium-sized towns")
    C6 = "C6", _("Small towns")
    C7 = "C7", _("Commuting municipalities near small towns")
    C8 = "C8", _("Rural municipalities")
    C9 = "C9", _("Rural municipalities with a visitor industry")


class Role(TextChoices):
    """What a representative does for the organisation. A council seat is not a role."""

    COORDINATOR = "coordinator", _("Coordinator")
    SIGNATORY = "signatory", _("Signatory")
    BUSINESS_OWNER = "business_owner", _("Business owner")
    TECHNICAL_CONTACT = "technical_contact", _("Technical contact")
    SECURITY_CONTACT = "security_contact", _("Security contact")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
    FINANCE_CONTACT = "finance_contact", _("Finance contact")
    READER = "reader", _("Reader")
    EDITOR = "editor", _("Editor")
    SERVICE_MANAGER = "service_manager", _("Service manager")
    SECRETARY = "secretary", _("Secretary")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


OFFICE_ROLES = frozenset(
    {Role.EDITOR, Role.SERVICE_MANAGER, Role.SECRETARY, Role.ADMINISTRATOR, Role.AUDITOR}
)
MEMBER_ROLES = frozenset(Role) - OFFICE_ROLES

# Whoever votes, presides, adjusts, signs, administers or works in the CMS needs a second factor.
SECOND_FACTOR_ROLES = OFFICE_ROLES | {Role.COORDINATOR, Role.SIGNATORY}

# The only source of CMS rights: office role -> name of the Wagtail group.
CMS_GROUPS = {
    Role.EDITOR: "Editors",
    Role.SERVICE_MANAGER: "Service managers",
    Role.SECRETARY: "Secretaries",
    Role.ADMINISTRATOR: "Administrators",
}


class InvitationState(TextChoices):
    """What has become of an invitation."""

    OPEN = "open", _("Waiting for an answer")
    USED = "used", _("Accepted")
    REVOKED = "revoked", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
