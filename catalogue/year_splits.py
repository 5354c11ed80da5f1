"""Every service's cost list of a year at once: amounts in columns, and each model split once.

The rule is that of `cost_lists.cost_list`, which shows one service with everything it was computed
from. Here there are tens of thousands of amounts, so that nothing is made for a single line.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F

from catalogue.cost_lists import parts_from
from catalogue.cost_sharing import CostInputError, CostMember, Part, split_amounts
from catalogue.cost_years import newcomer_share, points_of, total_for, vat_of
from catalogue.models import (
    CostFigure,
    CostModel,
    CostModelPart,
    CostRow,
    Participation,
    Population,
)
from catalogue.record_states import CostRowKind
from members.models import Organisation

Amounts = dict[int, tuple[int, int]]
"""Amount without VAT and VAT, in öre, by organisation."""


class YearSplit(NamedTuple):
    """What a model comes to: `amounts` of those who are asked for, bearers and newcomers both."""

    model_id: int
    service_id: int
    service: str
    is_example: bool
    amounts: Amounts


class Payers(NamedTuple):
    """Who takes part in a service in a year: from its first day, and from a later day of it."""

    from_the_first: set[int]
    later: dict[int, date]


def names() -> dict[int, tuple[str, str]]:
    """Return every organisation's name and code by id; one that is no municipality has its own."""
    rows = Organisation.objects.values_list("pk", "name", "municipality__code")
    return {pk: (name, code or f"org-{pk:06d}") for pk, name, code in rows}


def splits_of_year(
    year: int,
    known: Mapping[int, Collection[int]],
    organisations: Mapping[int, tuple[str, str]],
    *,
    organisation_id: int | None = None,
    service_ids: Collection[int] | None = None,
    without: Iterable[int] = (),
) -> list[YearSplit]:
    """Return what every adopted model of a year comes to, or what one organisation pays of each.

    `known` are organisations by service whose amounts are issued: they are left out. `service_ids`
    are the services that are asked for, `without` those that are not. A constant number of queries.
    """
    models = CostModel.objects.adopted().filter(year=year).exclude(service__in=list(without))
    if service_ids is not None:
        models = models.filter(service__in=service_ids)
    if organisation_id is not None:
        own = Participation.objects.in_year(year).filter(organisation=organisation_id)
        models = models.filter(service__in=own.values("service"))
    rows = list(models.annotate(title=F("service__title")).order_by("title", "pk"))
    if not rows:
        return []
    payers = payers_of_year([row.service_id for row in rows], year)
    only = None if organisation_id is None else {organisation_id}
    wanted = {
        row.pk: _wanted(payers[row.service_id], known.get(row.service_id, ()), only) for row in rows
    }
    asked = [row for row in rows if wanted[row.pk]]
    figures = _Figures(asked, organisations)
    return [
        YearSplit(
            row.pk,
            row.service_id,
            row.title,
            row.is_example,
            _amounts(_Split(row, figures), payers[row.service_id], wanted[row.pk], only=only),
        )
        for row in asked
    ]


def payers_of_year(service_ids: Collection[int], year: int) -> dict[int, Payers]:
    """Return who takes part in a year by service, in two queries.

    One that left and came back within the year takes part since its first day.
    """
    first = date(year, 1, 1)
    found = {pk: Payers(set(), {}) for pk in service_ids}
    rows = Participation.objects.in_year(year).filter(service__in=list(found)).order_by()
    pairs = rows.filter(starts_on__lte=first).values_list("service", "organisation")
    members: dict[int, list[int]] = defaultdict(list)
    for service, organisation in pairs:
        members[service].append(organisation)
    for service, payers in found.items():
        payers.from_the_first.update(members[service])
    late = rows.filter(starts_on__gt=first).values_list("service", "organisation", "starts_on")
    for service, organisation, day in late:
        if service in found and organisation not in found[service].from_the_first:
            later = found[service].later
            later[organisation] = min(day, later.get(organisation, day))
    return found


def _wanted(payers: Payers, known: Collection[int], only: set[int] | None) -> set[int]:
    everyone = payers.from_the_first.union(payers.later)
    return (everyone if only is None else everyone & only).difference(known)


