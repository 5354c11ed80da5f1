"""Closing a poll of every municipality in the country takes less than a second."""

import time

import pytest
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions.polls import closing, voting
from governance.choices import PollEntry
from governance.models import Ballot, Poll, PollSeat, Seat
from members.models import Organisation, PersonName
from tests.factories.governance import LONG_AGO, make_body, open_room
from tests.governance.polls.builders import approved

pytestmark = pytest.mark.django_db

MUNICIPALITIES = 290


def test_closing_a_poll_of_290_seats_takes_less_than_a_second():
    body = make_body(3, substitutes=False)
    meeting = open_room(body)
    poll = approved(body, meeting)[0]
    count = range(MUNICIPALITIES)
    template = body.seats[0].organisation
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Kommun {n}", kind=template.kind) for n in count
    )
    seats = Seat.objects.bulk_create(
        Seat(council=body.council, organisation=org, starts_on=LONG_AGO) for org in organisations
    )
    people = PersonName.objects.bulk_create(
        PersonName(given_name="Ledamot", family_name=str(n)) for n in count
    )
    PollSeat.objects.bulk_create(
        PollSeat(
            poll=poll, seat=seat, organisation=seat.organisation, municipality=f"{n:04d}",
            weight=1, present=True, recused=False, person=people[n],
        )
        for n, seat in enumerate(seats)
    )  # fmt: skip
    Poll.objects.filter(pk=poll.pk).update(
        state="open", seats=MUNICIPALITIES, opened_at=timezone.now()
    )
    poll.refresh_from_db()
    votes = {seat.pk: ("yes", "no", "abstain")[n % 3] for n, seat in enumerate(seats)}
    voting.enter_ballots(by=SYSTEM, poll=poll, choices=votes, entry=PollEntry.ROLL_CALL)
    assert Ballot.objects.filter(poll=poll).count() == MUNICIPALITIES
    start = time.perf_counter()
    poll = closing.close_poll(by=SYSTEM, meeting=meeting, poll=poll)
    taken = time.perf_counter() - start
    assert poll.result["heads"] == {"yes": 97, "no": 97, "abstain": 96}
    assert taken < 1
