"""A person's own data, and the register of processing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from core.processing import activities
from members.actions.people import export_person
from members.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Say what the person can get; a POST sends it as a file."""
    if request.method == "POST":
        return zip_of(request, request.user)
    return render(request, "members/my_data.html")


def zip_of(request: HttpRequest, person: User) -> HttpResponse:
    """Return everything that the site keeps about a person as a download."""
    response = HttpResponse(
        export_person(by=request.user, user=person), content_type="application/zip"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="mina-uppgifter.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the register of processing, made from what the models' apps declare."""
    return render(request, "members/processing_register.html", {"activities": activities()})
