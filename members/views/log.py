"""The audit trail for the office and the auditor."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.models import AuditEntry
from core.querysets import AuditEntryQuerySet
from core.tabular import csv_lines
from members.actions.people import note_log_export
from members.forms.office import LogFilter
from members.trail import TrailRow, trail_rows
from members.views.guards import UNPROCESSABLE, permission_required

PER_PAGE = 50


def _filtered(request: HttpRequest) -> tuple[LogFilter, AuditEntryQuerySet]:
    form = LogFilter(request.GET)
    form.is_valid()
    return form, form.applied_to(AuditEntry.objects.visible_to(request.user))


@login_required
@require_GET
@permission_required("members.view_log")
def log_list(request: HttpRequest) -> HttpResponse:
    """Show the trail, newest first, filtered by event, person, organisation and dates."""
    form, rows = _filtered(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(trail_rows(page.object_list, request.user))
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "page": page, "query": _query(request)}
    return render(request, "members/log_list.html", context, status=status)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _export(request: HttpRequest) -> Iterator[TrailRow]:
    form, rows = _filtered(request)
    used = {
        key: str(value) for key, value in form.cleaned_data.items() if value and key != "person"
    }
    note_log_export(by=request.user, filters=used)
    return trail_rows(rows.iterator(chunk_size=500), request.user)


@login_required
@require_GET
@permission_required("members.view_log")
def log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send the filtered trail as CSV; cells that a spreadsheet would run are defused."""
    header = [
        _("Time"),
        _("Event"),
        _("Code"),
        _("Who"),
        _("Person concerned"),
        _("Organisation"),
        _("Object"),
        _("Before"),
        _("After"),
        _("IP address"),
    ]
    lines = csv_lines(header, (_cells(row) for row in _export(request)))
    return _download(lines, "text/csv; charset=utf-8", "logg.csv")


def _cells(row: TrailRow) -> list[Any]:
    return [
        row.happened_at,
        row.label,
        row.event,
        row.actor,
        row.subject,
        row.organisation,
        f"{row.object_type} {row.object_id}".strip(),
        json.dumps(row.old, ensure_ascii=False) if row.old else "",
        json.dumps(row.new, ensure_ascii=False) if row.new else "",
        row.ip_address,
    ]


@login_required
@require_GET
@permission_required("members.view_log")
def log_json(request: HttpRequest) -> StreamingHttpResponse:
    """Send the filtered trail as one JSON array."""
    return _download(_json_lines(_export(request)), "application/json", "logg.json")


def _json_lines(rows: Iterator[TrailRow]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        fields = {key: getattr(row, key) for key in row.__dataclass_fields__}
        fields["happened_at"] = row.happened_at.isoformat()
        yield (",\n" if number else "\n") + json.dumps(fields, ensure_ascii=False)
    yield "\n]\n"


def _download(lines: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
