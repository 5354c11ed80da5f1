"""Reservations and statements: announced at the meeting, reasons until adjustment."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.actions import require
from governance.actions.minutes import dissents as acts
from governance.forms_minutes import DeskDissentForm, DissentForm, ReasonsForm
from governance.models import Dissent, Meeting
from governance.views.desk import UNPROCESSABLE
from governance.views.lookup import crumbs, day_of, may_manage, meeting_at


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dissents(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what has been announced; announce, or write the reasons."""
    meeting = meeting_at(request, slug, pk)
    require(request.user, "governance.view_documents", meeting)
    if meeting.opened_at is None:
        raise Http404
    manage = may_manage(request.user, meeting.council)
    kind = DeskDissentForm if manage else DissentForm
    own = {} if manage else {"person": request.user.name}
    form = kind(meeting=meeting, **own)
    written = None
    if request.method == "POST" and "reservation" in request.POST:
        written = _write(request, meeting)
        if not written.errors:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    elif request.method == "POST":
        form = kind(request.POST, meeting=meeting, **own)
        if _announce(request, meeting, form):
            messages.success(request, _("It is announced."))
            return redirect(request.path)
    rows = Dissent.objects.filter(item__meeting=meeting)
    title = _("Reservations and statements")
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "rows": _rows(rows, request.user, manage=manage, written=written),
        "form": form,
        "written": written,
        "may_announce": manage or meeting.is_running,
        "breadcrumbs": crumbs(
            meeting.council,
            (day_of(meeting), meeting.get_absolute_url()),
            (title, request.path),
        ),
    }
    status = UNPROCESSABLE if form.errors or written is not None else 200
    return render(request, "governance/dissents.html", context, status=status)


def _announce(request: HttpRequest, meeting: Meeting, form: DissentForm) -> bool:
    fixed: dict[str, Any] = {"by": request.user, "meeting": meeting}
    if "person" not in form.fields:
        fixed["person"] = request.user.name
    return form.carry_out(acts.announce_dissent, **fixed) is not None


def _rows(
    rows: QuerySet[Dissent], user: Any, *, manage: bool, written: ReasonsForm | None
) -> list[tuple[Dissent, ReasonsForm | None]]:
    """Return what has been announced, with a form where the person may write the reasons."""
    found = rows.select_related("item", "person", "organisation").prefetch_related("also_for")
    refused = {written.dissent.pk: written} if written is not None else {}
    return [
        (row, refused.get(row.pk) or ReasonsForm(dissent=row))
        if manage or row.person_id == user.name_id
        else (row, None)
        for row in found
    ]


def _write(request: HttpRequest, meeting: Meeting) -> ReasonsForm:
    """Write the reasons; what is refused stands in the form that comes back."""
    number = request.POST["reservation"]
    if not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - ids are shorter
        raise Http404
    rows = Dissent.objects.filter(item__meeting=meeting).select_related("item__meeting__council")
    row = get_object_or_404(rows, pk=int(number))
    form = ReasonsForm(request.POST, dissent=row)
    form.carry_out(acts.write_dissent, by=request.user, dissent=row)
    return form
