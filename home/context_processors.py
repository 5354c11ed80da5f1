"""What the frame around every page needs."""

from typing import Any

from django.http import HttpRequest


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the menus of header and footer."""
    return {}
