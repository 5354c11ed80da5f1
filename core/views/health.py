"""Liveness and readiness, for load balancers and containers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.health import State, report


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer that the process serves; asks nothing else, so a slow database restarts no one."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the site can do its work, 503 when it cannot, and the state of each part."""
    whole, parts = report()
    return JsonResponse(
        {"status": whole, "checks": parts}, status=503 if whole == State.UNAVAILABLE else 200
    )
