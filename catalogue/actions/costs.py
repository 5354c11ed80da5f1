"""Cost models are made, adopted and issued; what is issued is frozen, corrections are new rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.actions.populations import keep_population
from catalogue.cost_lists import CostLine, list_of
from catalogue.cost_sharing import WHOLE
from catalogue.cost_years import credits_for, vat_of
from catalogue.models import (
    CostFigure,
    CostModel,
    CostModelPart,
    CostRow,
    ServicePage,
)
from catalogue.record_states import (
    CHARGES,
    CostRowKind,
    CostState,
    JoiningEvent,
    PartBy,
    VatCategory,
)
from core.actions import log, require
from core.exceptions import RuleBroken

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class PartPlan:
    """A part to be: a fixed amount in öre, or a share in hundredths of a percent by a figure."""

    by: str
    share: int = 0
    amount: int = 0


@dataclass(frozen=True)
class CostPlan:
    """What a cost model says: the year's cost in öre, its parts, VAT and the population's date."""

    total: int
    parts: Sequence[PartPlan]
    population_on: date
    population_source: str
    vat_category: str = VatCategory.STANDARD
    vat_rate: int = 2500
    point_classes: Sequence[tuple[int, int]] = field(default=())


@dataclass(frozen=True)
class Figures:
    """An organisation's own figures in a cost model; None where the model has none of its own."""

    usage: int | None = None
    points: int | None = None
    population: int | None = None


@transaction.atomic
def draft_cost_model(
    *, by: Any, service: ServicePage, year: int, plan: CostPlan, is_example: bool = False
) -> CostModel:
    """Make the next version of a service's cost model for a year, as a draft.

    Raises PermissionDenied unless the office asks, or RuleBroken for parts that do not make up the
    whole, a reference date without figures, or a year whose rows are issued: then corrections
    are new rows.
    """
    require(by, "catalogue.manage_costs")
    _check_plan(year, plan)
    _lock_year(service.pk, year)
    _refuse_issued(service, year)
    keep_population(plan.population_on)
    last = CostModel.objects.filter(service=service, year=year).aggregate(n=Max("version"))["n"]
    model = CostModel.objects.create(
        service=service,
        year=year,
        version=(last or 0) + 1,
        total=plan.total,
        vat_category=plan.vat_category,
        vat_rate=plan.vat_rate,
        population_on=plan.population_on,
        population_source=plan.population_source.strip(),
        point_classes=[list(pair) for pair in plan.point_classes],
        is_example=is_example,
    )
    CostModelPart.objects.bulk_create(
        CostModelPart(model=model, position=place, by=p.by, share=p.share, amount=p.amount)
        for place, p in enumerate(plan.parts, start=1)
    )
    return model


def _check_plan(year: int, plan: CostPlan) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(_("Choose a year."), field="year")
    if plan.total < 0:
        raise RuleBroken(_("The amount cannot be negative."), field="total")
    if not plan.parts or any(part.by not in PartBy.values for part in plan.parts):
        raise RuleBroken(_("Give at least one part."), field="parts")
    shared = [part for part in plan.parts if part.by != PartBy.FIXED]
    if shared and sum(part.share for part in shared) != WHOLE:
        raise RuleBroken(_("The shares must make up 100 percent."), field="parts")
    if plan.vat_category != VatCategory.STANDARD and plan.vat_rate:
        raise RuleBroken(_("Only ordinary VAT has a rate."), field="vat_rate")
    if not 0 <= plan.vat_rate <= WHOLE:
        raise RuleBroken(_("The rate is between 0 and 100 percent."), field="vat_rate")


def _refuse_issued(service: ServicePage, year: int) -> None:
    if CostRow.objects.filter(model__service=service, year=year).exists():
        raise RuleBroken(_("The year is issued: corrections are new rows."), field="year")


def _lock_year(service_id: int, year: int) -> None:
    """Let one at a time change a service's year: adopting and issuing never cross."""
    ServicePage.objects.select_for_update(of=("self",)).filter(pk=service_id).first()
    list(CostModel.objects.select_for_update().filter(service=service_id, year=year).order_by("pk"))


