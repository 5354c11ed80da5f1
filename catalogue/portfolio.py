"""A municipality's services in one picture: states, costs, agreements, contacts, coming days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.cost_lists import CostLine, costs_of_year
from catalogue.joining_states import ParticipationState
from catalogue.models import Agreement, Participation, ServicePage, StatedUse
from catalogue.record_states import NEEDED_CONTACTS, AgreementState
from catalogue.termination import end_date
from core.swedish_order import sort_key
from members.models import Municipality

REVIEW_EVERY = timedelta(days=365)


@dataclass(frozen=True)
class Deadline:
    """A day that comes near: what, for which participation."""

    on: date
    text: str
    participation: Participation


@dataclass(frozen=True)
class PortfolioRow:
    """One service of the municipality; costs are öre without VAT, None when not computed."""

    participation: Participation
    this_year: int | None
    next_year: int | None
    agreements: list[Agreement]
    missing: list[str]
    steps: int
    steps_done: int
    earliest_end: date | None


@dataclass(frozen=True)
class Portfolio:
    """Everything on the municipality's portfolio page."""

    municipality: Municipality
    year: int
    rows: list[PortfolioRow]
    uses: list[StatedUse]
    deadlines: list[Deadline]

    @property
    def this_year(self) -> int:
        """The sum of this year's costs."""
        return sum(row.this_year or 0 for row in self.rows)

    @property
    def next_year(self) -> int:
        """The sum of next year's costs."""
        return sum(row.next_year or 0 for row in self.rows)


def portfolio_of(municipality: Municipality, today: date | None = None) -> Portfolio:
    """Return a municipality's portfolio by a constant number of queries."""
    day = today or timezone.localdate()
    this, following = (_own_costs(municipality.pk, year) for year in (day.year, day.year + 1))
    rows = [
        _row(row, this.get(row.service_id), following.get(row.service_id), day)
        for row in _participations(municipality.pk)
    ]
    uses = StatedUse.objects.current().filter(organisation=municipality.pk, service__live=True)
    joined = {row.participation.service_id for row in rows}
    stated = [use for use in uses.select_related("service") if use.service_id not in joined]
    return Portfolio(
        municipality=municipality,
        year=day.year,
        rows=sorted(rows, key=lambda row: sort_key(row.participation.service.title)),
        uses=sorted(stated, key=lambda use: sort_key(use.service.title)),
        deadlines=sorted(_deadlines(rows, day), key=lambda item: (item.on, item.text)),
    )


def _participations(organisation_id: int) -> Iterable[Participation]:
    return (
        Participation.objects.filter(organisation=organisation_id)
        .open()
        .select_related("service", "organisation")
        .prefetch_related(
            Prefetch(
                "agreements",
                Agreement.objects.exclude(
                    state__in=[AgreementState.DRAFT, AgreementState.REPLACED]
                ),
            ),
            "contacts",
            "sub_processor_answers__change",
        )
        .annotate(
            steps=Count("onboarding", distinct=True),
            steps_done=Count(
                "onboarding", filter=Q(onboarding__done_on__isnull=False), distinct=True
            ),
        )
    )


def _own_costs(organisation_id: int, year: int) -> dict[int, CostLine]:
    found = {}
    for costs in costs_of_year(year, organisation_id=organisation_id):
        for line in (*costs.lines, *costs.newcomers):
            if line.payer.organisation_id == organisation_id:
                found[costs.model.service_id] = line
    return found


def _row(
    row: Participation, this: CostLine | None, following: CostLine | None, day: date
) -> PortfolioRow:
    held = {contact.role for contact in row.contacts.all()}
    return PortfolioRow(
        participation=row,
        this_year=this.amount if this else None,
        next_year=following.amount if following else None,
        agreements=list(row.agreements.all()),
        missing=[str(role.label) for role in NEEDED_CONTACTS if role not in held],
        steps=row.steps,
        steps_done=row.steps_done,
        earliest_end=_earliest_end(row, day),
    )


def _earliest_end(row: Participation, day: date) -> date | None:
    """Return the last day if notice were received today; the real one when it has been given."""
    if row.ends_on or row.starts_on is None:
        return row.ends_on
    return end_date(day, months=row.notice_months, at_year_end=row.notice_at_year_end)


def _deadlines(rows: list[PortfolioRow], day: date) -> Iterable[Deadline]:
    for row in rows:
        part = row.participation
        if part.ends_on and part.ends_on >= day:
            yield Deadline(part.ends_on, _("Last day of the participation"), part)
        for agreement in row.agreements:
            if agreement.expires_on and agreement.expires_on >= day:
                yield Deadline(agreement.expires_on, _("An agreement expires"), part)
        for answer in part.sub_processor_answers.all():
            if not answer.answer and answer.change.object_by >= day:
                yield Deadline(
                    answer.change.object_by, _("Last day to object to a sub-processor"), part
                )
        reviews = [contact.reviewed_on for contact in part.contacts.all()]
        if reviews and part.state == ParticipationState.PRODUCTION:
            yield Deadline(min(reviews) + REVIEW_EVERY, _("Look through the contacts"), part)


@dataclass(frozen=True)
class Comparison:
    """A service that similar municipalities have joined or use, and this one does not."""

    service: ServicePage
    names: list[str]


def used_by_similar(portfolio: Portfolio, user: Any) -> list[Comparison]:
    """Return what similar municipalities use and this one does not, the most used first."""
    similar = {
        row.pk: row.name
        for row in Municipality.objects.visible_to(user).similar_to(portfolio.municipality)
    }
    mine = {row.participation.service_id for row in portfolio.rows}
    mine |= {use.service_id for use in portfolio.uses}
    found: dict[int, set[int]] = {}
    joined = Participation.objects.visible_to(user).agreed().filter(organisation__in=similar)
    stated = StatedUse.objects.current().filter(organisation__in=similar, service__live=True)
    for rows in (joined, stated):
        for service, organisation in rows.values_list("service", "organisation"):
            if service not in mine:
                found.setdefault(service, set()).add(organisation)
    services = ServicePage.objects.visible_to(user).in_bulk(list(found))
    return sorted(
        (
            Comparison(services[pk], sorted((similar[o] for o in users), key=sort_key))
            for pk, users in found.items()
            if pk in services
        ),
        key=lambda item: (-len(item.names), sort_key(item.service.title)),
    )
