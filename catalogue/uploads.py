"""Which files may be put on a record; told by their content, not by their name alone."""

import filetype
from django.utils.translation import gettext as _

from core.exceptions import RuleBroken

LARGEST = 10 * 1024 * 1024
ACCEPTED = {
    "pdf": {"application/pdf"},
    "docx": {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/zip",
    },
    "xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"},
    "odt": {"application/vnd.oasis.opendocument.text", "application/zip"},
    "png": {"image/png"},
    "jpg": {"image/jpeg"},
}


def check_document(name: str, content: bytes, *, field: str = "file") -> str:
    """Return the suffix of a file that may be taken; raise RuleBroken for any other.

    The content must be of the kind that the name promises: a page of HTML called .pdf is refused.
    """
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    suffix = "jpg" if suffix == "jpeg" else suffix
    if suffix not in ACCEPTED:
        kinds = ", ".join(sorted(ACCEPTED))
        message = _("Files of this kind are not taken. Use one of: %(kinds)s.")
        raise RuleBroken(message % {"kinds": kinds}, field=field)
    if not content:
        raise RuleBroken(_("The file is empty."), field=field)
    if len(content) > LARGEST:
        message = _("The file is larger than %(limit)d MB.")
        raise RuleBroken(message % {"limit": LARGEST // 1024 // 1024}, field=field)
    if filetype.guess_mime(content) not in ACCEPTED[suffix]:
        raise RuleBroken(_("The file is not what its name says."), field=field)
    return suffix