@transaction.atomic
def set_figures(*, by: Any, model: CostModel, figures: Mapping[int, Figures]) -> None:
    """Give organisations (by id) their own figures in a draft; those left out lose theirs.

    Raises PermissionDenied, or RuleBroken once the model is adopted.
    """
    require(by, "catalogue.manage_costs")
    if _locked(model).state != CostState.DRAFT:
        raise RuleBroken(_("An adopted model is not changed: make a new version."))
    CostFigure.objects.filter(model=model).delete()
    CostFigure.objects.bulk_create(
        CostFigure(
            model=model,
            organisation_id=organisation,
            usage=own.usage,
            points=own.points,
            population=own.population,
        )
        for organisation, own in figures.items()
    )


@transaction.atomic
def adopt_cost_model(
    *, by: Any, model: CostModel, adopted_on: date, reference: str, url: str = ""
) -> CostModel:
    """Let a draft hold for its year, by a decision with a reference; it replaces the one before.

    `url` is where the decision can be read, when it is public.

    Raises PermissionDenied, or RuleBroken for a model that is no draft, that cannot be split over
    today's payers, or a year whose rows are issued.
    """
    require(by, "catalogue.manage_costs")
    _lock_year(model.service_id, model.year)
    row = _locked(model)
    if row.state != CostState.DRAFT:
        raise RuleBroken(_("This is already done."))
    if not reference.strip():
        raise RuleBroken(_("Give the reference of the decision."), field="reference")
    _refuse_issued(row.service, row.year)
    fault = list_of(row).fault
    if fault:
        raise RuleBroken(_("The cost cannot be split: %(fault)s") % {"fault": fault})
    CostModel.objects.adopted().filter(service=row.service, year=row.year).update(
        state=CostState.REPLACED
    )
    row.state, row.adopted_on = CostState.ADOPTED, adopted_on
    row.adopted_reference, row.adopted_by = reference.strip(), getattr(by, "pk", None) and by
    row.adopted_url = url.strip()
    row.save()
    log(
        JoiningEvent.COST_MODEL_ADOPTED,
        by=by,
        obj=row,
        new={"service": row.service_id, "year": row.year, "version": row.version},
    )
    return row


@transaction.atomic
def set_outcome(*, by: Any, model: CostModel, outcome: int) -> CostModel:
    """Record what the year came to cost, in öre, beside the budget.

    Raises PermissionDenied, or RuleBroken for a model that does not hold or a negative amount.
    """
    require(by, "catalogue.manage_costs")
    if outcome < 0:
        raise RuleBroken(_("The amount cannot be negative."), field="outcome")
    row = _locked(model)
    if row.state != CostState.ADOPTED:
        raise RuleBroken(_("Only an adopted model has an outcome."), field="outcome")
    before, row.outcome = row.outcome, outcome
    row.save()
    log(
        JoiningEvent.COST_OUTCOME_SET,
        by=by,
        obj=row,
        old={"outcome": before},
        new={"outcome": outcome},
    )
    return row


@transaction.atomic
def issue_year(*, by: Any, model: CostModel) -> list[CostRow]:
    """Issue the rows of an adopted model: the year's shares, newcomers since, credits due.

    What is issued stands; a second call issues only what is new. Raises PermissionDenied, or
    RuleBroken when the model does not hold or cannot be split.
    """
    require(by, "catalogue.manage_costs")
    _lock_year(model.service_id, model.year)
    row = _locked(model)
    if row.state != CostState.ADOPTED:
        raise RuleBroken(_("Only an adopted model is issued."))
    computed = list_of(row)
    if computed.fault:
        raise RuleBroken(_("The cost cannot be split: %(fault)s") % {"fault": computed.fault})
    known = set(row.rows.filter(kind__in=CHARGES).values_list("organisation_id", flat=True))
    shares = [] if known else [(line, CostRowKind.SHARE) for line in computed.lines]
    late = [(line, CostRowKind.NEWCOMER) for line in computed.newcomers]
    new = [
        _charge(by, row, line, kind)
        for line, kind in (*shares, *late)
        if line.payer.organisation_id not in known
    ]
    try:
        with transaction.atomic():
            issued = CostRow.objects.bulk_create([*new, *_credits_due(by, row)])
    except IntegrityError as error:
        raise RuleBroken(_("This is already done.")) from error
    log(JoiningEvent.COST_YEAR_ISSUED, by=by, obj=row, new={"rows": len(issued), "year": row.year})
    return issued


