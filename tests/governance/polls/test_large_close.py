"""Closing a poll of every municipality costs as many questions to the database as a small one.

The seconds it takes are measured by `python -m benchmarks.closing`, which fails above one.
"""

import pytest
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions.polls import closing, voting
from governance.choices import PollEntry
from governance.models import Ballot, Mandate, Poll, PollSeat, Seat
from members.models import Organisation, PersonName
from tests.factories.governance import (
    APPOINTED,
    LONG_AGO,
    appointing_decision,
    make_body,
    open_room,
)
from tests.governance.polls.builders import approved

pytestmark = pytest.mark.django_db

MUNICIPALITIES = 290
QUERIES = 18


def make_voted(size: int) -> Poll:
    """Return an open poll in which `size` seats have voted: a third each yes, no and abstaining."""
    body = make_body(3, substitutes=False)
    meeting = open_room(body)
    poll = approved(body, meeting)[0]
    count = range(size)
    template = body.seats[0].organisation
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Röstande kommun {n}", kind=template.kind) for n in count
    )
    seats = Seat.objects.bulk_create(
        Seat(council=body.council, organisation=org, starts_on=LONG_AGO) for org in organisations
    )
    people = PersonName.objects.bulk_create(
        PersonName(given_name="Ledamot", family_name=str(n)) for n in count
    )
    decision = appointing_decision(body.council).versions.get()
    Mandate.objects.bulk_create(
        Mandate(seat=s, person=p, starts_on=LONG_AGO, document=decision, **APPOINTED)
        for s, p in zip(seats, people, strict=True)
    )
    PollSeat.objects.bulk_create(
        PollSeat(
            poll=poll, seat=seat, organisation=seat.organisation, municipality=f"{n:04d}",
            weight=1, present=True, recused=False, person=people[n],
        )
        for n, seat in enumerate(seats)
    )  # fmt: skip
    Poll.objects.filter(pk=poll.pk).update(state="open", seats=size, opened_at=timezone.now())
    poll.refresh_from_db()
    votes = {seat.pk: ("yes", "no", "abstain")[n % 3] for n, seat in enumerate(seats)}
    voting.enter_ballots(by=SYSTEM, poll=poll, choices=votes, entry=PollEntry.ROLL_CALL)
    assert Ballot.objects.filter(poll=poll).count() == size
    return poll


@pytest.mark.parametrize("size", [9, MUNICIPALITIES])
def test_closing_a_poll_costs_the_same_queries_whatever_its_seats(size, django_assert_num_queries):
    poll = make_voted(size)
    with django_assert_num_queries(QUERIES):
        poll = closing.close_poll(by=SYSTEM, meeting=poll.meeting, poll=poll)
    abstained = size // 3
    assert poll.result["heads"] == {
        "yes": (size - abstained + 1) // 2, "no": (size - abstained) // 2, "abstain": abstained,
    }  # fmt: skip
