"""Who sees and does what, and what a page costs."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actions import SYSTEM
from governance.actions import cases, planning
from governance.actions.room import items, opening
from governance.models import Council, Meeting
from members.models import User
from tests.factories.governance import add_seat, item_named, make_body, make_meeting, open_room
from tests.factories.members import UserFactory, make_world
from tests.governance.polls.builders import closed, open_poll_in, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(root):
    return make_body(3)


def page(name, body, *args):
    return reverse(f"governance:{name}", args=[body.council.slug, *args])


PEOPLE = ("anonymous", "outsider", "member", "substitute", "chair", "secretary", "office")


@pytest.fixture
def login(client, body):
    def as_one(who: str):
        world = make_world()
        users = {
            "outsider": UserFactory(),
            "member": body.ordinary[2],
            "substitute": body.substitutes[2],
            "chair": body.ordinary[0],
            "secretary": body.secretary,
            "office": world["secretary"],
        }
        if who != "anonymous":
            client.force_login(body.fresh(users[who]))
        return client

    return as_one


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_by_role(who, body, login):
    meeting = open_room(body)
    draft = make_meeting(body)
    case = cases.register_case(by=SYSTEM, council=body.council, subject="Prov")
    client = login(who)
    inside = who in {"member", "substitute", "chair", "secretary", "office"}
    desk = who in {"secretary", "office"}
    outside = 302 if who == "anonymous" else 403
    expected = {
        page("council_detail", body): 200,
        page("meeting_detail", body, meeting.pk): 200,
        page("meeting_detail", body, draft.pk): 200 if desk else 404,
        page("room", body, meeting.pk): 200 if inside else 403,
        page("room_state", body, meeting.pk): 200 if inside else 403,
        page("desk", body): 200 if desk else outside,
        page("agenda", body, meeting.pk): 200 if desk else outside,
        page("summons", body, meeting.pk): 200 if desk else outside,
        page("case_detail", body, case.pk): 200 if inside else (302 if who == "anonymous" else 404),
    }
    found = {address: client.get(address).status_code for address in expected}
    assert found == expected


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("command", ["oppna-punkt", "avsluta", "ajournera", "gick"])
def test_only_the_chair_and_the_secretary_lead(who, command, body, login):
    meeting = open_room(body)
    client = login(who)
    data = {
        "punkt": item_named(meeting, "Budget").pk,
        "person": body.ordinary[1].name_id,
        "resten": "ja",
    }
    response = client.post(page("room_command", body, meeting.pk, command), data)
    leads = who in {"chair", "secretary", "office"}
    assert (response.status_code != 403) is leads


def test_nobody_moves_for_another(client, body):
    meeting = open_room(body)
    item = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    client.force_login(body.ordinary[2])
    data = {"punkt": item.pk, "person": body.ordinary[1].name_id, "slag": "approve"}
    assert client.post(page("room_command", body, meeting.pk, "yrka"), data).status_code == 403
    data["person"] = body.ordinary[2].name_id
    assert client.post(page("room_command", body, meeting.pk, "yrka"), data).status_code == 302


def test_a_substitute_who_does_not_serve_cannot_move(client, body):
    meeting = open_room(body)
    opening.arrive(by=SYSTEM, meeting=meeting, person=body.substitutes[2].name)
    item = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    client.force_login(body.substitutes[2])
    data = {"punkt": item.pk, "person": body.substitutes[2].name_id, "slag": "approve"}
    response = client.post(page("room_command", body, meeting.pk, "yrka"), data)
    assert response.status_code == 422


def closed_doors(body) -> Meeting:
    """Return an open meeting of a body with an audience, with an item behind closed doors."""
    Council.objects.update(open_meetings=True)
    meeting = make_meeting(body)
    planning.add_item(
        by=SYSTEM, meeting=meeting, title="Anbudet från Hemliga", is_closed=True,
        closed_reason="Upphandling", proposal=["anta Hemligas anbud"],
    )  # fmt: skip
    Meeting.objects.update(state="summoned")
    meeting = opening.open_meeting(by=SYSTEM, meeting=meeting, present=body.who(0, 1, 2))
    item = item_named(meeting, "Anbudet från Hemliga")
    items.open_item(by=SYSTEM, meeting=meeting, item=item)
    return meeting


def test_the_audience_sees_nothing_of_a_closed_item(client, body):
    meeting = closed_doors(body)
    addresses = [page(n, body, meeting.pk) for n in ("room", "room_state", "meeting_detail")]
    addresses.append(page("council_detail", body))
    assert [a for a in addresses if "Hemlig" in client.get(a).content.decode()] == []
    client.force_login(body.ordinary[0])
    assert "Hemliga" in client.get(addresses[0]).content.decode()


def test_a_device_in_step_gets_304(client, body, django_assert_max_num_queries):
    meeting = open_room(body)
    client.force_login(body.ordinary[2])
    address = page("room_state", body, meeting.pk)
    first = client.get(address)
    etag = first["ETag"]
    with django_assert_max_num_queries(1):
        same = client.get(address, headers={"if-none-match": etag})
    assert (same.status_code, same.content) == (304, b"")
    opening.leave(by=SYSTEM, meeting=meeting, person=body.ordinary[1].name)
    changed = client.get(address, headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag
    # Another person's tag is worth nothing, and neither is one without the session.
    held = changed["ETag"]
    assert client.get(address, headers={"if-none-match": held}).status_code == 304
    client.logout()
    assert client.get(address, headers={"if-none-match": held}).status_code == 403
    client.force_login(body.ordinary[1])
    assert client.get(address, headers={"if-none-match": changed["ETag"]}).status_code == 200


def test_the_forms_come_only_with_another_phase(client, body):
    meeting = open_room(body)
    client.force_login(body.ordinary[2])
    address = page("room_state", body, meeting.pk)
    assert b'id="rum-gor"' not in client.get(address, {"fas": "open-0"}).content
    assert b'id="rum-gor"' in client.get(address, {"fas": "summoned-0"}).content


@pytest.mark.parametrize("name", ["council_detail", "room", "room_state", "meeting_detail"])
def test_the_cost_does_not_grow_with_the_seats(
    name, client, body, django_assert_max_num_queries, django_assert_num_queries
):
    def cost() -> int:
        Meeting.objects.all().update(state="closed")
        meeting = open_room(body, items=("Budget",))
        client.force_login(body.fresh(body.ordinary[2]))
        args = [] if name == "council_detail" else [meeting.pk]
        address = page(name, body, *args)
        client.get(address)
        with django_assert_max_num_queries(80) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = cost()
    for __ in range(6):
        add_seat(body)
    assert cost() == few


FOLLOWING = 8
"""Session, account, roles, bodies, meeting, secretary, own seat in the poll, own ballot."""


def test_a_change_costs_each_device_but_a_few_queries(client, body, django_assert_num_queries):
    meeting = open_poll_in(body).meeting
    address = page("room_state", body, meeting.pk)
    for member in body.ordinary[1:]:
        client.force_login(body.fresh(member))
        client.get(address)
    with django_assert_num_queries(FOLLOWING):
        assert client.get(address).status_code == 200
    opening.arrive(by=SYSTEM, meeting=meeting, person=body.substitutes[2].name)
    client.force_login(body.ordinary[0])
    assert client.get(address).status_code == 200  # the first to ask reads what all share
    client.force_login(body.ordinary[1])
    with django_assert_num_queries(FOLLOWING):
        assert client.get(address).status_code == 200


def test_devices_that_follow_share_no_more_than_they_may_see(client, body):
    meeting = closed_doors(body)
    address = page("room_state", body, meeting.pk)
    for user, seen in ((body.ordinary[0], True), (UserFactory(), False), (body.secretary, True)):
        client.force_login(body.fresh(user))
        assert ("Hemliga" in client.get(address).content.decode()) is seen


def test_devices_that_follow_are_told_in_their_own_language(client, body):
    meeting = open_room(body)
    address = page("room_state", body, meeting.pk)
    client.force_login(body.ordinary[0])
    assert "Ordförande" in client.get(address).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    User.objects.update(language="en")
    found = client.get(address).content.decode()
    assert ("Chair" in found, "Ordförande" in found) == (True, False)


def test_each_device_points_out_its_own_vote(client, body):
    poll = open_poll_in(body)
    meeting = poll.meeting
    vote(body, poll, s0="yes", s1="no", s2="yes")
    closed(meeting, poll)
    address = page("room_state", body, meeting.pk)
    for member in body.ordinary:
        client.force_login(body.fresh(member))
        [view] = client.get(address).context["polls"]
        assert [v.person_id for v in view.voices if v.is_mine] == [member.name_id]
    client.force_login(body.secretary)
    [view] = client.get(address).context["polls"]
    assert [v for v in view.voices if v.is_mine] == []
    client.force_login(body.ordinary[0])
    shown = client.get(page("projector", body, meeting.pk)).context["poll_shown"]
    assert [v for v in shown.voices if v.is_mine] == []


def test_history_by_day(client, body):
    address = page("council_detail", body)
    now = client.get(address)
    assert len(now.context["members"]) == 6
    before = client.get(address, {"datum": "2019-06-01"})
    assert before.context["members"] == []
    wrong = client.get(address, {"datum": "igår"})
    assert (wrong.status_code, bool(wrong.context["day_error"])) == (200, True)


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "-1", "\x00"])
def test_bad_numbers_are_404_and_never_500(client, body, value):
    meeting = open_room(body)
    client.force_login(body.secretary)
    response = client.post(page("room_command", body, meeting.pk, "oppna-punkt"), {"punkt": value})
    assert response.status_code in {400, 404}


def test_devices_that_ask_at_once_share_what_all_see_alike(client, body):
    meeting = open_room(body)
    address = page("room_state", body, meeting.pk)
    costs, pages = [], []
    for user in body.ordinary[1:3]:
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            pages.append(client.get(address).content.decode())
        costs.append(len(queries))
    assert costs[1] < costs[0]
    # Each sees the own seat as the own, and what happens next is there for all.
    assert [text.count(">Du") for text in pages] == [1, 1]
    opening.leave(by=SYSTEM, meeting=meeting, person=body.ordinary[2].name)
    assert 'class="big">2<' in client.get(address).content.decode()
