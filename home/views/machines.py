"""What machines read: rules for robots, and whom to tell of a security flaw."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.frame import frame_of

TEXT = "text/plain; charset=utf-8"
# RFC 9116 asks for less than a year; whoever keeps a copy asks again within half of one.
VALID = timedelta(days=180)
CLOSED = ("/cms/", "/konto/", "/min-sida/", "/sprak/", "/sok/", "/api/", "/halsa/")


@require_safe
@cache_control(public=True, max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Let robots read what is public, and show them the sitemap."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
@cache_control(public=True, max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell where to report a flaw (RFC 9116); the last day of validity moves with the calendar."""
    brand = frame_of(request).brand
    address = brand.security_contact or brand.email
    contact = f"mailto:{address}" if address else f"{settings.BASE_URL}/kontakt/"
    last_day = timezone.now().astimezone(UTC).date() + VALID
    expires = datetime.combine(last_day, time.min, UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)
