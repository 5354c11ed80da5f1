"""The office's own screens for services, in the CMS."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from catalogue.actions import change_lifecycle
from catalogue.completeness import assess
from catalogue.forms import LifecycleForm
from catalogue.models import ServicePage
from catalogue.states import FactField
from core.actions import require
from core.exceptions import RuleBroken
from core.swedish_order import sort_key


def change_stage(request: HttpRequest, page_id: int) -> HttpResponse:
    """Let a service pass to another part of its life, with day and source."""
    service = get_object_or_404(ServicePage, pk=page_id)
    require(request.user, "catalogue.change_lifecycle", service)
    form = LifecycleForm(request.POST or None, service=service)
    if request.method == "POST" and form.is_valid():
        try:
            change_lifecycle(by=request.user, service=service, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(
                request,
                _("“%(name)s” is now: %(stage)s.")
                % {"name": service.title, "stage": service.get_lifecycle_display()},
            )
            return redirect("wagtailadmin_pages:edit", service.pk)
    context = {
        "service": service,
        "form": form,
        "changes": service.lifecycle_changes.select_related("recorded_by__name"),
    }
    status = 422 if form.errors else 200
    return render(request, "catalogue/cms/change_stage.html", context, status=status)


def completeness_report(request: HttpRequest) -> HttpResponse:
    """List every service by how much is told of it, the least first, with what is missing."""
    services = ServicePage.objects.order_by().with_told_rows()
    rows = [(service, assess(service.told_facts())) for service in services]
    rows.sort(key=lambda row: (row[1].score, sort_key(row[0].title)))
    context = {
        "rows": [
            (service, result.score, [FactField(name).label for name in result.missing])
            for service, result in rows
        ]
    }
    return render(request, "catalogue/cms/completeness_report.html", context)
