"""Reads of core's models."""

from typing import Any, Self

from django.db import models
from wagtail.documents.models import DocumentQuerySet
from wagtail.images.models import ImageQuerySet

from core.audiences import visible_q


class AudienceMixin(models.QuerySet):  # type: ignore[type-arg]
    """Rows with a field `audience`."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows whose audience includes `user` (anonymous sees what is public)."""
        return self.filter(visible_q(user))


class SiteDocumentQuerySet(AudienceMixin, DocumentQuerySet):
    """Documents."""


class SiteImageQuerySet(AudienceMixin, ImageQuerySet):
    """Images."""
