"""Requests for elections that are taken back, and secret ones that cannot be held."""

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.polls import proposing
from governance.actions.room import deciding
from governance.choices import ItemKind, MotionKind
from governance.models import Poll
from governance.states import ItemState, PollState
from tests.factories.governance import add_items, make_body, make_meeting
from tests.governance.polls.builders import (
    _open,
    close_debate,
    debated,
    find,
    move,
    opened,
    weigh,
)

pytestmark = pytest.mark.django_db


def election(body, *names):
    """Return the item of an election, at the point where a poll is requested."""
    meeting = make_meeting(body)
    add_items(meeting, "Val", kind=ItemKind.ELECTION, proposal=[], positions=1)
    meeting = _open(body, meeting)
    item = debated(body, meeting, name="Val")
    for name in names:
        move(meeting, item, body.ordinary[0], MotionKind.NOMINATE, name)
    return meeting, close_debate(meeting, item)


def request(body, meeting, item, **how):
    member = body.ordinary[2]
    return proposing.request_election(
        by=member, meeting=meeting, item=item, person=member.name, **how
    )


def test_a_secret_election_is_refused_at_once_where_seats_weigh_differently():
    body = make_body(5)
    weigh(body, [1, 2, 3, 4, 5])
    meeting, item = election(body, "Anna", "Bo")
    with pytest.raises(RuleBroken, match="weigh one each"):
        request(body, meeting, item, is_secret=True)
    assert not Poll.objects.exists()
    # An open one is held all the same.
    assert opened(meeting, request(body, meeting, item)).is_open


def test_an_election_that_was_requested_before_anything_was_found_is_taken_back(client, root):
    body = make_body(5)
    meeting, item = election(body, "Anna")
    poll = request(body, meeting, item)
    address = reverse(
        "governance:room_command", args=[body.council.slug, meeting.pk, "ta-tillbaka-votering"]
    )
    client.force_login(body.ordinary[2])
    assert client.post(address, {"punkt": item.pk}).status_code == 403
    client.force_login(body.ordinary[0])
    assert address in client.get(meeting.room_url).content.decode()
    assert client.post(address, {"punkt": item.pk}).status_code == 302
    poll.refresh_from_db()
    assert poll.state == PollState.WITHDRAWN
    assert client.post(address, {"punkt": item.pk}).status_code == 422
    meeting.refresh_from_db()
    find(meeting, item, motions=list(item.motions.all()))
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    item.refresh_from_db()
    assert item.state == ItemState.DECIDED
    assert ledger.verify().fault == ""


def test_an_election_that_has_been_opened_is_not_taken_back():
    body = make_body(5)
    meeting, item = election(body, "Anna", "Bo")
    opened(meeting, request(body, meeting, item))
    with pytest.raises(RuleBroken, match="it decides"):
        proposing.withdraw_request(by=SYSTEM, meeting=meeting, item=item)
