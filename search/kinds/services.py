"""Services of the catalogue: live pages that nobody has restricted."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from catalogue.models import ServicePage
from search.plain_text import joined, rich, stream
from search.registry import Entry, Kind

CATALOGUE = "/tjanster/"


def rows() -> Any:
    """Return the services that everyone may find, with what is told of them."""
    found = ServicePage.objects.visible_to(AnonymousUser())
    return found.select_related("owned_by").prefetch_related("areas", "features")


def entry(page: ServicePage) -> Entry:
    """Return a service as it is found: by name, areas, features and all its running text."""
    facts = [area.name for area in page.areas.all()] + [row.text for row in page.features.all()]
    published = page.last_published_at or page.first_published_at
    return Entry(
        title=page.title,
        url=f"{CATALOGUE}{page.slug}/",
        body=joined(
            page.short_description,
            rich(page.long_description),
            page.need,
            stream(page.body),
            *facts,
            page.target_groups,
            page.owner_name,
            page.origin,
            page.technology,
            page.standards,
            page.cost_text,
        ),
        also="tjänst",
        day=published.date() if published else None,
        notes=(str(page.stage.label),),
        is_example=page.is_example,
    )


SERVICE = Kind(
    name="service",
    label=_("Services"),
    rows=rows,
    entry=entry,
    headings=("title", "short_description"),
    order=10,
    is_page=True,
    is_dated=False,
)
