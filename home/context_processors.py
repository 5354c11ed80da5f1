"""What the frame around every page needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.frame import frame_of


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the menus of header and footer and the association's names, read when shown.

    Templates of the CMS and small fragments never show them and so cost nothing.
    """
    return {
        "main_menu": SimpleLazyObject(lambda: frame_of(request).main_menu),
        "footer_menu": SimpleLazyObject(lambda: frame_of(request).footer_menu),
        "site_settings": SimpleLazyObject(lambda: frame_of(request).brand),
    }
