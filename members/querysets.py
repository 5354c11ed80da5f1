"""Reads of people, organisations and roles."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Abs

from core.periods import on_day


class UserQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Accounts."""

    def with_email(self, email: str) -> Self:
        """Return the account with this address, whatever its case."""
        return self.filter(email__iexact=email.strip())


class OrganisationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Organisations. That an organisation exists is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every organisation: none of what the row holds is personal or secret."""
        return self.all()

    def members_on(self, day: date | None = None) -> Self:
        """Return the organisations that are members of the association on a day (today)."""
        memberships = self.model._meta.get_field("memberships").related_model.objects
        open_on = memberships.filter(on_day(day), organisation=OuterRef("pk"))
        return self.filter(Exists(open_on))


class MunicipalityQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Municipalities. What SCB and SKR publish is public."""

    def visible_to(self, user: Any) -> Self:
        """Return every municipality."""
        return self.all()

    def similar_to(self, municipality: Any, count: int = 5) -> Self:
        """Return the `count` municipalities of the same SKR group nearest in inhabitants."""
        return (
            self.filter(group=municipality.group)
            .exclude(pk=municipality.pk)
            .annotate(distance=Abs(models.F("population") - municipality.population))
            .order_by("distance", "code")[:count]
        )


class MembershipQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Memberships of the association."""

    def visible_to(self, user: Any) -> Self:
        """Return every membership: who is a member is public."""
        return self.all()

    def on(self, day: date | None = None) -> Self:
        """Return the memberships in force on a day (today)."""
        return self.filter(on_day(day))


class RepresentativeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Representations."""

    def on(self, day: date | None = None) -> Self:
        """Return the representations in force on a day (today)."""
        return self.filter(on_day(day))

    def with_role(self, *roles: str, day: date | None = None) -> Self:
        """Return the representations that hold one of the roles on a day (today)."""
        held = self.model._meta.get_field("roles").related_model.objects.filter(
            on_day(day), representative=OuterRef("pk"), role__in=roles
        )
        return self.on(day).filter(Exists(held))
