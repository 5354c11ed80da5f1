"""The room's forms: refusals, the order of proposals, write-ins, paper ballots, lots by hand."""

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.polls import closing, paper
from governance.actions.room import correcting
from governance.choices import EventKind, MotionKind
from governance.models import DecisionFlag, Lot, MeetingEvent, Motion, Poll, SecretUrn
from governance.states import MotionState, PollState
from tests.factories.governance import item_named, make_body, open_room
from tests.governance.polls.builders import (
    asked,
    close_debate,
    closed,
    debated,
    election_in,
    find,
    move,
    open_poll_in,
    set_rules,
    vote,
)

pytestmark = pytest.mark.django_db
NAMES = ("Ett (exempel)", "Två (exempel)")


@pytest.fixture
def body():
    return make_body(5)


def command(client, meeting, name, **data):
    address = reverse("governance:room_command", args=[meeting.council.slug, meeting.pk, name])
    return client.post(address, data)


def test_the_chair_refuses_with_a_reason_and_the_meeting_takes_it_up(client, body, root):
    meeting = open_room(body)
    item = debated(body, meeting)
    new = move(meeting, item, body.ordinary[1], MotionKind.AMEND, "bygga en bro")
    unlawful = move(meeting, item, body.ordinary[2], MotionKind.AMEND, "ge bidrag")
    form = reverse("governance:motion_refusal", args=[body.council.slug, meeting.pk, new.pk])
    client.force_login(body.ordinary[3])
    assert form not in client.get(meeting.room_url).content.decode()
    assert client.get(form).status_code == 404
    client.force_login(body.ordinary[0])
    assert form in client.get(meeting.room_url).content.decode()
    assert "Det väcker ett nytt ärende" in client.get(form).content.decode()
    for ground, reason, status in (("", "Ny fråga", 422), ("new_matter", " ", 422)):
        data = {"yrkande": new.pk, "grund": ground, "skal": reason}
        assert command(client, meeting, "vagra-yrkande", **data).status_code == status
    for motion, ground in ((new, "new_matter"), (unlawful, "unlawful")):
        data = {"yrkande": motion.pk, "grund": ground, "skal": "Så är det"}
        assert command(client, meeting, "vagra-yrkande", **data).status_code == 302
    page = client.get(meeting.room_url).content.decode()
    assert "Så är det" in page
    assert page.count("Mötet tar upp det ändå") == 1
    assert command(client, meeting, "ta-upp-yrkande", yrkande=new.pk).status_code == 422
    assert command(client, meeting, "ta-upp-yrkande", yrkande=unlawful.pk).status_code == 302
    states = list(Motion.objects.order_by("number").values_list("state", flat=True))
    assert states == [MotionState.REFUSED, MotionState.ADMITTED]


