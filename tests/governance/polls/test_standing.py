"""A poll that was asked for decides: nothing goes around it, and nothing is lost in it."""

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger, planning
from governance.actions.polls import concluding, invalidating, proposing, voting
from governance.actions.room import deciding, items, motions
from governance.choices import EventKind, ItemKind, MotionKind, OfficeKind, RefusalGround
from governance.models import Decision, Meeting, Poll
from governance.states import ItemState, MotionState, PollState
from tests.factories.governance import add_items, make_body, make_meeting, open_room
from tests.governance.polls.builders import (
    _open,
    approved,
    asked,
    close_debate,
    closed,
    debated,
    election_in,
    ended,
    find,
    move,
    open_poll_in,
    opened,
    set_rules,
    vote,
    weigh,
)

pytestmark = pytest.mark.django_db
DECIDES = "it decides, not acclamation"


@pytest.fixture
def body():
    return make_body(5, substitutes=False)


def put(body, *moved):
    """Return a room with an item whose debate is closed, after these motions."""
    meeting = open_room(body)
    item = debated(body, meeting)
    made = [
        move(meeting, item, body.ordinary[n], kind, text)
        for n, (kind, text) in enumerate(moved, start=1)
    ]
    return meeting, close_debate(meeting, item), made


def conclude(meeting, item):
    return concluding.conclude_polls(by=SYSTEM, meeting=meeting, item=item)


def gavel(meeting, item):
    return deciding.gavel(by=SYSTEM, meeting=meeting, item=item)


@pytest.mark.parametrize("reached", ["requested", "approved", "open", "settled"])
def test_no_finding_and_no_gavel_goes_around_a_poll(body, reached):
    meeting, item, __ = put(body)
    find(meeting, item, proposal=True)
    if reached == "requested":
        asked(body, meeting, item)
    else:
        poll = approved(body, meeting, item)[0]
    if reached in {"open", "settled"}:
        poll = opened(meeting, poll)
        vote(body, poll, s0="yes", s1="no", s2="no", s3="no", s4="no")
    if reached == "settled":
        closed(meeting, poll)
    with pytest.raises(RuleBroken, match=DECIDES):
        find(meeting, item, proposal=True)
    with pytest.raises(RuleBroken, match=DECIDES):
        gavel(meeting, item)
    assert not Decision.objects.exists()
    if reached == "settled":
        assert conclude(meeting, item).clauses == ["avslå förslaget"]


def test_the_room_refuses_to_go_around_a_settled_poll(client, body, root):
    poll = open_poll_in(body)
    meeting, item = poll.meeting, poll.item
    vote(body, poll, s0="yes", s1="no", s2="no", s3="no", s4="no")
    closed(meeting, poll)
    client.force_login(body.ordinary[0])
    where = [body.council.slug, meeting.pk]
    for name, data in (("finn", {"forslag": "ja"}), ("klubba", {})):
        address = reverse("governance:room_command", args=[*where, name])
        assert client.post(address, {"punkt": item.pk} | data).status_code == 422
    assert not Decision.objects.exists()


def test_an_election_under_way_is_not_gone_around(body):
    poll = election_in(body, ["Ett"], is_secret=True)
    meeting, item = poll.meeting, poll.item
    deeds = (
        lambda: find(meeting, item, motions=list(item.motions.all())),
        lambda: items.reopen_debate(by=SYSTEM, meeting=meeting, item=item),
        lambda: gavel(meeting, item),
    )
    for deed in deeds:
        with pytest.raises(RuleBroken):
            deed()
    item.refresh_from_db()
    assert item.state == ItemState.DEBATE_CLOSED


def test_an_item_is_not_taken_off_while_a_poll_stands(body):
    poll = election_in(body, ["Ett", "Två"])
    # As it could be left by a room of an earlier version: debated again under an open poll.
    type(poll.item).objects.filter(pk=poll.item_id).update(state=ItemState.OPENED)
    with pytest.raises(RuleBroken, match=DECIDES):
        items.withdraw_item(by=SYSTEM, meeting=poll.meeting, item=poll.item)


def test_the_request_for_an_election_by_poll_is_an_event(body):
    poll = election_in(body, ["Ett", "Två"])
    event = poll.item.events.get(kind=EventKind.POLL_REQUESTED)
    assert event.person_id == body.ordinary[0].name_id
    assert ledger.verify().fault == ""


