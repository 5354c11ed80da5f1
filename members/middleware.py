"""For whom the person acts, and where the request comes from."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from core import origin
from members import acting_for
from members.actions.cms_groups import apply_cms_groups
from members.standing import standing_of

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActingForMiddleware:
    """Sets `request.acting_for` (a Party or None) and tells the audit trail of the request.

    Whoever carries no session cookie is not asked for, so that a page for everyone stays free of
    the session. In the CMS the groups are compared with the roles at every visit, since a role
    may begin or end by its date.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting_for = None
        here = origin.Origin(client_ip(request), lambda: _organisation_id(request))
        with origin.using(here):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Work out the party once the session and the account are known."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            request.acting_for = acting_for.chosen(request.session, standing_of(request.user))
            if request.path_info.startswith("/cms/"):
                apply_cms_groups(user=request.user)


def _organisation_id(request: HttpRequest) -> int | None:
    return request.acting_for and request.acting_for.organisation_id


def client_ip(request: HttpRequest) -> str | None:
    """Return the client's address; behind a proxy as the deployment says (allauth's setting)."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
