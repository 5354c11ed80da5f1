"""A meeting that was held on paper is entered whole afterwards, each thing at its own time."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM, deliver_due
from core.exceptions import RuleBroken
from governance.actions import ledger, summoning
from governance.choices import BodyKind, EventKind
from governance.models import Decision, Meeting
from governance.states import MeetingState
from tests.factories.governance import add_items, item_named, make_body, make_meeting

pytestmark = pytest.mark.django_db
LATE = "Kallelsen skickades med post."


def held_day():
    """Return the local day of the meeting: three weeks ago, this year or the last."""
    return timezone.localdate() - timedelta(days=21)


def at(clock: str):
    return timezone.make_aware(datetime.combine(held_day(), time.fromisoformat(clock)))


def command(client, meeting, name, **data):
    return client.post(f"{meeting.room_url}{name}/", data)


@pytest.fixture(params=[BodyKind.COUNCIL, BodyKind.COMMITTEE])
def body(request, root):
    return make_body(3, kind=request.param)


@pytest.fixture
def secretary(client, body):
    client.force_login(body.secretary)
    return client


def planned(secretary, body):
    """Plan the meeting and summon it, by the pages; nobody is mailed."""
    create = reverse("governance:meeting_create", args=[body.council.slug])
    day = held_day().isoformat()
    sent = secretary.post(
        create,
        {
            "starts_at": f"{day}T09:00", "ends_at": f"{day}T11:00", "mode": "room",
            "place": "Sessionssalen",
        },
    )  # fmt: skip
    assert sent.status_code == 302
    meeting = Meeting.objects.get()
    add_items(meeting, "Budget")
    address = reverse("governance:summons", args=[body.council.slug, meeting.pk])
    assert secretary.post(address, {"late_reason": ""}).status_code == 422
    assert secretary.post(address, {"late_reason": LATE}).status_code == 302
    meeting.refresh_from_db()
    return meeting


def test_the_whole_meeting_is_entered_at_its_own_times(secretary, body, mailoutbox):
    meeting = planned(secretary, body)
    deliver_due()
    assert mailoutbox == []
    assert (meeting.summonses.get().late_reason, meeting.state) == (LATE, MeetingState.SUMMONED)
    roll = {f"narvaro-{user.name_id}": "room" for user in body.ordinary}
    opening = {"papper": "ja", "tid": f"{held_day()}T09:05", **roll}
    assert command(secretary, meeting, "oppna", **opening).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.from_paper, meeting.opened_at, meeting.held_on) == (
        True, at("09:05"), held_day(),
    )  # fmt: skip
    assert 'name="tid"' in secretary.get(meeting.room_url).content.decode()
    choice, budget = item_named(meeting, "Val av justerare"), item_named(meeting, "Budget")
    steps = [
        ("oppna-punkt", {"punkt": choice.pk, "tid": "09:10"}),
        ("valj-justerare", {
            "punkt": choice.pk, "justerare": body.ordinary[1].name_id, "tid": "09:12",
        }),
        ("gick", {"person": body.ordinary[2].name_id, "tid": "09:20"}),
        ("kom", {"person": body.substitutes[2].name_id, "satt": "room", "tid": "09:21"}),
        ("oppna-punkt", {"punkt": budget.pk, "tid": "09:30"}),
        ("avsluta-overlaggning", {"punkt": budget.pk, "tid": "09:40"}),
        ("finn", {"punkt": budget.pk, "forslag": "ja", "tid": "09:41"}),
        ("klubba", {"punkt": budget.pk, "att": "", "tid": "09:42"}),
        ("avsluta", {"resten": "ja", "tid": "10:15"}),
    ]  # fmt: skip
    for name, data in steps:
        assert command(secretary, meeting, name, **data).status_code == 302, name
    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_at) == (MeetingState.CLOSED, at("10:15"))
    decision = Decision.objects.get(item=budget)
    assert decision.decided_at == at("09:42")
    served = {person for __, person in decision.participants}
    ordinary = {user.name_id for user in body.ordinary[:2]}
    assert served == ordinary | {body.substitutes[2].name_id}
    budget.refresh_from_db()
    assert (budget.paragraph_year, budget.opened_at) == (held_day().year, at("09:30"))
    # Everything says that it comes from paper, and when it was written down.
    events = meeting.events.exclude(kind=EventKind.SUMMONED)
    assert set(events.values_list("from_paper", flat=True)) == {True}
    assert all(event.effective_at < event.recorded_at for event in events)
    assert ledger.verify().fault == ""
    assert meeting.minutes.state == "draft"


def test_a_time_to_come_is_refused(secretary, body):
    meeting = planned(secretary, body)
    roll = {f"narvaro-{user.name_id}": "room" for user in body.ordinary}
    soon = timezone.localtime() + timedelta(days=1)
    refused = command(
        secretary, meeting, "oppna", papper="ja", tid=soon.strftime("%Y-%m-%dT%H:%M"), **roll
    )
    assert refused.status_code == 422
    meeting.refresh_from_db()
    assert (meeting.state, meeting.opened_at) == (MeetingState.SUMMONED, None)


def test_a_meeting_ahead_of_a_strict_body_is_still_never_late():
    body = make_body(2, kind=BodyKind.COMMITTEE)
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=1))
    add_items(meeting, "Budget")
    with pytest.raises(RuleBroken, match="later than"):
        summoning.send_summons(by=SYSTEM, meeting=meeting, late_reason=LATE)
    with pytest.raises(PermissionDenied):
        summoning.send_summons(by=body.fresh(body.ordinary[0]), meeting=meeting)
