"""A service's page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import facets
from catalogue.models import ServicePage
from catalogue.models.rows import ServiceRow, rows_of
from catalogue.states import (
    ContractKind,
    FactField,
    Lifecycle,
    RelationKind,
    RoadmapStatus,
    fact_of,
)
from catalogue.views.fact_items import fact_items
from catalogue.views.structured_data import structured_data
from core.audiences import Audience
from core.models.media import DocumentType
from core.swedish_order import sort_key
from members.county_letters import letter_of
from members.models import Municipality

# Fits the page's main column, and what Open Graph wants.
PICTURE = "max-1344x756|format-webp"


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
    """Someone who uses the service, as a source states it; `place` when it is a municipality."""

    row: ServiceRow
    place: Place | None
    letter: str = ""

    @property
    def url(self) -> str:
        """The address of the municipality's page; empty for other organisations."""
        return self.place.url if self.place else ""


@dataclass(frozen=True)
class Users:
    """Who uses a service: named and counted, today and before."""

    municipalities: list[Use]
    others: list[Use]
    former: list[Use]
    tiles: list[dict[str, Any]]
    count: int

    @property
    def all(self) -> list[Use]:
        """Every named use, whoever's and whenever."""
        return [*self.municipalities, *self.others, *self.former]

    @property
    def counties(self) -> int:
        """The number of counties that the named municipalities lie in."""
        return len({use.place.county_code for use in self.municipalities if use.place})


def service_detail(request: HttpRequest, page: ServicePage) -> HttpResponse:
    """Show what is told of a service, with the source of every fact."""
    saved = not getattr(request, "is_preview", False)
    rows = rows_of(page, user=request.user, saved=saved)
    sources = _sources(page, rows["source"])
    users = _users(page, rows["use"])
    parent = page.get_parent()
    path = request.path if saved else f"/{parent.slug}/{page.slug}/"
    list_url = f"{path.removesuffix('/').rpartition('/')[0]}/"
    areas = [row.text for row in rows["area"]]
    items = fact_items(page, areas=areas, donors=[row.text for row in rows["donor"]])
    url = request.build_absolute_uri(path)
    picture = _picture(page)
    context = {
        "page": page,
        "page_description": page.search_description or page.short_description,
        "canonical": url,
        "picture": picture,
        "picture_url": request.build_absolute_uri(picture.url) if picture else "",
        "list_url": list_url,
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": parent.title, "url": list_url},
            {"label": page.title, "url": path},
        ],
        "facts": [item for item in items if item.value],
        "rows": rows,
        "sources": sources,
        "examples": {fact_of(name) for name in page.example_fields},
        "stage_note": _stage_note(page),
        "ended": page.lifecycle == Lifecycle.ENDED,
        "users": users,
        "users_heading": _users_heading(page, users),
        "map_label": _map_label(page, users),
        "documents": [_document(row) for row in rows["document"]],
        "contracts": [_labelled(row, ContractKind) for row in rows["contract"]],
        "relations": [_labelled(row, RelationKind) for row in rows["relation"]],
        "inverse": rows["inverse"],
        "roadmap": [_labelled(row, RoadmapStatus) for row in rows["roadmap"]],
        "other_sources": _other_sources(sources),
        "structured": structured_data(page, url=url, areas=areas, users=users.municipalities),
    }
    return render(request, "catalogue/service_detail.html", context)


def _picture(page: ServicePage) -> Any:
    """Return the picture in the page's size; one that is not for everyone is left out."""
    if page.image is None or page.image.audience != Audience.PUBLIC:
        return None
    return page.image.get_rendition(PICTURE)


def _sources(page: ServicePage, rows: Iterable[ServiceRow]) -> dict[str, list[dict[str, Any]]]:
    """Return the sources by fact; the lifecycle's own source is one of them."""
    by_fact: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if page.lifecycle_citation:
        by_fact[FactField.LIFECYCLE].append({"citation": page.lifecycle_citation})
    for row in rows:
        source = {"citation": row.text, "url": row.url, "date": row.first_on}
        known = [other["citation"] for other in by_fact[fact_of(row.code)]]
        if row.text not in known:
            by_fact[fact_of(row.code)].append(source)
    return dict(by_fact)


def _other_sources(sources: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the sources that no fact of the page claims, so that none is lost."""
    return [
        source
        for name, found in sources.items()
        if name not in FactField.values
        for source in found
    ]


def _users(page: ServicePage, rows: list[ServiceRow]) -> Users:
    today = timezone.localdate()
    places = {place.organisation_id: place for place in _places()}
    uses = [_use(row, places) for row in rows]
    uses.sort(key=lambda use: sort_key(use.place.name if use.place else use.row.text))
    current = [use for use in uses if not _is_over(use.row, today)]
    municipalities = [use for use in current if use.place]
    return Users(
        municipalities=municipalities,
        others=[use for use in current if not use.place],
        former=[use for use in uses if _is_over(use.row, today)],
        tiles=_tiles(places.values(), municipalities),
        count=facets.user_count(len(municipalities), page.stated_user_count),
    )


def _places() -> list[Place]:
    columns = ("organisation_id", "code", "name", "county_code", "county", "tile_x", "tile_y")
    return [Place(*values) for values in Municipality.objects.order_by().values_list(*columns)]


def _use(row: ServiceRow, places: Mapping[int, Place]) -> Use:
    place = places.get(row.number or 0)
    return Use(row, place, letter_of(place.county_code) if place else "")


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


def _users_heading(page: ServicePage, users: Users) -> str:
    if not users.count:
        return _("Who uses %(name)s?") % {"name": page.title}
    text = ngettext(
        "%(count)d municipality uses %(name)s",
        "%(count)d municipalities use %(name)s",
        users.count,
    )
    return text % {"count": users.count, "name": page.title}


def _map_label(page: ServicePage, users: Users) -> str:
    named = ngettext(
        "%(count)d municipality", "%(count)d municipalities", len(users.municipalities)
    ) % {"count": len(users.municipalities)}
    counties = ngettext("%(count)d county", "%(count)d counties", users.counties)
    text = _("Map with %(tiles)d tiles. Named as users of %(name)s: %(named)s in %(counties)s.")
    return text % {
        "tiles": len(users.tiles),
        "name": page.title,
        "named": named,
        "counties": counties % {"count": users.counties},
    }


def _stage_note(page: ServicePage) -> str:
    """Return what is written under the present stage: the exact code, and since when."""
    label = Lifecycle(page.lifecycle).label
    shown = str(label) if str(label) != str(page.stage.label) else _("Now")
    if not page.lifecycle_on:
        return shown
    since = _("%(stage)s, since %(year)d")
    return since % {"stage": shown, "year": page.lifecycle_on.year}


def _document(row: ServiceRow) -> dict[str, Any]:
    name = PurePosixPath(row.more).name
    return {
        "title": row.text,
        "url": reverse("wagtaildocs_serve", args=[row.number, name]),
        "kind": PurePosixPath(name).suffix.removeprefix(".").capitalize(),
        "size": row.size,
        "date": row.first_on,
        "note": DocumentType(row.code).label if row.code in DocumentType.values else "",
        "example": row.example,
    }


def _labelled(row: ServiceRow, choices: Any) -> dict[str, Any]:
    known = row.code in choices.values
    return {"label": choices(row.code).label if known else row.code, "row": row}
