"""Who pays what for a service and a year: participations and figures put through the one split."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

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
from catalogue.cost_years import newcomer_share, points_of, vat_of
from catalogue.models import CostModel, Participation
from catalogue.record_states import PartBy


@dataclass(frozen=True)
class Payer:
    """An organisation that pays: its figures, and since when in the year it takes part."""

    organisation_id: int
    name: str
    member: CostMember
    participation_id: int | None = None
    joined_on: date | None = None


@dataclass(frozen=True)
class CostLine:
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


def parts_of(model: CostModel) -> list[Part]:
    """Return the model's parts as the split reads them, in their order."""
    return [
        FixedPart(amount=part.amount)
        if part.by == PartBy.FIXED
        else SharedPart(share=part.share, by=Figure(part.by))
        for part in model.parts.all()
    ]


def payers_of(model: CostModel, participations: Iterable[Participation]) -> list[Payer]:
    """Return the payers of a model with their figures: its own first, else SCB's population."""
    figures = {row.organisation_id: row for row in model.figures.all()}
    return [
        _payer(model, row.organisation, figures.get(row.organisation_id), row)
        for row in participations
    ]


def payer_for(model: CostModel, organisation: Any) -> Payer:
    """Return an organisation as a payer of a model, whether it has joined or not."""
    figures = {row.organisation_id: row for row in model.figures.all()}
    return _payer(model, organisation, figures.get(organisation.pk), None)


def _payer(model: CostModel, organisation: Any, figure: Any, row: Any) -> Payer:
    municipality = getattr(organisation, "municipality", None)
    population = figure.population if figure and figure.population is not None else None
    if population is None and municipality is not None:
        population = municipality.population
    points = figure.points if figure and figure.points is not None else None
    if points is None and population is not None:
        points = points_of(population, [tuple(pair) for pair in model.point_classes])
    member = CostMember(
        code=municipality.code if municipality else f"org-{organisation.pk}",
        population=population,
        points=points,
        usage=figure.usage if figure else None,
    )
    return Payer(
        organisation_id=organisation.pk,
        name=organisation.name,
        member=member,
        participation_id=row and row.pk,
        joined_on=row and row.starts_on,
    )


def for_lists(models: Any) -> Any:
    """Load what lists need of cost models: parts, figures and service."""
    return models.select_related("service").prefetch_related("parts", "figures")


def participations_of(service_ids: Iterable[int], year: int) -> dict[int, list[Participation]]:
    """Return the participations of a year by service, in one query.

    A year's payers are those whose agreed period touches it; who has never been agreed has no
    first day and pays nothing.
    """
    rows = (
        Participation.objects.in_year(year)
        .filter(service__in=list(service_ids))
        .select_related("organisation__municipality")
        .order_by("organisation__municipality__code", "pk")
    )
    found: dict[int, list[Participation]] = {}
    for row in rows:
        found.setdefault(row.service_id, []).append(row)
    return found


def cost_list(model: CostModel, participations: Sequence[Participation]) -> CostList:
    """Return a year's cost list by the model's split.

    Whoever took part on 1 January shares the whole cost. A newcomer later in the year pays
    months/12 of its share in a re-split with itself; the others' lines stand, and are credited
    the year after (rules.md 2.3).
    """
    payers = payers_of(model, participations)
    first = date(model.year, 1, 1)
    base = [payer for payer in payers if payer.joined_on and payer.joined_on <= first]
    late = [payer for payer in payers if payer.joined_on and payer.joined_on > first]
    try:
        if not base:
            # The first year of a service: everyone came during it, and shares it all.
            return CostList(model, _lines(model, late))
        lines = _lines(model, base)
        newcomers = tuple(_newcomer(model, base, payer) for payer in late)
    except CostInputError as error:
        return CostList(model, fault=str(error))
    return CostList(model, lines, newcomers)


