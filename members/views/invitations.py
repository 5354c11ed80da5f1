"""The page behind an invitation's link."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.exceptions import RuleBroken
from members.actions.invitations import (
    accept_invitation,
    find_invitation,
    has_account,
    open_account,
)
from members.forms.invitation import OpenAccountForm
from members.models import Invitation
from members.states import InvitationState
from members.views.guards import add_broken_rule, posted, show_form

GONE, FORBIDDEN, UNKNOWN, CONFLICT = 410, 403, 404, 409
AFTER = "/min-sida/"


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of the link accept: as the account logged in, or by opening one.

    404 for a damaged link, 410 for one that is used, withdrawn or expired, 403 for one sent to
    another address than that of the account logged in.
    """
    found = find_invitation(token)
    response = _answer(request, found)
    # The address is the key: no page that is linked from here may learn it. "no-referrer" would
    # also let the browser send the form with "Origin: null", which the protection against forged
    # forms refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    if found is None:
        return _dead(request, None, "unknown", UNKNOWN)
    state = found.state_at()
    if state != InvitationState.OPEN:
        return _dead(request, found, state, GONE)
    if request.user.is_authenticated:
        if not found.is_for(request.user):
            return _dead(request, found, "foreign", FORBIDDEN)
        return _accept(request, found)
    if has_account(found.email):
        return render(request, "members/invitation_login.html", _context(found))
    return _open(request, found)


def _dead(request: HttpRequest, found: Invitation | None, reason: str, status: int) -> HttpResponse:
    context = {"invitation": found, "reason": str(reason)}
    return render(request, "members/invitation_dead.html", context, status=status)


def _context(found: Invitation) -> dict[str, Any]:
    return {"invitation": found, "roles": list(found.roles.all())}


def _accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    if request.method != "POST":
        return render(request, "members/invitation_accept.html", _context(found))
    try:
        accept_invitation(by=request.user, invitation=found)
    except RuleBroken:
        # Somebody was faster in another window: say what has become of the link now.
        found.refresh_from_db()
        return _dead(request, found, found.state_at(), CONFLICT)
    return _welcome(request, found)


def _open(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = OpenAccountForm(posted(request), email=found.email)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = open_account(
                invitation=found,
                given_name=data["given_name"],
                family_name=data["family_name"],
                password=data["password1"],
                language=get_language() or "sv",
            )
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            _welcome(request, found)
            # The password was chosen in this request: setting up the second step, which comes
            # next, must not ask for it again.
            record_authentication(request, user, method="password", email=user.email)
            return perform_login(request, user, redirect_url=AFTER)
    return show_form(request, "members/invitation_open.html", form, _context(found))


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    name = found.organisation.name
    messages.success(request, _("You now act for %(organisation)s.") % {"organisation": name})
    return redirect(AFTER)
