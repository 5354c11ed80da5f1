"""The association's view: how services spread, the way in, fees and costs, what falls due."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from catalogue import adoption as figures
from catalogue.charts import bars, lengths
from catalogue.joining_states import ParticipationState
from catalogue.models import Participation
from catalogue.views_joining.cost_exports import xlsx_response
from catalogue.views_joining.office import office_crumbs
from catalogue.year_costs import YearCosts, totals_by_year
from core.formatting import thousands
from members.views.guards import permission_required

SHOWN = 50
LYING = 300
THOUSAND_KRONOR = 100_000


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def adoption(request: HttpRequest) -> HttpResponse:
    """Show how services spread (`?tjanst=` one of them), the funnel, fees, and what falls due."""
    years, services = figures.spread_by_service()
    chosen = next((row for row in services if row.slug == request.GET.get("tjanst", "")), None)
    renew, missing = figures.to_renew(), figures.without_contacts()
    renew_number, missing_number = renew.count(), missing.count()
    context = {
        "years": years,
        "services": services,
        "chosen": chosen,
        "spread_bars": _spread_bars(years, [chosen] if chosen else services),
        **_map(chosen),
        **_funnel(),
        **_money(years),
        "renew": renew[:SHOWN],
        "renew_left": max(renew_number - SHOWN, 0),
        "missing": list(figures.gaps_in(missing[:SHOWN])),
        "missing_left": max(missing_number - SHOWN, 0),
        "breadcrumbs": office_crumbs(_("Adoption, funnel and fees"), request.path),
    }
    return render(request, "catalogue/joining/adoption.html", context)


def _spread_bars(years: list[int], spreads: list[figures.Spread]) -> Any:
    sums = [sum(row.numbers[place] for row in spreads) for place in range(len(years))]
    return bars([[number] for number in sums], [str(year) for year in years], list(map(str, sums)))


def _map(chosen: figures.Spread | None) -> dict[str, Any]:
    """Return the tiles: a municipality that takes part in several, in one, or in none."""
    counts = figures.services_by_municipality(chosen.slug if chosen else "")
    rows = figures.municipalities()
    tiles = [
        {
            "x": row["tile_x"],
            "y": row["tile_y"],
            "code": row["code"],
            "name": row["name"],
            "state": "off" if not counts[row["code"]] else "on",
            "url": f"/kommuner/{row['code']}/",
        }
        for row in rows
    ]
    joined = sum(1 for row in rows if counts[row["code"]])
    label = ngettext(
        "Map: %(joined)d municipality of %(all)d takes part.",
        "Map: %(joined)d municipalities of %(all)d take part.",
        joined,
    )
    return {
        "tiles": tiles,
        "joined": joined,
        "map_label": label % {"joined": joined, "all": len(rows)},
        "map_rows": [(row, counts[row["code"]]) for row in rows if counts[row["code"]]],
    }


def _funnel() -> dict[str, Any]:
    steps = figures.funnel()
    bars_of = lengths([step.ever for step in steps], LYING)
    return {"funnel": list(zip(steps, bars_of, strict=True)), "funnel_width": LYING}


def _money(years: list[int]) -> dict[str, Any]:
    """Return fees and cost shares per year, next year too: bars on each other, and a table."""
    span = [*years, years[-1] + 1]
    fees = figures.fees_by_year(span)
    costs = totals_by_year(span)
    sums = {year: sum(fee.total for fee in fees[year]) for year in span}
    this_year = timezone.localdate().year
    columns = [[costs[year], sums[year]] for year in span]
    over = [
        _("%(amount)s tkr") % {"amount": thousands(sum(column) // THOUSAND_KRONOR)}
        for column in columns
    ]
    return {
        "money_bars": bars(columns, [str(year) for year in span], over),
        "money": [
            (year, costs[year], sums[year], len(fees[year]), costs[year] + sums[year])
            for year in span
        ],
        "year": this_year,
        "fees": fees[this_year],
        "fees_sum": sums[this_year],
    }


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def adoption_xlsx(request: HttpRequest) -> StreamingHttpResponse:
    """Answer with everything of the page as a workbook, every participation included."""
    years, services = figures.spread_by_service()
    year = timezone.localdate().year
    sheets = {
        _("Services"): (
            [_("Service"), *map(str, years)],
            ([row.title, *row.numbers] for row in services),
        ),
        _("The way in"): (
            [_("State"), _("Now"), _("Ever"), _("Median days"), _("Longest, days")],
            (
                [str(step.state.label), step.now, step.ever, step.median_days, step.longest]
                for step in figures.funnel()
            ),
        ),
        _("Membership fees"): (
            [_("Member"), _("Class"), _("Annual fee (öre)"), _("Entry contribution (öre)")],
            (
                [fee.name, fee.fee_class, fee.annual, fee.entry]
                for fee in figures.fees_by_year([year])[year]
            ),
        ),
        _("Cost shares"): (
            [_("Service"), _("Municipality"), _("Amount without VAT (öre)"), _("VAT (öre)")],
            ([cost.service, cost.organisation, cost.amount, cost.vat] for cost in YearCosts(year)),
        ),
        _("To renew"): (
            [_("Municipality"), _("Service"), _("Agreement"), _("Expires on")],
            (
                [
                    row.participation.organisation.name,
                    row.participation.service.title,
                    row.title,
                    row.expires_on,
                ]
                for row in figures.to_renew().iterator(chunk_size=1000)
            ),
        ),
        _("Contacts missing"): (
            [_("Municipality"), _("Service"), _("Missing contacts")],
            (
                [
                    gap.participation.organisation.name,
                    gap.service,
                    ", ".join(gap.missing),
                ]
                for gap in figures.gaps_in(figures.without_contacts())
            ),
        ),
        _("Participations"): _participations(request),
    }
    return xlsx_response(f"anslutningar-{year}.xlsx", sheets)


def _participations(request: HttpRequest) -> Any:
    rows = Participation.objects.visible_to(request.user).order_by("pk")
    header = [_("Service"), _("Municipality"), _("State"), _("First day"), _("Last day")]
    columns = ("service__title", "organisation__name", "state", "starts_on", "ends_on")
    states = {state.value: str(state.label) for state in ParticipationState}
    return header, (
        [service, name, states[state], first, last]
        for service, name, state, first, last in rows.values_list(*columns).iterator(
            chunk_size=2000
        )
    )
