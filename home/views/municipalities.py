"""All municipalities, and the page of each."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Participation, ServicePage, StatedUse
from catalogue.states import STAGE_OF, Lifecycle
from catalogue.usage import used_by_municipalities
from core.swedish_order import sort_key
from home.frame import Frame, frame_of
from home.models import MunicipalityIndexPage
from home.states import CATALOGUE_SLUG, MUNICIPALITIES_SLUG
from home.views.tiles import tiles_of
from members.county_letters import letter_of
from members.models import Membership, Municipality

QUERY_LENGTH = 100
# How much of what was not understood is repeated.
SHOWN_LENGTH = 40
MEMBERS_ONLY = "ja"
LIST_URL = f"/{MUNICIPALITIES_SLUG}/"
Row = dict[str, Any]


@dataclass
class Choice:
    """What the visitor asks for, and what of it could not be understood."""

    name: str
    county: str
    members: bool
    notices: list[str]

    @property
    def is_active(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.name or self.county or self.members)

    def fits(self, row: Row) -> bool:
        """Return whether a municipality is among what was asked for; case does not matter."""
        return (
            (not self.name or _folded(self.name) in _folded(row["name"]))
            and (not self.county or row["county_code"] == self.county)
            and (not self.members or row["is_member"])
        )

    def url_without(self, part: str) -> str:
        """Return the list's address without one part of the choice."""
        parts = {
            "q": self.name,
            "lan": self.county,
            "medlem": MEMBERS_ONLY if self.members else "",
        }
        kept = {key: value for key, value in parts.items() if value and key != part}
        return f"{LIST_URL}?{urlencode(kept)}" if kept else LIST_URL


def _folded(text: str) -> str:
    return sort_key(text)[0]


def municipality_list(request: HttpRequest, page: MunicipalityIndexPage) -> HttpResponse:
    """Show the municipalities that fit the address's choice, on the map and as a list."""
    rows = Municipality.objects.visible_to(request.user).for_list()
    counties = {row["county_code"]: row["county"] for row in rows}
    choice = _choice(request, counties)
    services = _service_counts(request.user)
    found = [row for row in rows if choice.fits(row)]
    codes = {row["code"] for row in found}
    for row in found:
        row["letter"] = letter_of(row["county_code"])
        row["services"] = services[row["code"]]

    def state(row: Row) -> str:
        if row["code"] not in codes:
            return "off"
        return "on" if services[row["code"]] else "county" if choice.is_active else "off"

    using = sum(1 for row in found if row["services"])
    count = len(found)
    context = {
        "page": page,
        "page_description": page.search_description or page.introduction,
        "rows": found,
        "tiles": tiles_of(rows, state),
        "using": using,
        "choice": choice,
        "active": _active(choice, counties),
        "counties": sorted(counties.items(), key=lambda pair: sort_key(pair[1])),
        "heading": ngettext("%(count)d municipality", "%(count)d municipalities", count)
        % {"count": count},
        "total": len(rows),
        "population_source": rows[0]["population_source"] if rows else "",
        "population_on": rows[0]["population_on"] if rows else None,
        "list_url": LIST_URL,
        "query_length": QUERY_LENGTH,
        "canonical": request.build_absolute_uri(LIST_URL),
    }
    return render(request, "home/municipality_list.html", context)


def _choice(request: HttpRequest, counties: dict[str, str]) -> Choice:
    """Read the address; what is unknown is left out, and told."""
    notices = []
    name = request.GET.get("q", "").strip()
    if len(name) > QUERY_LENGTH:
        notices.append(_("The search text was too long. We used its beginning."))
        name = name[:QUERY_LENGTH]
    county = request.GET.get("lan", "")
    if county and county not in counties:
        notice = _("There is no county “%(county)s”. It is left out.")
        notices.append(notice % {"county": county[:SHOWN_LENGTH]})
        county = ""
    member = request.GET.get("medlem", "")
    if member not in {"", MEMBERS_ONLY}:
        notice = _("There is no choice “%(choice)s”. It is left out.")
        notices.append(notice % {"choice": member[:SHOWN_LENGTH]})
    return Choice(name, county, member == MEMBERS_ONLY, notices)


def _active(choice: Choice, counties: dict[str, str]) -> list[dict[str, str]]:
    """Return the parts of the choice as chips that take them away."""
    parts = (
        ("q", choice.name, _("Name: %(text)s") % {"text": choice.name}),
        ("lan", choice.county, counties.get(choice.county, "")),
        ("medlem", choice.members, _("Members")),
    )
    return [
        {"label": label, "url": choice.url_without(key)} for key, chosen, label in parts if chosen
    ]


