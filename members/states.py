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

# What others need to reach at a member organisation; a gap is shown until somebody has the role.
NEEDED_ROLES = (
    Role.COORDINATOR,
    Role.SIGNATORY,
    Role.BUSINESS_OWNER,
    Role.TECHNICAL_CONTACT,
    Role.SECURITY_CONTACT,
    Role.DATA_PROTECTION_OFFICER,
    Role.FINANCE_CONTACT,
)

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


class AccountEvent(TextChoices):
    """What the audit trail tells of people, roles and accounts."""

    LOGGED_IN = "logged_in", _("Logged in")
    LOGGED_OUT = "logged_out", _("Logged out")
    LOGIN_FAILED = "login_failed", _("Failed login")
    SECOND_STEP_FAILED = "second_step_failed", _("Failed second step of login")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    PASSWORD_SET = "password_set", _("Password set")
    PASSWORD_RESET = "password_reset", _("Password reset")
    FACTOR_ADDED = "factor_added", _("Passkey or code app added")
    FACTOR_REMOVED = "factor_removed", _("Passkey or code app removed")
    FACTOR_RESET = "factor_reset", _("Recovery codes renewed")
    EMAIL_ADDED = "email_added", _("E-mail address added")
    EMAIL_VERIFIED = "email_verified", _("E-mail address verified")
    EMAIL_CHANGED = "email_changed", _("E-mail address changed")
    EMAIL_REMOVED = "email_removed", _("E-mail address removed")
    SERVICE_LINKED = "service_linked", _("Login service linked")
    SERVICE_UNLINKED = "service_unlinked", _("Login service unlinked")
    ACCOUNT_OPENED = "account_opened", _("Account opened")
    INVITED = "invited", _("Invited")
    INVITATION_ACCEPTED = "invitation_accepted", _("Invitation accepted")
    INVITATION_REVOKED = "invitation_revoked", _("Invitation withdrawn")
    REPRESENTATION_STARTED = "representation_started", _("Began to act for an organisation")
    REPRESENTATION_ENDED = "representation_ended", _("Ceased to act for an organisation")
    ROLE_GIVEN = "role_given", _("Role given")
    ROLE_ENDED = "role_ended", _("Role ended")
    ORGANISATION_REGISTERED = "organisation_registered", _("Organisation registered")
    MEMBERSHIP_STARTED = "membership_started", _("Membership began")
    ASSOCIATION_PRESENTED = "association_presented", _("The association's details changed")
    PERSON_EXPORTED = "person_exported", _("Personal data exported")
    PERSON_ANONYMISED = "person_anonymised", _("Person anonymised")
    LOG_EXPORTED = "log_exported", _("Log exported")
    ADDRESSES_BLANKED = "addresses_blanked", _("Old IP addresses erased")
