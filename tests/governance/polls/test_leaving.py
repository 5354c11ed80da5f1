"""Who may no longer vote when a meeting ends, and when somebody leaves an open poll."""

import pytest
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.polls import closing, concluding, invalidating, paper, voting
from governance.actions.polls.proposing import Terms
from governance.actions.polls.records import dispose_of_secret_sets
from governance.actions.room import opening as room
from governance.actions.room import recusals
from governance.choices import PollEntry
from governance.models import DecisionFlag, SecretUrn
from governance.states import ItemState, MeetingState, PollState
from tests.factories.governance import make_body
from tests.governance.polls.builders import (
    closed,
    election_in,
    ended,
    open_poll_in,
    opened,
    vote,
)

pytestmark = pytest.mark.django_db
NAMES = ("Anna", "Bo")


@pytest.fixture
def body():
    return make_body(5, substitutes=False)


def leave(poll, *users, **when):
    for user in users:
        room.leave(by=SYSTEM, meeting=poll.meeting, person=user.name, **when)


def recuse(poll, user):
    recusals.announce_recusal(
        by=user, meeting=poll.meeting, item=poll.item, person=user.name, ground="Part i saken"
    )


def test_the_room_offers_no_ballot_to_who_is_recused_or_has_left(client, root, body):
    poll = open_poll_in(body)
    recuse(poll, body.ordinary[1])
    leave(poll, body.ordinary[2])
    offered = []
    for user in body.ordinary[:3]:
        client.force_login(body.fresh(user))
        page = client.get(poll.meeting.room_url)
        offered.append((bool(page.context["vote_ballots"]), b'name="rost"' in page.content))
    assert offered == [(True, True), (False, False), (False, False)]


def test_a_meeting_that_loses_quorum_ends_its_open_poll(body):
    poll = open_poll_in(body)
    vote(body, poll, s0="yes", s1="yes")
    leave(poll, *body.ordinary[2:])
    room.close_meeting(by=SYSTEM, meeting=poll.meeting)
    poll.refresh_from_db()
    poll.item.refresh_from_db()
    assert (poll.state, poll.item.state) == (PollState.INVALID, ItemState.NOT_REACHED)
    assert "inte längre beslutfört" in poll.invalid_reason
    assert not hasattr(poll, "replaced_by")
    with pytest.raises(RuleBroken):
        voting.cast_ballot(by=body.ordinary[3], poll=poll, choice="yes")
    with pytest.raises(RuleBroken):
        voting.enter_ballots(by=SYSTEM, poll=poll, choices={body.seats[0].pk: "yes"})
    with pytest.raises(RuleBroken):
        closed(poll.meeting, poll)
    assert ledger.verify().fault == ""


def test_a_poll_that_was_never_opened_is_withdrawn_when_the_meeting_loses_quorum(body):
    poll = open_poll_in(body)
    again = invalidating.declare_invalid(by=SYSTEM, meeting=poll.meeting, poll=poll, reason="Fel")
    leave(poll, *body.ordinary[2:])
    room.close_meeting(by=SYSTEM, meeting=poll.meeting)
    again.refresh_from_db()
    assert again.state == PollState.WITHDRAWN


def test_a_vote_that_waits_for_the_chair_ends_with_a_meeting_that_loses_quorum(body):
    poll = open_poll_in(body)
    vote(body, poll, s1="yes", s2="no")
    poll = closed(poll.meeting, poll)
    assert poll.state == PollState.AWAITING_CHAIR
    leave(poll, *body.ordinary[2:])
    room.close_meeting(by=SYSTEM, meeting=poll.meeting)
    poll.refresh_from_db()
    assert poll.state == PollState.INVALID
    chair = body.ordinary[0]
    with pytest.raises(RuleBroken):
        closing.cast_chair_vote(
            by=chair, meeting=poll.meeting, poll=poll, person=chair.name, choice="yes"
        )


def test_nobody_votes_and_nothing_is_closed_while_the_meeting_is_adjourned(body):
    poll = open_poll_in(body)
    room.adjourn(by=SYSTEM, meeting=poll.meeting)
    with pytest.raises(RuleBroken, match="not in progress"):
        voting.cast_ballot(by=body.ordinary[1], poll=poll, choice="yes")
    with pytest.raises(RuleBroken, match="not in progress"):
        voting.enter_ballots(by=SYSTEM, poll=poll, choices={body.seats[0].pk: "yes"})
    with pytest.raises(RuleBroken, match="not in progress"):
        closed(poll.meeting, poll)
    room.resume(by=SYSTEM, meeting=poll.meeting)
    vote(body, poll, s0="yes", s1="yes", s2="yes")
    assert closed(poll.meeting, poll).state == PollState.SETTLED


