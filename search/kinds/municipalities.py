"""Municipalities. What SCB and SKR publish of them is public."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from members.models import Municipality
from search.registry import Entry, Kind


def rows() -> Any:
    """Return every municipality."""
    return Municipality.objects.select_related("organisation")


def entry(municipality: Municipality) -> Entry:
    """Return a municipality as it is found: by name, county and code."""
    return Entry(
        title=municipality.organisation.name,
        url=municipality.get_absolute_url(),
        also=f"kommun {municipality.county} {municipality.code}",
        notes=(municipality.county,),
    )


MUNICIPALITY = Kind(
    name="municipality",
    label=_("Municipalities"),
    rows=rows,
    entry=entry,
    headings=("name",),
    order=50,
)
