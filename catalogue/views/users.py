"""Who uses a service, by agreement or as its sources state it, and where on the map they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from catalogue import facets
from catalogue.joining_states import LEAVING_STATES
from catalogue.models import ServicePage
from catalogue.models.rows import ServiceRow
from core.swedish_order import sort_key
from members.county_letters import letter_of
from members.models import Municipality


@dataclass(frozen=True)
class Place:
    """A municipality on the tile map."""

    organisation_id: int
    code: str
    name: str
    county_code: str
    county: str
    x: int
    y: int

    @property
    def url(self) -> str:
        """The address of the municipality's page, as `Municipality.get_absolute_url` has it."""
        return f"/kommuner/{self.code}/"


@dataclass(frozen=True)
class Use:
    """Someone who uses the service; `place` when it is a municipality.

    `joined` tells that there is an agreement; else a source states the use.
    """

    row: ServiceRow
    place: Place | None
    letter: str = ""
    read_on: date | None = None
    joined: bool = False

    @property
    def leaving(self) -> bool:
        """Whether the agreement is terminated or being wound up."""
        return self.row.code in LEAVING_STATES

    @property
    def url(self) -> str:
        """The address of the municipality's page; empty for other organisations."""
        return self.place.url if self.place else ""


@dataclass(frozen=True)
class Users:
    """Who uses a service: named and counted, today and before; each once, joined before stated.

    `stated` is every use that a source states, whoever's and whenever.
    """

    municipalities: list[Use]
    others: list[Use]
    former: list[Use]
    stated: list[Use]
    tiles: list[dict[str, Any]]
    count: int

    @property
    def joined(self) -> int:
        """How many have an agreement."""
        return sum(use.joined for use in (*self.municipalities, *self.others))

    @property
    def counties(self) -> int:
        """The number of counties that the named municipalities lie in."""
        return len({use.place.county_code for use in self.municipalities if use.place})


def users_of(
    page: ServicePage, rows: Mapping[str, list[ServiceRow]], read_days: Mapping[str, date | None]
) -> Users:
    """Return who uses a service, of the rows of the page.

    `read_days` says of a citation when it was read.
    """
    today = timezone.localdate()
    places = {place.organisation_id: place for place in _places()}
    joined = _sorted(_use(row, places, None, joined=True) for row in rows.get("joined", []))
    stated = _sorted(_use(row, places, read_days.get(row.more)) for row in rows.get("use", []))
    agreed = {use.row.number for use in joined}
    only_stated = [use for use in stated if use.row.number not in agreed]
    current = _sorted([*joined, *(use for use in only_stated if not _is_over(use.row, today))])
    municipalities = [use for use in current if use.place]
    return Users(
        municipalities=municipalities,
        others=[use for use in current if not use.place],
        former=[use for use in only_stated if _is_over(use.row, today)],
        stated=stated,
        tiles=_tiles(places.values(), municipalities),
        count=facets.user_count(len(municipalities), page.stated_user_count),
    )


def _sorted(uses: Iterable[Use]) -> list[Use]:
    return sorted(uses, key=lambda use: sort_key(use.place.name if use.place else use.row.text))


def _places() -> list[Place]:
    columns = ("organisation_id", "code", "name", "county_code", "county", "tile_x", "tile_y")
    return [Place(*values) for values in Municipality.objects.order_by().values_list(*columns)]


def _use(
    row: ServiceRow, places: Mapping[int, Place], read_on: date | None, *, joined: bool = False
) -> Use:
    place = places.get(row.number or 0)
    letter = letter_of(place.county_code) if place else ""
    return Use(row, place, letter, read_on, joined)


def _is_over(row: ServiceRow, today: date) -> bool:
    return row.last_on is not None and row.last_on < today


def _tiles(places: Iterable[Place], uses: list[Use]) -> list[dict[str, Any]]:
    """Return a tile per municipality: one that uses the service, one of its county, or another."""
    on = {use.place.code for use in uses if use.place}
    counties = {use.place.county_code for use in uses if use.place}
    return [
        {
            "x": place.x,
            "y": place.y,
            "code": place.code,
            "name": place.name,
            "url": place.url,
            "state": "on"
            if place.code in on
            else ("county" if place.county_code in counties else "off"),
        }
        for place in sorted(places, key=lambda place: (place.y, place.x))
    ]
