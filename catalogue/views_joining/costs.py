"""Cost models for the office: from draft by adoption to issued rows, and what-if."""

from datetime import date
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.actions import costs
from catalogue.charts import bars, pairs
from catalogue.cost_lists import cost_list, loaded, payers_of, takings_of
from catalogue.cost_sharing import CostInputError
from catalogue.cost_what_if import ForecastLine, forecast
from catalogue.forms_joining.costs import (
    AdoptForm,
    CorrectionForm,
    CostModelForm,
    FiguresForm,
    ForecastForm,
    OutcomeForm,
    figures_text,
)
from catalogue.invoice_basis import without_reference
from catalogue.models import CostModel, CostRow
from catalogue.views_joining.access import UNPROCESSABLE, add_broken_rule, posted, show_form
from catalogue.views_joining.office import office_crumbs
from core.exceptions import RuleBroken
from core.formatting import kr
from members.views.guards import permission_required

YEARS_SHOWN = 6
ORE = 100


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def cost_models(request: HttpRequest) -> HttpResponse:
    """Show every cost model with budget and outcome, the latest year first."""
    rows = CostModel.objects.visible_to(request.user).select_related("service")
    found = list(rows.order_by("-year", "service__title", "-version"))
    years: dict[int, list[CostModel]] = {}
    for row in found:
        years.setdefault(row.year, []).append(row)
    context = {
        "years": list(years.items()),
        "breadcrumbs": office_crumbs(_("Cost models and cost lists"), request.path),
    }
    return render(request, "catalogue/joining/cost_models.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalogue.manage_costs")
def cost_model_new(request: HttpRequest) -> HttpResponse:
    """Make a draft."""
    form = CostModelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            model = costs.draft_cost_model(
                by=request.user,
                service=form.cleaned_data["service"],
                year=form.cleaned_data["year"],
                plan=form.plan(),
            )
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("Saved."))
            return redirect("catalogue:cost_model", model.pk)
    context = {
        "heading": _("New cost model"),
        "breadcrumbs": office_crumbs(_("New cost model"), request.path),
    }
    return show_form(request, "catalogue/joining/cost_form.html", form, context)


