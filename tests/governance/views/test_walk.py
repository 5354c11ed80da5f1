"""A meeting walked through its pages, from planning to closing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.actions import deliver_due
from governance.actions import cases
from governance.models import Decision, Meeting, MeetingAnswer, Motion, Summons
from governance.states import ItemState, MeetingState
from tests.factories.files import small_pdf
from tests.factories.governance import item_named, make_body
from tests.factories.members import MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(3)


@pytest.fixture
def secretary(client, body):
    client.force_login(body.secretary)
    return client


def url(name, body, *args):
    return reverse(f"governance:{name}", args=[body.council.slug, *args])


def planned(client, body) -> Meeting:
    start = timezone.localtime() + timedelta(days=20)
    data = {
        "starts_at": f"{start:%Y-%m-%dT09:00}",
        "ends_at": f"{start:%Y-%m-%dT11:00}",
        "mode": "both",
        "place": "Sessionssalen",
    }
    response = client.post(url("meeting_create", body), data)
    assert response.status_code == 302, response.context["form"].errors
    return Meeting.objects.get()


def command(client, meeting, name, **data):
    address = reverse("governance:room_command", args=[meeting.council.slug, meeting.pk, name])
    return client.post(address, data)


def test_the_whole_way(  # noqa: PLR0915 - one meeting, walked from end to end
    secretary, body, root, client, mailoutbox
):
    case = cases.register_case(by=body.secretary, council=body.council, subject="Budget 2027")
    cases.propose_decision(by=body.secretary, case=case, proposal=["att fastställa budgeten"])
    cases.make_case_ready(by=body.secretary, case=case)
    meeting = planned(secretary, body)
    assert [i.title for i in meeting.items.all()][2] == "Budget 2027"
    agenda = url("agenda", body, meeting.pk)
    item = item_named(meeting, "Budget 2027")
    secretary.post(agenda, {"gor": "up", "punkt": item.pk})
    item.refresh_from_db()
    assert item.position == 2
    secretary.post(agenda, {"gor": "down", "punkt": item.pk})
    assert secretary.get(agenda).status_code == 200
    assert secretary.get(url("summons", body, meeting.pk)).status_code == 200
    assert secretary.post(url("summons", body, meeting.pk), {"late_reason": ""}).status_code == 302
    summons = Summons.objects.get()
    assert (summons.kept_notice, summons.deliveries.count()) == (True, 7)
    deliver_due()
    kinds = {a[2].partition(";")[0] for m in mailoutbox for a in m.attachments}
    assert kinds == {"application/pdf", "text/calendar"}
    page = secretary.get(meeting.get_absolute_url())
    assert b"Budget 2027" in page.content
    assert secretary.get(url("meeting_file", body, meeting.pk)).content[:5] == b"%PDF-"
    # An ordinary member does not come: the substitute is called.
    client.force_login(body.ordinary[2])
    client.post(url("meeting_answer", body, meeting.pk), {"svar": "absent"})
    assert MeetingAnswer.objects.get().called == body.substitutes[2].name
    # The meeting is opened with the substitute in the room.
    client.force_login(body.secretary)
    assert client.get(meeting.room_url).status_code == 200
    present = [body.ordinary[0], body.ordinary[1], body.substitutes[2]]
    roll = {f"narvaro-{user.name_id}": "room" for user in present}
    assert command(client, meeting, "oppna", **roll).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.OPEN
    assert client.get(meeting.room_url).status_code == 200
    assert command(client, meeting, "oppna-punkt", punkt=item.pk).status_code == 302
    # A member moves an addition from a device of their own.
    client.force_login(body.ordinary[1])
    who = body.ordinary[1].name_id
    refused = command(client, meeting, "yrka", punkt=item.pk, person=who, slag="add", text="")
    assert refused.status_code == 422
    moved = command(
        client, meeting, "yrka", punkt=item.pk, person=who, slag="add", text="följa upp i juni"
    )
    assert moved.status_code == 302
    assert command(client, meeting, "avsluta-overlaggning", punkt=item.pk).status_code == 403
    client.force_login(body.ordinary[0])
    assert b"panel" in client.get(meeting.room_url).content
    assert command(client, meeting, "avsluta-overlaggning", punkt=item.pk).status_code == 302
    motion = Motion.objects.get()
    command(client, meeting, "finn", punkt=item.pk, forslag="ja", bifall=motion.pk)
    assert client.get(meeting.room_url).status_code == 200
    command(client, meeting, "klubba", punkt=item.pk, att="")
    decision = Decision.objects.get()
    assert decision.clauses == ["fastställa budgeten", "följa upp i juni"]
    choice = item_named(meeting, "Val av justerare")
    command(client, meeting, "oppna-punkt", punkt=choice.pk)
    command(client, meeting, "valj-justerare", punkt=choice.pk, justerare=who)
    choice.refresh_from_db()
    assert choice.state == ItemState.DECIDED
    command(client, meeting, "avsluta")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED
    case.refresh_from_db()
    assert case.state == "decided"
    # The body sees the unadjusted decision, others do not.
    assert client.get(decision.get_absolute_url()).status_code == 200
    client.force_login(body.secretary)
    for name in ("desk", "case_list"):
        assert client.get(url(name, body)).status_code == 200
    assert client.get(case.get_absolute_url()).status_code == 200
    client.logout()
    assert client.get(decision.get_absolute_url()).status_code == 404
    assert client.get(body.council.get_absolute_url()).status_code == 200
    assert client.get(reverse("governance:council_list")).status_code == 200
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get(meeting.room_url).status_code == 403
    calendar = client.get(url("council_calendar", body))
    assert b"BEGIN:VEVENT" in calendar.content


def test_the_desk_gives_seats_and_an_empty_form_saves_nothing(secretary, body, root):
    address = url("seat_add", body)
    assert secretary.get(address).status_code == 200
    empty = secretary.post(address, {})
    assert (empty.status_code, body.council.seats.count()) == (422, 3)
    organisation = MunicipalityFactory().organisation
    data = {"organisation": organisation.pk, "number": 1, "starts_on": "2026-01-01"}
    assert secretary.post(address, data).status_code == 302
    assert body.council.seats.count() == 4
    person = UserFactory()
    mandate = {
        "person": person.pk,
        "position": 0,
        "starts_on": "2026-01-01",
        "appointed_by": "Kommunstyrelsen",
        "appointed_on": "2025-12-01",
        "decision_number": "§ 4",
        "file": SimpleUploadedFile("beslut.pdf", small_pdf()),
    }
    seat = body.council.seats.get(organisation=organisation)
    assert secretary.post(url("mandate_add", body, seat.pk), mandate).status_code == 302
    assert seat.mandates.get().person == person.name
