"""Reads of the catalogue."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageQuerySet


class AreaQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Areas; the tree is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every area."""
        return self.all()


class StatedUseQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Uses that a source states; a published statement is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every stated use of a live service."""
        return self.filter(service__live=True)

    def current(self, day: date | None = None) -> Self:
        """Return the uses that have not ended on a day (today)."""
        when = day or timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=when))


class ServicePageQuerySet(PageQuerySet):
    """Services of the catalogue."""

    def visible_to(self, user: Any) -> Self:
        """Return the live services that carry no view restriction.

        A restricted page is reached by its address alone, where Wagtail asks for what it needs;
        lists, feeds and exports leave it out.
        """
        return self.live().public()
