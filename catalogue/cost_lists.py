"""Who pays what for a service and a year: participations and figures put through the one split."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from catalogue.cost_faults import in_words
from catalogue.cost_sharing import (
    CostInputError,
    CostMember,
    Figure,
    FixedPart,
    MemberCost,
    Part,
    SharedPart,
    split_cost,
)
from catalogue.cost_years import newcomer_share, points_of, total_for, vat_of
from catalogue.models import CostModel, CostModelPart, CostRow, Participation, Population
from catalogue.record_states import CostRowKind, PartBy


class Taking(NamedTuple):
    """An organisation that takes part in a service from a day; what a cost list needs of it.

    A light row and no model; the lists of all services take no rows at all (`year_splits`).
    """

    service_id: int
    participation_id: int | None
    organisation_id: int
    name: str
    code: str | None
    starts_on: date


class Payer(NamedTuple):
    """An organisation that pays: its figures, and since when in the year it takes part."""

    organisation_id: int
    name: str
    member: CostMember
    participation_id: int | None = None
    joined_on: date | None = None


class CostLine(NamedTuple):
    """What one organisation pays, in öre: `amount` without VAT, `vat`, and the amount by part."""

    payer: Payer
    amount: int
    vat: int
    by_part: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """The amount with VAT."""
        return self.amount + self.vat


@dataclass(frozen=True)
class CostList:
    """A year's cost list: the lines, newcomers of the year, or why it cannot be computed."""

    model: CostModel
    lines: tuple[CostLine, ...] = ()
    newcomers: tuple[CostLine, ...] = ()
    fault: str = ""

    @property
    def amount(self) -> int:
        """The sum of the lines without VAT: the year's cost, exactly."""
        return sum(line.amount for line in self.lines)

    @property
    def vat(self) -> int:
        """The sum of the lines' VAT."""
        return sum(line.vat for line in self.lines)

    @property
    def total(self) -> int:
        """The sum of the lines with VAT."""
        return self.amount + self.vat

    @property
    def everyone(self) -> tuple[CostLine, ...]:
        """The lines of the whole year and of the newcomers."""
        return (*self.lines, *self.newcomers)


def parts_of(model: CostModel) -> list[Part]:
    """Return the model's parts as the split reads them, in their order."""
    return parts_from(model.parts.all())


def parts_from(rows: Iterable[CostModelPart]) -> list[Part]:
    """Return rows of parts, in their order, as the split reads them."""
    return [
        FixedPart(amount=part.amount)
        if part.by == PartBy.FIXED
        else SharedPart(share=part.share, by=Figure(part.by))
        for part in rows
    ]


def loaded(models: Any) -> list[CostModel]:
    """Return cost models with what a split needs; five queries however many there are.

    That is parts, own figures, the populations kept of the model's date (`populations`), who
    bears the year since its shares were issued (`bearers`), and room for the members that models
    have in common (`members`).
    """
    rows = list(models.select_related("service").prefetch_related("parts", "figures"))
    if not rows:
        return rows
    by_date = Population.objects.by_date({row.population_on for row in rows})
    issued = CostRow.objects.filter(model__in=rows, kind=CostRowKind.SHARE)
    bearers: dict[int, set[int]] = {row.pk: set() for row in rows}
    for model, organisation in issued.values_list("model", "organisation"):
        bearers[model].add(organisation)
    # Members without figures of their own weigh the same in every model of a date and its classes.
    alike: dict[tuple[date, str], dict[int, CostMember]] = {}
    for row in rows:
        row.populations, row.bearers = by_date[row.population_on], frozenset(bearers[row.pk])
        row.members = alike.setdefault((row.population_on, str(row.point_classes)), {})
    return rows


def payers_of(model: CostModel, takings: Iterable[Taking]) -> list[Payer]:
    """Return the payers of a model, one per organisation, since its first day in the year.

    A municipality that left and came back within the year is one payer.
    """
    figures = {row.organisation_id: row for row in model.figures.all()}
    firsts: dict[int, Taking] = {}
    for taking in takings:
        known = firsts.get(taking.organisation_id)
        if known is None or taking.starts_on < known.starts_on:
            firsts[taking.organisation_id] = taking
    classes = [(low, points) for low, points in model.point_classes]
    return [
        _payer(model, row, figures.get(row.organisation_id), classes) for row in firsts.values()
    ]


def payer_for(model: CostModel, organisation: Any) -> Payer:
    """Return an organisation as a payer of a model, whether it has joined or not."""
    municipality = getattr(organisation, "municipality", None)
    code = municipality.code if municipality else None
    row = Taking(model.service_id, None, organisation.pk, organisation.name, code, date.max)
    return payers_of(model, [row])[0]._replace(joined_on=None)


def _payer(model: CostModel, row: Taking, figure: Any, classes: list[tuple[int, int]]) -> Payer:
    """Return a payer: its own figures in the model first, else the population of the date."""
    member = None if figure else model.members.get(row.organisation_id)
    if member is None:
        member = _member(model, row, figure, classes)
        if figure is None:
            model.members[row.organisation_id] = member
    joined_on = max(row.starts_on, date(model.year, 1, 1))
    return Payer(row.organisation_id, row.name, member, row.participation_id, joined_on)