class _Figures:
    """What members weigh in the models: own figures first, else the population of the date."""

    def __init__(self, rows: list[CostModel], organisations: Mapping[int, tuple[str, str]]) -> None:
        self.codes = {pk: code for pk, (__, code) in organisations.items()}
        self.order = sorted(self.codes, key=self.codes.__getitem__)
        dates = {row.population_on for row in rows}
        self.populations = Population.objects.by_date(dates) if rows else {}
        self.alike: dict[tuple[date, str], dict[int, CostMember]] = {}
        self.parts: dict[int, list[Any]] = defaultdict(list)
        parts = CostModelPart.objects.filter(model__in=rows).order_by("position")
        for part in parts.values_list("model_id", "by", "share", "amount", named=True):
            self.parts[part.model_id].append(part)
        self.own: dict[int, list[CostFigure]] = defaultdict(list)
        for figure in CostFigure.objects.filter(model__in=rows):
            self.own[figure.model_id].append(figure)
        self.bearers: dict[int, set[int]] = defaultdict(set)
        issued = CostRow.objects.filter(model__in=rows, kind=CostRowKind.SHARE).order_by()
        for model, organisation in issued.values_list("model", "organisation"):
            self.bearers[model].add(organisation)

    def members_of(self, row: CostModel) -> dict[int, CostMember]:
        """Return every organisation as a member of a model."""
        key = (row.population_on, str(row.point_classes))
        if key not in self.alike:
            classes = [(low, number) for low, number in row.point_classes]
            self.alike[key] = {pk: self._member(row, pk, None, classes) for pk in self.order}
        own = self.own.get(row.pk)
        if not own:
            return self.alike[key]
        ours = {figure.organisation_id: figure for figure in own}
        classes = [(low, number) for low, number in row.point_classes]
        return self.alike[key] | {pk: self._member(row, pk, ours[pk], classes) for pk in ours}

    def _member(
        self, row: CostModel, pk: int, figure: CostFigure | None, classes: list[tuple[int, int]]
    ) -> CostMember:
        population = figure.population if figure else None
        if population is None:
            population = self.populations[row.population_on].get(pk)
        points = figure.points if figure else None
        if points is None and population is not None:
            points = points_of(population, classes)
        return CostMember(self.codes[pk], population, points, figure.usage if figure else None)


class _Split:
    """One model and what a split of it needs."""

    def __init__(self, row: CostModel, figures: _Figures) -> None:
        self.row, self.order = row, figures.order
        self.parts: list[Part] = parts_from(figures.parts[row.pk])
        self.members = figures.members_of(row)
        self.bearers = figures.bearers.get(row.pk)

    def amounts(self, payers: Collection[int], total: int) -> dict[int, int]:
        """Return what each of some payers pays of a total."""
        if not payers:
            return {}
        ordered = [pk for pk in self.order if pk in payers]
        shares = split_amounts(total, self.parts, [self.members[pk] for pk in ordered])
        return dict(zip(ordered, shares, strict=True))


def _amounts(
    split: _Split, payers: Payers, wanted: Collection[int], *, only: set[int] | None
) -> Amounts:
    """Return what those who are wanted pay; nothing when the cost cannot be split."""
    base, late = _bearers_and_newcomers(split, payers)
    try:
        bears = only is None or not base.isdisjoint(only)
        found = split.amounts(base, split.row.total) if bears else {}
        found = {pk: amount for pk, amount in found.items() if pk in wanted}
        asked = late if only is None else {pk: late[pk] for pk in only if pk in late}
        found |= _newcomers(split, base, late, asked)
    except CostInputError:
        return {}
    rate = split.row.vat_rate
    return {pk: (amount, vat_of(amount, rate)) for pk, amount in found.items() if pk in wanted}


def _bearers_and_newcomers(split: _Split, payers: Payers) -> tuple[set[int], dict[int, date]]:
    """Return those who share the whole year's cost, and the days on which the others came."""
    first_day = date(split.row.year, 1, 1)
    if split.bearers:
        days = dict.fromkeys(payers.from_the_first, first_day) | payers.later
        base = days.keys() & split.bearers
        return base, {pk: day for pk, day in days.items() if pk not in base}
    if payers.from_the_first or not payers.later:
        return payers.from_the_first, payers.later
    first = min(day.month for day in payers.later.values())
    base = {pk for pk, day in payers.later.items() if day.month == first}
    return base, {pk: day for pk, day in payers.later.items() if pk not in base}


def _newcomers(
    split: _Split, base: set[int], late: Mapping[int, date], asked: Mapping[int, date]
) -> dict[int, int]:
    """Return what newcomers pay: months of a re-split with those who came no later."""
    found = {}
    for day in sorted(set(asked.values())):
        there = base | {pk for pk, since in late.items() if since <= day}
        total = total_for(split.row.total, split.parts, len(there))
        amounts = split.amounts(there, total)
        for pk in (pk for pk, since in asked.items() if since == day):
            found[pk] = newcomer_share(amounts[pk], day)
    return found
