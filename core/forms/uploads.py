"""Wagtail's forms for pictures and documents, with the content of the file checked.

Wagtail uses these bases for adding, editing, the choosers and the multiple upload alike
(WAGTAILIMAGES_IMAGE_FORM_BASE, WAGTAILDOCS_DOCUMENT_FORM_BASE).
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.file_types import FileFault, RefusedFile, check_document, check_name, check_picture

MESSAGES = {
    FileFault.NAME: _(
        "Give the file a shorter name of ordinary letters, without hidden characters."
    ),
    FileFault.EXTENSION: _("Files of this kind are not allowed. Allowed: %(allowed)s."),
    FileFault.CONTENT: _(
        "The content is not what the file's name says. Save the document anew and try again."
    ),
    FileFault.MARKUP: _("The file holds code for web pages, which is not allowed."),
    FileFault.MACRO: _(
        "The document holds macros or embedded objects. Save it without them, or as PDF."
    ),
    FileFault.ARCHIVE: _("The document holds other files that are not allowed. Save it as PDF."),
    FileFault.BOMB: _("The document unpacks to too much data. Save it as PDF."),
    FileFault.REMOTE: _("The document fetches content from elsewhere. Save it as PDF."),
    FileFault.ENCRYPTED: _("The document is protected by a password. Save it without one."),
    FileFault.PICTURE: _("The picture is damaged or of another kind than its name says."),
    FileFault.PIXELS: _("The picture is too large: at most %(pixels)s million pixels."),
}
TOO_LARGE = _("The file is too large (%(size)s). The largest that is allowed is %(limit)s.")


def message_of(fault: FileFault, allowed: list[str]) -> str:
    """Return the sentence to show at the field."""
    return MESSAGES[fault] % {
        "allowed": ", ".join(allowed),
        "pixels": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000,
    }


def _check_size(upload: UploadedFile, limit: int) -> None:
    if (upload.size or 0) > limit:
        sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(limit)}
        raise ValidationError(TOO_LARGE, code="too_large", params=sizes)


class CheckedImageField(WagtailImageField):
    """A picture of an allowed kind and size that can be drawn to its last pixel."""

    def to_python(self, data: Any) -> Any:
        """Return the uploaded picture; every fault is an error at the field, never a crash."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        allowed = self.allowed_image_extensions
        _check_size(upload, self.max_upload_size)
        try:
            check_name(upload.name, allowed)
            check_picture(upload.name, upload.file, self.max_image_pixels)
        except RefusedFile as error:
            message = message_of(error.fault, allowed)
            raise ValidationError(message, code=str(error.fault)) from error
        upload.seek(0)
        return super().to_python(data)


class CheckedImageForm(BaseImageForm):
    """Wagtail's form for a picture, with the field that checks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = CheckedImageField(
                label=field.label, required=field.required, widget=field.widget
            )


class CheckedDocumentForm(BaseDocumentForm):
    """Wagtail's form for a document, with the content checked against the name."""

    def clean_file(self) -> Any:
        """Return the upload, or what was stored before when nothing new was sent."""
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            _check_size(upload, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
            allowed = settings.WAGTAILDOCS_EXTENSIONS
            try:
                check_name(upload.name or "", allowed)
                check_document(upload.name or "", upload.file)
            except RefusedFile as error:
                message = message_of(error.fault, allowed)
                raise ValidationError(message, code=str(error.fault)) from error
            upload.seek(0)
        return upload
