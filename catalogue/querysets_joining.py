"""Reads of participations and what belongs to them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalogue.joining_states import AGREED_STATES, CLOSED_STATES, LEAVING_STATES, ParticipationState
from core.periods import on_day
from members.standing import standing_of

PUBLIC_STATES = (*AGREED_STATES, *LEAVING_STATES)


class ParticipationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Participations."""

    def visible_to(self, user: Any) -> Self:
        """Return the participations whose existence the person may know.

        That a municipality has joined a service is public from the signed agreement to the end;
        everything before and after is for the municipality itself and the office.
        """
        standing = standing_of(user)
        if standing.is_office:
            return self.all()
        return self.filter(
            Q(state__in=PUBLIC_STATES, service__live=True)
            | Q(organisation__in=standing.organisation_ids)
        )

    def records_of(self, user: Any) -> Self:
        """Return the participations whose record (documents, agreements, cost) the person may read."""
        standing = standing_of(user)
        return self if standing.is_office else self.filter(organisation__in=standing.organisation_ids)

    def open(self) -> Self:
        """Return those that are not ended, withdrawn or declined."""
        return self.exclude(state__in=CLOSED_STATES)

    def agreed(self) -> Self:
        """Return those with a signed agreement, until the participation is closed."""
        paused = Q(state=ParticipationState.PAUSED, paused_from=ParticipationState.ONBOARDING)
        return self.filter(Q(state__in=PUBLIC_STATES) | paused)

    def on(self, day: date | None = None) -> Self:
        """Return those whose agreed period covers a day (today), first and last day inclusive.

        The rule is the calendar's alone: a participation counts through its last day, whatever
        state the record has reached by then.
        """
        withdrawn = (ParticipationState.WITHDRAWN, ParticipationState.DECLINED)
        return self.filter(on_day(day), starts_on__isnull=False).exclude(state__in=withdrawn)

    def in_year(self, year: int) -> Self:
        """Return those whose agreed period touches a calendar year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return self.filter(starts_on__lte=last).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=first)
        )

    def with_parties(self) -> Self:
        """Load service, organisation and municipality in the same query."""
        return self.select_related("service", "organisation__municipality")


class SeatChoiceQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Seats that municipalities have chosen."""

    def on(self, day: date | None = None) -> Self:
        """Return the choices in force on a day (today)."""
        return self.filter(on_day(day or timezone.localdate()))
