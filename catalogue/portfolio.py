"""A municipality's services in one picture: states, costs, agreements, contacts, coming days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.joining_states import ParticipationState
from catalogue.models import (
    Agreement,
    JoiningContact,
    JoiningDocument,
    OnboardingStep,
    Participation,
    ServicePage,
    StatedUse,
    SubProcessorAnswer,
)
from catalogue.record_states import NEEDED_CONTACTS, AgreementState
from catalogue.termination import end_date
from catalogue.year_costs import YearCost, issued_by_year, year_costs
from core.months import add_months
from core.swedish_order import sort_key
from members.models import Municipality

REVIEW_EVERY = timedelta(days=365)
YEARS_BACK = 2


@dataclass(frozen=True)
class Deadline:
    """A day that comes near, or has passed without being done: what, for which participation."""

    on: date
    text: str
    participation: Participation
    late: bool = False


@dataclass(frozen=True)
class PortfolioRow:
    """One service of the municipality; costs are None when no model of the year concerns it."""

    participation: Participation
    this_year: YearCost | None
    next_year: YearCost | None
    agreements: list[Agreement]
    contacts: list[JoiningContact]
    documents: list[JoiningDocument]
    onboarding: list[OnboardingStep]
    earliest_end: date | None
    answers: list[SubProcessorAnswer]

    @property
    def state(self) -> str:
        """The state in words."""
        return str(ParticipationState(self.participation.state).label)

    @cached_property
    def missing(self) -> list[str]:
        """The contacts that are needed and not given (rules.md 2.2)."""
        held = {contact.role for contact in self.contacts}
        return [str(role.label) for role in NEEDED_CONTACTS if role not in held]

    @property
    def steps(self) -> int:
        """How many steps the introduction has."""
        return len(self.onboarding)

    @property
    def steps_done(self) -> int:
        """How many steps of the introduction are done."""
        return sum(step.done_on is not None for step in self.onboarding)


@dataclass(frozen=True)
class Portfolio:
    """Everything on the municipality's portfolio page; sums are öre without VAT.

    `issued` is what the municipality was charged in the years before, by year and service.
    """

    municipality: Municipality
    year: int
    rows: list[PortfolioRow]
    uses: list[StatedUse]
    deadlines: list[Deadline]
    issued: dict[int, dict[str, int]]
    former: list[YearCost]

    @property
    def this_year(self) -> int:
        """The sum of this year's costs, of services that were left during the year too."""
        rows = sum(row.this_year.amount for row in self.rows if row.this_year)
        return rows + sum(cost.amount for cost in self.former)

    @property
    def next_year(self) -> int:
        """The sum of next year's costs."""
        return sum(row.next_year.amount for row in self.rows if row.next_year)

    @property
    def per_inhabitant(self) -> int:
        """This year's cost for each inhabitant, in öre, half up."""
        inhabitants = self.municipality.population
        return (2 * self.this_year + inhabitants) // (2 * inhabitants) if inhabitants else 0

    @property
    def gaps(self) -> int:
        """How many services lack a needed contact, of those in use or on their way in."""
        return sum(bool(row.missing) and row.participation.is_agreed for row in self.rows)

    def by_year(self) -> dict[int, dict[str, int]]:
        """Return what each service costs: the years before, this year and the next, in öre."""
        found = {year: dict(costs) for year, costs in self.issued.items()}
        found[self.year] = {cost.service: cost.amount for cost in self.former}
        found[self.year + 1] = {}
        for row in self.rows:
            title = row.participation.service.title
            for year, cost in ((self.year, row.this_year), (self.year + 1, row.next_year)):
                if cost is not None:
                    found[year][title] = cost.amount
        return found


def portfolio_of(municipality: Municipality, today: date | None = None) -> Portfolio:
    """Return a municipality's portfolio by a constant number of queries."""
    day = today or timezone.localdate()
    this, following = (
        {cost.service_id: cost for cost in year_costs(year, organisation_id=municipality.pk)}
        for year in (day.year, day.year + 1)
    )
    kept = _kept(municipality.pk)
    rows = [
        _row(row, kept, this.pop(row.service_id, None), following.get(row.service_id), day)
        for row in _participations(municipality.pk)
    ]
    uses = StatedUse.objects.current().filter(organisation=municipality.pk, service__live=True)
    joined = {row.participation.service_id for row in rows}
    stated = [use for use in uses.select_related("service") if use.service_id not in joined]
    before = range(day.year - YEARS_BACK, day.year)
    return Portfolio(
        municipality=municipality,
        year=day.year,
        rows=sorted(rows, key=lambda row: sort_key(row.participation.service.title)),
        uses=sorted(stated, key=lambda use: sort_key(use.service.title)),
        deadlines=sorted(_deadlines(rows, day), key=lambda item: (item.on, item.text)),
        issued=issued_by_year(before, municipality.pk),
        former=list(this.values()),
    )


@dataclass(frozen=True)
class _Kept:
    """What is kept on the municipality's open joinings, by joining: a query for each kind."""

    agreements: dict[int, list[Agreement]]
    contacts: dict[int, list[JoiningContact]]
    documents: dict[int, list[JoiningDocument]]
    onboarding: dict[int, list[OnboardingStep]]
    answers: dict[int, list[SubProcessorAnswer]]


