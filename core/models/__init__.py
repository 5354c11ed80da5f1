"""Abstract and infrastructural models."""

from core.models.audit import AuditEntry
from core.models.base import TimeStamped
from core.models.media import SiteDocument, SiteImage, SiteRendition
from core.models.outbox import OutboxMessage
from core.models.pages import ViewPage

__all__ = [
    "AuditEntry",
    "OutboxMessage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "TimeStamped",
    "ViewPage",
]
