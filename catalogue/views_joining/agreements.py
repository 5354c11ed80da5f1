"""An agreement's page: read, sign with a second factor, upload what was signed elsewhere."""

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.actions import signing
from catalogue.actions.agreements import preview
from catalogue.forms_joining.signing import CountersignForm, SignForm, UploadForm
from catalogue.models import Agreement
from catalogue.record_states import AgreementState
from catalogue.views_joining.access import (
    UNPROCESSABLE,
    add_broken_rule,
    posted,
    record_of,
    second_factor_at,
    show_form,
)
from catalogue.views_joining.record import INERT_POLICY, crumbs, inert_file
from core.exceptions import RuleBroken


def _agreement(request: HttpRequest, pk: int, agreement: int) -> Agreement:
    """Return an agreement on a record that the person may read; drafts only for the office."""
    row = record_of(request, pk)
    rows = row.agreements.select_related("counterparty").prefetch_related(
        "signatures__signatory__name", "signatures__organisation"
    )
    found: Agreement = get_object_or_404(rows, pk=agreement)
    found.participation = row
    may_draft = rules.has_perm("catalogue.handle_participation", request.user, row)
    if found.state == AgreementState.DRAFT and not may_draft:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    """Show an agreement with its signatures, and take the person's own."""
    found = _agreement(request, pk, agreement)
    if request.method == "POST" and not signing.is_signatory(request.user, found):
        raise PermissionDenied
    parties = signing.may_sign(request.user, found)
    form = SignForm(posted(request), initial={"sha256": found.sha256}, parties=parties)
    if request.method == "POST" and form.is_valid():
        moment = second_factor_at(request)
        if moment is None or not signing.is_fresh(moment):
            return redirect(f"{reverse('mfa_reauthenticate')}?next={request.path}")
        try:
            signing.sign_agreement(
                by=request.user,
                agreement=found,
                organisation=form.party(found),
                sha256=form.cleaned_data["sha256"],
                second_factor_at=moment,
            )
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("You have signed."))
            return redirect(found)
    return show_form(request, "catalogue/joining/agreement.html", form, _context(request, found))


def _context(request: HttpRequest, found: Agreement) -> dict[str, Any]:
    row = found.participation
    moment = second_factor_at(request)
    return {
        "agreement": found,
        "row": row,
        "parties": signing.may_sign(request.user, found),
        "fresh": moment is not None and signing.is_fresh(moment),
        "reauthenticate": f"{reverse('mfa_reauthenticate')}?next={request.path}",
        "warning": signing.signing_warning(row),
        "needed": [
            {
                "party": party,
                "signatures": [s for s in found.signatures.all() if s.organisation_id == party.pk],
                "number": signing.number_needed(found, party),
            }
            for party in (row.organisation, found.counterparty)
        ],
        "upload": _upload_form(request.user, found),
        "may_upload": found.state == AgreementState.SENT
        and rules.has_perm("catalogue.upload_signed", request.user, row),
        "is_handler": rules.has_perm("catalogue.handle_participation", request.user, row),
        "breadcrumbs": crumbs(row, found.title),
    }


def _upload_form(user: Any, found: Agreement, *sent: Any) -> UploadForm:
    """Return the form for a signed file: the office alone uploads for both and vouches."""
    handles = rules.has_perm("catalogue.handle_participation", user, found.participation)
    parties = [found.participation.organisation]
    if handles:
        parties.append(found.counterparty)
    return UploadForm(*sent, parties=parties, may_vouch=handles)


@login_required
@require_POST
def upload(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    """Take the sent document as it was signed elsewhere."""
    found = _agreement(request, pk, agreement)
    if not rules.has_perm("catalogue.upload_signed", request.user, found.participation):
        raise PermissionDenied
    form = _upload_form(request.user, found, request.POST, request.FILES)
    if form.is_valid():
        __, content = form.cleaned_data["file"]
        try:
            signing.upload_signed_agreement(
                by=request.user,
                agreement=found,
                organisation=form.party(found),
                content=content,
                identity_checked=form.cleaned_data.get("identity_checked", False),
            )
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("The signatures are registered."))
            return redirect(found)
    sign = SignForm(initial={"sha256": found.sha256}, parties=signing.may_sign(request.user, found))
    context = _context(request, found) | {"form": sign, "upload": form}
    return render(request, "catalogue/joining/agreement.html", context, status=UNPROCESSABLE)


@login_required
@require_GET
def pdf(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    """Answer with the agreement as PDF: the kept bytes once sent, else a preview."""
    found = _agreement(request, pk, agreement)
    response = HttpResponse(preview(found), content_type="application/pdf")
    name = f"{found.kind}-{found.number}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = INERT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def signed_pdf(request: HttpRequest, pk: int, agreement: int) -> HttpResponseBase:
    """Answer with the document as it was signed elsewhere."""
    found = _agreement(request, pk, agreement)
    if not found.signed_pdf:
        raise Http404
    return inert_file(found.signed_pdf, f"{found.kind}-{found.number}-undertecknat.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request: HttpRequest) -> HttpResponse:
    """Let a signatory of the association sign many agreements at once."""
    if not rules.has_perm("catalogue.countersign", request.user):
        raise PermissionDenied
    rows = Agreement.objects.waiting_for_countersignature(request.user).order_by("sent_at")
    waiting = [row for row in rows if signing.is_complete(row, row.participation.organisation)]
    form = CountersignForm(posted(request), agreements=waiting)
    moment = second_factor_at(request)
    fresh = moment is not None and signing.is_fresh(moment)
    if request.method == "POST" and form.is_valid():
        if not fresh:
            return redirect(f"{reverse('mfa_reauthenticate')}?next={request.path}")
        signed, refused = signing.countersign(
            by=request.user, agreements=form.chosen(), second_factor_at=moment
        )
        for one, why in refused:
            messages.error(request, f"{one.participation.organisation.name}: {why}")
        if signed:
            messages.success(request, _("Signed: %(number)d.") % {"number": len(signed)})
        return redirect("catalogue:countersign")
    return show_form(
        request,
        "catalogue/joining/countersign.html",
        form,
        {
            "waiting": waiting,
            "fresh": fresh,
            "reauthenticate": f"{reverse('mfa_reauthenticate')}?next={request.path}",
        },
    )
