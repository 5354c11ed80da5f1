"""Brings the municipalities in line with a file from SCB and SKR."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from core.actions import require
from core.events import publish
from members.events import MunicipalitiesImported
from members.models import Municipality, Organisation
from members.municipality_csv import BadFile, Fault, FaultKind, MunicipalityRow
from members.states import OrganisationKind

log = logging.getLogger(__name__)

# Column of the file -> field of Municipality.
FIELDS = {
    "name": "name",
    "county_code": "county_code",
    "county": "county",
    "population": "population",
    "population_date": "population_on",
    "population_source": "population_source",
    "group": "group",
    "lat": "latitude",
    "lon": "longitude",
    "tile_x": "tile_x",
    "tile_y": "tile_y",
}
# Higher than any tile, and below the largest PositiveSmallIntegerField.
OFF_THE_MAP = 10_000


@dataclass
class MunicipalityImport:
    """What an import did, by municipality code; `changed` also names the columns."""

    added: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def import_municipalities(*, by: Any, rows: Iterable[MunicipalityRow]) -> MunicipalityImport:
    """Add the municipalities of `rows` and change those that differ; delete none.

    A municipality that the rows leave out stays as it is, and so does an organisation number
    when the row has none. Running it twice changes nothing the second time.

    Raises BadFile when a name, tile or organisation number belongs to an organisation outside
    the rows, and PermissionDenied; nothing is changed then.
    """
    require(by, "members.import_municipalities")
    rows = list(rows)
    known = {m.code: m for m in Municipality.objects.select_related("organisation")}
    _refuse_taken(rows, known)
    report = MunicipalityImport()
    new: list[MunicipalityRow] = []
    differing: list[tuple[MunicipalityRow, Municipality]] = []
    for row in rows:
        municipality = known.get(row.code)
        if municipality is None:
            new.append(row)
            report.added.append(row.code)
        elif columns := _differences(row, municipality):
            differing.append((row, municipality))
            report.changed[row.code] = columns
        else:
            report.unchanged.append(row.code)
    _change(differing)
    _add(new)
    if new or differing:
        publish(MunicipalitiesImported(tuple(sorted([*report.added, *report.changed]))))
    log.info("Municipalities: %d added, %d changed", len(report.added), len(report.changed))
    return report


def _differences(row: MunicipalityRow, municipality: Municipality) -> list[str]:
    """Return the columns in which the file and the database differ."""
    columns = [c for c, name in FIELDS.items() if getattr(row, c) != getattr(municipality, name)]
    if row.org_number and row.org_number != municipality.organisation.org_number:
        columns.append("org_number")
    return columns


def _refuse_taken(rows: list[MunicipalityRow], known: dict[str, Municipality]) -> None:
    """Raise BadFile when a row claims what belongs to an organisation that the file leaves out."""
    inside = {row.code for row in rows}
    outside = [m for code, m in known.items() if code not in inside]
    names = {m.name for m in outside}
    tiles = {(m.tile_x, m.tile_y) for m in outside}
    ours = [m.pk for code, m in known.items() if code in inside]
    numbers = set(
        Organisation.objects.exclude(pk__in=ours)
        .exclude(kind=OrganisationKind.MUNICIPALITY, municipality__isnull=True)
        .filter(org_number__isnull=False)
        .values_list("org_number", flat=True)
    )
    faults = [
        Fault(row.line, column, FaultKind.TAKEN, value)
        for row in rows
        for column, value, taken in (
            ("name", row.name, row.name in names),
            ("tile_x", f"{row.tile_x},{row.tile_y}", (row.tile_x, row.tile_y) in tiles),
            ("org_number", row.org_number, row.org_number in numbers),
        )
        if taken
    ]
    if faults:
        raise BadFile(faults)


def _change(differing: list[tuple[MunicipalityRow, Municipality]]) -> None:
    """Write the differences; unique values are set free first, so that two may change places."""
    if not differing:
        return
    keys = [municipality.pk for _, municipality in differing]
    Municipality.objects.filter(pk__in=keys).update(tile_x=F("tile_x") + OFF_THE_MAP)
    Organisation.objects.filter(pk__in=keys).update(
        name=Concat(Value("\n"), Cast("pk", CharField())), org_number=None
    )
    now = timezone.now()
    for row, municipality in differing:
        for column, name in FIELDS.items():
            setattr(municipality, name, getattr(row, column))
        organisation = municipality.organisation
        organisation.name = row.name
        organisation.org_number = row.org_number or organisation.org_number
        organisation.updated_at = now
    Organisation.objects.bulk_update(
        [m.organisation for _, m in differing], ["name", "org_number", "updated_at"]
    )
    Municipality.objects.bulk_update([m for _, m in differing], list(FIELDS.values()))


def _add(new: list[MunicipalityRow]) -> None:
    """Create what is new; an organisation of that kind and name is taken up when there is one."""
    unmapped = Organisation.objects.filter(
        kind=OrganisationKind.MUNICIPALITY, municipality__isnull=True
    )
    wanted = {row.name: row.org_number for row in new}
    existing = {o.name: o for o in unmapped.filter(name__in=wanted)}
    for name, organisation in existing.items():
        organisation.org_number = wanted[name] or organisation.org_number
    Organisation.objects.bulk_update(existing.values(), ["org_number"])
    fresh = [
        Organisation(
            kind=OrganisationKind.MUNICIPALITY, name=row.name, org_number=row.org_number or None
        )
        for row in new
        if row.name not in existing
    ]
    existing |= {o.name: o for o in Organisation.objects.bulk_create(fresh)}
    Municipality.objects.bulk_create(
        Municipality(
            organisation=existing[row.name],
            code=row.code,
            **{name: getattr(row, column) for column, name in FIELDS.items()},
        )
        for row in new
    )
