"""The switch "you act for" in the header."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from members import acting_for
from members.standing import standing_of

AFTER = "/min-sida/"


@login_required
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Remember for which organisation the person acts, and go back to where they were.

    403 for an organisation that the person does not act for; `next` never leaves the site.
    """
    raw = request.POST.get("organisation", "")
    wanted = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None  # noqa: PLR2004 - bigint
    party = standing_of(request.user).party(wanted)
    if party is None:
        raise PermissionDenied
    acting_for.choose(request.session, party)
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(address if safe else AFTER)
