"""The office takes over joinings in force: one by a form, or many from a CSV file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalogue.actions.takeover import Takeover, import_takeovers, take_over
from catalogue.forms_joining.office import TakeoverForm, TakeoverOneForm
from catalogue.views_joining.access import UNPROCESSABLE, add_broken_rule, posted
from catalogue.views_joining.office import office_crumbs
from core.exceptions import RuleBroken
from members.views.guards import permission_required


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalogue.handle_participation")
def takeover(request: HttpRequest) -> HttpResponse:
    """Take over one joining by a form, or many from a file: first dry, then for real."""
    single = request.POST.get("what") == "one"
    one = TakeoverOneForm(posted(request) if single else None, prefix="en")
    file = TakeoverForm(None if single else posted(request), request.FILES or None)
    result = None
    if single and one.is_valid():
        try:
            row = take_over(by=request.user, takeover=Takeover(**one.cleaned_data))
        except RuleBroken as broken:
            add_broken_rule(one, broken)
        else:
            messages.success(request, _("Taken over. The record shows what is missing."))
            return redirect(row)
    elif not single and file.is_bound and file.is_valid():
        result = import_takeovers(
            by=request.user,
            content=file.cleaned_data["file"].read(),
            dry_run=not file.cleaned_data["for_real"],
        )
        if not result.errors and not result.dry_run:
            messages.success(request, _("Taken over: %(number)d.") % {"number": result.taken})
            return redirect("catalogue:office_participations")
    return _show(request, one, file, result)


def _show(request: HttpRequest, one: Any, file: Any, result: Any) -> HttpResponse:
    context = {
        "one": one,
        "form": file,
        "result": result,
        "breadcrumbs": office_crumbs(_("Take over joinings in force"), request.path),
    }
    failed = (result is not None and result.errors) or one.errors or file.errors
    return render(
        request, "catalogue/joining/takeover.html", context, status=UNPROCESSABLE if failed else 200
    )
