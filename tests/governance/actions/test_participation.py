"""A seat follows the facts of a participation."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from catalogue.events import (
    ParticipationTerminated,
    SeatLeft,
    SeatTaken,
    TerminationWithdrawn,
)
from catalogue.models import JoiningDocument, Participation
from core.actions import SYSTEM
from core.events import publish
from governance.actions import participation
from governance.actions.seats import give_seat
from governance.models import Council, Seat
from notifications.models import Notification
from tests.factories.catalogue import make_catalogue, make_service
from tests.factories.files import small_pdf
from tests.factories.governance import make_body
from tests.factories.members import make_world

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Fact:
    """What the facts of the catalogue share."""

    participation_id: int
    organisation_id: int
    service_id: int
    starts_on: date | None = None
    ends_on: date | None = None
    document_id: int | None = None


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def service(root):
    return make_service(make_catalogue(root))


@pytest.fixture
def fact(world, service):
    make_body(1, service=service)
    day = timezone.localdate() + timedelta(days=30)
    return lambda **dates: Fact(7, world.own.pk, service.pk, **{"starts_on": day} | dates)


def test_a_seat_is_given_once_and_its_vacancy_told(fact, world):
    first = participation.take_seat(fact())
    assert participation.take_seat(fact()) == first
    assert Seat.objects.filter(participation_id=7).count() == 1
    told = dict(Notification.objects.values_list("user", "kind"))
    secretary = first.council.offices.get(kind="secretary").person.user
    concerned = {world.people["own:coordinator"].pk, secretary.pk}
    assert told == dict.fromkeys(concerned, "vacant-seat")


def test_a_seat_from_before_the_joining_becomes_the_participations(fact, world, service):
    council = Council.objects.get(service=service)
    first = timezone.localdate() - timedelta(days=100)
    seat = give_seat(by=SYSTEM, council=council, organisation=world.own, starts_on=first)
    assert participation.take_seat(fact()) == seat
    seat.refresh_from_db()
    assert seat.participation_id == 7
    assert Seat.objects.filter(organisation=world.own).count() == 1
    participation.leave_seat(fact(ends_on=timezone.localdate() + timedelta(days=400)))
    seat.refresh_from_db()
    assert seat.ends_on == timezone.localdate() + timedelta(days=400)


def test_governance_hears_the_catalogue(fact, world, service):
    told = {"participation_id": 7, "organisation_id": world.own.pk, "service_id": service.pk}
    first, last = timezone.localdate(), timezone.localdate() + timedelta(days=90)
    publish(SeatTaken(**told, starts_on=first, ordinary_id=None, substitute_id=None))
    seat = Seat.objects.get(participation_id=7)
    publish(ParticipationTerminated(**told, received_on=first, ends_on=last))
    seat.refresh_from_db()
    assert seat.ends_on == last
    publish(TerminationWithdrawn(**told, withdrawn_on=first))
    seat.refresh_from_db()
    assert seat.ends_on is None
    publish(SeatLeft(**told, ends_on=last))
    seat.refresh_from_db()
    assert seat.ends_on == last


def test_the_appointing_decision_follows_to_the_shelf_of_the_council(fact, world, service):
    row = Participation.objects.create(
        service=service, organisation=world.own, state_since=timezone.now()
    )
    paper = JoiningDocument.objects.create(
        participation=row, kind="appointment", title="Val", size=5, sha256="0" * 64,
        retention="keep", file=ContentFile(small_pdf(), "val.pdf"),
    )  # fmt: skip
    told = {"participation_id": row.pk, "organisation_id": world.own.pk, "service_id": service.pk}
    taken = SeatTaken(
        **told, starts_on=timezone.localdate(), ordinary_id=world["own:reader"].pk,
        substitute_id=None, document_id=paper.pk,
    )  # fmt: skip
    publish(taken)
    seat = Seat.objects.get(participation_id=row.pk)
    carried = seat.council.shelf.get(title=f"Beslut om uppdrag: {world.own}")
    assert (carried.kind, carried.audience) == ("appointment", "council")
    # People are entered by the secretary all the same.
    assert not seat.mandates.exists()
    # A file that is gone never stops what the catalogue does.
    paper.file.storage.delete(paper.file.name)
    JoiningDocument.objects.filter(pk=paper.pk).update(sha256="1" * 64)
    publish(taken)
    assert seat.council.shelf.filter(kind="appointment").count() == 2


def test_the_seat_ends_with_the_participation_and_is_kept_when_it_goes_on(fact):
    seat = participation.take_seat(fact())
    last = seat.starts_on + timedelta(days=365)
    participation.leave_seat(fact(ends_on=last))
    seat.refresh_from_db()
    assert seat.ends_on == last
    participation.leave_seat(fact(ends_on=last + timedelta(days=9)))
    seat.refresh_from_db()
    assert seat.ends_on == last
    participation.keep_seat(fact())
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_a_service_without_a_council_has_no_seats(world, service):
    assert participation.take_seat(Fact(7, world.own.pk, service.pk, timezone.localdate())) is None
