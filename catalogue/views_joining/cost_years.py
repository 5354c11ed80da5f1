"""A year's costs: for the office over all services, for a municipality its own."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalogue.actions.costs import FIRST_YEAR, LAST_YEAR
from catalogue.models import CostRow, FeeRow
from catalogue.views_joining.office import office_crumbs
from catalogue.year_costs import YearCosts, sums_of, year_costs
from core.swedish_order import sort_key
from members.models import Municipality
from members.standing import standing_of
from members.views.guards import permission_required

PER_PAGE = 50


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def cost_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year's costs by service and by municipality (`?kommun=` narrows to one)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    costs = YearCosts(year)
    code = request.GET.get("kommun", "")
    chosen = Municipality.objects.filter(code=code).first() if code else None
    if code and chosen is None:
        raise Http404
    shown = costs if chosen is None else costs.of(chosen.pk)
    heading = _("Costs %(year)d") % {"year": year}
    context = {
        "year": year,
        "chosen": chosen,
        "municipalities": _by_name(costs.organisation_ids),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "services": costs.services,
        "sums": costs.sums if chosen is None else sums_of(shown),
        "whole": costs.sums,
        "breadcrumbs": office_crumbs(heading, request.path),
    }
    return render(request, "catalogue/joining/cost_year.html", context)


def _by_name(payers: set[int]) -> list[tuple[str, str]]:
    """Return code and name of the municipalities that pay, in Swedish order."""
    rows = Municipality.objects.filter(organisation__in=payers).values_list("code", "name")
    return sorted(rows, key=lambda row: sort_key(row[1]))


@login_required
@require_GET
def own_costs(request: HttpRequest) -> HttpResponse:
    """Show what the person's organisations pay in a year (`?ar=`), by service."""
    ids = sorted(standing_of(request.user).organisation_ids)
    if not ids:
        raise Http404
    year = _year(request)
    costs = [cost for key in ids for cost in year_costs(year, organisation_id=key)]
    issued = CostRow.objects.visible_to(request.user).filter(organisation__in=ids, year=year)
    context = {
        "year": year,
        "costs": costs,
        "sums": sums_of(costs),
        "issued": issued.select_related("organisation", "model__service").order_by(
            "model__service__title", "pk"
        ),
        "fees": FeeRow.objects.visible_to(request.user)
        .filter(organisation__in=ids, year=year)
        .select_related("organisation"),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Costs"), "url": request.path},
        ],
    }
    return render(request, "catalogue/joining/own_costs.html", context)


def _year(request: HttpRequest) -> int:
    """Return the year of the address, or this year when it names none that is possible."""
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("10000") else 0
    return year if FIRST_YEAR < year < LAST_YEAR else timezone.localdate().year
