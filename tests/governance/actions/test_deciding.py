"""Decisions by acclamation, from opening to gavel."""

import pytest

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.room import (
    adjusters,
    correcting,
    deciding,
    items,
    motions,
    opening,
    recusals,
)
from governance.choices import DecisionKind, EventKind, MotionKind, Outcome
from governance.models import Decision, DecisionFlag, LedgerEntry, MeetingEvent
from governance.states import ItemState, MeetingState, MotionState
from tests.factories.governance import item_named, make_body, open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(5)


@pytest.fixture
def meeting(body):
    return open_room(body)


@pytest.fixture
def item(meeting):
    return items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))


def move(meeting, item, user, kind, text=""):
    return motions.make_motion(
        by=SYSTEM, meeting=meeting, item=item, person=user.name, kind=kind, text=text
    )


def close(meeting, item):
    return items.close_debate(by=SYSTEM, meeting=meeting, item=item)


def find(meeting, item, proposal=False, motions=()):
    return deciding.state_finding(
        by=SYSTEM, meeting=meeting, item=item, proposal=proposal, motions=motions
    )


def test_proposal_is_carried(meeting, item):
    close(meeting, item)
    find(meeting, item, proposal=True)
    decision = deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    item.refresh_from_db()
    assert (item.state, item.paragraph, item.paragraph_year) == (ItemState.DECIDED, 1, 2026)
    assert (decision.kind, decision.outcome) == (DecisionKind.MATTER, Outcome.CARRIED)
    assert decision.clauses == ["godkänna förslaget"]
    assert len(decision.participants) == 5
    assert ledger.verify().fault == ""


def test_rejection_needs_a_motion(meeting, item, body):
    close(meeting, item)
    with pytest.raises(RuleBroken, match="moved rejection"):
        find(meeting, item)
    items.reopen_debate(by=SYSTEM, meeting=meeting, item=item)
    motion = move(meeting, item, body.ordinary[2], MotionKind.REJECT)
    close(meeting, item)
    find(meeting, item)
    decision = deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    motion.refresh_from_db()
    assert (decision.outcome, decision.clauses) == (Outcome.REJECTED, ["avslå förslaget"])
    assert motion.state == MotionState.CARRIED


def test_amendment_is_carried_with_the_proposal(meeting, item, body):
    approve = move(meeting, item, body.ordinary[1], MotionKind.APPROVE)
    amend = move(meeting, item, body.ordinary[2], MotionKind.ADD, "att följa upp i juni")
    close(meeting, item)
    find(meeting, item, proposal=True, motions=[amend])
    decision = deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    assert decision.clauses == ["godkänna förslaget", "följa upp i juni"]
    approve.refresh_from_db()
    assert approve.state == MotionState.CARRIED


def test_formal_motion_comes_first_and_lapses_the_rest(meeting, item, body):
    table = move(meeting, item, body.ordinary[1], MotionKind.TABLE)
    other = move(meeting, item, body.ordinary[2], MotionKind.ADD, "mer")
    close(meeting, item)
    with pytest.raises(RuleBroken, match="decided today"):
        find(meeting, item, proposal=True)
    find(meeting, item, motions=[table])
    decision = deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    other.refresh_from_db()
    assert (decision.kind, other.state) == (DecisionKind.TABLED, MotionState.LAPSED)
    item.refresh_from_db()
    assert item.state == ItemState.TABLED


def test_decide_today_leaves_the_matter_open(meeting, item, body):
    refer = move(meeting, item, body.ordinary[1], MotionKind.REFER_BACK, "Utred kostnaden.")
    close(meeting, item)
    find(meeting, item)
    first = deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    refer.refresh_from_db()
    item.refresh_from_db()
    assert (first.kind, refer.state) == (DecisionKind.PROCEDURAL, MotionState.REJECTED)
    assert item.state == ItemState.DEBATE_CLOSED
    find(meeting, item, proposal=True)
    assert deciding.gavel(by=SYSTEM, meeting=meeting, item=item).kind == DecisionKind.MATTER


def test_referral_back_without_motivation_is_refused(meeting, item, body):
    with pytest.raises(RuleBroken, match="Say why"):
        move(meeting, item, body.ordinary[1], MotionKind.REFER_BACK)


