"""A municipality's portfolio: a page, one printable page, XLSX and a calendar."""

from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from icalendar import Calendar, Event

from catalogue.portfolio import Portfolio, portfolio_of, used_by_similar
from catalogue.views_joining.costs import XLSX
from core.tabular import xlsx_bytes
from members.models import Municipality
from members.rules import acts_for, is_office


def _portfolio(request: HttpRequest, code: str) -> Portfolio:
    """Return the portfolio that the person may read; Http404 for another municipality's."""
    rows = Municipality.objects.visible_to(request.user).select_related("organisation")
    municipality = get_object_or_404(rows, code=code)
    if not (is_office(request.user) or acts_for(request.user, municipality.pk)):
        raise Http404
    return portfolio_of(municipality)


@require_GET
@login_required
def portfolio(request: HttpRequest, code: str) -> HttpResponse:
    """Show the portfolio; `?utskrift=1` gives the one printable page for the municipal board."""
    found = _portfolio(request, code)
    context: dict[str, Any] = {
        "portfolio": found,
        "municipality": found.municipality,
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": found.municipality.name, "url": found.municipality.get_absolute_url()},
            {"label": _("Portfolio"), "url": request.path},
        ],
    }
    if request.GET.get("utskrift"):
        return render(request, "catalogue/joining/portfolio_print.html", context)
    context["compared"] = used_by_similar(found, request.user)[:20]
    return render(request, "catalogue/joining/portfolio.html", context)


@require_GET
@login_required
def portfolio_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the portfolio as a workbook."""
    found = _portfolio(request, code)
    services = (
        [
            _("Service"),
            _("State"),
            _("First day"),
            _("Last day"),
            _("Cost this year (öre)"),
            _("Cost next year (öre)"),
            _("Missing contacts"),
        ],
        (
            [
                row.participation.service.title,
                row.participation.get_state_display(),
                row.participation.starts_on,
                row.participation.ends_on,
                row.this_year,
                row.next_year,
                ", ".join(row.missing),
            ]
            for row in found.rows
        ),
    )
    days = (
        [_("Date"), _("What"), _("Service")],
        ([day.on, day.text, day.participation.service.title] for day in found.deadlines),
    )
    content = xlsx_bytes({_("Services"): services, _("Coming days"): days})
    response = HttpResponse(content, content_type=XLSX)
    name = f"portfolj-{found.municipality.code}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@login_required
def portfolio_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the coming days as a calendar file."""
    found = _portfolio(request, code)
    calendar = Calendar()
    calendar.add("prodid", "-//Samägt//Portfolio//SV")
    calendar.add("version", "2.0")
    for day in found.deadlines:
        event = Event()
        event.add("uid", f"{day.participation.pk}-{day.on}-{crc32(day.text.encode())}@samagt")
        event.add("dtstamp", datetime(day.on.year, 1, 1, tzinfo=UTC))
        event.add("dtstart", day.on)
        event.add("summary", f"{day.text}: {day.participation.service.title}")
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="portfolj.ics"'
    return response
