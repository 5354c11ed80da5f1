"""Reads of core's models."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.documents.models import DocumentQuerySet
from wagtail.images.models import ImageQuerySet

from core.audiences import visible_q
from core.states import OutboxState


class AudienceMixin(models.QuerySet):  # type: ignore[type-arg]
    """Rows with a field `audience`."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows whose audience includes `user` (anonymous sees what is public)."""
        return self.filter(visible_q(user))


class SiteDocumentQuerySet(AudienceMixin, DocumentQuerySet):
    """Documents."""


class SiteImageQuerySet(AudienceMixin, ImageQuerySet):
    """Images."""


class OutboxQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Outgoing messages."""

    def due(self, now: datetime | None = None) -> Self:
        """Return the waiting messages whose time has come and that no living worker holds."""
        when = now or timezone.now()
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=when)
        return self.filter(free, state=OutboxState.PENDING, due_at__lte=when).order_by("due_at", "pk")

    def matching(self, *, state: str = "", recipient: str = "") -> Self:
        """Return the messages in a state whose recipient contains the text; empty means any."""
        rows = self.filter(state=state) if state else self
        return rows.filter(recipient__icontains=recipient) if recipient else rows

    def parked(self) -> Self:
        """Return the messages that failed so often that a person must look."""
        return self.filter(state=OutboxState.PARKED)
