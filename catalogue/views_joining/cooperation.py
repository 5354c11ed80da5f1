"""The yearly list of agreements with municipalities and regions, for the assembly (KL 9:38)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalogue.forms_joining.office import YearForm
from catalogue.models import Participation
from catalogue.views_joining.access import UNPROCESSABLE
from core.tabular import csv_lines


def _rows(request: HttpRequest, year: int) -> Any:
    """Return the person's own organisations' participations of a year; the office's are all."""
    rows = Participation.objects.records_of(request.user).cooperating_in(year).with_parties()
    return rows.order_by("organisation__name", "service__title", "pk")


def _year(form: YearForm) -> int:
    asked = form.cleaned_data.get("ar") if form.is_valid() else None
    return asked or timezone.localdate().year


@login_required
@require_GET
def cooperation(request: HttpRequest) -> HttpResponse:
    """Show the list of a year."""
    form = YearForm(request.GET)
    year = _year(form)
    context = {
        "form": form,
        "year": year,
        "rows": _rows(request, year),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Participations"), "url": reverse("catalogue:participations")},
            {"label": _("Agreements to report"), "url": request.path},
        ],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "catalogue/joining/cooperation.html", context, status=status)


@login_required
@require_GET
def cooperation_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Answer with the list of a year as CSV."""
    year = _year(YearForm(request.GET))
    header = ("kommun", "tjanst", "avtal", "startdag", "sista_dag")
    rows = (
        (
            row.organisation.name,
            row.service.title,
            row.legal_reference,
            row.starts_on,
            row.ends_on,
        )
        for row in _rows(request, year).iterator(chunk_size=1000)
    )
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    name = f"avtalssamverkan-{year}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
