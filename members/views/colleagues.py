"""The people of an organisation: who has which role, who is invited, what is missing."""

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.exceptions import RuleBroken
from members.actions.invitations import invite, renew_invitation, revoke_invitation
from members.actions.representation import end_representation
from members.actions.roles import set_roles
from members.desk import colleagues_desk
from members.forms.colleagues import EndForm, InviteForm, RolesForm
from members.models import Invitation, Organisation, Representative
from members.views.guards import add_broken_rule, colleagues_of, posted, require, show_form

READ_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_GET
def colleague_list(request: HttpRequest, **which: Any) -> HttpResponse:
    """Show colleagues, roles, gaps and invitations; coordinators get the buttons."""
    organisation = colleagues_of(request, **which)
    context = {"desk": colleagues_desk(organisation, request.user), "organisation": organisation}
    return render(request, "members/colleague_list.html", context)


@login_required
@require_http_methods(READ_WRITE)
def colleague_invite(request: HttpRequest, **which: Any) -> HttpResponse:
    """Invite by e-mail, with roles."""
    organisation = colleagues_of(request, **which)
    require(request, "members.invite_colleague", organisation)
    form = InviteForm(posted(request), by=request.user, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            invite(by=request.user, organisation=organisation, **form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect(organisation.get_colleagues_url())
    return show_form(request, "members/colleague_invite.html", form, {"organisation": organisation})


@login_required
@require_http_methods(READ_WRITE)
def colleague_roles(request: HttpRequest, pk: int, **which: Any) -> HttpResponse:
    """Change the roles of a colleague."""
    organisation = colleagues_of(request, **which)
    representative = _representative(organisation, pk)
    require(request, "members.manage_colleagues", organisation)
    form = RolesForm(posted(request), by=request.user, representative=representative)
    if request.method == "POST" and form.is_valid():
        try:
            set_roles(by=request.user, representative=representative, roles=form.chosen())
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("The roles are saved."))
            return redirect(organisation.get_colleagues_url())
    context = {"organisation": organisation, "representative": representative}
    return show_form(request, "members/colleague_roles.html", form, context)


@login_required
@require_http_methods(READ_WRITE)
def colleague_end(request: HttpRequest, pk: int, **which: Any) -> HttpResponse:
    """End a colleague's representation, now or after a day."""
    organisation = colleagues_of(request, **which)
    representative = _representative(organisation, pk)
    require(request, "members.manage_colleagues", organisation)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["ends_on"]
        try:
            end_representation(by=request.user, representative=representative, on=day)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("The person's assignment has been ended."))
            return redirect(_after_end(request, organisation))
    context = {"organisation": organisation, "representative": representative}
    return show_form(request, "members/colleague_end.html", form, context)


def _after_end(request: HttpRequest, organisation: Organisation) -> str:
    """Return where to go: whoever ended their own assignment can no longer see the colleagues."""
    request.user.forget_standing()
    may_stay = rules.has_perm("members.view_colleagues", request.user, organisation)
    return organisation.get_colleagues_url() if may_stay else "/"


def _representative(organisation: Organisation, pk: int) -> Representative:
    rows = Representative.objects.with_people().on().filter(organisation=organisation)
    return get_object_or_404(rows, pk=pk)


@login_required
@require_POST
def invitation_renew(request: HttpRequest, pk: int, **which: Any) -> HttpResponse:
    """Send a new link; the old one dies."""
    organisation, invitation = _invitation(request, pk, which)
    return _answer(request, organisation, invitation, renew_invitation, _("A new link is sent."))


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, pk: int, **which: Any) -> HttpResponse:
    """Withdraw an invitation."""
    organisation, invitation = _invitation(request, pk, which)
    return _answer(
        request, organisation, invitation, revoke_invitation, _("The invitation is withdrawn.")
    )


def _invitation(
    request: HttpRequest, pk: int, which: dict[str, Any]
) -> tuple[Organisation, Invitation]:
    organisation = colleagues_of(request, **which)
    rows = Invitation.objects.visible_to(request.user).filter(organisation=organisation)
    invitation = rows.filter(pk=pk).first()
    if invitation is None:
        raise Http404
    require(request, "members.invite_colleague", organisation)
    return organisation, invitation


def _answer(
    request: HttpRequest, organisation: Organisation, invitation: Invitation, act: Any, done: str
) -> HttpResponse:
    try:
        act(by=request.user, invitation=invitation)
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, done)
    return redirect(organisation.get_colleagues_url())
