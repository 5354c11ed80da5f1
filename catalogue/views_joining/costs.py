"""Cost models and lists for the office, and each municipality's own costs; exports of both."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.actions import costs
from catalogue.cost_lists import cost_list, costs_of_year, for_lists, participations_of
from catalogue.forms_joining.costs import AdoptForm, CorrectionForm, CostModelForm, OutcomeForm
from catalogue.models import CostModel, CostRow
from catalogue.views_joining.access import UNPROCESSABLE, add_broken_rule, posted, show_form
from catalogue.views_joining.office import office_crumbs
from core.exceptions import RuleBroken
from core.tabular import csv_lines, xlsx_bytes
from members.standing import standing_of
from members.views.guards import permission_required

ORE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEPPOL_HEADER = (
    "BT-5 cbc:DocumentCurrencyCode",
    "BT-10 cbc:BuyerReference",
    "BT-44 Buyer name",
    "BT-47 Buyer legal registration identifier",
    "BT-49 Buyer electronic address",
    "BT-73 Invoicing period start date",
    "BT-74 Invoicing period end date",
    "BT-126 Invoice line identifier",
    "BT-129 Invoiced quantity",
    "BT-130 Invoiced quantity unit of measure code",
    "BT-131 Invoice line net amount",
    "BT-146 Item net price",
    "BT-151 Invoiced item VAT category code",
    "BT-152 Invoiced item VAT rate",
    "BT-153 Item name",
    "BT-154 Item description",
)


@require_GET
@login_required
@permission_required("catalogue.view_joinings")
def cost_models(request: HttpRequest) -> HttpResponse:
    """Show every cost model, the latest year first."""
    rows = CostModel.objects.visible_to(request.user).select_related("service")
    context = {
        "rows": rows.order_by("-year", "service__title", "-version"),
        "breadcrumbs": office_crumbs(_("Cost models and cost lists"), request.path),
    }
    return render(request, "catalogue/joining/cost_models.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
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


def _model(pk: int) -> CostModel:
    found: CostModel = get_object_or_404(for_lists(CostModel.objects.all()), pk=pk)
    return found


@require_GET
@login_required
@permission_required("catalogue.view_joinings")
def cost_model(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a cost model with its list, the forecast of the next year, and what is issued."""
    model = _model(pk)
    return render(request, "catalogue/joining/cost_model.html", _context(request, model))


def _context(request: HttpRequest, model: CostModel) -> dict[str, Any]:
    this = participations_of([model.service_id], model.year).get(model.service_id, [])
    after = participations_of([model.service_id], model.year + 1).get(model.service_id, [])
    computed = cost_list(model, this)
    forecast = cost_list(
        model, [row for row in after if row.starts_on <= date(model.year + 1, 1, 1)]
    )
    next_amounts = {line.payer.organisation_id: line.amount for line in forecast.lines}
    lines = [(line, next_amounts.get(line.payer.organisation_id)) for line in computed.lines]
    return {
        "model": model,
        "parts": model.parts.all(),
        "costs": computed,
        "lines": lines,
        "issued": model.rows.select_related("organisation").order_by("organisation__name", "pk"),
        "adopt": AdoptForm(),
        "outcome": OutcomeForm(initial={"outcome": model.outcome}),
        "difference": None if model.outcome is None else model.outcome - model.total,
        "breadcrumbs": office_crumbs(f"{model.service.title} {model.year}", request.path),
    }


