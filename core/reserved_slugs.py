"""Slugs that a page may not have, because the address already leads somewhere else.

Wagtail's catch-all is the last line of the URLconf: a page whose slug is also the first part of
another address there would be saved and never seen. The list is derived from the URLconf, so that
a new address reserves its slug by itself.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.translation import gettext_lazy as _

Pattern = URLPattern | URLResolver

# What a regular expression begins with before it starts to match anything but itself.
_LITERAL_START = re.compile(r"\^?((?:[\w/-]|\\[.-])*)")


def reserved_slugs(prefix: str = "") -> frozenset[str]:
    """Return the slugs that are taken directly under a path.

    `prefix` is the path of the parent page without leading slash and with a closing one
    ("tjanster/"), or empty for the site's root.
    """
    return frozenset(
        slug
        for address in _addresses()
        if address.startswith(prefix) and (slug := _first_segment(address[len(prefix) :]))
    )


def _addresses() -> Iterator[str]:
    """Yield the fixed beginning of every address, static files included."""
    yield from _beginnings(get_resolver().url_patterns, "")
    for url in (settings.STATIC_URL, settings.MEDIA_URL):
        if url and url.startswith("/"):
            yield url.lstrip("/")


def _beginnings(patterns: list[Pattern], before: str) -> Iterator[str]:
    for pattern in patterns:
        fixed, complete = _fixed_part(pattern)
        address = before + fixed
        if complete and isinstance(pattern, URLResolver):
            yield from _beginnings(pattern.url_patterns, address)
        else:
            yield address


def _fixed_part(pattern: Pattern) -> tuple[str, bool]:
    """Return the text before the first variable part, and whether that is all of the pattern."""
    match pattern.pattern:
        case RoutePattern() as route:
            text = str(route)
            fixed = text.split("<", 1)[0]
            return fixed, fixed == text
        case RegexPattern() as regex:
            text = str(regex)
            found = _LITERAL_START.match(text)
            literal = found.group(0) if found else ""
            return literal.lstrip("^").replace("\\", ""), literal == text
        case _:
            return "", True


def _first_segment(rest: str) -> str:
    """Return the first whole part of a path, or nothing when the part is cut by a variable."""
    segment, slash, _after = rest.partition("/")
    return segment if slash or "." in segment else ""


def refuse_reserved_slug(slug: str, parent: Any, locked: str = "") -> None:
    """Raise ValidationError for `slug` when it is taken under the page `parent`.

    `locked` is the slug that the page must have: a page whose address is promised to other parts
    (the catalogue at /tjanster/) shares it with the addresses below it.
    """
    if parent is None or slug == locked:
        return
    # url_path begins with the slug of the site's root page, which is no part of the address.
    _root, _slash, path = parent.url_path.lstrip("/").partition("/")
    if slug in reserved_slugs(path):
        message = _("The address “%(slug)s” is used by another part of the site: choose another.")
        raise ValidationError({"slug": message % {"slug": slug}}, code="reserved_slug")
