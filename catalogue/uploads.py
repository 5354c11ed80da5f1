"""Which files may be put on a record; told by their content, not by their name alone."""

import io

from django.utils.translation import gettext as _

from core.exceptions import RuleBroken
from core.file_types import RefusedFile, check_name, extension_of
from core.file_types import check_document as check_content

LARGEST = 10 * 1024 * 1024
ACCEPTED = ["docx", "odt", "pdf", "xlsx"]


def check_document(name: str, content: bytes, *, field: str = "file") -> str:
    """Return the suffix of a file that may be taken; raise RuleBroken for any other.

    The content must be of the kind that the name promises: a page of HTML called .pdf is refused.
    """
    if extension_of(name) not in ACCEPTED:
        message = _("Files of this kind are not taken. Use one of: %(kinds)s.")
        raise RuleBroken(message % {"kinds": ", ".join(ACCEPTED)}, field=field)
    if not content:
        raise RuleBroken(_("The file is empty."), field=field)
    if len(content) > LARGEST:
        message = _("The file is larger than %(limit)d MB.")
        raise RuleBroken(message % {"limit": LARGEST // 1024 // 1024}, field=field)
    try:
        check_name(name, ACCEPTED)
        check_content(name, io.BytesIO(content))
    except RefusedFile as error:
        message = _("The file is not what its name says, or holds something that could run.")
        raise RuleBroken(message, field=field) from error
    return extension_of(name)
