"""The documents of a body: its shelf, those of its cases, its minutes from before the product."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.file_types import content_type_of
from governance.actions import cases, shelf
from governance.forms_desk import EarlierMinutesForm, ShelfForm, VersionForm
from governance.models import (
    CaseDocument,
    CouncilVisit,
    EarlierMinutes,
    ShelfDocument,
    ShelfVersion,
)
from governance.rules import belongs
from governance.views.desk import posted, show_form
from governance.views.lookup import council_at, crumbs, managed_council, may_manage

INERT = "default-src 'none'; sandbox"


@require_safe
def shelf_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every document of the body that the person may read; new ones since last time marked."""
    council = council_at(request, slug)
    user = request.user
    seen = _last_seen(council, user)
    own = ShelfDocument.objects.visible_to(user).filter(council=council)
    of_cases = CaseDocument.objects.visible_to(user).filter(case__council=council)
    context = {
        "council": council,
        "shelf": own.prefetch_related("versions"),
        "case_documents": of_cases.select_related("case__council")
        .prefetch_related("versions")
        .order_by("-dated_on", "-pk"),
        "earlier": EarlierMinutes.objects.visible_to(user).filter(council=council),
        "seen": seen,
        "may_manage": may_manage(user, council),
        "breadcrumbs": crumbs(council, (_("Documents"), request.path)),
    }
    response = render(request, "governance/shelf.html", context)
    if request.method == "GET" and belongs(user, council):
        shelf.note_visit(by=user, council=council)
    return response


def _last_seen(council: Any, user: Any) -> Any:
    if not user.is_authenticated:
        return None
    visit = CouncilVisit.objects.filter(council=council, user=user).first()
    return visit.seen_at if visit else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shelf_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a document on the shelf."""
    council = managed_council(request, slug)
    form = ShelfForm(*posted(request))
    done = request.method == "POST" and form.carry_out(
        shelf.shelve, by=request.user, council=council
    )
    return _filed(request, council, form, title=_("Add a document"), done=done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shelf_version_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add a version of a document on the shelf."""
    council = managed_council(request, slug)
    document = get_object_or_404(council.shelf.select_related("council"), pk=pk)
    form = VersionForm(*posted(request))
    done = request.method == "POST" and form.carry_out(
        shelf.add_shelf_version, by=request.user, document=document
    )
    title = _("New version: %(title)s") % {"title": document.title}
    return _filed(request, council, form, title=title, done=done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_version_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add a version of a document of a case."""
    council = managed_council(request, slug)
    rows = CaseDocument.objects.filter(case__council=council).select_related("case__council")
    document = get_object_or_404(rows, pk=pk)
    form = VersionForm(*posted(request))
    if request.method == "POST" and form.carry_out(
        cases.add_version, by=request.user, document=document
    ):
        messages.success(request, _("Saved."))
        return redirect(document.case)
    title = _("New version: %(title)s") % {"title": document.title}
    trail = crumbs(
        council, (document.case.registry_number, document.case.get_absolute_url()), (title, "")
    )
    return show_form(request, form, title=title, button=_("Save"), trail=trail)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def earlier_minutes_add(request: HttpRequest, slug: str) -> HttpResponse:
    """File minutes from before the product."""
    council = managed_council(request, slug)
    form = EarlierMinutesForm(*posted(request))
    done = request.method == "POST" and form.carry_out(
        shelf.file_earlier_minutes, by=request.user, council=council
    )
    lead = _("They stand outside the ledger: it proves what happens here, not what came before.")
    return _filed(request, council, form, title=_("File earlier minutes"), done=done, lead=lead)


def _filed(
    request: HttpRequest, council: Any, form: Any, *, title: str, done: Any, lead: str = ""
) -> HttpResponse:
    """Show the form, or go back to the shelf when the document is there."""
    if done:
        messages.success(request, _("Saved."))
        return redirect("governance:shelf", council.slug)
    back = f"{council.get_absolute_url()}dokument/"
    trail = crumbs(council, (_("Documents"), back), (title, request.path))
    return show_form(
        request, form, title=title, button=_("Save"), trail=trail, back=back, lead=lead
    )


@require_safe
def shelf_file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Answer with one version of a document on the shelf, inert."""
    visible = ShelfDocument.objects.visible_to(request.user).filter(council__slug=slug)
    version = get_object_or_404(ShelfVersion.objects.filter(document__in=visible), pk=pk)
    return _inert(version.file, version.filename)


@require_safe
def earlier_minutes_file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Answer with minutes from before the product."""
    rows = EarlierMinutes.objects.visible_to(request.user).filter(council__slug=slug)
    row = get_object_or_404(rows, pk=pk)
    return _inert(row.file, f"protokoll-{row.held_on.isoformat()}.pdf")


def _inert(file: Any, name: str) -> FileResponse:
    try:
        content = file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(content, filename=name, content_type=content_type_of(name))
    response.headers["Content-Security-Policy"] = INERT
    response.headers["Cache-Control"] = "private, no-store"
    return response
