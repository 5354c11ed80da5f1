"""A seat follows the facts of a participation."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from governance.actions import participation
from governance.models import Seat
from notifications.models import Notification
from tests.factories.catalogue import make_catalogue, make_service
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
    told = Notification.objects.get()
    assert (told.user, told.kind) == (world.people["own:coordinator"], "vacant-seat")


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
