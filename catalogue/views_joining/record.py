"""The record of a participation, its steps, deeds and documents."""

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalogue.actions import guards
from catalogue.actions.signing import signing_warning
from catalogue.actions.transitions import actor_of, move_participation
from catalogue.forms_joining.record import PlainForm, StepForm
from catalogue.joining_states import BY_PAIR, ParticipationState, Side
from catalogue.models import OnboardingComment, OnboardingStep, Participation
from catalogue.views_joining.access import (
    add_broken_rule,
    child_of,
    posted,
    record_of,
    show_form,
)
from catalogue.views_joining.deeds import BY_SLUG, Deed, deeds_for
from catalogue.views_joining.overview import (
    days_of,
    gaps_of,
    membership_of,
    needs_of,
    others_together,
    owed_by,
    path_of,
    ways_of,
)
from core.exceptions import RuleBroken
from core.file_types import content_type_of

INERT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@login_required
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the record: where it is, what is needed now and by whom, and everything kept on it."""
    row = record_of(request, pk)
    steps = _checklist(row)
    context = {
        "row": row,
        "breadcrumbs": crumbs(row),
        "path": path_of(row),
        "days": days_of(row),
        "ways": ways_of(request.user, row),
        "deeds": deeds_for(request.user, row),
        "decision": row.decisions.select_related("document").last(),
        "warning": signing_warning(row) if row.state == ParticipationState.AGREEMENT_SENT else "",
        "agreements": row.agreements.select_related("counterparty").prefetch_related("signatures"),
        "documents": row.documents.all(),
        "contacts": row.contacts.all(),
        "missing_contacts": guards.missing_contacts(row),
        "seat": row.seat_choices.select_related(
            "ordinary__name", "substitute__name", "document"
        ).last(),
        "onboarding": steps,
        "progress": {"total": len(steps), "done": sum(step.done_on is not None for step in steps)},
        "today": timezone.localdate(),
        "termination": guards.termination_of(row),
        "may_answer": rules.has_perm("catalogue.run_participation", request.user, row),
        "answers": row.sub_processor_answers.select_related("change").order_by("-change"),
        "messages_on_record": row.messages.select_related("author__name", "acting_for"),
        "changes": row.changes.select_related("actor__name", "acting_for").order_by("-pk")[:50],
        "gaps": gaps_of(row),
        "membership": membership_of(row),
        "together": others_together(request.user, row),
        "owed": owed_by(row),
    }
    return render(request, "catalogue/joining/record.html", context)


def _checklist(row: Participation) -> list[OnboardingStep]:
    """Return the steps of the introduction with their people, papers and comments."""
    comments = OnboardingComment.objects.select_related("author__name")
    steps = row.onboarding.select_related("assignee__name", "document")
    return list(steps.prefetch_related(Prefetch("comments", comments)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, new: str) -> HttpResponse:
    """Take one step of the table by hand; asks first, with what the step needs."""
    row = record_of(request, pk)
    side = actor_of(request.user, row).side
    found = BY_PAIR.get((row.state, new))  # type: ignore[call-overload]
    if request.method != "POST" and (found is None or not found.by_hand):
        raise Http404
    if found is not None and found.side not in (Side.EITHER, side):
        raise PermissionDenied
    needs_reason = found is not None and found.needs_reason
    form_class = StepForm if needs_reason else PlainForm
    form = form_class(posted(request), participation=row)
    if request.method == "POST" and form.is_valid():
        try:
            move_participation(
                by=request.user,
                participation=row,
                new=new,
                reason=form.cleaned_data.get("reason", ""),
            )
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("Done."))
            return redirect(row)
    context = {
        "row": row,
        "heading": found.label if found else row.get_state_display(),
        "needs": needs_of(request.user, row, found) if found else None,
        "breadcrumbs": crumbs(row, found.label if found else ""),
    }
    return _form(request, form, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def do_deed(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Do one of the deeds of the record's table."""
    row = record_of(request, pk)
    deed = BY_SLUG.get(slug)
    if deed is None:
        raise Http404
    if not deed.is_open_to(request.user, row):
        return _not_now(request, row, deed)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = deed.form(data, files, participation=row, initial=deed.initial(row))
    if form.is_bound and form.is_valid():
        try:
            deed.do(request.user, row, form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("Saved."))
            return redirect(row)
    return _form(
        request,
        form,
        {"row": row, "heading": deed.label, "breadcrumbs": crumbs(row, str(deed.label))},
    )


def _not_now(request: HttpRequest, row: Participation, deed: Deed) -> HttpResponse:
    """Refuse: 403 without the right, else 422 with words, since the state is the reason."""
    if deed.fits(row) or not rules.has_perm(deed.permission, request.user, row):
        raise PermissionDenied
    form = PlainForm({}, participation=row)
    form.add_error(None, _("This cannot be done in the present state."))
    context = {
        "row": row,
        "heading": deed.label,
        "closed": True,
        "breadcrumbs": crumbs(row, str(deed.label)),
    }
    return _form(request, form, context)


def _form(request: HttpRequest, form: Any, context: dict[str, Any]) -> HttpResponse:
    multipart = form.is_multipart()
    return show_form(
        request, "catalogue/joining/form.html", form, context | {"multipart": multipart}
    )


@login_required
@require_GET
def document(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    """Answer with a document of the record, always as a download."""
    row = record_of(request, pk)
    found = child_of(row.documents, document)
    name = f"{found.title}.{found.file.name.rsplit('.', 1)[-1]}"
    return inert_file(found.file, name)


def inert_file(file: Any, name: str) -> FileResponse:
    """Answer with a file as a download that nothing in it can run from."""
    try:
        stream = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        stream, as_attachment=True, filename=name, content_type=content_type_of(name)
    )
    response.headers["Content-Security-Policy"] = INERT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def crumbs(row: Participation, last: str = "") -> list[dict[str, str]]:
    """Return the way here: the list, the record, and perhaps what is done on it."""
    steps = [
        {"label": _("Start"), "url": "/"},
        {"label": _("Participations"), "url": reverse("catalogue:participations")},
        {"label": f"{row.organisation.name}: {row.service.title}", "url": row.get_absolute_url()},
    ]
    return [*steps, {"label": last, "url": ""}] if last else steps