def test_a_request_after_a_finding_in_an_election_is_one_event(body):
    meeting = make_meeting(body)
    add_items(meeting, "Val", kind=ItemKind.ELECTION, proposal=[], positions=1)
    meeting = _open(body, meeting)
    item = debated(body, meeting, name="Val")
    name = move(meeting, item, body.ordinary[1], MotionKind.NOMINATE, "Ett")
    close_debate(meeting, item)
    find(meeting, item, motions=[name])
    poll = asked(body, meeting, item)
    assert item.events.filter(kind=EventKind.POLL_REQUESTED).count() == 1
    with pytest.raises(RuleBroken, match=DECIDES):
        gavel(meeting, item)
    proposing.withdraw_request(by=SYSTEM, meeting=meeting, item=item)
    poll.refresh_from_db()
    assert poll.state == PollState.WITHDRAWN
    assert gavel(meeting, item).clauses == ["välja Ett"]


def test_a_secret_election_by_weight_is_refused_at_once_and_decided_otherwise(body):
    weigh(body, [1, 2, 3, 4, 5])
    with pytest.raises(RuleBroken, match="weigh one each"):
        election_in(body, ["Ett"], is_secret=True)
    assert not Poll.objects.exists()
    meeting = Meeting.objects.get()
    item = meeting.items.get(state=ItemState.DEBATE_CLOSED)
    find(meeting, item, motions=list(item.motions.all()))
    assert gavel(meeting, item).clauses == ["välja Ett"]
    assert ledger.verify().fault == ""


def test_who_leads_can_take_the_request_for_an_election_back_in_the_room(client, body, root):
    meeting = make_meeting(body)
    add_items(meeting, "Val", kind=ItemKind.ELECTION, proposal=[], positions=1)
    meeting = _open(body, meeting)
    item = debated(body, meeting, name="Val")
    move(meeting, item, body.ordinary[1], MotionKind.NOMINATE, "Ett")
    close_debate(meeting, item)
    proposing.request_election(
        by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[1].name, is_secret=True
    )
    client.force_login(body.secretary)
    address = reverse(
        "governance:room_command", args=[body.council.slug, meeting.pk, "ta-tillbaka-votering"]
    )
    assert address in client.get(meeting.room_url).content.decode()
    assert client.post(address, {"punkt": item.pk}).status_code == 302
    assert Poll.objects.get().state == PollState.WITHDRAWN


def test_the_matter_is_put_after_the_formal_question_was_polled(body):
    meeting, item, __ = put(body, (MotionKind.TABLE, ""))
    find(meeting, item)
    poll = opened(meeting, approved(body, meeting, item)[0])
    vote(body, poll, s0="yes")
    closed(meeting, poll)
    conclude(meeting, item)
    find(meeting, item, proposal=True)
    poll = opened(meeting, approved(body, meeting, item)[0])
    vote(body, poll, s0="yes")
    closed(meeting, poll)
    assert conclude(meeting, item).clauses == ["godkänna förslaget"]


def test_a_poll_in_the_place_of_an_invalid_one_still_decides(body):
    poll = open_poll_in(body)
    again = invalidating.declare_invalid(
        by=SYSTEM, meeting=poll.meeting, poll=poll, reason="Fel röstkort"
    )
    with pytest.raises(RuleBroken, match=DECIDES):
        gavel(poll.meeting, poll.item)
    again = opened(poll.meeting, again)
    vote(body, again, s0="yes")
    closed(poll.meeting, again)
    assert conclude(poll.meeting, poll.item).clauses == ["godkänna förslaget"]


def test_an_addition_found_carried_stands_when_only_the_matter_is_polled(body):
    moved = ((MotionKind.ADD, "följa upp i juni"), (MotionKind.ADD, "bjuda på kaffe"))
    meeting, item, (first, __) = put(body, *moved)
    find(meeting, item, proposal=True, motions=[first])
    poll = opened(meeting, approved(body, meeting, item)[0])
    vote(body, poll, s0="yes", s1="yes", s2="no")
    closed(meeting, poll)
    assert conclude(meeting, item).clauses == ["godkänna förslaget", "följa upp i juni"]
    states = list(item.motions.order_by("number").values_list("state", flat=True))
    assert states == [MotionState.CARRIED, MotionState.REJECTED]


def test_an_addition_found_carried_falls_when_its_own_poll_says_no(body):
    meeting, item, (addition,) = put(body, (MotionKind.ADD, "följa upp i juni"))
    find(meeting, item, proposal=True, motions=[addition])
    polls = approved(body, meeting, item, polled_additions=[addition])
    for poll, answer in zip(polls, ("yes", "no"), strict=True):
        taken = opened(meeting, Poll.objects.get(pk=poll.pk))
        vote(body, taken, s0=answer)
        closed(meeting, taken)
    assert conclude(meeting, item).clauses == ["godkänna förslaget"]
    addition.refresh_from_db()
    assert addition.state == MotionState.REJECTED