def _participations(organisation_id: int) -> list[Participation]:
    rows = Participation.objects.filter(organisation=organisation_id).open()
    return list(rows.with_titles().select_related("organisation"))


def _kept(organisation_id: int) -> _Kept:
    # Rows are grouped here: a prefetch makes a queryset for each joining and each kind.
    open_rows = Participation.objects.filter(organisation=organisation_id).open().order_by()
    mine = {"participation__in": open_rows.values("pk")}
    agreements = Agreement.objects.exclude(
        state__in=[AgreementState.DRAFT, AgreementState.REPLACED]
    ).defer("content")
    answers = SubProcessorAnswer.objects.select_related("change")
    return _Kept(
        agreements=_grouped(agreements.filter(**mine)),
        contacts=_grouped(JoiningContact.objects.filter(**mine)),
        documents=_grouped(JoiningDocument.objects.filter(**mine)),
        onboarding=_grouped(OnboardingStep.objects.filter(**mine).order_by("position")),
        answers=_grouped(answers.filter(**mine)),
    )


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.participation_id, []).append(row)
    return found


def _row(
    row: Participation, kept: _Kept, this: YearCost | None, following: YearCost | None, day: date
) -> PortfolioRow:
    return PortfolioRow(
        participation=row,
        this_year=this,
        next_year=following,
        agreements=kept.agreements.get(row.pk, []),
        contacts=kept.contacts.get(row.pk, []),
        documents=kept.documents.get(row.pk, []),
        onboarding=kept.onboarding.get(row.pk, []),
        earliest_end=_earliest_end(row, day),
        answers=kept.answers.get(row.pk, []),
    )


def _earliest_end(row: Participation, day: date) -> date | None:
    """Return the last day if notice were received today; the real one when it has been given."""
    if row.ends_on or row.starts_on is None:
        return row.ends_on
    return end_date(day, months=row.notice_months, at_year_end=row.notice_at_year_end)


def _deadlines(rows: list[PortfolioRow], day: date) -> Iterable[Deadline]:
    for row in rows:
        part = row.participation
        yield from _days_of_leaving(row, day)
        if part.go_live_on and part.production_on is None and part.ends_on is None:
            late = part.go_live_on < day
            yield Deadline(part.go_live_on, _("Planned first day of use"), part, late=late)
        for agreement in row.agreements:
            if agreement.expires_on and agreement.expires_on >= day:
                words = _("Renewed: %(title)s") if agreement.renews else _("Expires: %(title)s")
                yield Deadline(agreement.expires_on, words % {"title": agreement.title}, part)
        for answer in row.answers:
            if not answer.answer and answer.change.object_by >= day:
                yield Deadline(
                    answer.change.object_by, _("Last day to object to a sub-processor"), part
                )
        for step in row.onboarding:
            if step.done_on is None:
                text = _("Step of the introduction: %(step)s") % {"step": step.title}
                yield Deadline(step.due_on, text, part, late=step.due_on < day)
        reviews = [contact.reviewed_on for contact in row.contacts]
        if reviews and part.state == ParticipationState.PRODUCTION:
            due = min(reviews) + REVIEW_EVERY
            yield Deadline(due, _("Look through the contacts"), part, late=due < day)


def _days_of_leaving(row: PortfolioRow, day: date) -> Iterable[Deadline]:
    """Yield the last day, or the last day on which notice ends the participation that early."""
    part = row.participation
    if part.ends_on:
        if part.ends_on >= day:
            yield Deadline(part.ends_on, _("Last day of the participation"), part)
    elif row.earliest_end and part.is_agreed and part.notice_at_year_end:
        # At a year's end the term runs backwards from 31 December: rules.md 2.4.
        last = add_months(row.earliest_end, -part.notice_months)
        text = _("Last day of notice to leave at the end of %(year)d")
        yield Deadline(last, text % {"year": row.earliest_end.year}, part)


@dataclass(frozen=True)
class Comparison:
    """A service that similar municipalities have joined or use, and this one does not."""

    service: ServicePage
    names: list[str]


def used_by_similar(portfolio: Portfolio, user: Any, most: int | None = None) -> list[Comparison]:
    """Return what similar municipalities use and this one does not, the most used first.

    `most` is how many services are asked for; without it, all of them.
    """
    similar = {
        row.pk: row.name
        for row in Municipality.objects.visible_to(user).similar_to(portfolio.municipality)
    }
    mine = {row.participation.service_id for row in portfolio.rows}
    mine |= {use.service_id for use in portfolio.uses}
    found: dict[int, set[int]] = {}
    # What everyone may know: a joining is public from the signed agreement to the end.
    joined = Participation.objects.visible_to(None).agreed().filter(organisation__in=similar)
    stated = StatedUse.objects.current().filter(organisation__in=similar, service__live=True)
    for rows in (joined.order_by(), stated.order_by()):
        for service, organisation in rows.values_list("service", "organisation"):
            if service not in mine:
                found.setdefault(service, set()).add(organisation)
    seen = ServicePage.objects.visible_to(user)
    titles = dict(seen.filter(pk__in=found).order_by().values_list("pk", "title"))
    ordered = sorted(titles, key=lambda pk: (-len(found[pk]), sort_key(titles[pk]), pk))[:most]
    services = seen.in_bulk(ordered)
    return [
        Comparison(services[pk], sorted((similar[user] for user in found[pk]), key=sort_key))
        for pk in ordered
    ]
