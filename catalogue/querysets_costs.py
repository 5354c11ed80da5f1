"""Reads of cost models, of issued rows and of populations on a date."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models

from catalogue.record_states import CostState
from members.standing import standing_of


class PopulationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Populations on reference dates."""

    def reference_dates(self) -> list[date]:
        """Return the dates that populations are kept for, the latest first."""
        rows = self.order_by("-counted_on").values_list("counted_on", flat=True)
        return list(rows.distinct())

    def by_date(self, days: Iterable[date]) -> dict[date, dict[int, int]]:
        """Return inhabitants by municipality (organisation id) for each of some dates."""
        found: dict[date, dict[int, int]] = {day: {} for day in days}
        rows = self.filter(counted_on__in=list(found))
        for day, municipality, inhabitants in rows.values_list(
            "counted_on", "municipality", "inhabitants"
        ):
            found[day][municipality] = inhabitants
        return found


class CostModelQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Cost models."""

    def visible_to(self, user: Any) -> Self:
        """Return adopted models of live services; drafts only for the office."""
        if standing_of(user).is_office:
            return self.all()
        return self.exclude(state=CostState.DRAFT).filter(service__live=True)

    def adopted(self) -> Self:
        """Return the version of each service and year that holds."""
        return self.filter(state=CostState.ADOPTED)


class CostRowQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Issued rows."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the person's own organisations; for the office all."""
        standing = standing_of(user)
        if standing.is_office:
            return self.all()
        return self.filter(organisation__in=standing.organisation_ids)

    def for_invoice(self) -> Self:
        """Load what the lines of invoices ask of each row."""
        rows = self.select_related("organisation", "model__service", "participation")
        # Of the service a line tells the title alone: a whole page costs more than its row.
        service = self.model._meta.get_field("model").related_model._meta.get_field("service")
        kept = {"page_ptr", "id", "title"}
        unread = (f.name for f in service.related_model._meta.concrete_fields if f.name not in kept)
        rows = rows.defer(*(f"model__service__{name}" for name in unread))
        return rows.prefetch_related("participation__contacts")


class FeeRowQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Issued membership fees."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the person's own organisations; for the office all."""
        standing = standing_of(user)
        if standing.is_office:
            return self.all()
        return self.filter(organisation__in=standing.organisation_ids)

    def for_invoice(self) -> Self:
        """Load what the lines of invoices ask of each row."""
        rows = self.select_related("organisation")
        return rows.prefetch_related("organisation__participations__contacts")
