"""Headers, packing, language and cleaning of input that no page can use."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import translation

from core.plain_text import printable
from core.views import health

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(),"
    " microphone=(), payment=(), usb=(), publickey-credentials-get=(self),"
    " publickey-credentials-create=(self)"
)

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

PACKED_TYPES = frozenset(
    {
        "application/atom+xml",
        "application/json",
        "application/xml",
        "text/calendar",
        "text/csv",
        "text/html",
        "text/plain",
    }
)


class HealthMiddleware:
    """Answers /halsa/ and /halsa/redo/ before anything else does.

    A load balancer asks by the server's address, which is no allowed host, and liveness must not
    wait for a session or a database.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.views = {
            reverse("health_alive"): health.alive,
            reverse("health_ready"): health.ready,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = self.views.get(request.path)
        return view(request) if view else self.get_response(request)


class HeadersMiddleware:
    """Adds what Django and django-csp do not: Permissions-Policy, and the CMS's own CSP.

    Wagtail 8's date widgets and InlinePanel need inline script and style, so the policy is
    loosened by 'unsafe-inline' under /cms/ only (docs/decisions.md, Content Security Policy).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path.startswith("/cms/") and not hasattr(response, "_csp_update"):
            inline = "'unsafe-inline'"
            response._csp_update = {  # noqa: SLF001 - django-csp's documented attribute
                "script-src": inline,
                "style-src": inline,
            }
        return response


class CompressionMiddleware(GZipMiddleware):
    """Packs what is text for browsers that can unpack; a page shrinks to a quarter.

    Files go out as they are stored: pictures and PDFs are packed already. Django's middleware adds
    bytes at random, so that the length of a page tells nothing of a secret in it (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Pack an answer of text that is not sent piece by piece."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in PACKED_TYPES:
            return response
        return super().process_response(request, response)


class LanguageMiddleware(LocaleMiddleware):
    """The language from the account, else the footer's cookie, else Swedish.

    Accept-Language is never asked: a Swedish authority answers in Swedish until told otherwise.
    The account's choice is copied to the cookie at login, so that one place is read here.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _ in settings.LANGUAGES}
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Say which language was used; caches tell answers apart by the cookie."""
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


class CleanInputMiddleware:
    """Drops what no page can show from queries and forms; 404 for an address with a null byte.

    No text of ours holds a null byte and PostgreSQL refuses them; broken UTF-8 in a query becomes
    the replacement character in Django's own parsing. Other control characters, which come along
    when text is pasted, would stop feeds and PDFs. So no page needs to think of any of them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\x00", "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Clean what was typed in a form; files are left as they are."""
        if request.method == "POST" and request.content_type in FORM_TYPES:
            request.POST = printable_form(request.POST)


def printable_form(data: QueryDict) -> QueryDict:
    """Return the form with every value printable; the same one when nothing is to be done."""
    changed = {
        name: values
        for name, given in data.lists()
        if (values := [printable(value) for value in given]) != given
    }
    if not changed:
        return data
    cleaned = data.copy()
    for name, values in changed.items():
        cleaned.setlist(name, values)
    return cleaned