def model_of(pk: int) -> CostModel:
    """Return a cost model with what a split needs; Http404 when there is none."""
    rows = loaded(CostModel.objects.filter(pk=pk))
    if not rows:
        raise Http404
    return rows[0]


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def cost_model(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a cost model with its list, the forecast of the next year, and what is issued."""
    model = model_of(pk)
    return render(request, "catalogue/joining/cost_model.html", _context(request, model))


def _context(request: HttpRequest, model: CostModel) -> dict[str, Any]:
    this = takings_of([model.service_id], model.year).get(model.service_id, [])
    after = takings_of([model.service_id], model.year + 1).get(model.service_id, [])
    computed = cost_list(model, this)
    issued = list(
        model.rows.select_related("organisation", "participation", "origin")
        .prefetch_related("participation__contacts")
        .order_by("organisation__name", "pk")
    )
    years = _years_of(model)
    return {
        "model": model,
        "parts": model.parts.all(),
        "costs": computed,
        "lines": _with_next_year(model, computed, after),
        "issued": issued,
        "issued_amount": sum(row.amount for row in issued),
        "issued_vat": sum(row.vat for row in issued),
        "without_reference": without_reference(issued),
        "figures": FiguresForm(
            initial={
                "figures": figures_text(
                    model.figures.select_related("organisation__municipality")
                    .filter(organisation__municipality__isnull=False)
                    .order_by("organisation__municipality__code")
                )
            }
        ),
        "adopt": AdoptForm(),
        "outcome": OutcomeForm(initial={"outcome": model.outcome}),
        "years": years,
        "has_outcome": any(year.outcome is not None for year in years),
        "bars": pairs(
            [(year.total, year.outcome or 0) for year in years],
            [str(year.year) for year in years],
        ),
        "may_manage": rules.has_perm("catalogue.manage_costs", request.user),
        "breadcrumbs": office_crumbs(f"{model.service.title} {model.year}", request.path),
    }


def _years_of(model: CostModel) -> list[CostModel]:
    """Return the service's adopted years up to this one, the earliest first."""
    rows = CostModel.objects.adopted().filter(service=model.service_id, year__lte=model.year)
    return list(reversed(rows.order_by("-year")[:YEARS_SHOWN]))


def _with_next_year(model: CostModel, computed: Any, after: Any) -> list[tuple[Any, int | None]]:
    """Return the lines with what each would pay the next year of the same cost; None: leaves."""
    first = date(model.year + 1, 1, 1)
    try:
        coming = forecast(
            model, [row for row in after if row.starts_on <= first], joining=(), leaving=()
        )
    except CostInputError:
        coming = []
    amounts = {line.name: line.now for line in coming}
    return [(line, amounts.get(line.payer.name)) for line in computed.lines]


@login_required
@require_POST
@permission_required("catalogue.manage_costs")
def cost_model_do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Adopt, issue, record the outcome, or give organisations their own figures."""
    model = model_of(pk)
    forms: dict[str, Any] = {
        "anta": ("adopt", AdoptForm, costs.adopt_cost_model),
        "utfall": ("outcome", OutcomeForm, costs.set_outcome),
        "underlag": ("figures", FiguresForm, costs.set_figures),
    }
    if deed == "utfarda":
        return _issue(request, model)
    if deed not in forms:
        raise Http404
    name, form_class, action = forms[deed]
    form = form_class(request.POST)
    if form.is_valid():
        try:
            action(by=request.user, model=model, **form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("Saved."))
            return redirect("catalogue:cost_model", pk)
    context = _context(request, model_of(pk)) | {name: form}
    return render(request, "catalogue/joining/cost_model.html", context, status=UNPROCESSABLE)


def _issue(request: HttpRequest, model: CostModel) -> HttpResponse:
    try:
        rows = costs.issue_year(by=request.user, model=model)
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, _("Issued rows: %(number)d.") % {"number": len(rows)})
    return redirect("catalogue:cost_model", model.pk)


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def cost_forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each would pay a full year if some join (`gar_med`) and some leave (`lamnar`)."""
    model = model_of(pk)
    takings = takings_of([model.service_id], model.year).get(model.service_id, [])
    asked = bool(set(request.GET) & {"gar_med", "lamnar"})
    form = ForecastForm(request.GET if asked else None, payers=payers_of(model, takings))
    lines: list[ForecastLine] = []
    fault = ""
    if form.is_valid():
        try:
            lines = forecast(model, takings, joining=form.joining(), leaving=form.leaving())
        except CostInputError as error:
            fault = str(error)
    heading = _("Forecast for %(service)s") % {"service": model.service.title}
    context = {
        "model": model,
        "lines": lines,
        "fault": fault,
        "now": sum(line.now or 0 for line in lines),
        "then": sum(line.then or 0 for line in lines),
        "bars": _average_bars(lines),
        "heading": heading,
        "breadcrumbs": office_crumbs(heading, request.path),
    }
    return show_form(request, "catalogue/joining/cost_forecast.html", form, context)


def _average_bars(lines: list[ForecastLine]) -> Any:
    """Return what a member pays on average now and then, as two bars."""
    averages = []
    for amounts in ([line.now for line in lines], [line.then for line in lines]):
        known = [amount for amount in amounts if amount is not None]
        averages.append(sum(known) // len(known) // ORE * ORE if known else 0)
    return bars([[amount] for amount in averages], [_("Now"), _("Then")], list(map(kr, averages)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalogue.manage_costs")
def cost_row_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an issued row by a new one."""
    row = get_object_or_404(CostRow.objects.select_related("model__service", "organisation"), pk=pk)
    form = CorrectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            costs.correct_row(by=request.user, row=row, **form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("The correction is a new row."))
            return redirect("catalogue:cost_model", row.model_id)
    heading = _("Correct %(name)s %(year)d") % {"name": row.organisation.name, "year": row.year}
    lead = _("Issued: %(amount)s without VAT. The row stands; the correction is a new one.")
    context = {
        "heading": heading,
        "lead": lead % {"amount": kr(row.amount)},
        "breadcrumbs": office_crumbs(heading, request.path),
    }
    return show_form(request, "catalogue/joining/cost_form.html", form, context)