def test_a_poll_on_an_addition_is_moot_when_the_matter_is_rejected(client, body, root):
    meeting, item, (addition,) = put(body, (MotionKind.ADD, "följa upp i juni"))
    find(meeting, item, proposal=True, motions=[addition])
    polls = approved(body, meeting, item, polled_additions=[addition])
    poll = opened(meeting, polls[0])
    vote(body, poll, s0="no")
    closed(meeting, poll)
    client.force_login(body.secretary)
    page = client.get(meeting.room_url).content.decode()
    assert "klubba-votering" in page
    assert "oppna-votering" not in page
    decision = conclude(meeting, item)
    assert decision.clauses == ["avslå förslaget"]
    addition.refresh_from_db()
    waiting = Poll.objects.get(pk=polls[1].pk)
    assert (addition.state, waiting.state) == (MotionState.LAPSED, PollState.WITHDRAWN)
    assert ledger.verify().fault == ""


def test_a_rejection_that_was_moved_takes_part_in_the_order(body):
    meeting, item, __ = put(body, (MotionKind.AMEND, "A"), (MotionKind.REJECT, ""))
    find(meeting, item, proposal=True)
    asked(body, meeting, item)
    who = {"by": SYSTEM, "meeting": meeting, "item": item}
    with pytest.raises(RuleBroken, match="takes part once"):
        proposing.approve_order(**who, contenders=["motion-1"])
    assert len(proposing.approve_order(**who, contenders=["reject", "motion-1"])) == 2


@pytest.mark.parametrize("reached", ["found", "approved", "decided", "closed"])
def test_a_refusal_is_overruled_before_anything_is_put(body, reached):
    meeting = open_room(body)
    item = debated(body, meeting)
    motion = move(meeting, item, body.ordinary[1], MotionKind.AMEND, "A")
    known = {"by": SYSTEM, "meeting": meeting}
    motions.refuse_motion(**known, motion=motion, ground=RefusalGround.UNLAWFUL, reason="Lag")
    close_debate(meeting, item)
    find(meeting, item, proposal=True)
    if reached == "approved":
        approved(body, meeting, item)
    if reached in {"decided", "closed"}:
        gavel(meeting, item)
    if reached == "closed":
        ended(body, meeting)
    meeting.refresh_from_db()
    with pytest.raises(RuleBroken):
        motions.overrule_refusal(**known, motion=motion)
    motion.refresh_from_db()
    assert motion.state == MotionState.REFUSED


def test_a_refusal_is_overruled_between_the_debate_and_the_finding(body):
    meeting = open_room(body)
    item = debated(body, meeting)
    motion = move(meeting, item, body.ordinary[1], MotionKind.AMEND, "A")
    known = {"by": SYSTEM, "meeting": meeting}
    motions.refuse_motion(**known, motion=motion, ground=RefusalGround.UNLAWFUL, reason="Lag")
    close_debate(meeting, item)
    assert motions.overrule_refusal(**known, motion=motion).state == MotionState.ADMITTED


@pytest.mark.parametrize("sits", [True, False])
def test_who_is_written_in_for_an_office_holds_it_or_is_refused(body, sits):
    meeting = make_meeting(body)
    planning.add_item(
        by=SYSTEM, meeting=meeting, title="Val", kind=ItemKind.ELECTION, elects_to=OfficeKind.CHAIR
    )
    meeting = set_rules(_open(body, meeting), write_in=True)
    item = debated(body, meeting, name="Val")
    nominee = body.ordinary[0].name
    motions.make_motion(
        by=SYSTEM, meeting=meeting, item=item, person=nominee, kind=MotionKind.NOMINATE,
        nominee=nominee,
    )  # fmt: skip
    close_debate(meeting, item)
    poll = proposing.request_election(by=SYSTEM, meeting=meeting, item=item, person=nominee)
    poll = opened(meeting, poll)
    winner = str(body.ordinary[3].name) if sits else "Någon Utifrån"
    voting.cast_ballot(by=body.ordinary[1], poll=poll, names=[winner])
    closed(meeting, poll)
    if sits:
        assert conclude(meeting, item).clauses == [f"välja {winner}"]
        chair = body.council.offices.filter(kind=OfficeKind.CHAIR, ends_on=None).get()
        assert chair.person == body.ordinary[3].name
    else:
        with pytest.raises(RuleBroken, match="cannot hold the office"):
            conclude(meeting, item)
