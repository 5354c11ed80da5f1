"""The list of speakers: who speaks, then replies, then the others in the order they asked."""

import pytest

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.room import items, motions
from governance.choices import SpeakerState
from governance.models import Meeting, SpeakerRequest
from governance.views.room_page import room_context
from tests.factories.governance import item_named, make_body, open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(root):
    return make_body(4)


@pytest.fixture
def debate(body):
    meeting = open_room(body)
    return items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))


def ask(body, item, number, *, is_reply=False):
    person = body.ordinary[number].name
    return motions.ask_to_speak(
        by=SYSTEM, meeting=item.meeting, item=item, person=person, is_reply=is_reply
    )


def listed(body, item):
    """Return the list as the room shows it: the number of the seat and where the wish is."""
    numbers = {user.name_id: n for n, user in enumerate(body.ordinary)}
    meeting = Meeting.objects.select_related("council").get(pk=item.meeting_id)
    rows = room_context(meeting, body.secretary)["speakers"]
    return [(numbers[row.person_id], row.state) for row in rows]


def test_a_reply_goes_before_the_list_in_the_order_it_was_asked_for(body, debate):
    ask(body, debate, 0)
    ask(body, debate, 1)
    ask(body, debate, 2, is_reply=True)
    ask(body, debate, 3, is_reply=True)
    waiting = SpeakerState.WAITING
    assert listed(body, debate) == [(2, waiting), (3, waiting), (0, waiting), (1, waiting)]


def test_who_speaks_stands_first_and_is_done_when_the_reply_gets_the_floor(body, debate):
    first, __ = ask(body, debate, 0), ask(body, debate, 1)
    motions.give_floor(by=SYSTEM, meeting=debate.meeting, request=first)
    reply = ask(body, debate, 2, is_reply=True)
    assert listed(body, debate) == [
        (0, SpeakerState.SPEAKING), (2, SpeakerState.WAITING), (1, SpeakerState.WAITING),
    ]  # fmt: skip
    motions.give_floor(by=SYSTEM, meeting=debate.meeting, request=reply)
    assert listed(body, debate) == [(2, SpeakerState.SPEAKING), (1, SpeakerState.WAITING)]
    first.refresh_from_db()
    assert (first.state, first.ended_at is not None) == (SpeakerState.DONE, True)
    motions.leave_list(by=SYSTEM, meeting=debate.meeting, request=reply)
    assert listed(body, debate) == [(1, SpeakerState.WAITING)]


def test_a_person_stands_on_the_list_once_and_may_reply_after_speaking(body, debate):
    first = ask(body, debate, 0)
    with pytest.raises(RuleBroken, match="already on the list"):
        ask(body, debate, 0, is_reply=True)
    motions.give_floor(by=SYSTEM, meeting=debate.meeting, request=first)
    motions.leave_list(by=SYSTEM, meeting=debate.meeting, request=first)
    assert ask(body, debate, 0, is_reply=True).is_reply


def test_a_member_asks_for_a_reply_from_the_room(body, debate, client):
    client.force_login(body.ordinary[1])
    sent = client.post(
        f"{debate.meeting.room_url}begar-ordet/",
        {"punkt": debate.pk, "person": body.ordinary[1].name_id, "replik": "ja"},
    )
    assert sent.status_code == 302
    request = SpeakerRequest.objects.get()
    assert (request.person, request.is_reply) == (body.ordinary[1].name, True)
