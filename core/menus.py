"""Entries of the site's menus that are no pages of the CMS; the app that has the address adds it.

Nothing is listed that does not exist: an entry is registered in `AppConfig.ready()` of the app
whose address it leads to.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    """A menu."""

    MAIN = "main"
    FIND = "find"
    TAKE_PART = "take_part"
    ABOUT = "about"


@dataclass(frozen=True)
class Entry:
    """A link in a menu: `label` is translated when shown, `order` is its place among the others."""

    place: Place
    label: Any
    url: str
    order: int = 100


_entries: dict[tuple[Place, str], Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry; the same address in the same menu again replaces the first."""
    _entries[entry.place, entry.url] = entry


def entries(place: Place) -> list[Entry]:
    """Return the entries of a menu, in order."""
    return sorted(
        (entry for entry in _entries.values() if entry.place == place),
        key=lambda entry: entry.order,
    )


def remove(entry: Entry) -> None:
    """Take an entry away (tests)."""
    _entries.pop((entry.place, entry.url), None)
