"""The annual report of a body: meetings, attendance, decisions, follow-ups not done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.models import CostModel
from core import formatting, pdf
from core.swedish_order import sort_key
from core.tabular import xlsx_bytes
from governance.actions.minutes.presence import presence_of
from governance.models import Council, Decision, FollowUp, Meeting
from governance.states import MEETINGS_HELD, MeetingState
from governance.views.lookup import council_at, crumbs
from governance.views.minutes import PDF, download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass
class Attendance:
    """How often a seat was served in the year's meetings."""

    organisation: str
    meetings: int = 0
    served: int = 0

    @property
    def percent(self) -> int:
        """Return the share of meetings in which the seat was served, rounded down."""
        return 100 * self.served // self.meetings if self.meetings else 0


@dataclass
class AnnualReport:
    """A body's year as the reader may see it."""

    council: Council
    year: int
    meetings: list[Meeting]
    cancelled: int
    attendance: list[Attendance]
    decisions: list[Decision]
    undone: list[FollowUp]
    costs: list[CostModel] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)


def annual_report(council: Council, year: int, user: Any) -> AnnualReport:
    """Return the report of a year: what the person may see of it.

    A meeting belongs to the year in which it began.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Meeting.objects.visible_to(user).filter(
        council=council, starts_at__date__gte=first, starts_at__date__lte=last
    )
    held = list(rows.filter(state__in=MEETINGS_HELD).order_by("starts_at"))
    decisions = (
        Decision.objects.visible_to(user)
        .of_paragraphs()
        .filter(council=council, item__paragraph_year=year)
    )
    found = list(
        decisions.select_related("item__meeting", "council").order_by("item__paragraph", "pk")
    )
    undone = (
        FollowUp.objects.visible_to(user)
        .undone()
        .filter(decision__council=council, decision__item__paragraph_year__lte=year)
    )
    report = AnnualReport(
        council=council,
        year=year,
        meetings=held,
        cancelled=rows.filter(state=MeetingState.CANCELLED).count(),
        attendance=_attendance(held),
        decisions=found,
        undone=list(undone.select_related("decision__item", "decision__council", "owner")),
        costs=_costs(council, year, user),
    )
    for decision in found:
        label = str(decision.get_outcome_display())
        report.outcomes[label] = report.outcomes.get(label, 0) + 1
    return report


def _costs(council: Council, year: int, user: Any) -> list[CostModel]:
    """Return the cost model that holds for the year of the body's service: budget and outcome."""
    if council.service_id is None:
        return []
    rows = CostModel.objects.visible_to(user).adopted().filter(service=council.service_id)
    return list(rows.filter(year=year).select_related("service"))


def _attendance(meetings: Iterable[Meeting]) -> list[Attendance]:
    rows: dict[int, Attendance] = {}
    for meeting in meetings:
        presence = presence_of(meeting)
        served = set(presence.served().values())
        for seat, name in presence.seats().items():
            row = rows.setdefault(seat, Attendance(name))
            row.meetings += 1
            row.served += seat in served
    return sorted(rows.values(), key=lambda row: sort_key(row.organisation))


def _report(request: HttpRequest, slug: str, year: int) -> AnnualReport:
    council = council_at(request, slug)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return annual_report(council, year, request.user)


@require_safe
def annual_page(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show the report of a year."""
    report = _report(request, slug, year)
    title = _("Annual report %(year)s") % {"year": year}
    context = {
        "report": report,
        "council": report.council,
        # As text: numbers would be shown with a space for the thousands.
        "year": str(year),
        "before": str(year - 1),
        "after": str(year + 1) if year < timezone.localdate().year else "",
        "breadcrumbs": crumbs(report.council, (title, request.path)),
    }
    return render(request, "governance/annual.html", context)


@require_safe
def annual_xlsx(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Answer with the report as a workbook, a sheet for each part."""
    report = _report(request, slug, year)
    with translation.override("sv"):
        content = xlsx_bytes({name: (head, rows) for name, head, rows in _tables(report)})
    return download(content, XLSX, f"arsrapport-{slug}-{year}.xlsx")


@require_safe
def annual_pdf(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Answer with the report as PDF."""
    report = _report(request, slug, year)
    with translation.override("sv"):
        data = {
            "title": f"Årsrapport {year}",
            "author": report.council.name,
            "mark": str(year),
            "facts": [
                ["Organ", report.council.name],
                ["Möten", str(len(report.meetings))],
                ["Inställda möten", str(report.cancelled)],
                ["Beslut", str(len(report.decisions))],
            ],
            "tables": [
                {"heading": name, "header": head, "rows": [[str(c) for c in row] for row in rows]}
                for name, head, rows in _tables(report)
            ],
            "none": "Inga uppgifter.",
        }
        content = pdf.render("tables.typ", data, dated_on=date(year, 12, 31))
    return download(content, PDF, f"arsrapport-{slug}-{year}.pdf", inline=True)


def _tables(report: AnnualReport) -> list[tuple[str, list[str], list[list[Any]]]]:
    """Return the parts of the report: name, header and rows."""
    return [
        (
            "Möten",
            ["Datum", "Plats", "Läge"],
            [[m.held_on.isoformat(), m.place, str(m.get_state_display())] for m in report.meetings],
        ),
        (
            "Närvaro",
            ["Kommun", "Möten", "Tjänstgjorde", "Procent"],
            [[a.organisation, a.meetings, a.served, a.percent] for a in report.attendance],
        ),
        (
            "Beslut",
            ["Paragraf", "Rubrik", "Slag", "Utfall"],
            [
                [
                    formatting.paragraph_sign(d.item.paragraph, d.item.paragraph_year),
                    d.item.title,
                    str(d.get_kind_display()),
                    str(d.get_outcome_display()),
                ]
                for d in report.decisions
            ],
        ),
        (
            "Inte genomfört",
            ["Paragraf", "Rubrik", "Ansvarig", "Klart senast", "Läge"],
            [
                [
                    formatting.paragraph_sign(
                        f.decision.item.paragraph, f.decision.item.paragraph_year
                    ),
                    f.decision.item.title,
                    str(f.owner),
                    f.due_on.isoformat(),
                    str(f.get_state_display()),
                ]
                for f in report.undone
            ],
        ),
        (
            "Kostnad",
            ["Tjänst", "Budget utan moms (kr)", "Utfall (kr)", "Skillnad (kr)", "Beslut"],
            [
                [c.service.title, *map(_kr, (c.total, c.outcome, c.difference)), _adopted(c)]
                for c in report.costs
            ],
        ),
    ]


def _kr(ore: int | None) -> str:
    """Write an amount of a report; what is not known yet is a dash."""
    return "–" if ore is None else formatting.kr(ore)


def _adopted(model: CostModel) -> str:
    return f"{model.adopted_reference}, {model.adopted_on}"