def _member(
    model: CostModel, row: Taking, figure: Any, classes: list[tuple[int, int]]
) -> CostMember:
    population = figure.population if figure else None
    if population is None:
        population = model.populations.get(row.organisation_id)
    points = figure.points if figure else None
    if points is None and population is not None:
        points = points_of(population, classes)
    return CostMember(
        code=row.code or f"org-{row.organisation_id:06d}",
        population=population,
        points=points,
        usage=figure.usage if figure else None,
    )


def takings_of(service_ids: Iterable[int], year: int) -> dict[int, list[Taking]]:
    """Return who takes part in a year by service, in one query.

    A year's payers are those whose agreed period touches it; who has never been agreed has no
    first day and pays nothing.
    """
    rows = (
        Participation.objects.in_year(year)
        .filter(service__in=list(service_ids))
        .order_by("organisation__municipality__code", "pk")
        .values_list(
            "service",
            "pk",
            "organisation",
            "organisation__name",
            "organisation__municipality__code",
            "starts_on",
        )
    )
    found: dict[int, list[Taking]] = {}
    for row in map(Taking._make, rows):
        found.setdefault(row.service_id, []).append(row)
    return found


def cost_list(model: CostModel, takings: Iterable[Taking], *, only: int | None = None) -> CostList:
    """Return a year's cost list by the model's split.

    Whoever took part on 1 January shares the whole cost; in a service's first year, whoever came
    in its first month. Once shares are issued, those who got them do. A newcomer pays months/12
    of its share in a re-split with itself and those who came no later; the others' lines stand,
    and are credited the year after (rules.md 2.3). With `only`, the line of that organisation
    alone is written, from the same split.
    """
    payers = payers_of(model, takings)
    base, late = _bearers_and_newcomers(model, payers)
    try:
        bears = only is None or any(payer.organisation_id == only for payer in base)
        lines = _lines(model, base, only=only) if bears else ()
        newcomers = _newcomers(model, base, late, only=only)
    except CostInputError as error:
        return CostList(model, fault=str(error))
    return CostList(model, lines, newcomers)


def _bearers_and_newcomers(
    model: CostModel, payers: Sequence[Payer]
) -> tuple[list[Payer], list[Payer]]:
    """Return those who share the whole year's cost, and those who came during it."""
    first = min(map(_month, payers), default=0)
    groups: tuple[list[Payer], list[Payer]] = ([], [])
    for payer in payers:
        bears = payer.organisation_id in model.bearers if model.bearers else _month(payer) == first
        groups[not bears].append(payer)
    return groups


def _month(payer: Payer) -> int:
    """Return the month of the year the payer came: 0 when it was there from the first day."""
    day = payer.joined_on
    return 0 if day is None or (day.month, day.day) == (1, 1) else day.month


def _lines(
    model: CostModel, payers: Sequence[Payer], *, total: int | None = None, only: int | None = None
) -> tuple[CostLine, ...]:
    if not payers:
        return ()
    by_code = {payer.member.code: payer for payer in payers}
    whole = model.total if total is None else total
    try:
        shares = split_cost(whole, parts_of(model), [payer.member for payer in payers])
    except CostInputError as error:
        words = in_words(str(error), [payer.name for payer in payers])
        raise CostInputError(words) from error
    return tuple(
        _line(model, by_code[share.code], share)
        for share in shares
        if only is None or by_code[share.code].organisation_id == only
    )


def full_year(
    model: CostModel, payers: Sequence[Payer], *, only: int | None = None
) -> tuple[CostLine, ...]:
    """Return the lines of a full year with other payers than those who are there."""
    total = total_for(model.total, parts_of(model), len(payers))
    return _lines(model, payers, total=total, only=only)


def _line(model: CostModel, payer: Payer, share: MemberCost) -> CostLine:
    return CostLine(payer, share.amount, vat_of(share.amount, model.vat_rate), share.by_part)


def _newcomers(
    model: CostModel, base: Sequence[Payer], late: Sequence[Payer], *, only: int | None = None
) -> tuple[CostLine, ...]:
    """Return the newcomers' lines, in order of their first day; one re-split for each day."""
    found = []
    asked = [payer for payer in late if only is None or payer.organisation_id == only]
    new = {payer.organisation_id for payer in asked}
    for day in sorted({payer.joined_on for payer in asked if payer.joined_on}):
        there = [*base, *(payer for payer in late if payer.joined_on and payer.joined_on <= day)]
        for line in full_year(model, there, only=only):
            if line.payer.organisation_id in new and line.payer.joined_on == day:
                amount = newcomer_share(line.amount, day)
                found.append(CostLine(line.payer, amount, vat_of(amount, model.vat_rate)))
    return tuple(found)


def adopted_model(service_id: int, year: int) -> CostModel | None:
    """Return the adopted model that a calculation stands on: the year's, else the latest."""
    models = CostModel.objects.adopted().filter(service=service_id)
    found = loaded(models.filter(Q(year__lte=year)).order_by("-year")[:1])
    return next(iter(found or loaded(models.order_by("year")[:1])), None)


def list_of(model: CostModel) -> CostList:
    """Return the cost list of a model with its parts and figures loaded anew; four queries."""
    row = loaded(CostModel.objects.filter(pk=model.pk))[0]
    return cost_list(row, takings_of([row.service_id], row.year).get(row.service_id, []))
