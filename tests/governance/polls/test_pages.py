"""Polls through their pages: phone, secretary, projector, export, records."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions.polls import per_capsulam, voting
from governance.actions.polls.concluding import conclude_polls
from governance.actions.room import recusals
from governance.models import Ballot, Decision, Meeting, Poll
from governance.recounting import recount
from governance.states import MeetingState, PollState
from tests.factories.governance import item_named, make_body, make_meeting, open_room
from tests.factories.minutes import adjust
from tests.governance.polls.builders import (
    adjusted,
    approved,
    close_debate,
    closed,
    debated,
    election_in,
    ended,
    find,
    move,
    open_poll_in,
    opened,
    ready_case,
    vote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(5)


def command(client, meeting, name, **data):
    address = reverse("governance:room_command", args=[meeting.council.slug, meeting.pk, name])
    return client.post(address, data)


def test_a_poll_from_request_to_gavel_on_five_devices(  # noqa: PLR0915 - one poll, end to end
    client, body, root
):
    meeting = open_room(body)
    item = item_named(meeting, "Budget")
    client.force_login(body.secretary)
    ok = {"punkt": item.pk}
    for name, data in (
        ("oppna-punkt", ok),
        ("avsluta-overlaggning", ok),
        ("finn", ok | {"forslag": "ja"}),
    ):
        assert command(client, meeting, name, **data).status_code == 302
    client.force_login(body.ordinary[3])
    page = client.get(meeting.room_url)
    assert b"begar-votering" in page.content
    me = body.ordinary[3].name_id
    assert command(client, meeting, "begar-votering", **ok, person=me).status_code == 302
    assert command(client, meeting, "propositionsordning", **ok).status_code == 403
    client.force_login(body.secretary)
    assert b"propositionsordning" in client.get(meeting.room_url).content
    assert command(client, meeting, "propositionsordning", **ok, regel="simple").status_code == 302
    poll = Poll.objects.get()
    assert b"oppna-votering" in client.get(meeting.room_url).content
    assert command(client, meeting, "oppna-votering", votering=poll.pk).status_code == 302
    # The members vote on their own devices.
    for n, choice in ((1, "yes"), (2, "yes"), (3, "no")):
        client.force_login(body.ordinary[n])
        page = client.get(meeting.room_url).content.decode()
        assert "Lämna rösten för" in page
        assert "Din röst visas för alla när ordföranden stänger den" in page
        seat = body.seats[n].pk
        done = command(client, meeting, "rosta", votering=poll.pk, plats=seat, rost=choice)
        assert done.status_code == 302
    page = client.get(meeting.room_url).content.decode()
    assert "3 av 5 närvarande har röstat" in page
    assert "Ändra rösten för" in page
    # Somebody who may not vote is told so, and nothing is stored.
    client.force_login(body.substitutes[0])
    assert command(client, meeting, "rosta", votering=poll.pk, rost="yes").status_code == 422
    # The secretary enters the rest by roll call.
    client.force_login(body.secretary)
    rows = {f"rost-{body.seats[n].pk}": "no" for n in (0, 4)}
    page = client.get(meeting.room_url).content
    assert b"for-in-roster" in page
    entered = command(client, meeting, "for-in-roster", votering=poll.pk, satt="roll_call", **rows)
    assert entered.status_code == 302
    assert Ballot.objects.filter(entry="roll_call").count() == 2
    assert command(client, meeting, "stang-votering", votering=poll.pk).status_code == 302
    assert command(client, meeting, "stang-votering", votering=poll.pk).status_code == 302
    page = client.get(meeting.room_url).content.decode()
    assert "Nej vann." in page
    assert "avslå förslaget" in page
    assert command(client, meeting, "klubba-votering", **ok).status_code == 302
    decision = Decision.objects.get()
    assert (decision.method, decision.outcome) == ("poll", "rejected")
    page = client.get(decision.get_absolute_url()).content.decode()
    assert "Så röstade kommunerna" in page
    # Each finds the own vote afterwards.
    client.force_login(body.ordinary[3])
    assert "Din röst" in client.get(poll.get_absolute_url()).content.decode()
    export = client.get(reverse("governance:poll_export", args=[body.council.slug, poll.pk]))
    assert recount(json.loads(export.content))["outcome"] == "rejected"
    mine = client.get(reverse("governance:my_polls")).content.decode()
    assert "Budget" in mine


def test_the_interim_result_is_shown_nowhere(client, body, root):
    poll = open_poll_in(body)
    vote(body, poll, s0="no", s1="no")
    meeting = poll.meeting
    addresses = [
        meeting.room_url,
        reverse("governance:room_state", args=[body.council.slug, meeting.pk]),
        reverse("governance:projector", args=[body.council.slug, meeting.pk]),
        poll.get_absolute_url(),
        reverse("governance:my_polls"),
    ]
    for user in (body.secretary, body.ordinary[2]):
        client.force_login(user)
        for address in addresses:
            page = client.get(address).content.decode()
            assert "vote-legend" not in page
            assert "Så röstade kommunerna" not in page
            assert "har röstat Nej" not in page
        export = reverse("governance:poll_export", args=[body.council.slug, poll.pk])
        assert client.get(export).status_code == 404
    closed(meeting, poll)
    assert "vote-legend" in client.get(meeting.room_url).content.decode()


def test_the_room_answers_304_until_somebody_votes(client, body, root):
    poll = open_poll_in(body)
    client.force_login(body.ordinary[1])
    for name in ("room_state", "projector"):
        address = reverse(f"governance:{name}", args=[body.council.slug, poll.meeting.pk])
        etag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
        vote(body, poll, s0="no" if name == "room_state" else "yes")
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_what_is_typed_is_kept_while_others_vote(client, body, root):
    poll = open_poll_in(body)
    client.force_login(body.ordinary[1])
    room = client.get(poll.meeting.room_url)
    vote(body, poll, s0="no")
    address = reverse("governance:room_state", args=[body.council.slug, poll.meeting.pk])
    fragment = client.get(address, {"fas": room.context["phase"]}).content.decode()
    assert "1 av 5 närvarande har röstat" in fragment
    assert 'name="rost"' not in fragment
    closed(poll.meeting, poll)
    fragment = client.get(address, {"fas": room.context["phase"]}).content.decode()
    assert 'id="rum-rost"' in fragment


def test_a_secret_election_shows_only_who_was_ticked_off(client, body, root):
    poll = election_in(body, ["X", "Y"], is_secret=True)
    meeting = poll.meeting
    client.force_login(body.ordinary[1])
    page = client.get(meeting.room_url).content.decode()
    assert "Du kan inte ändra din röst" in page
    done = command(client, meeting, "rosta", votering=poll.pk, namn="X", plats=body.seats[1].pk)
    assert done.status_code == 302
    assert "är avprickad" in client.get(meeting.room_url).content.decode()
    assert command(client, meeting, "rosta", votering=poll.pk, namn="Y").status_code == 422
    vote(body, poll, s0="X", s2="X")
    closed(meeting, poll)
    page = client.get(poll.get_absolute_url()).content.decode()
    assert page.count("</i>Avprickad") + page.count(">Avprickad") == 3
    assert Poll.objects.get().urn.digest in page
    export = reverse("governance:poll_export", args=[body.council.slug, poll.pk])
    assert client.get(export).status_code == 404


def test_the_chair_votes_and_a_lot_is_drawn_on_the_page(client, body, root):
    poll = open_poll_in(body)
    vote(body, poll, s1="yes", s2="no")
    client.force_login(body.ordinary[0])
    meeting = poll.meeting
    command(client, meeting, "stang-votering", votering=poll.pk)
    page = client.get(meeting.room_url).content.decode()
    assert "ordföranden måste rösta" in page
    done = command(
        client, meeting, "ordforandens-rost", votering=poll.pk,
        person=body.ordinary[0].name_id, rost="yes",
    )  # fmt: skip
    assert done.status_code == 302
    poll.refresh_from_db()
    assert poll.state == PollState.SETTLED
    void = command(client, meeting, "ogiltig-votering", votering=poll.pk, skal="")
    assert void.status_code == 422
    assert (
        command(client, meeting, "ogiltig-votering", votering=poll.pk, skal="Fel").status_code
        == 302
    )
    assert client.get(poll.get_absolute_url()).status_code == 200


def test_a_lot_on_the_page(client, body, root):
    poll = election_in(body, ["X", "Y"])
    vote(body, poll, s1="X", s2="Y")
    closed(poll.meeting, poll)
    client.force_login(body.ordinary[0])
    page = client.get(poll.meeting.room_url).content.decode()
    assert poll.lot.commitment in page
    done = command(
        client, poll.meeting, "lotta", votering=poll.pk, ord="17",
        drar=body.ordinary[1].name_id, vittne=body.ordinary[2].name_id,
    )  # fmt: skip
    assert done.status_code == 302
    page = client.get(poll.get_absolute_url()).content.decode()
    assert Poll.objects.get().lot.seed in page
    assert command(client, poll.meeting, "klubba-votering", punkt=poll.item_id).status_code == 302


def test_amendments_are_shown_as_a_difference(client, body, root):
    meeting = open_room(body)
    item = debated(body, meeting)
    move(meeting, item, body.ordinary[1], "amend", "godkänna det nya förslaget")
    client.force_login(body.ordinary[2])
    page = client.get(meeting.room_url).content.decode()
    assert "<ins>det nya</ins>" in page
    projected = reverse("governance:projector", args=[body.council.slug, meeting.pk])
    assert "<ins>det nya</ins>" in client.get(projected).content.decode()


def test_without_a_meeting_from_question_to_report(client, body, root):
    case = ready_case(body)
    address = reverse("governance:per_capsulam", args=[body.council.slug])
    client.force_login(body.secretary)
    assert client.get(address).status_code == 200
    assert client.post(address, {"arende": case.pk, "senast": "i morgon"}).status_code == 422
    later = timezone.localtime() + timezone.timedelta(days=5)
    done = client.post(address, {"arende": case.pk, "senast": f"{later:%Y-%m-%dT%H:%M}"})
    poll = Poll.objects.get()
    assert (done.status_code, done.url) == (302, poll.get_absolute_url())
    give = reverse("governance:poll_vote", args=[body.council.slug, poll.pk])
    assert client.post(give, {"rost": "yes"}).status_code == 422
    client.force_login(body.ordinary[0])
    assert client.post(address, {}).status_code == 403
    assert "visas för alla i organet" in client.get(poll.get_absolute_url()).content.decode()
    assert client.post(give, {"rost": "", "skal": "För dyrt"}).status_code == 422
    assert client.post(give, {"rost": "yes", "skal": "Bra"}).status_code == 302
    assert "1 av 5 har svarat" in client.get(poll.get_absolute_url()).content.decode()
    close = reverse("governance:poll_close", args=[body.council.slug, poll.pk])
    assert client.post(close).status_code == 403
    client.force_login(body.secretary)
    assert client.post(close).status_code == 422
    vote(body, poll, s1="yes", s2="yes", s3="yes", s4="yes")
    ahead = make_meeting(body, starts_at=timezone.now() + timezone.timedelta(days=20))
    assert client.post(close).status_code == 302
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Bra" in page
    item = ahead.items.get(case=case)
    assert item.title.startswith("Anmälan av beslut per capsulam")
    Meeting.objects.filter(pk=ahead.pk).update(state=MeetingState.SUMMONED)
    from governance.actions.room.opening import open_meeting

    meeting = open_meeting(
        by=SYSTEM, meeting=Meeting.objects.get(pk=ahead.pk), present=body.who(0, 1, 2)
    )
    command(client, meeting, "oppna-punkt", punkt=item.pk)
    assert "anmal-punkt" in client.get(meeting.room_url).content.decode()
    assert command(client, meeting, "anmal-punkt", punkt=item.pk).status_code == 302
    decision = Decision.objects.get()
    assert (decision.method, decision.clauses) == ("per_capsulam", ["höja avgiften"])
    case.refresh_from_db()
    assert case.state == "decided"


def test_a_body_under_the_local_government_act_decides_in_meetings_only(client, root):
    body = make_body(3, kind="committee")
    case = ready_case(body)
    client.force_login(body.secretary)
    address = reverse("governance:per_capsulam", args=[body.council.slug])
    assert "beslutar bara på möten" in client.get(address).content.decode()
    later = timezone.localtime() + timezone.timedelta(days=5)
    asked = client.post(address, {"arende": case.pk, "senast": f"{later:%Y-%m-%dT%H:%M}"})
    assert asked.status_code == 422
    assert Poll.objects.count() == 0


def test_those_who_have_not_answered_are_reminded_once(body):
    from notifications.models import Notification

    deadline = timezone.now() + timezone.timedelta(days=5)
    poll = per_capsulam.ask_per_capsulam(by=SYSTEM, case=ready_case(body), deadline_at=deadline)
    vote(body, poll, s0="yes")
    near = deadline - timezone.timedelta(days=1)
    assert [per_capsulam.remind_missing(now=t) for t in (timezone.now(), near, near)] == [0, 1, 0]
    assert Notification.objects.filter(kind="per-capsulam-asked").count() == 5
    assert Notification.objects.filter(kind="per-capsulam-reminder").count() == 4


def test_the_record_of_a_municipality_counts_missed_votes_and_attendance(client, body, root):
    meeting = open_room(body, body.who(0, 1, 2, 3))
    recusals.announce_recusal(
        by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"),
        person=body.ordinary[3].name, ground="Prov",
    )  # fmt: skip
    item = close_debate(meeting, debated(body, meeting))
    find(meeting, item, proposal=True)
    poll = opened(meeting, approved(body, meeting, item)[0])
    vote(body, poll, s0="yes")
    closed(meeting, poll)
    conclude_polls(by=SYSTEM, meeting=meeting, item=item)
    adjusted(body, meeting)
    found = {}
    for n in (0, 1, 3, 4):
        code = body.seats[n].organisation.municipality.code
        page = client.get(reverse("governance:municipality_record", args=[code]))
        records = page.context["records"]
        found[n] = (
            [(r.polls, r.missed) for r in records],
            page.context["attendance"][0]["present"],
        )
    # Beside the poll there is the choice of adjusters, in which who was recused took part.
    assert found == {0: ([(1, 0)], 2), 1: ([(1, 1)], 2), 3: ([(1, 0)], 1), 4: ([(1, 1)], 0)}


@pytest.mark.parametrize(("is_closed", "status"), [(False, 200), (True, 404)])
def test_unadjusted_polls_are_for_the_body_alone(client, body, root, is_closed, status):
    poll = open_poll_in(body)
    poll.item.is_closed, poll.item.closed_reason = is_closed, "Sekretess" if is_closed else ""
    poll.item.save()
    vote(body, poll, s0="yes")
    closed(poll.meeting, poll)
    conclude_polls(by=SYSTEM, meeting=poll.meeting, item=poll.item)
    assert client.get(poll.get_absolute_url()).status_code == 404
    # The meeting is over, and its minutes wait for signatures: still for the body alone.
    held = ended(body, poll.meeting)
    assert client.get(poll.get_absolute_url()).status_code == 404
    adjust(held)
    assert client.get(poll.get_absolute_url()).status_code == status
    client.force_login(body.ordinary[2])
    assert client.get(poll.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("size", [3, 12])
def test_the_room_asks_a_constant_number_of_questions(
    client, root, size, django_assert_max_num_queries
):
    body = make_body(size)
    poll = open_poll_in(body)
    for user in body.ordinary[:-1]:
        voting.cast_ballot(by=user, poll=poll, choice="yes")
    client.force_login(body.ordinary[0])
    client.get(poll.meeting.room_url)
    with django_assert_max_num_queries(75):
        client.get(poll.meeting.room_url)
    closed(poll.meeting, poll)
    with django_assert_max_num_queries(30):
        client.get(poll.get_absolute_url())
