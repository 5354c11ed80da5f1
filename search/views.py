"""The page where people search everything, and what it suggests while they write."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from search.finding import DEEPEST, PER_PAGE, Found, find, suggest
from search.forms import ADDRESS, PARAMETERS, QUERY_LENGTH, Asked, read_address, text_of


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what the person finds, or what there is to find before anything is asked."""
    asked = read_address(request.GET)
    found = find(
        asked.text,
        user=request.user,
        filters=asked.filters,
        newest_first=asked.newest_first,
        page=asked.page,
    )
    context = {
        "asked": asked,
        "found": found,
        "heading": _heading(asked, found),
        "page": _pages(found),
        "groups": _named(found.groups),
        "kinds": _ways_in(asked, found),
        "filters": _active(asked, found.groups),
        "clear_url": asked.address(typ=(), organ=(), ar=()),
        "query_length": QUERY_LENGTH,
        "breadcrumbs": [{"label": _("Start"), "url": "/"}, {"label": _("Search"), "url": ADDRESS}],
    }
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return what the person may be about to write, as a list of links or as JSON."""
    hits = suggest(text_of(request.GET), user=request.user)
    if request.headers.get("Accept", "").startswith("application/json"):
        rows = [
            {"title": hit.entry.title, "url": hit.entry.url, "kind": str(hit.kind.label)}
            for hit in hits
        ]
        response: HttpResponse = JsonResponse({"suggestions": rows})
    else:
        response = render(request, "search/_suggestions.html", {"hits": hits})
    patch_vary_headers(response, ["Accept", "Cookie"])
    return response


def _heading(asked: Asked, found: Found) -> str:
    """Return how many hits there are, in words."""
    if asked.is_empty:
        return str(_("What you can find"))
    if not asked.text:
        text = ngettext("%(number)d hit", "%(number)d hits", found.total)
        return text % {"number": found.total}
    text = ngettext("%(number)d hit for “%(text)s”", "%(number)d hits for “%(text)s”", found.total)
    return text % {"number": found.total, "text": asked.text}


def _pages(found: Found) -> Page:  # type: ignore[type-arg]
    """Return the page that the links to other pages are made of."""
    numbers: range = range(min(found.total, DEEPEST))
    return Paginator(numbers, PER_PAGE).get_page(found.page)


def _named(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the facets under the names of their parameters."""
    names = {facet: name for name, facet in PARAMETERS.items()}
    return [group | {"name": names[group["name"]]} for group in groups if group["options"]]


def _options(groups: list[dict[str, Any]], facet: str) -> list[dict[str, Any]]:
    """Return the values of a facet."""
    return next((group["options"] for group in groups if group["name"] == facet), [])


def _ways_in(asked: Asked, found: Found) -> list[dict[str, Any]]:
    """Return the kinds of things there are, each with the address that shows them."""
    options = _options(found.groups, "kind")
    return [option | {"url": asked.address(typ=[option["value"]])} for option in options]


def _active(asked: Asked, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the filters in force, each with the search without it."""
    chips = []
    for name, facet in PARAMETERS.items():
        options = _options(groups, facet)
        labels = {option["value"]: option["label"] for option in options}
        for value in asked.filters[facet]:
            rest = [other for other in asked.filters[facet] if other != value]
            url = asked.address(**{name: rest})
            chips.append({"label": labels.get(value, value), "url": url})
    return chips
