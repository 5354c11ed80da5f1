"""Times and numbers that nothing can be made of are refused; they never break the room."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions.room import opening
from governance.house_rules import to_data
from governance.models import Meeting, Poll
from governance.states import MeetingState
from governance.views.room_commands import lines
from tests.factories.governance import (
    add_items,
    item_named,
    make_body,
    make_meeting,
    open_room,
)
from tests.governance.polls.builders import election_in, ready_case

pytestmark = pytest.mark.django_db
NEVER = ("0001-01-01T00:00", "9999-12-31T23:59-23:00", "2026-13-01T10:00")
LONG = "9" * 30


@pytest.fixture
def body():
    return make_body(3)


@pytest.fixture
def chair(client, body, root):
    client.force_login(body.ordinary[0])
    return client


def command(client, meeting, name, **data):
    address = reverse("governance:room_command", args=[meeting.council.slug, meeting.pk, name])
    return client.post(address, data)


@pytest.mark.parametrize("raw", NEVER)
def test_a_time_that_no_calendar_holds_is_refused(chair, body, raw):
    meeting = open_room(body)
    item = item_named(meeting, "Budget")
    for name in ("oppna-punkt", "ajournera", "avsluta"):
        assert command(chair, meeting, name, punkt=item.pk, tid=raw).status_code == 422
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.OPEN


def test_nothing_happens_before_the_meeting_is_opened(chair, body):
    meeting = open_room(body)
    item = item_named(meeting, "Budget")
    early = f"{timezone.localtime() - timedelta(days=400):%Y-%m-%dT%H:%M}"
    assert command(chair, meeting, "oppna-punkt", punkt=item.pk, tid=early).status_code == 422
    assert command(chair, meeting, "avsluta", resten="ja", tid=early).status_code == 422
    assert command(chair, meeting, "ajournera", tid=early).status_code == 422
    item.refresh_from_db()
    assert (item.state, item.paragraph) == ("confirmed", None)


def test_a_meeting_does_not_end_before_the_last_that_happened(chair, body):
    meeting = open_room(body)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=timezone.now() - timedelta(hours=3))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.OPEN
    early = f"{timezone.localtime() - timedelta(hours=2):%Y-%m-%dT%H:%M}"
    refused = command(chair, meeting, "avsluta", resten="ja", tid=early)
    assert refused.status_code == 422
    now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    done = command(chair, meeting, "avsluta", resten="ja", tid=now)
    assert done.status_code == 302
    meeting.refresh_from_db()
    assert meeting.closed_at >= meeting.opened_at


def test_a_meeting_is_not_opened_long_before_its_time(client, body, root):
    meeting = make_meeting(body)
    add_items(meeting, "Budget")
    rules = to_data(meeting.profile())
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED, rules=rules)
    client.force_login(body.secretary)
    roll = {f"narvaro-{user.name_id}": "room" for user in body.ordinary}
    for raw in ("1000-01-01T10:00", *NEVER):
        assert command(client, meeting, "oppna", tid=raw, **roll).status_code == 422
    meeting.refresh_from_db()
    assert (meeting.state, meeting.opened_at) == (MeetingState.SUMMONED, None)


def test_a_person_with_a_number_too_long_is_left_aside(chair, body):
    meeting = open_room(body)
    opening.adjourn(by=SYSTEM, meeting=meeting)
    data = {f"narvaro-{LONG}": "room"}
    assert command(chair, meeting, "ateruppta", **data).status_code == 302


def test_a_question_without_a_meeting_needs_a_case_and_a_time(client, body, root):
    case = ready_case(body)
    address = reverse("governance:per_capsulam", args=[body.council.slug])
    client.force_login(body.secretary)
    later = f"{timezone.localtime() + timedelta(days=5):%Y-%m-%dT%H:%M}"
    assert client.post(address, {"arende": "9" * 5000, "senast": later}).status_code == 422
    for raw in (*NEVER, "9999-12-31T23:59-12:00"):
        assert client.post(address, {"arende": case.pk, "senast": raw}).status_code == 422
    assert not Poll.objects.exists()


def test_lines_hold_no_character_that_cannot_be_stored(body):
    read = lines("att")({"att": "a\x00b\nc"}, None)
    assert read == ["ab", "c"]


def test_the_secretary_enters_a_name_for_each_place(client, body, root):
    poll = election_in(body, ("Anna", "Bo", "Cia"), positions=2)
    client.force_login(body.secretary)
    seat, other, third = (row.pk for row in body.seats)
    page = client.get(poll.meeting.room_url).content.decode()
    assert page.count(f'name="rost-{seat}"') == 2
    data = {
        f"rost-{seat}": ["Anna", "Bo"], f"rost-{other}": ["", "Cia"],
        f"rost-{third}": ["blank", ""],
    }  # fmt: skip
    sent = command(
        client, poll.meeting, "for-in-roster", votering=poll.pk, satt="roll_call", **data
    )
    assert sent.status_code == 302
    names = dict(poll.ballots.values_list("seat", "names"))
    assert names == {seat: ["Anna", "Bo"], other: ["Cia"], third: []}
    twice = {f"rost-{seat}": ["Anna", "Anna"]}
    sent = command(
        client, poll.meeting, "for-in-roster", votering=poll.pk, satt="roll_call", **twice
    )
    assert sent.status_code == 422