def test_paper_ballots_are_not_entered_while_the_meeting_is_adjourned(body):
    poll = election_in(body, NAMES, is_secret=True)
    room.adjourn(by=SYSTEM, meeting=poll.meeting)
    with pytest.raises(RuleBroken, match="not in progress"):
        paper.enter_paper_ballots(
            by=SYSTEM, meeting=poll.meeting, poll=poll,
            seats=[seat.pk for seat in body.seats[:2]], totals={"Anna": 2},
        )  # fmt: skip


def test_who_becomes_recused_does_not_vote_in_the_open_poll(body):
    poll = open_poll_in(body)
    recuse(poll, body.ordinary[2])
    with pytest.raises(RuleBroken, match="recused"):
        voting.cast_ballot(by=body.ordinary[2], poll=poll, choice="yes")
    with pytest.raises(RuleBroken, match="recused"):
        voting.enter_ballots(
            by=SYSTEM, poll=poll, entry=PollEntry.ROLL_CALL,
            choices={body.seats[1].pk: "yes", body.seats[2].pk: "yes"},
        )  # fmt: skip
    assert poll.ballots.count() == 0
    assert DecisionFlag.objects.count() == 0


def test_who_has_left_does_not_vote_in_the_open_poll():
    body = make_body(5)
    poll = open_poll_in(body)
    arrived = body.substitutes[2]
    room.arrive(by=SYSTEM, meeting=poll.meeting, person=arrived.name)
    leave(poll, body.ordinary[2])
    for user in (body.ordinary[2], arrived):
        with pytest.raises(RuleBroken):
            voting.cast_ballot(by=user, poll=poll, choice="yes")
    vote(body, poll, s0="yes", s1="no")
    assert poll.ballots.count() == 2


def test_who_is_ticked_off_on_paper_still_serves(body):
    poll = election_in(body, NAMES, is_secret=True)
    recuse(poll, body.ordinary[1])
    with pytest.raises(RuleBroken, match="recused"):
        paper.enter_paper_ballots(
            by=SYSTEM, meeting=poll.meeting, poll=poll,
            seats=[seat.pk for seat in body.seats[:2]], totals={"Anna": 2},
        )  # fmt: skip


@pytest.mark.parametrize("secret", [False, True])
@pytest.mark.parametrize("step", ["recused", "left"])
def test_a_vote_given_by_who_then_leaves_is_flagged_for_the_chair(body, step, secret):
    poll = election_in(body, NAMES, is_secret=secret)
    vote(body, poll, s1="Anna", s2="Bo")
    if step == "recused":
        recuse(poll, body.ordinary[2])
    else:
        leave(poll, body.ordinary[2])
    flag = DecisionFlag.objects.get()
    assert (flag.poll, flag.event.kind, flag.still_quorate) == (poll, step, True)
    leave(poll, body.ordinary[3])
    assert DecisionFlag.objects.count() == 1
    again = invalidating.declare_invalid(
        by=SYSTEM, meeting=poll.meeting, poll=poll, reason="En som var jävig röstade"
    )
    again = opened(poll.meeting, again)
    assert not again.roll.get(seat=body.seats[2].pk).serves


def test_the_chair_sees_and_answers_the_flag_while_the_poll_is_open(client, body, root):
    poll = open_poll_in(body)
    vote(body, poll, s2="yes")
    recuse(poll, body.ordinary[2])
    flag = DecisionFlag.objects.get()
    client.force_login(body.ordinary[0])
    assert f'id="fl-{flag.pk}"' in client.get(poll.meeting.room_url).content.decode()
    address = f"{poll.meeting.room_url}svara-flagga/"
    data = {"flagga": flag.pk, "svar": "Voteringen görs om"}
    assert client.post(address, data).status_code == 302
    flag.refresh_from_db()
    assert flag.answer == "Voteringen görs om"


def test_who_leaves_without_a_vote_is_flagged_where_those_present_are_counted(body):
    poll = open_poll_in(body, terms=Terms(rule="two_thirds", base="present"))
    leave(poll, body.ordinary[3])
    assert DecisionFlag.objects.get().poll == poll


