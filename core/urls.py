"""Addresses that every app relies on: files and the state of the system."""

from django.urls import path
from django.views.generic import RedirectView

from core.views import files, health

urlpatterns = [
    path("halsa/", health.alive, name="health_alive"),
    path("halsa/redo/", health.ready, name="health_ready"),
    path("media/<path:name>", files.picture, name="media"),
    # Wagtail's names, so that its links lead here.
    path(
        "dokument/<int:document_id>/<path:document_filename>",
        files.document,
        name="wagtaildocs_serve",
    ),
    # Gone: no collection has a shared password. A redirect without a target is a 410.
    path(
        "dokument/authenticate_with_password/<int:restriction_id>/",
        RedirectView.as_view(url=None),
        name="wagtaildocs_authenticate_with_password",
    ),
]