def _charge(by: Any, model: CostModel, line: CostLine, kind: str) -> CostRow:
    """Return one row to be, with what it was computed from."""
    member = line.payer.member
    basis = {
        "population": member.population,
        "points": member.points,
        "usage": member.usage,
        "population_on": str(model.population_on),
        "population_source": model.population_source,
        "by_part": list(line.by_part),
        "joined_on": str(line.payer.joined_on),
        "version": model.version,
    }
    return _row(
        by,
        model,
        line.payer.organisation_id,
        kind,
        line.amount,
        basis=basis,
        participation_id=line.payer.participation_id,
    )


def _credits_due(by: Any, model: CostModel) -> list[CostRow]:
    """Return the rows that give back, once, what each newcomer of the year before paid.

    It goes to those who bore the year: the ones who shared it from the start and the newcomers
    who came before, in proportion to what each was charged. Who has left gets its part too.
    """
    before = list(
        CostRow.objects.filter(
            model__service=model.service_id, year=model.year - 1, kind__in=CHARGES
        )
        .prefetch_related("consequences")
        .order_by("organisation__municipality__code", "organisation_id")
    )
    issued: list[CostRow] = []
    for newcomer in before:
        paid_back = any(row.kind == CostRowKind.CREDIT for row in newcomer.consequences.all())
        if newcomer.kind == CostRowKind.NEWCOMER and newcomer.amount and not paid_back:
            issued += _credit(by, model, newcomer, [r for r in before if _came_before(r, newcomer)])
    return issued


def _came_before(row: CostRow, newcomer: CostRow) -> bool:
    if row.kind == CostRowKind.SHARE:
        return True
    return bool(row.basis["joined_on"] < newcomer.basis["joined_on"])


def _credit(
    by: Any, model: CostModel, newcomer: CostRow, bearers: Sequence[CostRow]
) -> list[CostRow]:
    shares = credits_for(newcomer.amount, [row.amount for row in bearers])
    return [
        _row(
            by,
            model,
            bearer.organisation_id,
            CostRowKind.CREDIT,
            -share,
            basis={"newcomers": newcomer.amount, "year": newcomer.year},
            participation_id=bearer.participation_id,
            origin=newcomer,
        )
        for bearer, share in zip(bearers, shares, strict=True)
        if share
    ]


@transaction.atomic
def correct_row(*, by: Any, row: CostRow, amount: int, reason: str) -> CostRow:
    """Correct what was issued by a new row of `amount` öre (negative: given back), with a reason.

    The row that is corrected stands. Raises PermissionDenied, or RuleBroken.
    """
    require(by, "catalogue.manage_costs")
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if amount == 0:
        raise RuleBroken(_("A correction of nothing corrects nothing."), field="amount")
    correction = _row(
        by,
        row.model,
        row.organisation_id,
        CostRowKind.CORRECTION,
        amount,
        reason=reason.strip(),
        basis={"corrects": row.pk},
        participation_id=row.participation_id,
        origin=row,
    )
    correction.save()
    return correction


def _row(
    by: Any,
    model: CostModel,
    organisation_id: int,
    kind: str,
    amount: int,
    *,
    basis: dict[str, Any],
    participation_id: int | None,
    reason: str = "",
    origin: CostRow | None = None,
) -> CostRow:
    return CostRow(
        model=model,
        organisation_id=organisation_id,
        participation_id=participation_id,
        kind=kind,
        year=model.year,
        amount=amount,
        vat_category=model.vat_category,
        vat_rate=model.vat_rate,
        vat=vat_of(amount, model.vat_rate),
        basis=basis,
        reason=reason,
        origin=origin,
        issued_at=timezone.now(),
        issued_by=getattr(by, "pk", None) and by,
    )


def _locked(model: CostModel) -> CostModel:
    rows = CostModel.objects.select_for_update(of=("self",)).select_related("service")
    return rows.get(pk=model.pk)
