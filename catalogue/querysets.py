"""Reads of the catalogue."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone
from wagtail.models import PageQuerySet

from core.querysets import unrestricted

# Child rows whose presence alone matters for how complete a service is.
TOLD_IN_ROWS = (
    "features", "donors", "documents", "contracts", "relations", "roadmap", "stated_uses",
)  # fmt: skip


class AreaQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Areas; the tree is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every area."""
        return self.all()

    def links(self) -> list[dict[str, Any]]:
        """Return one row per service and area: both, the area's main area, names and order."""
        return list(
            self.filter(services__isnull=False)
            .order_by(
                F("parent__position").asc(nulls_first=True), "parent__name", "position", "name"
            )
            .values("slug", "name", "position", "services", "parent__slug", "parent__name")
            .annotate(main_position=F("parent__position"))
        )


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
        """Return the live services that carry no view restriction, their own or from above.

        A restricted page is reached by its address alone, where Wagtail asks for what it needs;
        lists, feeds and exports leave it out. Wagtail's own `public()` costs a query more.
        """
        return self.live().filter(unrestricted())

    def for_list(self) -> list[dict[str, Any]]:
        """Return what the catalogue's list, its filters and its order need, a dict per service."""
        return list(
            self.order_by()
            .annotate(lifecycle_recorded_at=Max("lifecycle_changes__recorded_at"))
            .values(
                "pk",
                "title",
                "slug",
                "short_description",
                "origin",
                "lifecycle",
                "personal_data",
                "licence",
                "open_for_new_members",
                "stated_user_count",
                "is_example",
                "example_fields",
                "last_published_at",
                "first_published_at",
                "lifecycle_recorded_at",
            )
        )

    def matching(self, words: list[str]) -> list[int]:
        """Return the ids of live services that hold all the words, best match first.

        Wagtail's search on the database: whole words, no Swedish inflection. Which of the
        services someone may see is decided by `visible_to`.
        """
        found = self.live().search(" ".join(words), operator="and", order_by_relevance=True)
        return [page.pk for page in found]

    def with_told_rows(self) -> Self:
        """Add `has_<relation>` for each kind of child row and the areas: whether there are any."""
        models_of = {name: self.model._meta.get_field(name).related_model for name in TOLD_IN_ROWS}
        areas = self.model._meta.get_field("areas").related_model
        return self.annotate(
            has_areas=Exists(areas.objects.filter(services=OuterRef("pk")).order_by()),
            **{
                f"has_{name}": Exists(rows.objects.filter(service=OuterRef("pk")).order_by())
                for name, rows in models_of.items()
            },
        )

    def newest(self) -> Self:
        """Return the services in order of first publication, the latest first."""
        return self.filter(first_published_at__isnull=False).order_by("-first_published_at", "-pk")
