"""A service's page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from catalogue.views.users import Use, Users, users_of
from core.audiences import Audience
from core.models.media import DocumentType

# Fits the page's main column, and what Open Graph wants.
PICTURE = "max-1344x756|format-webp"

UNPROCESSABLE = 422

# Facts in rows of their own, by the kind of their rows; a made-up row carries its own mark.
ROWS_OF = {
    FactField.DOCUMENTS: "document",
    FactField.CONTRACTS: "contract",
    FactField.ROADMAP: "roadmap",
    FactField.STATED_USES: "use",
}


def service_detail(request: HttpRequest, page: ServicePage) -> HttpResponse:
    """Show what is told of a service, with the source of every fact."""
    saved = not getattr(request, "is_preview", False)
    rows = rows_of(page, user=request.user, saved=saved)
    sources = _sources(page, rows["source"])
    users = users_of(page, rows, _read_days(sources.get(FactField.STATED_USES, [])))
    # The map has every municipality: whoever asks for a choice of them need not read them again.
    page.municipalities = [(tile["code"], tile["name"]) for tile in users.tiles]
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
        "donors": _donors(rows["donor"], sources),
        "sources": _without_those_of_uses(sources, users.stated),
        "examples": _examples(page, rows),
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
    response = render(request, "catalogue/service_detail.html", context)
    asked = getattr(page, "calculator_form", None)
    if asked is not None and asked.errors:
        response.status_code = UNPROCESSABLE
    return response


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


def _read_days(sources: Iterable[dict[str, Any]]) -> dict[str, date | None]:
    return {source["citation"]: source.get("date") for source in sources}


def _donors(rows: Iterable[ServiceRow], sources: Mapping[str, list[dict[str, Any]]]) -> list[Any]:
    """Return the donors; a source that stands under all of them is not told once more at each."""
    known = _read_days(sources.get(FactField.DONORS, []))
    return [replace(row, more="") if row.more in known else row for row in rows]


def _without_those_of_uses(
    sources: Mapping[str, list[dict[str, Any]]], uses: Iterable[Use]
) -> dict[str, list[dict[str, Any]]]:
    """Return the sources without those that are told, with day and address, at each use."""
    told = {use.row.more for use in uses}
    kept = dict(sources)
    left = [one for one in kept.pop(FactField.STATED_USES, []) if one["citation"] not in told]
    return kept | ({str(FactField.STATED_USES): left} if left else {})


def _examples(page: ServicePage, rows: Mapping[str, list[ServiceRow]]) -> set[str]:
    """Return the facts to mark as made up: those in rows only when a row lacks its own mark."""
    return {
        fact
        for fact in map(fact_of, page.example_fields)
        if fact not in ROWS_OF
        or not rows[ROWS_OF[FactField(fact)]]
        or not all(row.example for row in rows[ROWS_OF[FactField(fact)]])
    }


def _other_sources(sources: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the sources that no fact of the page claims, so that none is lost."""
    return [
        source
        for name, found in sources.items()
        if name not in FactField.values
        for source in found
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
