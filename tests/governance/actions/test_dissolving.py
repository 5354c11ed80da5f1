"""Every seat of a dissolved body ends with it, also those that had not begun."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import councils, participation, seats
from governance.models import LedgerEntry, Mandate, Seat
from tests.factories.governance import LONG_AGO, add_seat, make_body, make_meeting
from tests.factories.members import MunicipalityFactory

pytestmark = pytest.mark.django_db


def days(ahead):
    return timezone.localdate() + timedelta(days=ahead)


def give(body, starts_on, ends_on=None, **more):
    return seats.give_seat(
        by=SYSTEM, council=body.council, organisation=MunicipalityFactory().organisation,
        starts_on=starts_on, ends_on=ends_on, **more,
    )  # fmt: skip


def dissolve(body, on):
    return councils.dissolve_council(by=SYSTEM, council=body.council, on=on)


def test_every_seat_ends_on_the_day_of_the_dissolution():
    body = make_body(1)
    over, shortened = give(body, LONG_AGO, days(-1)), give(body, LONG_AGO, days(400))
    begins, begins_later = give(body, days(5)), give(body, days(40), days(400))
    on = days(10)
    dissolve(body, on)
    rows = {row.pk: (row.starts_on, row.ends_on, row.cancelled_on) for row in Seat.objects.all()}
    assert rows == {
        body.seats[0].pk: (LONG_AGO, on, None),
        over.pk: (LONG_AGO, days(-1), None),
        shortened.pk: (LONG_AGO, on, None),
        begins.pk: (days(5), on, None),
        begins_later.pk: (days(40), days(40), on),
    }
    told = LedgerEntry.objects.filter(kind__in=["seat_ended", "seat_cancelled"])
    assert [(row.kind, row.content["data"]["id"]) for row in told.order_by("number")] == [
        ("seat_ended", pk) for pk in sorted([body.seats[0].pk, shortened.pk, begins.pk])
    ] + [("seat_cancelled", begins_later.pk)]


def test_a_cancelled_seat_is_there_on_no_day_and_its_people_sit_on_none():
    body = make_body(1)
    seat = add_seat(body, starts_on=days(40))
    dissolve(body, days(10))
    for day in (days(9), days(40), days(41)):
        assert seat not in Seat.objects.on(day)
        assert not Mandate.objects.on(day).filter(seat=seat).exists()
    assert not Seat.objects.on(days(11)).filter(council=body.council).exists()


def test_nothing_brings_a_seat_of_a_dissolved_body_back():
    body = make_body(1)
    given = give(body, LONG_AGO, participation_id=7)
    ahead = give(body, days(40), participation_id=8)
    dissolve(body, days(10))
    given.refresh_from_db()
    ahead.refresh_from_db()
    for seat, day in ((given, None), (given, days(11)), (ahead, days(50))):
        with pytest.raises(RuleBroken, match="dissolved"):
            seats.end_seat(by=SYSTEM, seat=seat, on=day)
    with pytest.raises(RuleBroken, match="dissolved"):
        give(body, days(1))
    for number in (7, 8):
        participation.keep_seat(SimpleNamespace(participation_id=number))
        participation.leave_seat(SimpleNamespace(participation_id=number, ends_on=days(20)))
    given.refresh_from_db()
    ahead.refresh_from_db()
    assert (given.ends_on, ahead.ends_on) == (days(10), days(40))


def test_a_seat_that_has_begun_is_never_cancelled():
    body = make_body(1)
    seat = body.seats[0]
    for cancelled_on, ends_on in ((LONG_AGO, LONG_AGO), (LONG_AGO - timedelta(days=1), None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.filter(pk=seat.pk).update(cancelled_on=cancelled_on, ends_on=ends_on)


def test_a_body_with_a_meeting_ahead_is_not_dissolved():
    body = make_body(1)
    make_meeting(body)
    with pytest.raises(RuleBroken, match="meetings"):
        dissolve(body, days(10))
    assert Seat.objects.get().ends_on is None
