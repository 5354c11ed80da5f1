"""The municipality takes or leaves its seat on the council; use and seat are two things."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.actions.transitions import actor_of, keys_of, locked, record
from catalogue.events import SeatLeft, SeatTaken
from catalogue.models import JoiningDocument, Participation, SeatChoice
from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from members.models import Representative, User


@dataclass(frozen=True)
class Appointment:
    """Whom the municipality appoints to its seat, and the decision that does it."""

    ordinary: User | None = None
    substitute: User | None = None
    body: str = ""
    decided_on: date | None = None
    registry_number: str = ""
    document: JoiningDocument | None = None


@transaction.atomic
def answer_seat_question(*, by: Any, participation: Participation, wants: bool) -> Participation:
    """Record whether the municipality will take a seat, before the agreement is signed.

    Raises PermissionDenied, or RuleBroken when the agreement is signed: then the seat is taken or
    left with a day of its own.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    if row.is_agreed or row.is_closed:
        raise RuleBroken(_("The agreement is signed: take or leave the seat with a day instead."))
    record(
        actor=actor_of(by, row),
        participation=row,
        field="wants_seat",
        old=row.wants_seat,
        new=wants,
    )
    row.wants_seat = wants
    row.save()
    return row


@transaction.atomic
def take_seat(
    *,
    by: Any,
    participation: Participation,
    starts_on: date,
    appointment: Appointment | None = None,
) -> SeatChoice:
    """Take the seat from a day, or appoint other people to the seat that is held.

    Before the agreement is signed the people are only noted, and the seat begins with the
    agreement. Publishes SeatTaken for an agreed participation. Raises PermissionDenied, or
    RuleBroken for a day outside the participation, people who do not act for the municipality or
    whose appointing decision is not named with its document. The document of a decision that is
    named again as before is kept.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    if row.is_closed:
        raise RuleBroken(_("The participation is closed: nothing on it is changed."))
    held = row.seat_choices.filter(ends_on__isnull=True).first()
    people = _with_document(appointment or Appointment(), held)
    _check_people(row, people)
    first = held.starts_on if held and row.is_agreed else starts_on
    if row.is_agreed:
        _check_day(row, first)
    choice = held or SeatChoice(participation=row)
    choice.starts_on = first
    choice.ordinary, choice.substitute = people.ordinary, people.substitute
    choice.appointed_by, choice.appointed_on = people.body.strip(), people.decided_on
    choice.registry_number = people.registry_number.strip()
    choice.document = people.document
    choice.save()
    record(actor=actor_of(by, row), participation=row, field="seat", old="", new=f"from {first}")
    row.wants_seat = True
    row.save()
    if row.is_agreed:
        publish_seat(row, choice)
    return choice


@transaction.atomic
def leave_seat(*, by: Any, participation: Participation, ends_on: date) -> SeatChoice:
    """Leave the seat after a last day; the municipality stays in the service.

    Publishes SeatLeft for an agreed participation. Raises PermissionDenied, or RuleBroken when no
    seat is held or the day is before its first.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    held = row.seat_choices.filter(ends_on__isnull=True).first()
    if held is None:
        raise RuleBroken(_("The municipality has no seat to leave."), field="ends_on")
    if ends_on < held.starts_on:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    held.ends_on = ends_on
    held.save()
    record(
        actor=actor_of(by, row), participation=row, field="seat", old="", new=f"through {ends_on}"
    )
    row.wants_seat = False
    row.save()
    if row.is_agreed:
        publish(SeatLeft(*keys_of(row), ends_on=ends_on))
    return held


def publish_seat(participation: Participation, choice: SeatChoice) -> None:
    """State that the seat is taken, with whom."""
    publish(
        SeatTaken(
            *keys_of(participation),
            starts_on=choice.starts_on,
            ordinary_id=choice.ordinary_id,
            substitute_id=choice.substitute_id,
            document_id=choice.document_id,
        )
    )


def _with_document(people: Appointment, held: SeatChoice | None) -> Appointment:
    """Return the appointment with the document that is held of the very same decision."""
    if people.document is not None or held is None:
        return people
    same = (people.body.strip(), people.decided_on, people.registry_number.strip())
    if same != (held.appointed_by, held.appointed_on, held.registry_number):
        return people
    return replace(people, document=held.document)


def _check_day(participation: Participation, first: date) -> None:
    if participation.starts_on and first < participation.starts_on:
        raise RuleBroken(_("The seat cannot begin before the agreement."), field="starts_on")
    if participation.ends_on and first > participation.ends_on:
        raise RuleBroken(_("The participation has ended by then."), field="starts_on")


def _check_people(participation: Participation, people: Appointment) -> None:
    named = {field: getattr(people, field) for field in ("ordinary", "substitute")}
    present = {field: person for field, person in named.items() if person}
    if len({person.pk for person in present.values()}) < len(present):
        raise RuleBroken(_("Ordinary member and substitute are two people."), field="substitute")
    if present and not (people.body.strip() and people.decided_on):
        raise RuleBroken(_("Give the appointing decision: by whom, and when."), field="body")
    if present and not people.registry_number.strip():
        message = _("Give the number of the appointing decision.")
        raise RuleBroken(message, field="registry_number")
    if present and people.document is None:
        message = _("Add the appointing decision as a document. Without it nobody votes.")
        raise RuleBroken(message, field="file")
    if people.document and people.document.participation_id != participation.pk:
        raise RuleBroken(_("The document belongs to another record."), field="file")
    known = Representative.objects.on().filter(organisation=participation.organisation_id)
    ids = set(known.values_list("user_id", flat=True))
    for field, person in present.items():
        if person.pk not in ids:
            raise RuleBroken(_("The person does not act for the municipality."), field=field)
