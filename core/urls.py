"""Addresses that every app relies on: files and the state of the system."""

from django.urls import path
from wagtail.documents.views.serve import authenticate_with_password

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
    path(
        "dokument/losenord/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
