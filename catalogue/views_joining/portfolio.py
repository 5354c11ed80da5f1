"""A municipality's portfolio: a page, one printable page, XLSX and a calendar."""

from typing import Any
from zlib import crc32

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from icalendar import Calendar, Event

from catalogue.charts import bars
from catalogue.landscape import landscape_of
from catalogue.models import CostRow
from catalogue.portfolio import YEARS_BACK, Portfolio, portfolio_of, used_by_similar
from catalogue.views_joining.cost_exports import issued_table, xlsx_response
from catalogue.views_joining.portfolio_sheets import sheets_of
from core.formatting import thousands
from core.swedish_order import sort_key
from members.county_letters import letter_of
from members.models import Municipality
from members.rules import acts_for, is_office

COMPARED = 12
PRINTED_DAYS = 12
THOUSAND_KRONOR = 100_000


def _portfolio(request: HttpRequest, code: str) -> Portfolio:
    """Return the portfolio that the person may read; Http404 for another municipality's."""
    rows = Municipality.objects.visible_to(request.user).select_related("organisation")
    municipality = get_object_or_404(rows, code=code)
    if not (is_office(request.user) or acts_for(request.user, municipality.pk)):
        raise Http404
    return portfolio_of(municipality)


@login_required
@require_GET
def portfolio(request: HttpRequest, code: str) -> HttpResponse:
    """Show the portfolio; `?utskrift=1` gives the one printable page for the municipal board."""
    found = _portfolio(request, code)
    context: dict[str, Any] = {
        "portfolio": found,
        "municipality": found.municipality,
        "letter": letter_of(found.municipality.county_code),
        "today": timezone.localdate(),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": found.municipality.name, "url": found.municipality.get_absolute_url()},
            {"label": _("Portfolio"), "url": request.path},
        ],
    }
    if request.GET.get("utskrift"):
        context["days"] = found.deadlines[:PRINTED_DAYS]
        context["days_left"] = len(found.deadlines) - len(context["days"])
        return render(request, "catalogue/joining/portfolio_print.html", context)
    context |= _pictures(found)
    context["has_agreements"] = any(row.agreements for row in found.rows)
    context["has_documents"] = any(row.documents for row in found.rows)
    context["onboardings"] = [row for row in found.rows if row.steps > row.steps_done]
    own = acts_for(request.user, found.municipality.pk)
    office_url = reverse("catalogue:cost_year", args=[found.year])
    context["costs_url"] = (
        reverse("catalogue:own_costs") if own else f"{office_url}?kommun={found.municipality.code}"
    )
    context["landscape"] = landscape_of(found, request.user)
    context["compared"] = used_by_similar(found, request.user, COMPARED)
    return render(request, "catalogue/joining/portfolio.html", context)


def _pictures(found: Portfolio) -> dict[str, Any]:
    """Return the costs per year as bars, the dearest service apart, and as a table."""
    years = found.by_year()
    for year in sorted(years)[:YEARS_BACK]:
        # A municipality that had no costs yet has no empty bars.
        if years[year]:
            break
        del years[year]
    sums: dict[str, int] = {}
    for costs in years.values():
        for title, amount in costs.items():
            sums[title] = sums.get(title, 0) + amount
    titles = sorted(sums, key=lambda title: (-sums[title], sort_key(title)))
    dearest, rest = titles[:1], titles[1:]
    columns = [
        [max(sum(costs.get(title, 0) for title in part), 0) for part in (dearest, rest)]
        for costs in years.values()
    ]
    return {
        "bars": bars(columns, [str(year) for year in years], [_short(sum(c)) for c in columns])
        if titles
        else (),
        "dearest": dearest,
        "rest": rest,
        "years": list(years),
        "table": [
            (title, [costs.get(title) for costs in years.values()])
            for title in sorted(titles, key=sort_key)
        ],
        "table_sums": [sum(costs.values()) for costs in years.values()],
    }


def _short(ore: int) -> str:
    """Write an amount over a bar in thousands of kronor, rounded."""
    return _("%(amount)s tkr") % {
        "amount": thousands((2 * ore + THOUSAND_KRONOR) // (2 * THOUSAND_KRONOR))
    }


@login_required
@require_GET
def portfolio_xlsx(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """Answer with the whole portfolio as a workbook, a sheet for each part."""
    found = _portfolio(request, code)
    issued = CostRow.objects.visible_to(request.user).filter(organisation=found.municipality.pk)
    sheets = sheets_of(found, landscape_of(found, request.user))
    sheets[_("Issued rows")] = issued_table(issued)
    return xlsx_response(f"portfolj-{found.municipality.code}.xlsx", sheets)


@login_required
@require_GET
def portfolio_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the coming days as a calendar file."""
    found = _portfolio(request, code)
    calendar = Calendar()
    calendar.add("prodid", "-//Samägt//Portfolio//SV")
    calendar.add("version", "2.0")
    name = _("Portfolio of %(name)s") % {"name": found.municipality.name}
    calendar.add("x-wr-calname", name)
    for day in found.deadlines:
        event = Event()
        event.add("uid", f"{day.participation.pk}-{day.on}-{crc32(day.text.encode())}@samagt")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", day.on)
        event.add("summary", f"{day.text}: {day.participation.service.title}")
        event.add("url", request.build_absolute_uri(day.participation.get_absolute_url()))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="portfolj.ics"'
    return response
