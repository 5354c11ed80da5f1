"""Reads of core's models."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.documents.models import DocumentQuerySet
from wagtail.images.models import ImageQuerySet
from wagtail.models import PageQuerySet, PageViewRestriction

from core.audiences import Audience, condition, visible_q
from core.states import OutboxState


class AudienceMixin(models.QuerySet):  # type: ignore[type-arg]
    """Rows with a field `audience`."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows whose audience includes `user` (anonymous sees what is public)."""
        return self.filter(visible_q(user, self.model))


class SiteDocumentQuerySet(AudienceMixin, DocumentQuerySet):
    """Documents."""


class SiteImageQuerySet(AudienceMixin, ImageQuerySet):
    """Images."""


def unrestricted() -> Q:
    """Return the condition for pages without a view restriction, their own or from above.

    A restricted page is reached by its address alone, where Wagtail asks for what it needs; lists,
    menus, feeds and exports leave it out. Wagtail's own `public()` costs a query more.
    """
    restriction = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path"))
    )
    return Q(~Exists(restriction))


class PublicPageQuerySet(PageQuerySet):
    """Pages that everyone may see, or that Wagtail guards."""

    def visible_to(self, user: Any) -> Self:
        """Return the live pages that carry no view restriction."""
        return self.live().filter(unrestricted())


class OutboxQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Outgoing messages."""

    def due(self, now: datetime | None = None) -> Self:
        """Return the waiting messages whose time has come and that no living worker holds."""
        when = now or timezone.now()
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=when)
        return self.filter(free, state=OutboxState.PENDING, due_at__lte=when).order_by(
            "due_at", "pk"
        )

    def matching(self, *, state: str = "", recipient: str = "") -> Self:
        """Return the messages in a state whose recipient contains the text; empty means any."""
        rows = self.filter(state=state) if state else self
        return rows.filter(recipient__icontains=recipient) if recipient else rows

    def parked(self) -> Self:
        """Return the messages that failed so often that a person must look."""
        return self.filter(state=OutboxState.PARKED)


class AuditEntryQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """The audit trail."""

    def visible_to(self, user: Any) -> Self:
        """Return what the office, the auditor included, may read; for others nothing."""
        return self.filter(condition(Audience.OFFICE, user))

    def about(self, person_ids: list[int]) -> Self:
        """Return the entries in which one of the persons acted or is concerned."""
        return self.filter(Q(actor_id__in=person_ids) | Q(subject_id__in=person_ids))

    def between(self, first: date | None, last: date | None) -> Self:
        """Return the entries from a first to a last day, both inclusive, in Stockholm."""
        rows = self
        if first:
            rows = rows.filter(happened_at__gte=_midnight(first))
        if last:
            rows = rows.filter(happened_at__lt=_midnight(last + timedelta(days=1)))
        return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
