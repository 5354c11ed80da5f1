"""The office's pages: every participation, introductions, agreements."""

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalogue.actions import sub_processors
from catalogue.forms_joining.office import (
    AgreementFilter,
    ParticipationFilter,
    SubProcessorChangeForm,
    SubProcessorDecisionForm,
    SubProcessorForm,
)
from catalogue.joining_states import ParticipationState
from catalogue.models import Agreement, Participation, SubProcessor, SubProcessorChange
from catalogue.views_joining.access import UNPROCESSABLE, add_broken_rule, posted, show_form
from core.exceptions import RuleBroken
from members.views.guards import permission_required

PER_PAGE = 50
CHART_WIDTH = 300


def office_crumbs(label: str, path: str) -> list[dict[str, str]]:
    """Return the way to one of the office's pages."""
    return [
        {"label": _("Start"), "url": "/"},
        {"label": _("The office"), "url": reverse("members:office")},
        {"label": label, "url": path},
    ]


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def participation_list(request: HttpRequest) -> HttpResponse:
    """Show every participation, found by state, service and words."""
    form = ParticipationFilter(request.GET)
    rows = Participation.objects.with_parties()
    if form.is_valid():
        rows = rows.filter(form.condition())
    page = Paginator(rows.order_by("-state_since", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "breadcrumbs": office_crumbs(_("All participations"), request.path),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "catalogue/joining/office_list.html", context, status=status)


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def onboardings(request: HttpRequest) -> HttpResponse:
    """Show every introduction as a board by progress, and as a timeline with what is late."""
    today = timezone.localdate()
    late = Q(onboarding__done_on__isnull=True, onboarding__due_on__lt=today)
    rows = list(
        Participation.objects.filter(
            state__in=[ParticipationState.AGREEMENT_SIGNED, ParticipationState.ONBOARDING]
        )
        .with_parties()
        .annotate(
            steps=Count("onboarding"),
            done=Count("onboarding", filter=Q(onboarding__done_on__isnull=False)),
            late=Count("onboarding", filter=late),
            first_due=Min("onboarding__due_on"),
            last_due=Max("onboarding__due_on"),
        )
        .order_by("last_due", "pk")
    )
    columns = [
        (_("Not begun"), [row for row in rows if not row.done]),
        (_("Under way"), [row for row in rows if 0 < row.done < row.steps]),
        (_("Every step done"), [row for row in rows if row.done and row.done == row.steps]),
    ]
    context = {
        "columns": columns,
        "timeline": _timeline(rows, today),
        "today": today,
        "breadcrumbs": office_crumbs(_("Introductions"), request.path),
    }
    return render(request, "catalogue/joining/onboardings.html", context)


def _timeline(rows: list[Any], today: Any) -> dict[str, Any] | None:
    """Return the introductions as bars from the first day to the last step.

    Today is marked on all of them, and on each its planned first day of use.
    """
    dated = [row for row in rows if row.starts_on and row.last_due]
    if not dated:
        return None
    first = min([today, *(row.starts_on for row in dated)])
    ends = [row.last_due for row in dated] + [row.go_live_on for row in dated if row.go_live_on]
    days = max((max(ends) - first).days, (today - first).days, 1)

    def across(day: Any) -> float:
        return round(CHART_WIDTH * (day - first).days / days, 1)

    bars = [
        {
            "row": row,
            "x": str(across(row.starts_on)),
            "width": str(max(across(row.last_due) - across(row.starts_on), 2)),
            "goal": str(across(row.go_live_on)) if row.go_live_on else "",
        }
        for row in dated
    ]
    return {"bars": bars, "today_x": str(across(today)), "width": CHART_WIDTH}


@login_required
@require_GET
@permission_required("catalogue.view_joinings")
def agreement_register(request: HttpRequest) -> HttpResponse:
    """Show the register of agreements, found by words, state and day of expiry."""
    form = AgreementFilter(request.GET)
    rows = Agreement.objects.visible_to(request.user).select_related(
        "participation__service", "participation__organisation"
    )
    if form.is_valid():
        rows = rows.matching(form.cleaned_data["q"]).filter(form.condition())
    rows = rows.annotate(signature_count=Count("signatures"))
    page = Paginator(rows.order_by("expires_on", "-sent_at", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "breadcrumbs": office_crumbs(_("Register of agreements"), request.path),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "catalogue/joining/agreement_register.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sub_processor_changes(request: HttpRequest) -> HttpResponse:
    """Register sub-processors and announce changes; show every answer."""
    if not rules.has_perm("catalogue.handle_participation", request.user):
        raise PermissionDenied
    announces = request.POST.get("what") == "change"
    change = SubProcessorChangeForm(posted(request) if announces else None, prefix="andring")
    new = SubProcessorForm(None if announces else posted(request), prefix="nytt")
    form = change if announces else new
    if request.method == "POST" and form.is_valid():
        act = sub_processors.announce_change if announces else sub_processors.register_sub_processor
        try:
            act(by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("Saved."))
            return redirect("catalogue:sub_processor_changes")
    rows = SubProcessorChange.objects.select_related(
        "service", "decided_by__name"
    ).prefetch_related("answers__participation__organisation")
    context = {
        "new": new,
        "changes": rows,
        "sub_processors": SubProcessor.objects.select_related("service"),
        "breadcrumbs": office_crumbs(_("Sub-processors"), request.path),
    }
    return show_form(
        request, "catalogue/joining/sub_processors.html", form, context | {"change": change}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sub_processor_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide an announced change of sub-processor; what is carried through is registered."""
    if not rules.has_perm("catalogue.handle_participation", request.user):
        raise PermissionDenied
    change = get_object_or_404(SubProcessorChange.objects.select_related("service"), pk=pk)
    form = SubProcessorDecisionForm(posted(request), change=change)
    if request.method == "POST" and form.is_valid():
        try:
            sub_processors.decide_change(by=request.user, change=change, **form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("Saved."))
            return redirect("catalogue:sub_processor_changes")
    heading = _("Decide the change of sub-processor")
    context = {
        "row": change,
        "heading": heading,
        "answers": change.answers.select_related("participation__organisation"),
        "breadcrumbs": office_crumbs(heading, request.path),
    }
    return show_form(request, "catalogue/joining/sub_processor_decision.html", form, context)
