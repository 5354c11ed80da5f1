"""Minutes and decisions on the way back: nothing of what was said or given is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.minutes import follow_up, signing
from governance.actions.room import correcting
from governance.minutes_states import MinutesState
from governance.models import FollowUp, MinutesRemark
from members.models import User
from notifications.models import Notification
from tests.factories.minutes import HELD, adjust, hold, send

pytestmark = pytest.mark.django_db


def test_the_remark_of_the_next_meeting_reaches_the_secretary():
    held = hold()
    version = send(held)
    signing.refer_minutes(by=SYSTEM, minutes=held.minutes)
    facts = {"by": SYSTEM, "minutes": held.minutes, "approved": False, "remark": "Fel i § 2."}
    with pytest.raises(RuleBroken, match="next meeting"):
        signing.adjust_by_meeting(decision=held.decision("Budget"), **facts)
    later = hold(held.body, "Justering av protokoll", at=HELD + timedelta(days=30))
    signing.adjust_by_meeting(decision=later.decision("Justering av protokoll"), **facts)
    assert held.minutes.state == MinutesState.DRAFT
    remark = MinutesRemark.objects.get()
    assert (remark.version, remark.text) == (version, "Fel i § 2.")
    assert remark.person == held.body.ordinary[0].name
    told = Notification.objects.filter(kind="minutes-rejected").values_list("user", flat=True)
    assert list(told) == [held.body.secretary.pk]


def test_who_carries_a_decision_out_still_does_when_it_is_reworded(client, root):
    held = hold()
    decision = held.decision("Budget")
    owner = User.objects.get(pk=held.body.ordinary[2].pk)
    follow_up.assign_follow_up(
        by=SYSTEM, decision=decision, owner=owner.name,
        due_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    new = correcting.reword_decision(
        by=SYSTEM, meeting=held.meeting, decision=decision, clauses=["annat"], reason="Skrivfel"
    )
    assert FollowUp.objects.get().decision == new
    adjust(held)
    client.force_login(owner)
    address = held.decision("Budget").get_absolute_url() + "hantera/"
    assert client.get(address).status_code == 200
