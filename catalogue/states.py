"""Closed lists and the lifecycle of a service."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Lifecycle(TextChoices):
    """Where a service is in its life."""

    NEED = "need", _("Need")
    PRE_STUDY = "pre-study", _("Pre-study")
    PROJECT = "project", _("Project")
    PILOT = "pilot", _("Pilot")
    PRODUCTION = "production", _("In production")
    PHASE_OUT = "phase-out", _("Being phased out")
    ENDED = "ended", _("Ended")


class Stage(IntegerChoices):
    """The five stages that are shown to people."""

    NEED = 1, pgettext_lazy("stage", "Need")
    DEVELOPMENT = 2, pgettext_lazy("stage", "Development")
    PILOT = 3, pgettext_lazy("stage", "Pilot")
    PRODUCTION = 4, pgettext_lazy("stage", "In operation")
    PHASE_OUT = 5, pgettext_lazy("stage", "Being phased out")


STAGE_OF = {
    Lifecycle.NEED: Stage.NEED,
    Lifecycle.PRE_STUDY: Stage.DEVELOPMENT,
    Lifecycle.PROJECT: Stage.DEVELOPMENT,
    Lifecycle.PILOT: Stage.PILOT,
    Lifecycle.PRODUCTION: Stage.PRODUCTION,
    Lifecycle.PHASE_OUT: Stage.PHASE_OUT,
    Lifecycle.ENDED: Stage.PHASE_OUT,
}


# Which way a service may go. A project may start without a pre-study and go straight into
# production; what is being phased out may be taken up again. "Ended" is left only for a new start
# as a need, or back to the phase-out when it was recorded too early.
TRANSITIONS: dict[str, frozenset[str]] = {
    Lifecycle.NEED: frozenset({Lifecycle.PRE_STUDY, Lifecycle.PROJECT, Lifecycle.ENDED}),
    Lifecycle.PRE_STUDY: frozenset({Lifecycle.NEED, Lifecycle.PROJECT, Lifecycle.ENDED}),
    Lifecycle.PROJECT: frozenset({Lifecycle.PILOT, Lifecycle.PRODUCTION, Lifecycle.ENDED}),
    Lifecycle.PILOT: frozenset({Lifecycle.PROJECT, Lifecycle.PRODUCTION, Lifecycle.ENDED}),
    Lifecycle.PRODUCTION: frozenset({Lifecycle.PHASE_OUT}),
    Lifecycle.PHASE_OUT: frozenset({Lifecycle.PRODUCTION, Lifecycle.ENDED}),
    Lifecycle.ENDED: frozenset({Lifecycle.NEED, Lifecycle.PHASE_OUT}),
}


def may_become(old: str, new: str) -> bool:
    """Return whether a service may pass from one lifecycle code to another."""
    return new in TRANSITIONS.get(old, frozenset())


class PersonalData(TextChoices):
    """Whether a service handles personal data."""

    UNKNOWN = "unknown", _("Not stated")
    NO = "no", _("No personal data")
    YES = "yes", _("Personal data")
    SENSITIVE = "sensitive", _("Sensitive personal data")


class AccessibilityStatus(TextChoices):
    """How far a service meets the law on accessibility (2018:1937)."""

    UNKNOWN = "unknown", _("Not stated")
    FULL = "full", _("Fully compliant")
    PARTIAL = "partial", _("Partially compliant")
    NONE = "none", _("Not compliant")


class AIUse(TextChoices):
    """Whether a service uses AI, as declared by its owner."""

    UNKNOWN = "unknown", _("Not stated")
    NO = "no", _("Does not use AI")
    YES = "yes", _("Uses AI")


class FactField(TextChoices):
    """A fact of a service, as it is told, sourced and marked as an example on its page.

    The value is the name of the column or relation that holds it. A fact that fills several
    columns goes by the first of them; `fact_of` leads there from the others.
    """

    SHORT_DESCRIPTION = "short_description", _("Short description")
    LONG_DESCRIPTION = "long_description", _("What you get")
    FEATURES = "features", _("Features")
    NEED = "need", _("The need it answers")
    TARGET_GROUPS = "target_groups", _("Target groups")
    AREAS = "areas", _("Areas")
    LIFECYCLE = "lifecycle", _("Stage")
    OWNED_BY = "owned_by", _("Owner")
    ORIGIN = "origin", _("Origin")
    DONORS = "donors", _("Donors")
    STATED_USER_COUNT = "stated_user_count", _("Number of users")
    STATED_USES = "stated_uses", _("Named users")
    OPEN_FOR_NEW_MEMBERS = "open_for_new_members", _("Open for new members")
    CONTACT_FUNCTION = "contact_function", _("Contact")
    WEBSITE = "website", _("Website")
    LICENCE = "licence", _("Licence")
    SOURCE_REPOSITORY = "source_repository", _("Source code")
    TECHNOLOGY = "technology", _("Technology")
    STANDARDS = "standards", _("Standards")
    PERSONAL_DATA = "personal_data", _("Personal data")
    CONFIDENTIALITY = "confidentiality", _("Information class (KLASSA)")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    LANGUAGES = "languages", _("Languages")
    HOSTING = "hosting", _("Hosting")
    AI_USE = "ai_use", _("Use of AI")
    COST_TEXT = "cost_text", _("Costs")
    DOCUMENTS = "documents", _("Documents")
    CONTRACTS = "contracts", _("Suppliers and contracts")
    RELATIONS = "relations", _("Integrations and dependencies")
    ROADMAP = "roadmap", _("Roadmap and releases")


# Columns that belong to a fact named by another column.
_PART_OF = {
    "body": FactField.LONG_DESCRIPTION,
    "lifecycle_on": FactField.LIFECYCLE,
    "lifecycle_citation": FactField.LIFECYCLE,
    "owner_text": FactField.OWNED_BY,
    "stated_user_text": FactField.STATED_USER_COUNT,
    "contact_email": FactField.CONTACT_FUNCTION,
    "personal_data_note": FactField.PERSONAL_DATA,
    "integrity": FactField.CONFIDENTIALITY,
    "availability": FactField.CONFIDENTIALITY,
    "accessibility_url": FactField.ACCESSIBILITY,
    "ai_note": FactField.AI_USE,
}


def fact_of(name: str) -> str:
    """Return the fact that a column or relation belongs to; an unknown name stands for itself."""
    return _PART_OF.get(name, name)


class RelationKind(TextChoices):
    """How a service relates to another service or system."""

    INTEGRATION = "integration", _("Integrates with")
    DEPENDENCY = "dependency", _("Depends on")


class ContractKind(TextChoices):
    """What a supplier does for a service."""

    DEVELOPMENT = "development", _("Development")
    MAINTENANCE = "maintenance", _("Maintenance")
    OPERATION = "operation", _("Operation")
    SUPPORT = "support", _("Support")


class RoadmapStatus(TextChoices):
    """A step of the roadmap."""

    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Ongoing")
    RELEASED = "released", _("Released")
