"""What is decided per capsulam: not lost, not repeated, not contradicted, and printed (P1)."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import cases, ledger, planning
from governance.actions.minutes.dissents import announce_dissent
from governance.actions.polls import invalidating, per_capsulam, verifying
from governance.actions.proof.evidence import evidence_text
from governance.actions.room import deciding, items
from governance.actions.room import opening as room
from governance.choices import DissentKind, ItemKind
from governance.models import CouncilSettings, Decision, Meeting, Poll
from governance.states import CaseState, MeetingState, PollState
from governance.views.poll_record import attendance_of
from members.models import Municipality
from tests.factories.governance import LONG_AGO, make_body, make_meeting
from tests.factories.minutes import Held, adjust, choose
from tests.governance.polls.builders import close_debate, find, ready_case, vote
from tests.governance.proof.verifier import VERIFIER

pytestmark = pytest.mark.django_db
REPORT = "Anmälan av beslut per capsulam"
BOUND = "sent out to be decided"


@pytest.fixture
def body():
    body = make_body(3)
    CouncilSettings.objects.create(
        council=body.council, valid_from=LONG_AGO, changes={"per_capsulam": "majority"},
        adopted_reference="§ 1",
    )  # fmt: skip
    return body


@pytest.fixture
def case(body):
    return ready_case(body)


def ask(case):
    deadline = timezone.now() + timedelta(days=5)
    return per_capsulam.ask_per_capsulam(by=SYSTEM, case=case, deadline_at=deadline)


def carried(body, case):
    poll = ask(case)
    vote(body, poll, s0="yes", s1="yes", s2="no")
    return per_capsulam.finish_per_capsulam(by=SYSTEM, poll=poll)


def planned(body):
    return make_meeting(body, starts_at=timezone.now() + timedelta(days=20))


def begun(body, meeting, *numbers):
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED)
    meeting.refresh_from_db()
    present = body.who(*(numbers or (0, 1, 2)))
    return room.open_meeting(by=SYSTEM, meeting=meeting, present=present)


def reported(body, case):
    """Return the meeting in progress at which a carried decision has been reported."""
    carried(body, case)
    meeting = begun(body, planned(body))
    choose(body, meeting)
    item = items.open_item(by=SYSTEM, meeting=meeting, item=meeting.items.get(case=case))
    decision = per_capsulam.report_item(by=SYSTEM, meeting=meeting, item=item)
    meeting.refresh_from_db()
    return meeting, decision


@pytest.mark.parametrize("state", ["open", "carried"])
def test_nothing_else_is_done_with_a_case_that_is_out_or_carried(body, case, state):
    if state == "open":
        ask(case)
    else:
        carried(body, case)
    with pytest.raises(RuleBroken, match="already been sent out"):
        ask(case)
    with pytest.raises(RuleBroken, match=BOUND):
        cases.propose_decision(by=SYSTEM, case=case, proposal=["sänka avgiften"])
    with pytest.raises(RuleBroken, match=BOUND):
        cases.write_off_case(by=SYSTEM, case=case, reason="Behövs inte")
    with pytest.raises(RuleBroken, match=BOUND):
        cases.prepare_case(by=SYSTEM, case=case)
    case.refresh_from_db()
    assert (case.state, case.proposal) == (CaseState.READY, ["höja avgiften"])


def test_no_agenda_takes_a_case_while_it_is_out(body, case):
    ask(case)
    meeting = planned(body)
    assert not meeting.items.filter(case=case).exists()
    with pytest.raises(RuleBroken, match="without a meeting"):
        planning.put_case_on_agenda(by=SYSTEM, meeting=meeting, case=case)


def test_the_next_meeting_that_is_planned_reports_what_was_carried(body, case):
    carried(body, case)
    item = planned(body).items.get(case=case)
    assert (item.kind, item.title) == (ItemKind.INFORMATION, f"{REPORT}: Avgift")
    # Taken off, it is reported by the one after.
    planning.remove_item(by=SYSTEM, meeting=item.meeting, item=item)
    later = make_meeting(body, starts_at=timezone.now() + timedelta(days=30))
    assert later.items.get(case=case).kind == ItemKind.INFORMATION


def test_what_was_not_carried_is_taken_up_as_any_case(body, case):
    poll = ask(case)
    vote(body, poll, s0="no", s1="no", s2="yes")
    per_capsulam.finish_per_capsulam(by=SYSTEM, poll=poll)
    item = planned(body).items.get(case=case)
    assert (item.kind, item.title) == (ItemKind.DECISION, "Avgift")


def test_a_meeting_does_not_decide_the_reported_case_again(body, case):
    carried(body, case)
    meeting = begun(body, planned(body))
    item = items.open_item(by=SYSTEM, meeting=meeting, item=meeting.items.get(case=case))
    close_debate(meeting, item)
    find(meeting, item, proposal=True)
    with pytest.raises(RuleBroken, match="decided without a meeting"):
        deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("state", ["open", "carried"])
def test_a_poll_without_a_meeting_is_declared_invalid_with_a_reason(body, case, state):
    poll = ask(case) if state == "open" else carried(body, case)
    meeting = planned(body)
    with pytest.raises(RuleBroken, match="why the poll is invalid"):
        invalidating.declare_answers_invalid(by=SYSTEM, poll=poll, reason=" ")
    poll = invalidating.declare_answers_invalid(by=SYSTEM, poll=poll, reason="Fel underlag")
    assert (poll.state, poll.invalid_reason) == (PollState.INVALID, "Fel underlag")
    if state == "carried":
        item = meeting.items.get(case=case)
        assert (item.kind, item.title) == (ItemKind.DECISION, "Avgift")
        planning.remove_item(by=SYSTEM, meeting=meeting, item=item)
    case.refresh_from_db()
    cases.propose_decision(by=SYSTEM, case=case, proposal=["sänka avgiften"])
    assert ask(case).clauses == ["sänka avgiften"]
    assert ledger.verify().fault == ""


def test_a_reported_poll_is_not_declared_invalid(body, case):
    reported(body, case)
    with pytest.raises(RuleBroken, match="what was decided stands"):
        invalidating.declare_answers_invalid(by=SYSTEM, poll=Poll.objects.get(), reason="Fel")


def test_the_secretary_declares_it_invalid_on_the_page(client, body, case, root):
    poll = carried(body, case)
    address = reverse("governance:poll_invalid", args=[body.council.slug, poll.pk])
    client.force_login(body.ordinary[1])
    assert address not in client.get(poll.get_absolute_url()).content.decode()
    assert client.post(address, {"fel": "Fel"}).status_code == 403
    client.force_login(body.secretary)
    assert address in client.get(poll.get_absolute_url()).content.decode()
    assert client.post(address, {"fel": " "}).status_code == 422
    assert client.post(address, {"fel": "Fel underlag"}).status_code == 302
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Fel underlag" in page
    assert address not in page


def test_the_decision_is_of_those_who_answered_and_of_when_it_was_settled(body, case):
    meeting, decision = reported(body, case)
    poll = Poll.objects.get()
    seats = [[seat.pk, user.name_id] for seat, user in zip(body.seats, body.ordinary, strict=True)]
    assert sorted(decision.participants) == sorted(seats)
    assert decision.decided_at == poll.settled_at
    assert decision.decided_at < meeting.opened_at
    # One who answered no makes a reservation at the meeting, one who answered yes as well.
    row = announce_dissent(
        by=SYSTEM, meeting=meeting, item=decision.item, person=body.ordinary[2].name,
        kind=DissentKind.RESERVATION, text="För dyrt",
    )  # fmt: skip
    assert row.decision == decision


def test_the_minutes_print_the_answers_and_the_proof_holds(body, case):
    meeting, decision = reported(body, case)
    meeting = room.close_meeting(by=SYSTEM, meeting=meeting, put_off_rest=True)
    held = adjust(Held(body, meeting))
    version = held.minutes.versions.filter(item__isnull=True).last()
    text = evidence_text(held.minutes, version, whole=True)
    evidence = json.loads(text)
    matters = [
        paragraph["fields"]["matter"].get("value")
        for paragraph in evidence["minutes"]["paragraphs"]
    ]
    polls = [poll for matter in matters if matter for poll in matter["polls"]]
    assert [poll["result"]["heads"]["yes"] for poll in polls] == [2]
    assert len(polls[0]["export"]["ballots"]) == 3
    assert any("Öppna voteringar: 1 omräknade" in line for line in VERIFIER.verify(text.encode()))
    assert ledger.verify().fault == ""
    # Who was there, and not who answered, adjusts the §.
    signers = version.signers.values_list("person", flat=True)
    assert body.ordinary[1].name_id in set(signers)
    assert all(decision.item_id in row.items for row in version.signers.filter(role="adjuster"))


def test_answers_say_nothing_of_who_attended(body, case):
    meeting, __ = reported(body, case)
    room.close_meeting(by=SYSTEM, meeting=meeting, put_off_rest=True)
    organisation = body.seats[0].organisation
    municipality = Municipality.objects.get(organisation=organisation)
    [row] = attendance_of(body.fresh(body.secretary), municipality)
    assert (row["decisions"], row["present"]) == (1, 1)


def test_the_ledger_tells_of_a_report_that_was_changed(body, case):
    reported(body, case)
    poll = Poll.objects.get()
    opened = body.council.ledger.get(kind="poll_opened").content["data"]
    closed = body.council.ledger.get(kind="poll_closed").content["data"]
    said = {
        ("poll_opened", poll.pk): opened,
        ("poll_closed", poll.pk): closed,
        ("poll_reported", poll.pk): {"terms": {}},
    }
    assert "that was reported" in verifying.fault_of_polls(body.council, said)
