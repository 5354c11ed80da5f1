"""Two-step login where it is demanded, for whom the person acts, the status of faulty forms."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.error import URLError

from allauth.account.adapter import get_adapter as account_adapter
from allauth.socialaccount.adapter import get_adapter as service_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from onelogin.saml2.errors import OneLogin_Saml2_Error
from requests import RequestException

from core import origin
from members import acting_for, second_factor
from members.actions.cms_groups import apply_cms_groups
from members.standing import standing_of

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)

CMS = "/cms/"
SERVICES = ("/konto/tjanst/", "/konto/saml/")
FAULTS = (RequestException, URLError, OneLogin_Saml2_Error, TimeoutError)
# What a person must reach to set up a second factor, to get out, and to read in another language.
OPEN_NAMES = frozenset(
    {
        "account_confirm_email",
        "account_email",
        "account_email_verification_sent",
        "account_logout",
        "account_reauthenticate",
        "account_reset_password",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    }
)
OPEN_PREFIXES = ("/halsa/", "/static/")


class SecondFactorMiddleware:
    """Leads whoever needs two-step login to it, and keeps the CMS for those who have done it.

    Asked at every request, so a role that is given or taken counts from the next one on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer instead of the view when a second factor is missing."""
        if not request.user.is_authenticated or _is_open(request):
            return None
        if request.path_info.startswith(CMS):
            return _cms_demand(request)
        if second_factor.shown(request) or not second_factor.needs_second_factor(request.user):
            return None
        return _lead_to_second_factor(request)


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.view_name if match else ""
    return name in OPEN_NAMES or request.path_info.startswith(OPEN_PREFIXES)


def _cms_demand(request: HttpRequest) -> HttpResponse | None:
    """Let those with a place in the CMS in when they have shown a second factor today."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    allowed = settings.CMS_SECOND_FACTOR_AGE
    if request.method not in {"GET", "HEAD"}:
        allowed += settings.CMS_SECOND_FACTOR_GRACE
    age = second_factor.age(request)
    if age is not None and age < allowed:
        return None
    return _lead_to_second_factor(request)


def _lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    """Return the way to a second factor: set one up, show it, or log in by the service anew."""
    if second_factor.has_second_factor(request.user):
        return HttpResponseRedirect(_address_to_show_it(request))
    record = second_factor.shown(request)
    if record and record["type"] == second_factor.BY_SERVICE:
        provider = service_adapter().get_provider(request, record["provider"])
        return HttpResponseRedirect(
            provider.get_login_url(request, process="login", next=request.get_full_path())
        )
    messages.info(
        request,
        _("Your role needs two-step login. Create a passkey or connect an app, then go on."),
    )
    return HttpResponseRedirect(reverse("mfa_index"))


def _address_to_show_it(request: HttpRequest) -> str:
    ways = account_adapter(request).get_reauthentication_methods(request.user)
    url = next(way["url"] for way in ways if way["id"].startswith("mfa_"))
    back = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
    return f"{url}?{urlencode({'next': back})}"


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
            if request.path_info.startswith(CMS):
                apply_cms_groups(user=request.user)


def _organisation_id(request: HttpRequest) -> int | None:
    return request.acting_for and request.acting_for.organisation_id


def client_ip(request: HttpRequest) -> str | None:
    """Return the client's address; behind a proxy as the deployment says (allauth's setting)."""
    try:
        return account_adapter().get_client_ip(request) or None
    except PermissionDenied:
        return None


class LoginServiceFaultMiddleware:
    """Says that a login service does not answer, instead of failing with it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 with words for what allauth lets through on the way to the service."""
        if not request.path_info.startswith(SERVICES) or not isinstance(exception, FAULTS):
            return None
        logger.warning("The login service does not answer: %r", exception)
        return render(request, "socialaccount/authentication_error.html", status=503)


class FormStatusMiddleware:
    """Answers 422 for a form of allauth's with errors, and 429 when there were too many tries."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Set the status that tells a program what the page tells people."""
        is_page = request.method == "POST" and response.status_code == HTTPStatus.OK
        if is_page and _is_account(request):
            forms = [v for k, v in (response.context_data or {}).items() if k.endswith("form")]
            faulty = [form for form in forms if getattr(form, "is_bound", False) and form.errors]
            if faulty:
                limited = any(_too_many(form) for form in faulty)
                response.status_code = 429 if limited else 422
        return response


def _is_account(request: HttpRequest) -> bool:
    return request.path_info.startswith("/konto/")


def _too_many(form: Any) -> bool:
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return bool(codes & {"too_many_login_attempts", "rate_limited"})