def test_the_meeting_chooses_the_order_in_which_the_others_meet(client, body, root):
    meeting = open_room(body)
    item = debated(body, meeting)
    for n, text in enumerate(("två", "tre", "fyra"), start=1):
        move(meeting, item, body.ordinary[n], MotionKind.AMEND, text)
    close_debate(meeting, item)
    find(meeting, item, proposal=True)
    asked(body, meeting, item)
    client.force_login(body.ordinary[0])
    page = client.get(meeting.room_url).content.decode()
    # The usual order is filled in; rejection, which nobody moved, is not put.
    assert '<option value="1" selected>1</option>' in page
    order = {"ordning-motion-1": "2", "ordning-motion-2": "3", "ordning-motion-3": "1"}
    data = {"punkt": item.pk, "regel": "simple", "ordning-proposal": "4"}
    left_out = {**data, **order, "ordning-motion-1": ""}
    assert command(client, meeting, "propositionsordning", **left_out).status_code == 422
    assert command(client, meeting, "propositionsordning", **data, **order).status_code == 302
    polls = Poll.objects.order_by("step")
    assert [(p.yes_key, p.no_key) for p in polls] == [
        ("motion-3", "motion-1"), ("", "motion-2"), ("proposal", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("allowed", "status"), [(True, 302), (False, 422)])
def test_others_are_named_where_the_rules_allow_it(client, body, root, allowed, status):
    poll = election_in(body, NAMES)
    set_rules(poll.meeting, write_in=allowed)
    client.force_login(body.ordinary[1])
    assert ("Någon annan" in client.get(poll.meeting.room_url).content.decode()) == allowed
    data = {"votering": poll.pk, "namn": ["Tredje  namnet", ""]}
    assert command(client, poll.meeting, "rosta", **data).status_code == status
    names = list(poll.ballots.values_list("names", flat=True))
    assert names == ([["Tredje namnet"]] if allowed else [])


def test_a_name_written_otherwise_is_the_nominated_one(client, body, root):
    poll = election_in(body, NAMES)
    set_rules(poll.meeting, write_in=True)
    client.force_login(body.ordinary[1])
    for wrong in ([NAMES[0], " ett  (EXEMPEL)"], [*NAMES], ["Blank"], ["x" * 201]):
        data = {"votering": poll.pk, "namn": wrong}
        assert command(client, poll.meeting, "rosta", **data).status_code == 422
    data = {"votering": poll.pk, "namn": " två  (EXEMPEL)"}
    assert command(client, poll.meeting, "rosta", **data).status_code == 302
    assert poll.ballots.get().names == [NAMES[1]]


def test_secret_ballots_on_paper_are_counted_by_the_secretary(client, body, root):
    poll = election_in(body, NAMES, is_secret=True)
    vote(body, poll, s0=NAMES[0])
    client.force_login(body.secretary)
    page = client.get(poll.meeting.room_url).content.decode()
    assert "För in röster på papper" in page
    seats = [seat.pk for seat in body.seats]
    data = {"votering": poll.pk, "namn": NAMES, "antal": ["1", "2"], "blanka": ""}
    for wrong in ({"plats": seats[1:3]}, {"plats": seats[:3]}, {"plats": seats[1:2]}):
        assert command(client, poll.meeting, "papper", **data | wrong).status_code == 422
    three = {"plats": seats[1:4]}
    mistyped = data | three | {"antal": ["en", "2"]}
    assert command(client, poll.meeting, "papper", **mistyped).status_code == 422
    assert poll.voters.filter(has_voted=True).count() == 1
    assert command(client, poll.meeting, "papper", **data | three).status_code == 302
    assert SecretUrn.objects.get().on_paper == 3
    assert set(poll.voters.filter(has_voted=True).values_list("seat", flat=True)) == set(seats[:4])
    done = closed(poll.meeting, poll)
    assert done.result["votes"] == [[NAMES[0], 2], [NAMES[1], 2]]
    page = client.get(done.get_absolute_url()).content.decode()
    assert "3 av rösterna räknades på papper av sekreteraren." in page
    assert ledger.verify().fault == ""
    with pytest.raises(RuleBroken):
        paper.enter_paper_ballots(
            by=SYSTEM, meeting=poll.meeting, poll=poll, seats=seats[4:], totals={}, blank=1
        )


@pytest.mark.parametrize(
    ("number", "totals", "blank", "places", "expected"),
    [
        (3, {"A": 1, "B": 2}, 0, 1, [["A"], ["B"], ["B"]]),
        (3, {"A": 1, "B": 1}, 1, 1, [["A"], ["B"], []]),
        (2, {"A": 2, "B": 1, "C": 1}, 0, 2, [["A", "B"], ["A", "C"]]),
        (2, {}, 2, 1, [[], []]),
    ],
)
def test_totals_become_ballots(number, totals, blank, places, expected):
    assert paper.as_ballots(number, totals, blank, places) == expected


@pytest.mark.parametrize(
    ("number", "totals", "blank", "places"),
    [
        (3, {"A": 1, "B": 1}, 0, 1), (3, {"A": 4}, 0, 2), (2, {"A": 3}, 0, 2), (2, {}, 3, 1),
        (2, {"A": 1}, 2, 1),
    ],
)  # fmt: skip
def test_totals_that_are_no_ballots_are_refused(number, totals, blank, places):
    with pytest.raises(RuleBroken):
        paper.as_ballots(number, totals, blank, places)


def test_a_lot_drawn_by_hand_is_recorded_as_such(client, body, root):
    poll = election_in(body, NAMES)
    vote(body, poll, s0=NAMES[0], s1=NAMES[1])
    closed(poll.meeting, poll)
    client.force_login(body.secretary)
    assert "Lotten dras för hand" in client.get(poll.meeting.room_url).content.decode()
    people = [user.name_id for user in body.ordinary]
    data = {"votering": poll.pk, "drar": people[0], "vittne": people[1], "dragen": NAMES[1]}
    for wrong in ({"vittne": people[0]}, {"dragen": [*NAMES]}, {"dragen": "Någon"}, {"dragen": []}):
        assert command(client, poll.meeting, "for-in-lott", **data | wrong).status_code == 422
    assert command(client, poll.meeting, "for-in-lott", **data).status_code == 302
    lot = Lot.objects.get()
    assert (lot.is_by_hand, lot.seed, lot.drawn) == (True, "", [NAMES[1]])
    poll.refresh_from_db()
    assert (poll.state, closing.elected_of(poll)) == (PollState.SETTLED, [NAMES[1]])
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "drog lotten för hand inför vittnet" in page
    assert "Frö" not in page
    assert ledger.verify().fault == ""


def test_a_correction_flags_the_poll_that_it_touches(client, body, root):
    poll = open_poll_in(body)
    meeting = poll.meeting
    vote(body, poll, s0="yes")
    closed(meeting, poll)
    correcting.add_late(
        by=SYSTEM, meeting=meeting, kind=EventKind.LEFT, person=body.ordinary[3].name,
        at=item_named(meeting, "Budget").opened_at, reason="Gick före voteringen.",
    )  # fmt: skip
    flag = DecisionFlag.objects.get()
    assert (flag.poll, flag.decision, flag.still_quorate) == (poll, None, True)
    # What happens after the poll was opened does not touch it.
    correcting.add_late(
        by=SYSTEM, meeting=meeting, kind=EventKind.LEFT, person=body.ordinary[2].name,
        at=MeetingEvent.objects.latest("recorded_at").recorded_at, reason="Gick sent.",
    )  # fmt: skip
    assert DecisionFlag.objects.count() == 1
    client.force_login(body.ordinary[2])
    assert "Rättelser som rör det" not in client.get(meeting.room_url).content.decode()
    client.force_login(body.secretary)
    assert "Andra tjänstgör än de som står" in client.get(meeting.room_url).content.decode()
    assert command(client, meeting, "svara-flagga", flagga=flag.pk, svar=" ").status_code == 422
    done = command(client, meeting, "svara-flagga", flagga=flag.pk, svar="Rösten saknades inte")
    assert done.status_code == 302
    assert "Rösten saknades inte" in client.get(meeting.room_url).content.decode()
