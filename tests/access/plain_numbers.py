"""Finds numbers that were written for people where a machine reads them."""

import re

from django.http import HttpResponseBase

# Both are a key or a coordinate spoilt by localisation: value="17 320", x="0,83".
_SPOILT = re.compile(
    r"""[\s"'](?:value|href|action|id|for|name|content|src|[xy]|width|height|data-[\w-]+)="""
    r"""["'](?:[^"'<>]*\d[\u00a0\u202f]\d{3}|-?\d+,\d+["'])"""
)


def spoilt_numbers(markup: str) -> list[str]:
    """Return the attributes whose number has thousands apart or a decimal comma."""
    return [found[0].strip() for found in _SPOILT.finditer(markup)]


def has_spoilt_numbers(response: HttpResponseBase) -> bool:
    """Tell whether an HTML answer holds such an attribute."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return bool(spoilt_numbers(response.content.decode()))
