"""The annual report of a body: meetings, attendance, decisions, follow-ups not done."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.models import CostModel
from core import formatting, pdf
from core.tabular import xlsx_bytes
from governance.actions.minutes.annual_report import AnnualReport, annual_report
from governance.rules import sees_inside
from governance.views.lookup import council_at, crumbs
from governance.views.minutes import PDF, download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR, LAST_YEAR = 2000, 2100


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
        "is_inside": bool(sees_inside(request.user, report.council)),
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
                    ", ".join([str(d.get_outcome_display()), *d.corrections]),
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
                        row.follow_up.decision.item.paragraph,
                        row.follow_up.decision.item.paragraph_year,
                    ),
                    row.follow_up.decision.item.title,
                    str(row.follow_up.owner),
                    row.follow_up.due_on.isoformat(),
                    row.state,
                ]
                for row in report.undone
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
