"""Pictures and documents leave the site here and nowhere else, and never as something that runs."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

from core.audiences import Audience
from core.file_types import PICTURE_FORMATS, content_type_of, extension_of
from core.models import SiteDocument, SiteImage, SiteRendition

INERT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# A rendition's name holds what it shows and how, so that it never changes.
FOREVER = "public, max-age=31536000, immutable"
ORIGINALS = "original_images/"
RENDITIONS = "images/"


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Answer with a document that the person may see, always as a download.

    Wagtail's own view does the rest: collections with a password, ETag, streaming.
    """
    visible = SiteDocument.objects.visible_to(request.user)
    row = get_object_or_404(visible, pk=document_id)
    try:
        response = serve(request, document_id, document_filename)
    except FileNotFoundError as error:
        raise Http404 from error
    if response.has_header("Content-Disposition"):
        _make_inert(response, public=row.audience == Audience.PUBLIC, lasting="no-cache")
    return response


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with a rendition, or with an original as a download, that the person may see.

    The name is looked up among the stored rows and never joined to a path by hand, so nothing but
    these files can be reached. When object storage is configured the pages link there instead.
    """
    images = SiteImage.objects.visible_to(request.user)
    row: Any = None
    if name.startswith(RENDITIONS):
        row = SiteRendition.objects.select_related("image").filter(file=name, image__in=images)
    elif name.startswith(ORIGINALS):
        row = images.filter(file=name)
    row = row.first() if row is not None else None
    if row is None or extension_of(name) not in PICTURE_FORMATS:
        raise Http404
    image = row.image if isinstance(row, SiteRendition) else row
    try:
        content = row.file.storage.open(row.file.name)
    except (OSError, SuspiciousOperation) as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=name.startswith(ORIGINALS),
        filename=name.rpartition("/")[2],
        content_type=content_type_of(name),
    )
    _make_inert(response, public=image.audience == Audience.PUBLIC, lasting=FOREVER)
    return response


def _make_inert(response: HttpResponseBase, *, public: bool, lasting: str) -> None:
    """Let nothing in the file run, and let no shared cache keep what is not public."""
    response.headers["Content-Security-Policy"] = INERT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = lasting if public else "private, no-store"
