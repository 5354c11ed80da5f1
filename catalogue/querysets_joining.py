"""Reads of participations and what belongs to them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from catalogue.joining_states import (
    AGREED_STATES,
    CLOSED_STATES,
    LEAVING_STATES,
    LegalBasis,
    ParticipationState,
)
from catalogue.record_states import AgreementState
from core.periods import on_day
from members.standing import standing_of
from members.states import Role

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
        """Return the participations whose whole record the person may read."""
        standing = standing_of(user)
        return (
            self if standing.is_office else self.filter(organisation__in=standing.organisation_ids)
        )

    def open(self) -> Self:
        """Return those that are not ended, withdrawn or declined."""
        return self.exclude(state__in=CLOSED_STATES)

    def public(self) -> Self:
        """Return those that everyone may know: from the signed agreement to the end."""
        return self.filter(state__in=PUBLIC_STATES)

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

    def cooperating_in(self, year: int) -> Self:
        """Return those on an agreement with a municipality or region, in force some day of a year.

        They, and no others, are reported yearly to the assembly (KL 9:37-38, rules.md 2.1).
        """
        rows = self.in_year(year).filter(
            legal_basis=LegalBasis.COOPERATION_AGREEMENT, starts_on__isnull=False
        )
        return rows.exclude(state__in=[ParticipationState.WITHDRAWN, ParticipationState.DECLINED])

    def with_parties(self) -> Self:
        """Load service, organisation and municipality in the same query."""
        return self.select_related("service", "organisation__municipality")

    def with_titles(self) -> Self:
        """Load each service with nothing but its title: a whole page costs more than its row."""
        service = self.model._meta.get_field("service").related_model
        kept = {"page_ptr", "id", "title"}
        unread = (field.name for field in service._meta.concrete_fields if field.name not in kept)
        return self.select_related("service").defer(*(f"service__{name}" for name in unread))


class SeatChoiceQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Seats that municipalities have chosen."""

    def on(self, day: date | None = None) -> Self:
        """Return the choices in force on a day (today)."""
        return self.filter(on_day(day or timezone.localdate()))


class RecordQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows that hang on a participation: documents, decisions, contacts, answers."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the person's own organisations; for the office all."""
        standing = standing_of(user)
        if standing.is_office:
            return self.all()
        return self.filter(participation__organisation__in=standing.organisation_ids)


class AgreementQuerySet(RecordQuerySet):
    """Agreements, for the register and the record."""

    def expiring(self, day: date) -> Self:
        """Return the signed agreements that expire no later than a day, soonest first."""
        rows = self.filter(state=AgreementState.SIGNED, expires_on__lte=day)
        return rows.order_by("expires_on", "pk")

    def waiting_for_countersignature(self, user: Any) -> Self:
        """Return the sent ones that the person may sign for the association and has not signed."""
        standing = standing_of(user)
        signs_for = [
            party.organisation_id
            for party in standing.parties
            if standing.holds(Role.SIGNATORY, organisation_id=party.organisation_id)
        ]
        rows = self.filter(state=AgreementState.SENT, counterparty__in=signs_for)
        return (
            rows.exclude(signatures__signatory=user)
            .select_related("participation__service", "participation__organisation", "counterparty")
            .prefetch_related("signatures__authority")
        )

    def matching(self, text: str) -> Self:
        """Return those whose title, service or organisation holds every word of `text`."""
        rows = self
        for word in text.split():
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(participation__service__title__icontains=word)
                | Q(participation__organisation__name__icontains=word)
            )
        return rows


class AuthorityQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Signing authorities."""

    def visible_to(self, user: Any) -> Self:
        """Return those of the person's own organisations; for the office all."""
        standing = standing_of(user)
        if standing.is_office:
            return self.all()
        return self.filter(organisation__in=standing.organisation_ids)

    def covering(self, organisation_id: int, day: date, amount: int | None) -> Self:
        """Return those valid for an organisation on a day for an amount in öre per year.

        Where no amount is agreed on, nothing shows that it lies under a limit: only those without
        one cover it.
        """
        rows = self.filter(on_day(day), organisation=organisation_id)
        if amount is None:
            return rows.filter(limit__isnull=True)
        return rows.filter(Q(limit__isnull=True) | Q(limit__gte=amount))


class AgreementTemplateQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Agreement templates."""

    def for_service(self, service: Any, kind: str) -> Self:
        """Return the live templates of a kind for a service, its own before the general ones."""
        rows = self.filter(Q(service=service) | Q(service__isnull=True), kind=kind, live=True)
        return rows.order_by(F("service").desc(nulls_last=True), "-pk")


class TemplateStepQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Steps of the checklists."""

    def for_service(self, service: Any) -> Self:
        """Return the service's own checklist, or everyone's when it has none."""
        own = self.filter(service=service)
        return own if own.exists() else self.filter(service__isnull=True)


class OnboardingStepQuerySet(RecordQuerySet):
    """Steps of introductions."""

    def late(self, day: date | None = None) -> Self:
        """Return the steps that are not done and were due before a day (today)."""
        return self.filter(done_on__isnull=True, due_on__lt=day or timezone.localdate())
