"""Bodies that decide. That a body exists, and what it decides on, is public."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.models import Council
from search.plain_text import joined
from search.registry import Entry, Kind


def rows() -> Any:
    """Return every body, with its service."""
    return Council.objects.select_related("service")


def entry(council: Council) -> Entry:
    """Return a body as it is found: by name, mandate and service."""
    return Entry(
        title=council.name,
        url=council.get_absolute_url(),
        body=joined(council.mandate),
        also=f"{council.get_kind_display()} {council.service.title if council.service else ''}",
        facets={"body": (council.slug,)},
        notes=(str(council.get_kind_display()),),
        is_example=council.is_example,
    )


COUNCIL = Kind(
    name="council",
    label=_("Governing councils"),
    rows=rows,
    entry=entry,
    headings=("name",),
    order=20,
)