def _service_counts(user: Any) -> Counter[str]:
    """Return, by municipality code, how many services the municipality uses today."""
    visible = ServicePage.objects.visible_to(user).order_by().values("pk")
    uses = used_by_municipalities(visible)
    return Counter(use[1] for use in uses)


def municipality_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a municipality: figures with their source, the services it uses, its like."""
    frame = frame_of(request)
    visible = Municipality.objects.visible_to(request.user).select_related("organisation")
    municipality = get_object_or_404(visible, code=code)
    uses = _used(request.user, municipality)
    joined = sum(use.participation is not None for use in uses)
    similar = Municipality.objects.visible_to(request.user).similar_to(municipality)
    membership = _membership(municipality)
    lead = _lead(membership, joined, len(uses) - joined)
    context = {
        "municipality": municipality,
        "letter": letter_of(municipality.county_code),
        "membership": membership,
        "lead": lead,
        "page_description": lead,
        "uses": uses,
        "stated": [use.stated for use in uses if use.stated],
        "similar": similar,
        "catalogue_url": frame.url_of(CATALOGUE_SLUG),
        "breadcrumbs": _crumbs(frame, municipality),
        "canonical": request.build_absolute_uri(municipality.get_absolute_url()),
    }
    return render(request, "home/municipality_page.html", context)


def _crumbs(frame: Frame, municipality: Municipality) -> list[dict[str, str]]:
    """Return the way here; the list is left out while it is not live."""
    steps = [{"label": _("Start"), "url": "/"}]
    if frame.url_of(MUNICIPALITIES_SLUG):
        steps.append({"label": _("Municipalities"), "url": LIST_URL})
    return [*steps, {"label": municipality.name, "url": municipality.get_absolute_url()}]


@dataclass(frozen=True)
class Used:
    """A service that the municipality uses: by its agreement, by a source's statement, or both."""

    service: ServicePage
    participation: Participation | None
    stated: StatedUse | None

    @property
    def stage(self) -> int:
        """The stage of the service's life, as a number for its card."""
        return int(STAGE_OF[Lifecycle(self.service.lifecycle)])

    @property
    def ended(self) -> bool:
        """Whether the service has ended."""
        return bool(self.service.lifecycle == Lifecycle.ENDED)

    @property
    def is_example(self) -> bool:
        """Whether what tells of the use is made up."""
        return (self.participation or self.stated).is_example  # type: ignore[union-attr]


def _used(user: Any, municipality: Municipality) -> list[Used]:
    """Return what the municipality uses of the services that the visitor may see, by name."""
    visible = ServicePage.objects.visible_to(user).order_by().values("pk")
    joined, stated = (
        {
            row.service_id: row
            for row in rows.filter(
                organisation=municipality.pk, service__in=visible
            ).select_related("service")
        }
        for rows in (Participation.objects.public(), StatedUse.objects.current())
    )
    found = [
        Used(row.service, joined.get(key), stated.get(key))
        for key, row in (stated | joined).items()
    ]
    return sorted(found, key=lambda use: sort_key(use.service.title))


def _membership(municipality: Municipality) -> Membership | None:
    current = Membership.objects.on().filter(organisation=municipality.pk)
    return current.order_by("starts_on").first()


def _lead(membership: Membership | None, joined: int, stated: int) -> str:
    """Return one to three sentences: membership, services joined, and those sources tell of."""
    parts = []
    if membership:
        parts.append(_("Member since %(year)d.") % {"year": membership.starts_on.year})
    if joined:
        text = ngettext(
            "Has joined %(count)d shared service.", "Has joined %(count)d shared services.", joined
        )
        parts.append(text % {"count": joined})
    if stated and joined:
        text = ngettext(
            "Uses %(count)d more, according to our sources.",
            "Uses %(count)d more, according to our sources.",
            stated,
        )
        parts.append(text % {"count": stated})
    elif stated:
        text = ngettext(
            "Uses %(count)d shared service that our sources know of.",
            "Uses %(count)d shared services that our sources know of.",
            stated,
        )
        parts.append(text % {"count": stated})
    elif not joined:
        parts.append(_("Our sources know of no shared service that it uses."))
    return " ".join(parts)