@require_POST
@login_required
@permission_required("catalogue.manage_costs")
def cost_model_do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Adopt, issue, or record the outcome."""
    model = _model(pk)
    forms: dict[str, Any] = {
        "anta": AdoptForm(request.POST),
        "utfall": OutcomeForm(request.POST),
        "utfarda": None,
    }
    if deed not in forms:
        raise Http404
    form = forms[deed]
    if form is None or form.is_valid():
        try:
            if deed == "anta":
                costs.adopt_cost_model(by=request.user, model=model, **form.cleaned_data)
            elif deed == "utfall":
                costs.set_outcome(by=request.user, model=model, **form.cleaned_data)
            else:
                rows = costs.issue_year(by=request.user, model=model)
                messages.success(request, _("Issued rows: %(number)d.") % {"number": len(rows)})
        except RuleBroken as broken:
            if form is None:
                messages.error(request, broken.message)
                return redirect("catalogue:cost_model", pk)
            add_broken_rule(form, broken)
        else:
            return redirect("catalogue:cost_model", pk)
    names = {"anta": "adopt", "utfall": "outcome"}
    context = _context(request, _model(pk)) | {names[deed]: form}
    return render(request, "catalogue/joining/cost_model.html", context, status=UNPROCESSABLE)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
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
            return redirect("catalogue:cost_model", row.model_id)
    heading = _("Correct %(name)s %(year)d") % {"name": row.organisation.name, "year": row.year}
    context = {"heading": heading, "breadcrumbs": office_crumbs(heading, request.path)}
    return show_form(request, "catalogue/joining/cost_form.html", form, context)


@require_GET
@login_required
def own_costs(request: HttpRequest) -> HttpResponse:
    """Show what the person's organisations pay in a year (`?ar=`), by service."""
    ids = standing_of(request.user).organisation_ids
    if not ids:
        raise Http404
    year = _year(request)
    lines = [
        (costs_of.model, line)
        for costs_of in costs_of_year(year)
        for line in (*costs_of.lines, *costs_of.newcomers)
        if line.payer.organisation_id in ids
    ]
    issued = CostRow.objects.filter(organisation__in=ids, year=year)
    context = {
        "year": year,
        "lines": lines,
        "sum": sum(line.amount for __, line in lines),
        "issued": issued.select_related("organisation", "model__service"),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Costs"), "url": request.path},
        ],
    }
    return render(request, "catalogue/joining/own_costs.html", context)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("ar", "")
    today = timezone.localdate().year
    return int(asked) if asked.isdigit() and len(asked) == len(str(today)) else today


@require_GET
@login_required
@permission_required("catalogue.view_joinings")
def cost_export(request: HttpRequest, pk: int, form: str) -> HttpResponse | StreamingHttpResponse:
    """Answer with the cost list as CSV or XLSX, or the issued rows as invoice basis."""
    model = _model(pk)
    name = f"kostnad-{model.service.slug}-{model.year}"
    if form == "faktura.csv":
        return _csv(f"{name}-faktura.csv", PEPPOL_HEADER, invoice_rows(model))
    header, rows = _list_rows(model)
    if form == "lista.csv":
        return _csv(f"{name}.csv", header, rows)
    if form != "lista.xlsx":
        raise Http404
    content = xlsx_bytes({f"{model.service.title} {model.year}": (header, rows)})
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _csv(name: str, header: Any, rows: Any) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        (line.encode() for line in csv_lines(header, rows)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _list_rows(model: CostModel) -> tuple[list[str], Iterator[list[Any]]]:
    rows = participations_of([model.service_id], model.year).get(model.service_id, [])
    computed = cost_list(model, rows)
    header = [
        _("Municipality code"),
        _("Municipality"),
        _("Inhabitants"),
        _("Amount without VAT (öre)"),
        _("VAT (öre)"),
        _("Amount with VAT (öre)"),
    ]
    return header, (
        [
            line.payer.member.code,
            line.payer.name,
            line.payer.member.population,
            line.amount,
            line.vat,
            line.total,
        ]
        for line in (*computed.lines, *computed.newcomers)
    )


def decimal_of(hundredths: int) -> str:
    """Write a whole number of hundredths with a decimal point, as Peppol wants amounts."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), ORE)
    return f"{sign}{whole}.{rest:02d}"


def invoice_rows(model: CostModel) -> Iterator[list[Any]]:
    """Yield the issued rows by the fields of Peppol BIS Billing 3, amounts in kronor."""
    rows = (
        CostRow.objects.filter(model=model)
        .select_related("organisation", "participation")
        .prefetch_related("participation__contacts")
        .order_by("organisation__name", "pk")
    )
    for row in rows:
        contacts = list(row.participation.contacts.all()) if row.participation else []
        invoice = next((c for c in contacts if c.role == "invoice"), None)
        amount = decimal_of(row.amount)
        yield [
            "SEK",
            invoice.reference if invoice else "",
            row.organisation.name,
            row.organisation.org_number or "",
            invoice.peppol_id if invoice else "",
            date(row.year, 1, 1).isoformat(),
            date(row.year, 12, 31).isoformat(),
            str(row.pk),
            "1",
            "C62",
            amount,
            amount,
            row.vat_category,
            decimal_of(row.vat_rate),
            f"{model.service.title} {row.year}",
            row.reason or row.get_kind_display(),
        ]
