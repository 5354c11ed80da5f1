"""Sets up bodies and their rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import log, require
from core.audiences import Audience
from core.events import publish
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.numbering import start_series
from governance.actions.seats import end_seats_of
from governance.actions.shelf import shelve
from governance.choices import ShelfKind
from governance.events import CouncilChanged
from governance.house_rules import HouseRuleError, with_changes
from governance.models import (
    Council,
    CouncilSettings,
    MeetingEvent,
    NumberSeries,
    ShelfVersion,
    WeightRow,
    WeightTableVersion,
)
from governance.weights import WeightTable, weight_of
from members.models import Municipality

RULES_TITLE = "Arbetsordning"
"""The heading is content, in the language of the records."""


@transaction.atomic
def create_council(
    *,
    by: Any,
    name: str,
    slug: str,
    kind: str,
    mandate: str,
    registry_code: str,
    **details: Any,
) -> Council:
    """Set up a body; `details` are its other fields (service, parent, open meetings ...).

    Its first ledger entry states the identity that all later ones carry. Raises PermissionDenied
    for whoever does not run the office's desk, RuleBroken when address or series is taken.
    """
    require(by, "governance.create_council")
    code = registry_code.strip().upper()
    if Council.objects.filter(slug=slug).exists():
        raise RuleBroken(_("Another body has this address."), field="slug")
    if Council.objects.filter(registry_code=code).exists():
        raise RuleBroken(_("Another body has this series."), field="registry_code")
    council = Council(
        name=name, slug=slug, kind=kind, mandate=mandate, registry_code=code, **details
    )
    council.full_clean()
    council.save()
    append(
        council=council,
        kind="body_created",
        data={"name": name, "kind": kind, "registry_code": code},
    )
    log("council_created", by=by, obj=council, new={"kind": kind})
    publish(CouncilChanged(council.pk))
    return council


@transaction.atomic
def change_council(*, by: Any, council: Council, **changes: Any) -> Council:
    """Change name, mandate text or openness of a body; its profile and series stay.

    Raises RuleBroken for a body that would work under itself, by whatever way.
    """
    require(by, "governance.manage_council", council)
    fixed = {"kind", "registry_code", "public_id"} & set(changes)
    if fixed:
        raise RuleBroken(_("Profile and series of a body are set once."))
    _check_parent(council, changes.get("parent"))
    for field, value in changes.items():
        setattr(council, field, value)
    council.full_clean()
    council.save()
    log("council_changed", by=by, obj=council, new={"fields": sorted(changes)})
    publish(CouncilChanged(council.pk))
    return council


def _check_parent(council: Council, parent: Council | None) -> None:
    above = parent
    while above is not None:
        if above.pk == council.pk:
            raise RuleBroken(_("A body cannot work under itself."), field="parent")
        above = above.parent


@transaction.atomic
def dissolve_council(*, by: Any, council: Council, on: date) -> Council:
    """Dissolve a body from a day on; every seat ends with it, and everything it did is kept.

    Raises RuleBroken while a meeting is ahead or in progress.
    """
    require(by, "governance.create_council")
    if council.meetings.ahead().exists():
        raise RuleBroken(_("Cancel or close the meetings of the body first."))
    council.dissolved_on = on
    council.save()
    end_seats_of(by=by, council=council, on=on)
    append(council=council, kind="body_dissolved", data={"on": on.isoformat()})
    log("council_dissolved", by=by, obj=council, new={"ends_on": on.isoformat()})
    publish(CouncilChanged(council.pk))
    return council


@transaction.atomic
def adopt_rules(
    *,
    by: Any,
    council: Council,
    changes: Mapping[str, object],
    valid_from: date,
    adopted_reference: str,
    file: UploadedFile | None = None,
) -> CouncilSettings:
    """Record a version of the arbetsordning; a meeting already summoned keeps its own rules.

    `file` is the adopted text: it goes to the body's shelf, where everybody may read it. Raises
    RuleBroken for a setting no body can have, for a version without the decision that adopted it,
    and for one that would change rules already used by a meeting.
    """
    require(by, "governance.manage_council", council)
    if not adopted_reference.strip():
        raise RuleBroken(_("Name the decision that adopted the rules."), field="adopted_reference")
    try:
        with_changes(council.profile, changes)
    except HouseRuleError as error:
        raise RuleBroken(_("This value is not possible."), field=error.setting) from error
    if council.settings.filter(valid_from=valid_from).exists():
        raise RuleBroken(_("A version is in force from that day already."), field="valid_from")
    document = _shelve_rules(council, file, valid_from, by=by) if file else None
    version = CouncilSettings.objects.create(
        council=council,
        valid_from=valid_from,
        changes=dict(changes),
        adopted_reference=adopted_reference,
        document=document,
    )
    append(
        council=council,
        kind="rules_adopted",
        data={
            "valid_from": valid_from.isoformat(),
            "changes": dict(changes),
            "reference": adopted_reference,
            "sha256": document.sha256 if document else "",
        },
    )
    return version


def _shelve_rules(council: Council, file: UploadedFile, day: date, *, by: Any) -> ShelfVersion:
    """Put the adopted text on the shelf of the body as a document of its own."""
    document = shelve(
        by=by,
        council=council,
        title=RULES_TITLE,
        dated_on=day,
        file=file,
        kind=ShelfKind.RULES,
        audience=Audience.PUBLIC,
    )
    return document.versions.get()


@transaction.atomic
def adopt_weights(
    *, by: Any, council: Council, table: str, valid_from: date, adopted_reference: str
) -> WeightTableVersion:
    """Record what each seat weighs from a day on, computed once from today's inhabitants.

    An organisation that is no municipality weighs 1. The roll of a meeting copies the weights
    when it is opened. Raises RuleBroken when a version begins that day already.
    """
    require(by, "governance.manage_council", council)
    if council.weight_tables.filter(valid_from=valid_from).exists():
        raise RuleBroken(_("A version is in force from that day already."), field="valid_from")
    organisations = list(council.seats.values_list("organisation", flat=True).distinct())
    known = {m.pk: m for m in Municipality.objects.filter(organisation__in=organisations)}
    version = WeightTableVersion.objects.create(
        council=council,
        table=table,
        valid_from=valid_from,
        population_on=min((m.population_on for m in known.values()), default=None),
        adopted_reference=adopted_reference,
    )
    WeightRow.objects.bulk_create(
        WeightRow(
            version=version,
            organisation_id=pk,
            weight=weight_of(WeightTable(table), known[pk].population) if pk in known else 1,
        )
        for pk in organisations
    )
    return version


@transaction.atomic
def set_first_numbers(
    *, by: Any, council: Council, last_paragraph: int, last_registry: int, year: int | None = None
) -> None:
    """State the last § and registry number used this year before the product came; once.

    Raises RuleBroken when the body has met here or numbers have been given.
    """
    require(by, "governance.manage_council", council)
    when = year or timezone.localdate().year
    if MeetingEvent.objects.filter(meeting__council=council).exists():
        raise RuleBroken(_("The body has already met here."))
    start_series(code=council.paragraph_code, year=when, last=last_paragraph)
    start_series(code=council.registry_code, year=when, last=last_registry)
    append(
        council=council,
        kind="first_numbers",
        data={"year": when, "paragraph": last_paragraph, "registry": last_registry},
    )


def last_numbers(council: Council, year: int) -> dict[str, int]:
    """Return the last § and registry number given in a year, 0 before the first."""
    codes = {council.paragraph_code: "paragraph", council.registry_code: "registry"}
    rows = NumberSeries.objects.filter(code__in=codes, year=year)
    return {"paragraph": 0, "registry": 0} | {codes[row.code]: row.last for row in rows}
