"""What every file that comes in must pass, and what is kept of it."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.exceptions import RuleBroken
from core.file_types import RefusedFile, check_document, check_name
from governance.annexes import page_count

MAX_FILE = 50 * 1024 * 1024
LONGEST_NAME = 150


@dataclass(frozen=True)
class Received:
    """A file that may be kept: its name, size in bytes, SHA-256 in hex; pages when it is a PDF."""

    filename: str
    size: int
    sha256: str
    pages: int | None = None


def receive(file: UploadedFile, *, only_pdf: bool = False) -> Received:
    """Return what is kept of a file, read from its start; raise RuleBroken when it may not come in.

    The content must be what the name says, and nothing in it may run (core.file_types).
    """
    name = file.name or ""
    if (file.size or 0) > MAX_FILE:
        raise RuleBroken(_("The file is larger than 50 MB."), field="file")
    if only_pdf and not name.lower().endswith(".pdf"):
        raise RuleBroken(_("The file must be a PDF."), field="file")
    try:
        check_name(name, settings.WAGTAILDOCS_EXTENSIONS)
        check_document(name, file)
    except RefusedFile as error:
        raise RuleBroken(_("This kind of file is not accepted."), field="file") from error
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return Received(name[-LONGEST_NAME:], file.size or 0, digest.hexdigest(), _pages(name, file))


def _pages(name: str, file: UploadedFile) -> int | None:
    """Return how many pages a PDF has; None for other files and for one that cannot be read."""
    if not name.lower().endswith(".pdf"):
        return None
    content = file.read()
    file.seek(0)
    return page_count(content)
