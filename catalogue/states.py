"""Closed lists and the lifecycle of a service."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


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

    NEED = 1, _("Need")
    DEVELOPMENT = 2, _("Development")
    PILOT = 3, _("Pilot")
    PRODUCTION = 4, _("In production")
    PHASE_OUT = 5, _("Phased out")


STAGE_OF = {
    Lifecycle.NEED: Stage.NEED,
    Lifecycle.PRE_STUDY: Stage.DEVELOPMENT,
    Lifecycle.PROJECT: Stage.DEVELOPMENT,
    Lifecycle.PILOT: Stage.PILOT,
    Lifecycle.PRODUCTION: Stage.PRODUCTION,
    Lifecycle.PHASE_OUT: Stage.PHASE_OUT,
    Lifecycle.ENDED: Stage.PHASE_OUT,
}


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
