"""The front page."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalogue.states import Stage
from catalogue.views.directory import AREA, OPEN, Choice, Directory, Entry, read_directory
from core.menus import Place, entries
from home.frame import frame_of
from home.models import HomePage, NewsPage
from home.states import CATALOGUE_SLUG, JOIN_SLUG, MUNICIPALITIES_SLUG, NEWS_SLUG
from home.views.tiles import tiles_of
from members.models import Municipality

SERVICES_SHOWN = 6
NEWS_SHOWN = 3
AREAS_SHOWN = 3
NEEDS_URL = "/behov/"


def home_page(request: HttpRequest, page: HomePage) -> HttpResponse:
    """Show the promise, the map of members, services, how needs grow, and the latest news."""
    frame = frame_of(request)
    municipalities = Municipality.objects.visible_to(request.user).for_list()
    members = sum(row["is_member"] for row in municipalities)
    directory = read_directory(request.user, asked={})
    heading, services = _services(directory)
    open_ids = _open_ids(directory)
    needs = any(entry.url == NEEDS_URL for entry in entries(Place.MAIN))
    context: dict[str, Any] = {
        "page": page,
        "page_description": page.search_description or page.introduction,
        "promise": page.promise.splitlines(),
        "tiles": tiles_of(municipalities, lambda row: "on" if row["is_member"] else "off"),
        "members": members,
        "members_example": any(row["is_example"] for row in municipalities),
        "municipality_count": len(municipalities),
        "services_heading": heading,
        "services": services,
        "services_example": any(one.open_example and one.id in open_ids for one in services),
        "areas": _areas(directory),
        "catalogue_url": frame.url_of(CATALOGUE_SLUG),
        "municipalities_url": frame.url_of(MUNICIPALITIES_SLUG),
        "news_url": frame.url_of(NEWS_SLUG),
        "join_url": frame.url_of(JOIN_SLUG),
        "needs_url": NEEDS_URL if needs else "",
        "news": NewsPage.objects.visible_to(request.user).latest_first()[:NEWS_SHOWN],
        "canonical": request.build_absolute_uri("/"),
    }
    return render(request, "home/home_page.html", context)


def _services(directory: Directory) -> tuple[str, list[Entry]]:
    """Return the services to show first and what they are: open ones, else those in operation."""
    ordered = directory.ordered(directory.entries, "kommuner", [])
    open_ids = _open_ids(directory)
    by_kind = (
        (_("Services you can join"), [pk for pk in ordered if pk in open_ids]),
        (
            _("Services in operation"),
            [pk for pk in ordered if directory.entries[pk].stage == Stage.PRODUCTION],
        ),
        (_("Services"), ordered),
    )
    for heading, ids in by_kind:
        if ids:
            return heading, [directory.entries[pk] for pk in ids[:SERVICES_SHOWN]]
    return "", []


def _open_ids(directory: Directory) -> set[int]:
    return {row.id for row in directory.rows if row.values[OPEN]}


def _areas(directory: Directory) -> list[Choice]:
    """Return the main areas with most services, ways into the catalogue; equals in their order."""
    count = Counter(area for row in directory.rows for area in row.values[AREA])
    mains = [choice for choice in directory.choices[AREA] if not choice.parent]
    return sorted(mains, key=lambda choice: -count[choice.value])[:AREAS_SHOWN]
