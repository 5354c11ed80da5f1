"""The whole catalogue as the list needs it: a row per service, and the choices of the filters."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from catalogue import facets, licences
from catalogue.models import Area, ServicePage
from catalogue.states import STAGE_OF, FactField, Lifecycle, PersonalData, Stage
from catalogue.usage import used_by_municipalities
from core.swedish_order import sort_key
from members.models import Municipality

STAGE = "skede"
AREA = "omrade"
OPEN = "ansluta"
COUNTY = "lan"
MUNICIPALITY = "kommun"
PERSONAL_DATA = "personuppgifter"
LICENCE = "licens"
FACETS = (STAGE, AREA, OPEN, COUNTY, MUNICIPALITY, PERSONAL_DATA, LICENCE)

# Addresses are Swedish, codes are not.
STAGE_VALUES = {
    Stage.NEED: "behov",
    Stage.DEVELOPMENT: "utveckling",
    Stage.PILOT: "pilot",
    Stage.PRODUCTION: "drift",
    Stage.PHASE_OUT: "avveckling",
}
PERSONAL_DATA_VALUES = {
    PersonalData.NO: "nej",
    PersonalData.YES: "ja",
    PersonalData.SENSITIVE: "kansliga",
    PersonalData.UNKNOWN: "ej-angivet",
}
LICENCE_VALUES = {
    licences.OPEN: "oppen",
    licences.CLOSED: "sluten",
    licences.UNKNOWN: "ej-angiven",
}
YES = "ja"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Choice:
    """A value of a facet; `parent` is the value of the main area that it lies under."""

    value: str
    label: str
    parent: str = ""


@dataclass(frozen=True)
class Entry:
    """A service of the list: what its card says, and what it is sorted by.

    `example` tells that the service is made up, `open_example` that only its being open is.
    """

    id: int
    title: str
    slug: str
    summary: str
    origin: str
    area: str
    stage: int
    ended: bool
    users: int
    example: bool
    open_example: bool
    changed_at: datetime


@dataclass(frozen=True)
class Directory:
    """Every service that a visitor may see, and the choices of every facet."""

    entries: dict[int, Entry]
    rows: list[facets.Row]
    choices: dict[str, list[Choice]]

    def ordered(self, ids: Iterable[int], order: str, ranking: list[int]) -> list[int]:
        """Sort services by the visitor's choice; equals are sorted by name."""
        by_name = sorted(ids, key=lambda pk: sort_key(self.entries[pk].title))
        if order == "kommuner":
            return sorted(by_name, key=lambda pk: -self.entries[pk].users)
        if order == "nytt":
            return sorted(by_name, key=lambda pk: self.entries[pk].changed_at, reverse=True)
        if order == "traff":
            place = {pk: number for number, pk in enumerate(ranking)}
            return sorted(by_name, key=lambda pk: place[pk])
        return by_name


