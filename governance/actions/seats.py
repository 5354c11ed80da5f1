"""Who sits: seats, mandates and offices."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import log, require
from core.exceptions import RuleBroken
from governance.actions.appointing import file_decision, filed_decision, needs_document
from governance.actions.ledger import append
from governance.actions.summoning import summon_newcomer
from governance.choices import OfficeKind
from governance.models import Council, Mandate, Office, Seat, ShelfDocument
from governance.states import MEETINGS_RUNNING
from members.models import Organisation, PersonName


@transaction.atomic
def give_seat(
    *,
    by: Any,
    council: Council,
    organisation: Organisation,
    starts_on: date,
    ends_on: date | None = None,
    participation_id: int | None = None,
    number: int = 1,
) -> Seat:
    """Give an organisation that has chosen it a seat, both days inclusive (rules.md 2.4).

    Raises RuleBroken when it has that seat already on any of the days, and in a dissolved body.
    """
    require(by, "governance.manage_council", council)
    _check_dissolved(council, ends_on)
    seat = Seat(
        council=council,
        organisation=organisation,
        number=number,
        starts_on=starts_on,
        ends_on=ends_on,
        participation_id=participation_id,
    )
    _save_alone(seat, _("The organisation already has this seat on some of those days."))
    _chain(council, "seat_given", seat)
    return seat


@transaction.atomic
def end_seat(*, by: Any, seat: Seat, on: date | None) -> Seat:
    """Set the last day of a seat and of the mandates on it; None takes an end back.

    A meeting already opened keeps its roll. Raises RuleBroken for a day before the first, and for
    one after the body was dissolved.
    """
    require(by, "governance.manage_council", seat.council)
    if seat.cancelled_on:
        raise RuleBroken(_("The seat was cancelled when the body was dissolved."))
    _check_dissolved(seat.council, on)
    if on and on < seat.starts_on:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    seat.ends_on = on
    _save_alone(seat, _("The organisation already has this seat on some of those days."))
    _chain(seat.council, "seat_ended" if on else "seat_continued", seat)
    return seat


@transaction.atomic
def end_seats_of(*, by: Any, council: Council, on: date) -> int:
    """End every seat of a body that is dissolved on a day, and return how many.

    Seats that go on longer get that last day. Those that would begin later are cancelled: they
    keep their first day as their last, and are counted on no day at all.
    """
    require(by, "governance.manage_council", council)
    going_on = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    seats = list(council.seats.filter(Q(starts_on__gt=on) | going_on, cancelled_on__isnull=True))
    for seat in seats:
        begins_later = seat.starts_on > on
        seat.ends_on = seat.starts_on if begins_later else on
        seat.cancelled_on = on if begins_later else None
        seat.save()
        _chain(council, "seat_cancelled" if begins_later else "seat_ended", seat)
    return len(seats)


@transaction.atomic
def appoint(
    *,
    by: Any,
    seat: Seat,
    person: PersonName,
    position: int,
    starts_on: date,
    ends_on: date | None = None,
    appointed_by: str,
    appointed_on: date,
    decision_number: str,
    document: ShelfDocument | None = None,
    file: UploadedFile | None = None,
    **reading: Any,
) -> Mandate:
    """Enter a person's mandate on a seat: `position` 0 the ordinary, 1 and on the substitutes.

    The decision that appointed is a `document` that stands on the body's shelf already, or a
    `file` that is put there; `reading` is the audience and secrecy of the latter. A meeting that
    is already summoned is told to the new person at once.
    Raises RuleBroken when the decision is not named or its document is missing (a term that has
    ended may lack it), when another holds that place on some of the days, and when the person
    already has a mandate on the seat.
    """
    require(by, "governance.manage_council", seat.council)
    if not appointed_by.strip() or not decision_number.strip():
        raise RuleBroken(_("Name the decision that appointed: by whom and its number."))
    version = filed_decision(seat.council, document)
    is_over = ends_on is not None and ends_on < timezone.localdate()
    if version is None and file is None and not is_over:
        raise RuleBroken(needs_document(), field="file")
    mandate = Mandate(
        seat=seat,
        person=person,
        position=position,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by=appointed_by,
        appointed_on=appointed_on,
        decision_number=decision_number,
        document=version,
    )
    same = seat.mandates.filter(person=person, ends_on__isnull=True)
    if same.exists():
        raise RuleBroken(_("The person already has a mandate on this seat."), field="person")
    if file is not None:
        mandate.document = file_decision(
            by=by,
            council=seat.council,
            name=f"{appointed_by} {decision_number}",
            decided_on=appointed_on,
            file=file,
            **reading,
        )
    _save_alone(mandate, _("Another person holds this place on some of those days."))
    _chain(seat.council, "mandate_given", mandate)
    log("mandate_given", by=by, subject=person.user, obj=mandate)
    summon_newcomer(by=by, council=seat.council, person=person)
    return mandate


@transaction.atomic
def end_mandate(*, by: Any, mandate: Mandate, on: date) -> Mandate:
    """Set the last day of a mandate; history is kept.

    Raises RuleBroken for a day before the first.
    """
    require(by, "governance.manage_council", mandate.seat.council)
    if on < mandate.starts_on:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    mandate.ends_on = on
    _save_alone(mandate, _("Another person holds this place on some of those days."))
    _chain(mandate.seat.council, "mandate_ended", mandate)
    log("mandate_ended", by=by, obj=mandate, new={"ends_on": on.isoformat()})
    return mandate


@transaction.atomic
def give_office(
    *,
    by: Any,
    council: Council,
    person: PersonName,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    appointed_reference: str,
) -> Office:
    """Make a person chair, vice chair, secretary, auditor or co-opted of the body.

    There is one chair at a time; vice chairs are numbered. Raises RuleBroken when there is a
    chair already or the decision is not named.
    """
    require(by, "governance.manage_council", council)
    if not appointed_reference.strip():
        raise RuleBroken(_("Name the decision that appointed."), field="appointed_reference")
    position = 0
    if kind != OfficeKind.CHAIR:
        taken = set(
            council.offices.on(starts_on).filter(kind=kind).values_list("position", flat=True)
        )
        position = next(n for n in range(1, len(taken) + 2) if n not in taken)
    office = Office(
        council=council,
        person=person,
        kind=kind,
        position=position,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_reference=appointed_reference,
    )
    _save_alone(office, _("The body has a chair on some of those days."))
    _chain(council, "office_given", office)
    log("office_given", by=by, subject=person.user, obj=office, new={"kind": kind})
    summon_newcomer(by=by, council=council, person=person)
    return office


@transaction.atomic
def end_office(*, by: Any, office: Office, on: date) -> Office:
    """Set the last day of an office. Raises RuleBroken for a day before the first."""
    require(by, "governance.manage_council", office.council)
    if on < office.starts_on:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    office.ends_on = on
    office.save()
    _chain(office.council, "office_ended", office)
    log("office_ended", by=by, obj=office, new={"ends_on": on.isoformat()})
    return office


def is_meeting_running(council: Council) -> bool:
    """Return whether a meeting is open now: what changes then holds from the next one."""
    return council.meetings.filter(state__in=MEETINGS_RUNNING).exists()


def _check_dissolved(council: Council, ends_on: date | None) -> None:
    last = council.dissolved_on
    if last is not None and (ends_on is None or ends_on > last):
        raise RuleBroken(_("The body is dissolved, and its seats end with it."), field="ends_on")


def _save_alone(row: Seat | Mandate | Office, taken: str) -> None:
    """Save a period; what the database refuses becomes words for people."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise RuleBroken(messages[0], field="" if field == "__all__" else field) from error
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RuleBroken(taken, field="starts_on") from error


def _chain(council: Council, kind: str, row: Any) -> None:
    """Chain a change of who sits: ids and days, never names."""
    names = ("seat_id", "organisation_id", "person_id", "position", "kind", "starts_on", "ends_on")
    data = {name: getattr(row, name) for name in names if hasattr(row, name)}
    data |= {n: v.isoformat() for n, v in data.items() if isinstance(v, date)}
    if isinstance(row, Mandate):
        data["sha256"] = row.document.sha256 if row.document else ""
    append(council=council, kind=kind, data={"id": row.pk} | data)
