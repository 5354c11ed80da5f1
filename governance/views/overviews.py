"""Decisions over time as a picture, and the decisions that wait to be carried out."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractQuarter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.charts import bars
from governance.choices import Outcome
from governance.models import Council, Decision, FollowUp
from governance.views.register import REGISTER_URL, adjusted_for

PER_PAGE = 20
# As many years as are told by quarter; a longer time is told by year.
YEARS_BY_QUARTER = 3
MOST_YEARS = 12
Cell = tuple[int, int, str, int]
"""Year, quarter, outcome and how many."""
OUTCOMES = (Outcome.CARRIED, Outcome.REJECTED, Outcome.POSTPONED)


@dataclass
class Period:
    """A quarter or a year, and how many decisions of each outcome fell in it."""

    label: str
    numbers: list[int] = field(default_factory=lambda: [0] * len(OUTCOMES))

    @property
    def total(self) -> int:
        """Return the number of decisions."""
        return sum(self.numbers)


@require_safe
def over_time(request: HttpRequest) -> HttpResponse:
    """Show how many decisions of each outcome have been adjusted, by quarter or by year."""
    rows = adjusted_for(request.user)
    bodies = _bodies(rows)
    chosen = _chosen(request, bodies)
    found = periods(_counted(rows.filter(council__slug=chosen) if chosen else rows))
    context = {
        "periods": found,
        "outcomes": [outcome.label for outcome in OUTCOMES],
        "bars": bars(
            [period.numbers for period in found],
            [period.label for period in found],
            [str(period.total or "") for period in found],
        ),
        "bodies": bodies,
        "chosen": chosen,
        "breadcrumbs": _crumbs(_("Decisions over time"), request.path),
    }
    return render(request, "governance/over_time.html", context)


def _counted(rows: QuerySet[Decision]) -> list[Cell]:
    """Count decisions by year, quarter and outcome in one query.

    The year is that of the paragraph, so that a meeting over New Year is not divided.
    """
    counted = rows.order_by().annotate(quarter=ExtractQuarter("item__meeting__starts_at"))
    cells = counted.values_list("item__paragraph_year", "quarter", "outcome")
    return list(cells.annotate(number=Count("pk")))


def periods(cells: list[Cell]) -> list[Period]:
    """Return the counted decisions by quarter, or by year when they are spread over many.

    Whole years are told, so that empty periods are there too.
    """
    years = sorted({cell[0] for cell in cells})
    if not years:
        return []
    by_quarter = years[-1] - years[0] < YEARS_BY_QUARTER
    first = max(years[0], years[-1] - MOST_YEARS + 1)
    keys = [
        (year, quarter if by_quarter else 0)
        for year in range(first, years[-1] + 1)
        for quarter in (range(1, 5) if by_quarter else [0])
    ]
    found = {key: Period(_label(*key)) for key in keys}
    for year, quarter, outcome, number in cells:
        period = found.get((year, quarter if by_quarter else 0))
        if period is not None:
            period.numbers[OUTCOMES.index(Outcome(outcome))] += number
    return list(found.values())


def _label(year: int, quarter: int) -> str:
    return f"{year} k{quarter}" if quarter else str(year)


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Show the decisions that wait to be carried out, the one due first first."""
    rows = FollowUp.objects.visible_to(request.user).undone()
    bodies = _bodies(Decision.objects.filter(follow_up__in=rows))
    chosen = _chosen(request, bodies)
    late = request.GET.get("forsenat") == "1"
    if chosen:
        rows = rows.filter(decision__council__slug=chosen)
    today = timezone.localdate()
    if late:
        rows = rows.filter(due_on__lt=today)
    rows = rows.select_related("decision__item", "decision__council", "owner")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "total": page.paginator.count,
        "today": today,
        "late": late,
        "bodies": bodies,
        "chosen": chosen,
        "breadcrumbs": _crumbs(_("Decisions to carry out"), request.path),
    }
    return render(request, "governance/follow_ups.html", context)


def _bodies(decisions: Any) -> list[Council]:
    """Return the bodies that have any of the decisions, by name."""
    return list(Council.objects.filter(pk__in=decisions.order_by().values("council")))


def _chosen(request: HttpRequest, bodies: list[Council]) -> str:
    """Return the slug of the body that is asked for, empty for all."""
    asked = request.GET.get("organ", "")
    return asked if asked in {body.slug for body in bodies} else ""


def _crumbs(title: str, path: str) -> list[dict[str, str]]:
    return [
        {"label": _("Start"), "url": "/"},
        {"label": _("Decisions"), "url": REGISTER_URL},
        {"label": title, "url": path},
    ]
