"""Template tags of the catalogue."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# What could end the script element or begin a comment in it, as JSON writes it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def service_url(list_url: str, slug: str) -> str:
    """Return the address of a service under the catalogue's own."""
    return f"{list_url}{slug}/"


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """Write structured data as a data block; browsers do not run it, so that the CSP allows it."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    # Escaped above: no text in it can leave the element.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """Return a mapping's value for a key that a template has in a variable."""
    return mapping.get(key)
