"""Adjusted minutes, found by body, day and the headings of their open §§."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.formatting import long_date
from governance.minutes_states import FROZEN_MINUTES
from governance.models import AgendaItem, Minutes
from search.kinds.decisions import audiences_of
from search.plain_text import joined
from search.registry import Entry, Kind


def rows() -> Any:
    """Return the adjusted minutes, with the §§ of theirs that are open."""
    numbered = AgendaItem.objects.filter(paragraph__isnull=False, is_closed=False)
    open_items = Prefetch("meeting__items", numbered.order_by("paragraph"), to_attr="open_items")
    found = Minutes.objects.filter(state__in=FROZEN_MINUTES).select_related("meeting__council")
    return found.prefetch_related(open_items, "rectifications")


def entry(minutes: Minutes) -> Entry:
    """Return minutes as they are found."""
    meeting = minutes.meeting
    council = meeting.council
    # The heading is content, in the language of the records.
    return Entry(
        title=f"Protokoll {long_date(meeting.held_on)}, {council.name}",
        url=minutes.get_absolute_url(),
        body=joined(*(f"§ {item.paragraph} {item.title}" for item in meeting.open_items)),  # type: ignore[attr-defined] # prefetched
        audiences=audiences_of(council),
        day=meeting.held_on,
        facets={"body": (council.slug,), "year": (str(meeting.held_on.year),)},
        notes=(council.name, *([str(_("Rectified"))] if minutes.rectifications.all() else [])),
        is_example=council.is_example,
    )


MINUTES = Kind(
    name="minutes",
    label=pgettext_lazy("document", "Minutes"),
    rows=rows,
    entry=entry,
    headings=("meeting__council__name",),
    order=40,
)
