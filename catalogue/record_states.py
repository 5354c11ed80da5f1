"""Closed lists of what a participation's record holds: papers, agreements, contacts, costs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """What a document on a participation's record is (rules.md 2.2)."""

    PLEDGE = "pledge", _("Letter of intent")
    DECISION = "decision", _("The municipality's decision")
    APPOINTMENT = "appointment", _("Decision that appoints to the seat")
    AUTHORITY = "authority", _("Signing authority or delegation")
    AGREEMENT = "agreement", _("Signed agreement")
    CLASSIFICATION = "classification", _("Information classification")
    DPIA = "dpia", _("Data protection impact assessment")
    PLAN = "plan", _("Plan of introduction")
    ACCEPTANCE = "acceptance", _("Acceptance record")
    NOTICE = "notice", _("Notice of termination")
    DELETION = "deletion", _("Certificate of deletion")
    OTHER = "other", _("Other document")


class Retention(TextChoices):
    """How long a document is kept."""

    KEEP = "keep", _("Kept for ever")
    CONTRACT = "contract", _("Ten years after the end")
    SHORT = "short", _("Two years after the end")


RETENTION_OF = {
    DocumentKind.PLEDGE: Retention.SHORT,
    DocumentKind.DECISION: Retention.KEEP,
    DocumentKind.APPOINTMENT: Retention.KEEP,
    DocumentKind.AUTHORITY: Retention.CONTRACT,
    DocumentKind.AGREEMENT: Retention.KEEP,
    DocumentKind.CLASSIFICATION: Retention.CONTRACT,
    DocumentKind.DPIA: Retention.CONTRACT,
    DocumentKind.PLAN: Retention.SHORT,
    DocumentKind.ACCEPTANCE: Retention.CONTRACT,
    DocumentKind.NOTICE: Retention.CONTRACT,
    DocumentKind.DELETION: Retention.CONTRACT,
    DocumentKind.OTHER: Retention.SHORT,
}


class AgreementKind(TextChoices):
    """What an agreement between the municipality and the association is."""

    ACCESSION = "accession", _("Accession agreement")
    DPA = "dpa", _("Data processing agreement")
    JOINT = "joint", _("Arrangement between joint controllers")


DATA_PROTECTION_KINDS = (AgreementKind.DPA, AgreementKind.JOINT)


class AgreementState(TextChoices):
    """Where one version of an agreement is."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent for signing")
    SIGNED = "signed", _("Signed by both sides")
    REPLACED = "replaced", _("Replaced by a newer version")


class SigningMethod(TextChoices):
    """How a signature was given."""

    SYSTEM = "system", _("In the system, with a second factor")
    UPLOADED = "uploaded", _("Elsewhere, and uploaded")


class StepSide(TextChoices):
    """Who is responsible for a step of the introduction."""

    MUNICIPALITY = "municipality", _("The municipality")
    OFFICE = "office", _("The office")
    SUPPLIER = "supplier", _("The supplier")


class ContactRole(TextChoices):
    """Who answers for what in a participation (rules.md 2.2)."""

    AGREEMENT = "agreement", _("Agreement and administration")
    OWNER = "owner", _("Service owner in the municipality")
    MANAGER = "manager", _("Management")
    INTRODUCTION = "introduction", _("Leads the introduction")
    TECHNICAL = "technical", _("Technical contact")
    INCIDENT = "incident", _("Security and incidents, around the clock")
    DATA_PROTECTION = "data-protection", _("Data protection officer")
    INVOICE = "invoice", _("Finance and invoices")
    SUPPORT = "support", _("Support")


NEEDED_CONTACTS = (
    ContactRole.AGREEMENT,
    ContactRole.TECHNICAL,
    ContactRole.INCIDENT,
    ContactRole.INVOICE,
)
"""Contacts without which a service is not taken into use."""


class ObjectionAnswer(TextChoices):
    """What a municipality answers to a changed sub-processor."""

    ACCEPTS = "accepts", _("No objection")
    OBJECTS = "objects", _("Objects")


class ChangeOutcome(TextChoices):
    """What the office decides of a changed sub-processor when the time to object is over."""

    CARRIED = "carried", _("Carried through")
    DROPPED = "dropped", _("Dropped")


class CostState(TextChoices):
    """Where a version of a cost model is."""

    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Adopted")
    REPLACED = "replaced", _("Replaced by a newer version")


class PartBy(TextChoices):
    """What a part of a cost is shared by; the codes are those of `cost_sharing`."""

    EQUAL = "equal", _("Equal shares")
    POPULATION = "population", _("By inhabitants")
    POINTS = "points", _("By class points")
    USAGE = "usage", _("By usage")
    FIXED = "fixed", _("A fixed amount from each")


class VatCategory(TextChoices):
    """VAT category (UNCL5305), as Peppol BIS Billing 3 writes it."""

    STANDARD = "S", _("VAT")
    EXEMPT = "E", _("Exempt from VAT")
    OUTSIDE = "O", _("Outside the scope of VAT")


class CostRowKind(TextChoices):
    """What an issued row is."""

    SHARE = "share", _("Share of the year's cost")
    NEWCOMER = "newcomer", _("Share of a year joined midway")
    CREDIT = "credit", _("Credited from a newcomer of the year before")
    CORRECTION = "correction", _("Correction")
    SETTLEMENT = "settlement", _("Final settlement")


CHARGES = (CostRowKind.SHARE, CostRowKind.NEWCOMER)
"""The rows that charge someone for a year: one of them once."""


class FeeRowKind(TextChoices):
    """What an issued row of membership is."""

    ANNUAL = "annual", _("Annual membership fee")
    ENTRY = "entry", _("Entry contribution, once")
    CORRECTION = "correction", _("Correction")


class JoiningEvent(TextChoices):
    """What joining writes to the audit trail."""

    AUTHORITY_REGISTERED = "signing_authority_registered", _("Signing authority registered")
    COST_MODEL_ADOPTED = "cost_model_adopted", _("Cost model adopted")
    COST_OUTCOME_SET = "cost_outcome_set", _("Outcome of a cost recorded")
    COST_YEAR_ISSUED = "cost_year_issued", _("Cost rows of a year issued")
    FEES_ISSUED = "membership_fees_issued", _("Membership fees of a year issued")
    SUB_PROCESSOR_DECIDED = "sub_processor_decided", _("Change of sub-processor decided")
