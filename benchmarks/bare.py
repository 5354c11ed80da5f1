"""A Django project of one view and nothing else: what no page of ours can be faster than."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.baselines import BODY_BYTES

BODY = b"x" * BODY_BYTES


def answer(request: HttpRequest) -> HttpResponse:
    """Return as many bytes as a page of ours has."""
    return HttpResponse(BODY)


urlpatterns = [path("", answer)]

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="bench",  # noqa: S106 - guards nothing
        MIDDLEWARE=[],
    )

application = get_wsgi_application()