def read_directory(user: Any, *, asked: dict[str, list[str]]) -> Directory:
    """Read the catalogue for `user` in three queries, however many services there are.

    `asked` holds the values that the visitor's address names: places and areas of them that no
    service has yet are known all the same, so that their answer is "none" and not "unknown".
    """
    services = ServicePage.objects.visible_to(user).for_list()
    areas: dict[int, list[dict[str, Any]]] = defaultdict(list)
    links = Area.objects.links()
    for link in links:
        areas[link["services"]].append(link)
    uses: dict[int, list[tuple[int, str, str, str, str]]] = defaultdict(list)
    seen = {service["pk"] for service in services}
    places = [use for use in used_by_municipalities() if use[0] in seen]
    for use in places:
        uses[use[0]].append(use)
    return Directory(
        entries={s["pk"]: _entry(s, areas[s["pk"]], len(uses[s["pk"]])) for s in services},
        rows=[_row(s, areas[s["pk"]], uses[s["pk"]]) for s in services],
        choices=_choices([link for link in links if link["services"] in seen], places, asked),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a search text: letters and digits; signs and operators mean nothing."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def _entry(service: dict[str, Any], areas: list[dict[str, Any]], named: int) -> Entry:
    moments = (
        service["last_published_at"],
        service["first_published_at"],
        service["lifecycle_recorded_at"],
    )
    return Entry(
        id=service["pk"],
        title=service["title"],
        slug=service["slug"],
        summary=service["short_description"],
        origin=service["origin"],
        area=", ".join(dict.fromkeys(area["name"] for area in areas)),
        stage=int(STAGE_OF[Lifecycle(service["lifecycle"])]),
        ended=service["lifecycle"] == Lifecycle.ENDED,
        users=facets.user_count(named, service["stated_user_count"]),
        example=service["is_example"],
        open_example=FactField.OPEN_FOR_NEW_MEMBERS in service["example_fields"],
        changed_at=max((moment for moment in moments if moment), default=NEVER),
    )


def _row(
    service: dict[str, Any],
    areas: list[dict[str, Any]],
    uses: list[tuple[int, str, str, str, str]],
) -> facets.Row:
    area_slugs = {area["slug"] for area in areas} | {area["parent__slug"] for area in areas}
    values = {
        STAGE: {STAGE_VALUES[STAGE_OF[Lifecycle(service["lifecycle"])]]},
        AREA: area_slugs - {None},
        OPEN: {YES} if service["open_for_new_members"] else set(),
        COUNTY: {use[3] for use in uses},
        MUNICIPALITY: {use[1] for use in uses},
        PERSONAL_DATA: {PERSONAL_DATA_VALUES[PersonalData(service["personal_data"])]},
        LICENCE: {LICENCE_VALUES[licences.kind(service["licence"])]},
    }
    return facets.Row(service["pk"], {facet: frozenset(chosen) for facet, chosen in values.items()})


def _choices(
    links: list[dict[str, Any]],
    places: list[tuple[int, str, str, str, str]],
    asked: dict[str, list[str]],
) -> dict[str, list[Choice]]:
    counties = {use[3]: use[4] for use in places}
    municipalities = {use[1]: use[2] for use in places}
    _add_places(counties, municipalities, asked)
    return {
        STAGE: [Choice(value, str(stage.label)) for stage, value in STAGE_VALUES.items()],
        AREA: _areas(links, asked.get(AREA, [])),
        OPEN: [Choice(YES, _("Open for new members"))],
        COUNTY: _alphabetical(counties),
        MUNICIPALITY: _alphabetical(municipalities),
        PERSONAL_DATA: [
            Choice(value, str(kind.label)) for kind, value in PERSONAL_DATA_VALUES.items()
        ],
        LICENCE: [
            Choice("oppen", _("Open licence")),
            Choice("sluten", _("Closed licence")),
            Choice("ej-angiven", _("Licence not stated")),
        ],
    }


def _alphabetical(names: dict[str, str]) -> list[Choice]:
    pairs = sorted(names.items(), key=lambda pair: sort_key(pair[1]))
    return [Choice(value, label) for value, label in pairs]


def _add_places(
    counties: dict[str, str], municipalities: dict[str, str], asked: dict[str, list[str]]
) -> None:
    """Add the counties and municipalities that are asked for and use no service yet."""
    missing = Municipality.objects.none()
    codes = set(asked.get(MUNICIPALITY, [])) - municipalities.keys()
    county_codes = set(asked.get(COUNTY, [])) - counties.keys()
    if codes:
        missing |= Municipality.objects.filter(code__in=codes)
    if county_codes:
        missing |= Municipality.objects.filter(county_code__in=county_codes)
    rows = missing.values_list("code", "name", "county_code", "county")
    for code, name, county_code, county in rows:
        if code in codes:
            municipalities[code] = name
        if county_code in county_codes:
            counties[county_code] = county


def _areas(links: list[dict[str, Any]], asked: list[str]) -> list[Choice]:
    """Return the main areas in their order, each followed by the areas under it."""
    mains: dict[str, tuple[tuple[int, str], str]] = {}
    subs: dict[str, dict[str, tuple[tuple[int, str], str]]] = defaultdict(dict)
    for link in links:
        main = link["parent__slug"]
        if main:
            mains[main] = ((link["main_position"], link["parent__name"]), link["parent__name"])
            subs[main][link["slug"]] = ((link["position"], link["name"]), link["name"])
        else:
            mains[link["slug"]] = ((link["position"], link["name"]), link["name"])
    _add_areas(mains, subs, asked)
    choices = []
    for main, (_place, name) in sorted(mains.items(), key=lambda item: item[1][0]):
        choices.append(Choice(main, name))
        under = sorted(subs[main].items(), key=lambda item: item[1][0])
        choices += [Choice(slug, label, main) for slug, (_order, label) in under]
    return choices


def _add_areas(
    mains: dict[str, tuple[tuple[int, str], str]],
    subs: dict[str, dict[str, tuple[tuple[int, str], str]]],
    asked: list[str],
) -> None:
    """Add the areas that are asked for and hold no service yet."""
    unknown = set(asked) - mains.keys() - {slug for under in subs.values() for slug in under}
    if not unknown:
        return
    for area in Area.objects.filter(slug__in=unknown).select_related("parent"):
        place = ((area.position, area.name), area.name)
        if area.parent:
            mains.setdefault(
                area.parent.slug, ((area.parent.position, area.parent.name), area.parent.name)
            )
            subs[area.parent.slug][area.slug] = place
        else:
            mains[area.slug] = place
