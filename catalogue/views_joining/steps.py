"""The steps of an introduction, and the answers to changed sub-processors."""

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.actions import onboarding, sub_processors
from catalogue.forms_joining.record import AnswerForm, CommentForm, PlanForm
from catalogue.models import Participation
from catalogue.views_joining.access import add_broken_rule, child_of, posted, record_of, show_form
from catalogue.views_joining.record import crumbs
from core.exceptions import RuleBroken


@login_required
@require_POST
def finish(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Mark a step as done, or as open again."""
    row = record_of(request, pk)
    found = child_of(row.onboarding, step)
    found.participation = row
    try:
        onboarding.finish_step(
            by=request.user, step=found, done=request.POST.get("done", "1") == "1"
        )
    except RuleBroken as broken:
        messages.error(request, broken.message)
    return redirect(f"{row.get_absolute_url()}#inforande")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Give a step its day and its person."""
    row = record_of(request, pk)
    found = child_of(row.onboarding, step)
    found.participation = row
    initial = {"due_on": found.due_on, "assignee": found.assignee_id}
    form = PlanForm(posted(request), participation=row, initial=initial)
    return _answer(
        request,
        row,
        form,
        found.title,
        "catalogue.work_on_participation",
        lambda data: onboarding.plan_step(by=request.user, step=found, **data),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Write a comment on a step."""
    row = record_of(request, pk)
    found = child_of(row.onboarding, step)
    found.participation = row
    form = CommentForm(posted(request), participation=row)
    return _answer(
        request,
        row,
        form,
        found.title,
        "catalogue.write_on_record",
        lambda data: onboarding.comment_step(by=request.user, step=found, **data),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sub_processor(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    """Answer a changed sub-processor for the municipality."""
    row = record_of(request, pk)
    found = child_of(row.sub_processor_answers.select_related("change"), answer)
    initial = {"answer": found.answer, "reason": found.reason}
    form = AnswerForm(posted(request), participation=row, initial=initial)
    return _answer(
        request,
        row,
        form,
        _("Changed sub-processor"),
        "catalogue.run_participation",
        lambda data: sub_processors.answer_change(
            by=request.user, participation=row, change=found.change, **data
        ),
        lead=found.change.text,
    )


def _answer(
    request: HttpRequest,
    row: Participation,
    form: Any,
    heading: str,
    permission: str,
    act: Callable[[dict[str, Any]], object],
    *,
    lead: str = "",
) -> HttpResponse:
    """Show a form on something of the record, or do what it says and go back to the record."""
    if not rules.has_perm(permission, request.user, row):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("Saved."))
            return redirect(row)
    context = {"row": row, "heading": heading, "lead": lead, "breadcrumbs": crumbs(row, heading)}
    return show_form(request, "catalogue/joining/form.html", form, context)
