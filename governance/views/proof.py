"""The page that explains how minutes are checked, and the program that does it."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.views.minutes import download

SCRIPT = Path("static", "verktyg", "kontrollera.py")


@require_safe
def verify_page(request: HttpRequest) -> HttpResponse:
    """Explain how anybody checks a decision, in plain words."""
    context = {
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Decisions"), "url": "/beslut/"},
            {"label": _("Check a decision"), "url": request.path},
        ],
    }
    return render(request, "governance/verify.html", context)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """Answer with the program: one file that needs nothing but Python."""
    content = Path(settings.BASE_DIR, SCRIPT).read_bytes()
    return download(content, "text/x-python; charset=utf-8", SCRIPT.name)