def _lines(model: CostModel, payers: Sequence[Payer]) -> tuple[CostLine, ...]:
    if not payers:
        return ()
    by_code = {payer.member.code: payer for payer in payers}
    shares = split_cost(model.total, parts_of(model), [payer.member for payer in payers])
    return tuple(_line(model, by_code[share.code], share) for share in shares)


def _line(model: CostModel, payer: Payer, share: MemberCost) -> CostLine:
    return CostLine(payer, share.amount, vat_of(share.amount, model.vat_rate), share.by_part)


def _newcomer(model: CostModel, base: Sequence[Payer], payer: Payer) -> CostLine:
    full = next(
        line
        for line in _lines(model, [*base, payer])
        if line.payer.member.code == payer.member.code
    )
    assert payer.joined_on is not None  # noqa: S101 - a newcomer is told by its day
    amount = newcomer_share(full.amount, payer.joined_on)
    return CostLine(payer, amount, vat_of(amount, model.vat_rate))


@dataclass(frozen=True)
class Point:
    """A point of the curve: with so many members, the municipality pays so much a year (öre)."""

    members: int
    amount: int


@dataclass(frozen=True)
class Calculation:
    """What a municipality would pay a full year, today and as more join."""

    payer: Payer
    is_member: bool
    members: int
    line: CostLine
    points: tuple[Point, ...]
    fault: str = ""


def calculate(
    model: CostModel, participations: Sequence[Participation], organisation: Any, more: int
) -> Calculation | str:
    """Return what an organisation would pay a full year, and with up to `more` others.

    The others are taken to be like the average of today's payers, the municipality itself
    included. Returns the split's own words when it cannot be computed.
    """
    payers = payers_of(model, participations)
    me = next((p for p in payers if p.organisation_id == organisation.pk), None)
    is_member = me is not None
    me = me or payer_for(model, organisation)
    everyone = payers if is_member else [*payers, me]
    try:
        points = tuple(
            Point(len(everyone) + extra, _amount(model, everyone, me, extra))
            for extra in range(more + 1)
        )
        line = next(
            row for row in _lines(model, everyone) if row.payer.member.code == me.member.code
        )
    except CostInputError as error:
        return str(error)
    return Calculation(me, is_member, len(everyone), line, points)


def _amount(model: CostModel, payers: Sequence[Payer], me: Payer, extra: int) -> int:
    others = _average(payers)
    # Codes that sort after every real one, so that nobody's left-over öre moves.
    joining = [replace(others, code=f"~{number:03d}") for number in range(extra)]
    members = [payer.member for payer in payers] + joining
    shares = split_cost(model.total, parts_of(model), members)
    return next(share.amount for share in shares if share.code == me.member.code)


def _average(payers: Sequence[Payer]) -> CostMember:
    def mean(values: Iterable[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) // len(known) if known else None

    return CostMember(
        code="~",
        population=mean(p.member.population for p in payers),
        points=mean(p.member.points for p in payers),
        usage=mean(p.member.usage for p in payers),
    )


def adopted_model(service_id: int, year: int) -> CostModel | None:
    """Return the adopted model that a calculation stands on: the year's, else the latest."""
    rows = for_lists(CostModel.objects.adopted().filter(service=service_id))
    found: CostModel | None = rows.filter(Q(year__lte=year)).order_by("-year").first()
    return found or rows.order_by("year").first()


def costs_of_year(year: int, *, organisation_id: int | None = None) -> list[CostList]:
    """Return every service's cost list of a year, or those that one organisation is on.

    A constant number of queries: models with parts and figures, and all participations.
    """
    models = list(for_lists(CostModel.objects.adopted().filter(year=year)))
    if organisation_id is not None:
        joined = set(
            Participation.objects.in_year(year)
            .filter(organisation=organisation_id)
            .values_list("service_id", flat=True)
        )
        models = [model for model in models if model.service_id in joined]
    rows = participations_of([model.service_id for model in models], year)
    return [cost_list(model, rows.get(model.service_id, [])) for model in models]
