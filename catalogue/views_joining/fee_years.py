"""A year's membership fees for the office: what is due, what is issued, and what leaves."""

from collections.abc import Iterator
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.actions import membership_fees
from catalogue.actions.costs import FIRST_YEAR, LAST_YEAR
from catalogue.fee_lists import fees_due
from catalogue.forms_joining.costs import CorrectionForm
from catalogue.invoice_basis import HEADER, invoice_rows, without_reference
from catalogue.models import FeeRow
from catalogue.views_joining.access import add_broken_rule, posted, show_form
from catalogue.views_joining.cost_exports import Table, csv_response, xlsx_response
from catalogue.views_joining.office import office_crumbs
from core.exceptions import RuleBroken
from core.formatting import kr
from members.views.guards import permission_required

PER_PAGE = 50


def _of_year(request: HttpRequest, year: int) -> Any:
    """Return the issued fees of a year; Http404 for a year that cannot be."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return FeeRow.objects.visible_to(request.user).filter(year=year)


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def fee_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the fees of a year: those due, to be issued, and the issued ones."""
    issued = list(_of_year(request, year).for_invoice().order_by("organisation__name", "pk"))
    due = fees_due(year)
    heading = _("Membership fees %(year)d") % {"year": year}
    context = {
        "year": year,
        "heading": heading,
        "due": due,
        "due_amount": sum(fee.amount for fee in due),
        "page": Paginator(issued, PER_PAGE).get_page(request.GET.get("page")),
        "issued_amount": sum(row.amount for row in issued),
        "without_reference": without_reference(issued),
        "may_manage": rules.has_perm("catalogue.manage_costs", request.user),
        "breadcrumbs": office_crumbs(heading, request.path),
    }
    return render(request, "catalogue/joining/fee_year.html", context)


@login_required
@require_POST
@permission_required("catalogue.manage_costs")
def fee_year_issue(request: HttpRequest, year: int) -> HttpResponse:
    """Issue what is due of a year."""
    _of_year(request, year)
    try:
        rows = membership_fees.issue_fees(by=request.user, year=year)
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, _("Issued rows: %(number)d.") % {"number": len(rows)})
    return redirect("catalogue:fee_year", year)


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def fee_year_export(request: HttpRequest, year: int, form: str) -> StreamingHttpResponse:
    """Answer with a year's issued fees as CSV or XLSX, or as the basis of invoices."""
    rows = _of_year(request, year)
    name = f"medlemsavgifter-{year}"
    if form == "faktura.csv":
        return csv_response(f"{name}-faktura.csv", HEADER, invoice_rows(rows))
    if form == "lista.csv":
        return csv_response(f"{name}.csv", *fee_table(rows))
    if form == "lista.xlsx":
        return xlsx_response(f"{name}.xlsx", {_("Membership fees"): fee_table(rows)})
    raise Http404


def fee_table(rows: Any) -> Table:
    """Return issued fees (a queryset) as a table, taken from the database piece by piece."""
    header = [
        _("Row"),
        _("Member"),
        _("Year"),
        _("Kind"),
        _("Class"),
        _("Inhabitants"),
        _("Amount without VAT (öre)"),
        _("VAT category"),
        _("VAT (öre)"),
        _("Reason"),
        _("Corrects or credits row"),
        _("Issued"),
    ]
    return header, _lines(rows.select_related("organisation").order_by("pk"))


def _lines(rows: Any) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=1000):
        yield [
            row.pk,
            row.organisation.name,
            row.year,
            str(row.get_kind_display()),
            row.basis.get("class"),
            row.basis.get("population"),
            row.amount,
            row.vat_category,
            row.vat,
            row.reason,
            row.origin_id,
            row.issued_at,
        ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalogue.manage_costs")
def fee_row_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an issued fee by a new row."""
    row = get_object_or_404(FeeRow.objects.select_related("organisation"), pk=pk)
    form = CorrectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            membership_fees.correct_fee(by=request.user, row=row, **form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("The correction is a new row."))
            return redirect("catalogue:fee_year", row.year)
    heading = _("Correct %(name)s %(year)d") % {"name": row.organisation.name, "year": row.year}
    lead = _("Issued: %(amount)s without VAT. The row stands; the correction is a new one.")
    context = {
        "heading": heading,
        "lead": lead % {"amount": kr(row.amount)},
        "breadcrumbs": office_crumbs(heading, request.path),
    }
    return show_form(request, "catalogue/joining/cost_form.html", form, context)
