"""Pages with behaviour."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string
from wagtail.models import Page


class ViewPage(Page):
    """A Wagtail page whose behaviour is a function in the app's views.

    `view_path` is the dotted path of `view(request, page) -> HttpResponse`. Both `serve()` and
    `serve_preview()` call it, so that filters and forms stay out of models while preview,
    privacy and scheduling keep working. It is the only dotted path that points upwards.
    """

    view_path = ""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request for the live page."""
        request.is_preview = False
        return import_string(self.view_path)(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Answer the editor's preview with the very same view."""
        request.is_preview = True
        return import_string(self.view_path)(request, self)
