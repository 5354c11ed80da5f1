"""A municipality's services by area: what it has joined, what a source says, what there is."""

from dataclasses import dataclass
from typing import Any, Protocol

from catalogue.models import Area, ServicePage
from catalogue.portfolio import Portfolio
from catalogue.states import Lifecycle

ROW = 12
"""So many tiles stand beside each other in the picture of an area."""
OFFERED = (Lifecycle.PILOT, Lifecycle.PRODUCTION)


class Service(Protocol):
    """What is told of a service here."""

    pk: int
    title: str
    lifecycle: str


@dataclass(frozen=True)
class Tile:
    """A service in an area's picture; `kind` is "on" (joined), "lan" (stated use) or "off"."""

    x: int
    y: int
    kind: str


@dataclass(frozen=True)
class AreaPicture:
    """An area: the services the municipality has joined, those that a source states, and the rest.

    `others` are services in pilot or use that anyone may join and the municipality has not.
    """

    name: str
    joined: list[Service]
    stated: list[Service]
    others: list[Service]

    @property
    def tiles(self) -> list[Tile]:
        """The services as tiles: joined first, then stated, then the others."""
        kinds = ["on"] * len(self.joined) + ["lan"] * len(self.stated) + ["off"] * len(self.others)
        return [Tile(place % ROW, place // ROW, kind) for place, kind in enumerate(kinds)]

    @property
    def height(self) -> int:
        """How many rows of tiles the picture has."""
        return max(-(-len(self.tiles) // ROW), 1)


def landscape_of(portfolio: Portfolio, user: Any) -> list[AreaPicture]:
    """Return the main areas with services, in the order of the catalogue; three queries.

    A service with several areas stands in each of them.
    """
    joined = {row.participation.service_id for row in portfolio.rows}
    stated = {use.service_id for use in portfolio.uses}
    main = {area.pk: area.parent_id or area.pk for area in Area.objects.all()}
    # Titles and stages alone: whole pages cost more than everything else in the picture.
    seen = ServicePage.objects.visible_to(user).order_by("title", "pk")
    pages = list(seen.values_list("pk", "title", "lifecycle", named=True))
    areas_of: dict[int, set[int]] = {}
    through = ServicePage.areas.through.objects.values_list("servicepage", "area")
    for service, area in through:
        areas_of.setdefault(service, set()).add(main[area])
    by_area: dict[int, list[Service]] = {}
    for page in pages:
        for key in areas_of.get(page.pk, ()):
            by_area.setdefault(key, []).append(page)
    areas = Area.objects.filter(pk__in=by_area).order_by("position", "name")
    pictures = [
        AreaPicture(
            area.name,
            [page for page in by_area[area.pk] if page.pk in joined],
            [page for page in by_area[area.pk] if page.pk in stated],
            [
                page
                for page in by_area[area.pk]
                if page.pk not in joined | stated and page.lifecycle in OFFERED
            ],
        )
        for area in areas
    ]
    return [picture for picture in pictures if picture.tiles]