def test_poll_requested_before_the_gavel_stops_it(meeting, item, body):
    close(meeting, item)
    who = {"by": SYSTEM, "meeting": meeting, "item": item}
    with pytest.raises(RuleBroken, match="between the finding"):
        deciding.request_poll(**who, person=body.ordinary[2].name)
    find(meeting, item, proposal=True)
    deciding.request_poll(**who, person=body.ordinary[2].name)
    with pytest.raises(RuleBroken, match="poll has been requested"):
        deciding.gavel(**who)
    deciding.withdraw_poll_request(**who)
    deciding.gavel(**who)
    with pytest.raises(RuleBroken, match="between the finding"):
        deciding.request_poll(**who, person=body.ordinary[2].name)


def test_substitute_serves_for_the_recused_and_the_recused_returns(meeting, item, body):
    recusals.announce_recusal(
        by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[2].name, ground="Ägare."
    )
    room = meeting.room()
    assert (len(room.serving), room.recused_seats) == (4, 1)
    opening.arrive(by=SYSTEM, meeting=meeting, person=body.substitutes[2].name)
    assert meeting.room().seat_of(body.substitutes[2].name_id) == body.seats[2].pk
    with pytest.raises(RuleBroken, match="recused"):
        move(meeting, item, body.ordinary[2], MotionKind.APPROVE)
    close(meeting, item)
    find(meeting, item, proposal=True)
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    assert meeting.room().seat_of(body.ordinary[2].name_id) == body.seats[2].pk


def test_contested_recusal_is_decided_without_the_person(meeting, item, body):
    person = body.ordinary[2].name
    recusal = recusals.contest_recusal(
        by=SYSTEM, meeting=meeting, item=item, person=person, ground="Anställd hos anbudsgivare."
    )
    recusals.try_recusal(by=SYSTEM, meeting=meeting, recusal=recusal, recused=True)
    decision = Decision.objects.get()
    assert decision.kind == DecisionKind.PROCEDURAL
    assert [pair[1] for pair in decision.participants].count(person.pk) == 0
    assert person.pk in meeting.room().recused


def test_without_quorum_nothing_is_decided(meeting, item, body):
    close(meeting, item)
    find(meeting, item, proposal=True)
    for user in body.ordinary[2:]:
        opening.leave(by=SYSTEM, meeting=meeting, person=user.name)
    with pytest.raises(RuleBroken, match="Too few"):
        deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    opening.close_meeting(by=SYSTEM, meeting=meeting)
    item.refresh_from_db()
    assert item.state == ItemState.NOT_REACHED


def test_late_departure_flags_the_decision(meeting, item, body):
    close(meeting, item)
    find(meeting, item, proposal=True)
    decision = deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    correcting.add_late(
        by=SYSTEM,
        meeting=meeting,
        kind=EventKind.LEFT,
        person=body.ordinary[3].name,
        at=item.opened_at,
        reason="Gick före beslutet.",
    )
    flag = DecisionFlag.objects.get()
    assert (flag.decision, flag.still_quorate) == (decision, True)
    event = MeetingEvent.objects.filter(kind=EventKind.ARRIVED).first()
    correcting.strike_out(by=SYSTEM, meeting=meeting, event=event, reason="Fel person.")
    assert DecisionFlag.objects.count() == 2
    assert ledger.verify().fault == ""


def test_whole_meeting_is_closed_and_chained(meeting, item, body):
    close(meeting, item)
    find(meeting, item, proposal=True)
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    with pytest.raises(RuleBroken, match="adjusters"):
        opening.close_meeting(by=SYSTEM, meeting=meeting, put_off_rest=True)
    choice = item_named(meeting, "Val av justerare")
    items.open_item(by=SYSTEM, meeting=meeting, item=choice)
    adjusters.choose_adjusters(
        by=SYSTEM, meeting=meeting, item=choice, adjusters=[body.ordinary[1].name]
    )
    opening.close_meeting(by=SYSTEM, meeting=meeting)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED
    assert ledger.verify().fault == ""
    assert LedgerEntry.objects.count() == ledger.verify().entries
    with pytest.raises(RuleBroken):
        move(meeting, item, body.ordinary[1], MotionKind.APPROVE)


def test_wording_is_corrected_by_a_new_row(meeting, item):
    close(meeting, item)
    find(meeting, item, proposal=True)
    decision = deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    new = correcting.reword_decision(
        by=SYSTEM, meeting=meeting, decision=decision, clauses=["godkänna"], reason="Skrivfel."
    )
    assert list(Decision.objects.standing()) == [new]
    assert ledger.verify().fault == ""
