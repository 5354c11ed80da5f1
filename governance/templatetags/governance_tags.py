"""Template filters of governance."""

from collections.abc import Mapping
from typing import Any

from django import template

from governance import requirement

register = template.Library()
register.filter("after_colon", requirement.after_colon)


@register.filter
def note_of(notes: Mapping[int, Any], item: int) -> str:
    """Return the text of a person's note on an item: ``{{ notes|note_of:item.pk }}``."""
    note = notes.get(item)
    return note.text if note else ""


@register.filter
def rows_of(rows: Mapping[int, list[Any]], item: int) -> list[Any]:
    """Return the rows that belong to an item: ``{{ recusals|rows_of:item.pk }}``."""
    return rows.get(item, [])