def test_nothing_is_flagged_when_somebody_leaves_after_the_close(body):
    poll = open_poll_in(body)
    vote(body, poll, s0="yes", s1="yes", s2="yes")
    closed(poll.meeting, poll)
    leave(poll, body.ordinary[2])
    assert DecisionFlag.objects.count() == 0


def test_a_departure_entered_late_flags_the_vote_given_after_it(body):
    poll = open_poll_in(body)
    then = timezone.now()
    vote(body, poll, s0="yes", s2="yes")
    closed(poll.meeting, poll)
    leave(poll, body.ordinary[2], at=then)
    assert DecisionFlag.objects.get().poll == poll


@pytest.mark.parametrize("choice", ["yes", "no"])
def test_a_chair_who_came_during_the_poll_says_what_it_supports_in_a_tie(body, choice):
    poll = open_poll_in(body, body.who(1, 2, 3, 4))
    vote(body, poll, s1="yes", s2="yes", s3="no", s4="no")
    chair = body.ordinary[0]
    room.arrive(by=SYSTEM, meeting=poll.meeting, person=chair.name)
    poll = closed(poll.meeting, poll)
    found = (poll.state, poll.chair, poll.chair_seat)
    assert found == (PollState.AWAITING_CHAIR, chair.name, None)
    poll = closing.cast_chair_vote(
        by=chair, meeting=poll.meeting, poll=poll, person=chair.name, choice=choice
    )
    assert (poll.state, poll.chair_view, poll.ballots.count()) == (PollState.SETTLED, choice, 4)
    assert poll.result["heads"]["yes"] == 2
    decision = concluding.conclude_polls(by=SYSTEM, meeting=poll.meeting, item=poll.item)
    assert (decision.outcome == "carried") == (choice == "yes")
    assert ledger.verify().fault == ""


def test_a_seat_that_another_person_serves_on_the_roll_is_not_the_chairs():
    body = make_body(5)
    present = body.who(1, 2, 3, 4) | {body.substitutes[0].name_id: "room"}
    poll = open_poll_in(body, present)
    voting.cast_ballot(by=body.substitutes[0], poll=poll, choice="no")
    vote(body, poll, s1="yes", s2="yes", s3="no")
    chair = body.ordinary[0]
    room.arrive(by=SYSTEM, meeting=poll.meeting, person=chair.name)
    leave(poll, body.substitutes[0])
    assert poll.meeting.room().presiding == chair.name_id
    poll = closed(poll.meeting, poll)
    assert (poll.state, poll.chair_seat) == (PollState.AWAITING_CHAIR, None)


def test_the_set_of_an_invalid_secret_poll_is_sealed_and_destroyed(body):
    poll = election_in(body, NAMES, is_secret=True)
    vote(body, poll, s0="Anna", s1="Bo", s2="Bo")
    again = invalidating.declare_invalid(
        by=SYSTEM, meeting=poll.meeting, poll=poll, reason="Fel namn på sedeln"
    )
    urn = SecretUrn.objects.get(poll=poll)
    entry = body.council.ledger.get(kind="poll_invalid").content["data"]
    assert len(urn.digest) == 64
    assert entry["digest"] == urn.digest
    assert entry["ticked_off"] == [f"S{seat.pk}" for seat in body.seats[:3]]
    assert "Anna" not in str(entry)
    again = opened(poll.meeting, again)
    vote(body, again, s0="Anna", s1="Anna", s2="Bo", s3="Bo", s4="Bo")
    closed(poll.meeting, again)
    kept = dispose_of_secret_sets(poll.meeting_id)
    assert {row["poll"] for row in kept} == {poll.pk, again.pk}
    assert set(SecretUrn.objects.values_list("ballots", flat=True)) == {None}
    decision = {"meeting": poll.meeting_id, "decision": "Gallringsplan", "polls": kept}
    ledger.append(council=body.council, kind="secret_ballots_disposed", data=decision)
    assert ledger.verify().fault == ""


def test_a_closed_meeting_has_no_poll_left_on_an_item_that_was_taken_off(body):
    poll = open_poll_in(body)
    item = poll.item
    type(item).objects.filter(pk=item.pk).update(state=ItemState.WITHDRAWN)
    held = ended(body, poll.meeting)
    poll.refresh_from_db()
    assert (held.meeting.state, poll.state) == (MeetingState.CLOSED, PollState.INVALID)
