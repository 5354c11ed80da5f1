"""A case is written off while an agenda has it: no meeting is left that cannot be closed."""

import pytest

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import cases
from governance.actions.room import items, opening
from governance.models import AgendaItem, Case, Meeting
from governance.states import CaseState, ItemState, MeetingState
from tests.factories.governance import make_body, make_meeting
from tests.governance.polls.builders import ended, ready_case

pytestmark = pytest.mark.django_db
REASON = "Frågan har fallit, enligt kansliet"


@pytest.fixture
def body():
    return make_body(3)


@pytest.fixture
def case(body):
    return ready_case(body)


def summoned(body):
    meeting = make_meeting(body)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED)
    meeting.refresh_from_db()
    return meeting


def begun(body):
    return opening.open_meeting(by=SYSTEM, meeting=summoned(body), present=body.who(0, 1, 2))


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.SUMMONED])
def test_a_case_leaves_the_agenda_of_a_meeting_ahead(body, case, state):
    meeting = summoned(body)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    case = cases.write_off_case(by=SYSTEM, case=case, reason=REASON)
    assert case.state == CaseState.WRITTEN_OFF
    assert not AgendaItem.objects.filter(case=case).exists()
    assert case.steps.get(event="write_off").note == REASON
    positions = list(meeting.items.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_without_a_reason_it_stays_on_the_agenda(body, case):
    meeting = summoned(body)
    with pytest.raises(RuleBroken, match="Give the reason"):
        cases.write_off_case(by=SYSTEM, case=case, reason=" ")
    assert meeting.items.get(case=case).state == ItemState.CONFIRMED


@pytest.mark.parametrize("opened", [False, True])
def test_a_meeting_in_progress_keeps_its_case(body, case, opened):
    meeting = begun(body)
    item = meeting.items.get(case=case)
    if opened:
        items.open_item(by=SYSTEM, meeting=meeting, item=item)
    with pytest.raises(RuleBroken, match="meeting in progress"):
        cases.write_off_case(by=SYSTEM, case=case, reason=REASON)
    items.withdraw_item(by=SYSTEM, meeting=meeting, item=item)
    case.refresh_from_db()
    case = cases.write_off_case(by=SYSTEM, case=case, reason=REASON)
    assert case.state == CaseState.WRITTEN_OFF
    assert ended(body, meeting).meeting.state == MeetingState.CLOSED


def test_a_meeting_with_a_case_that_was_written_off_before_is_closed(body, case):
    meeting = begun(body)
    Case.objects.filter(pk=case.pk).update(state=CaseState.WRITTEN_OFF)
    assert ended(body, meeting).meeting.state == MeetingState.CLOSED
    case.refresh_from_db()
    assert case.state == CaseState.WRITTEN_OFF
    assert meeting.items.get(case=case).state == ItemState.NOT_REACHED
