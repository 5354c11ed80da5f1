"""The notice board, the time of appeal, and late minutes: vectors M2-M6."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.minutes import adjusting, announcing, reminders, status
from governance.deadlines import latest_announcement
from governance.minutes_states import DecisionState, MinutesState
from governance.models import AdjustedParagraph, Minutes
from notifications.models import Notification
from tests.factories.minutes import adjusted, begin, committee, hold, only_municipality, sign

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 1, 13, 9, tzinfo=UTC)


@pytest.fixture
def early(monkeypatch):
    """Let a committee's minutes be adjusted early in 2026, whatever day it is."""

    def make(*, joint: bool = False):
        body = committee(3)
        if not joint:
            only_municipality(body)
        moment = datetime(2026, 2, 20, 12, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        held = adjusted(body, at=LONG_AGO)
        moment_now = datetime(2026, 6, 30, 12, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment_now)
        return held

    return make


def announce(held, day, **more):
    return announcing.announce(
        by=SYSTEM, minutes=held.minutes, put_up_on=day, kept_at="Kansliet", **more
    )


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 23)),
        (date(2026, 3, 13), date(2026, 4, 7)),
        (date(2026, 5, 29), date(2026, 6, 22)),
    ],
)
def test_m3_m4_m5_last_day_of_appeal(early, announced, last):
    held = early()
    notice = announce(held, announced)
    assert held.minutes.state == MinutesState.ANNOUNCED
    decision = held.decision("Budget")
    assert (decision.status.state, decision.status.appealable_to) == (
        DecisionState.ANNOUNCED,
        last,
    )
    assert announcing.takedown_day(notice) == date.fromordinal(last.toordinal() + 1)
    with pytest.raises(RuleBroken, match="stays up"):
        announcing.take_down(by=SYSTEM, notice=notice, on=last)
    announcing.take_down(by=SYSTEM, notice=notice, on=date.fromordinal(last.toordinal() + 1))
    assert held.minutes.state == MinutesState.TAKEN_DOWN
    announcing.archive_minutes(by=SYSTEM, minutes=held.minutes)
    assert held.minutes.state == MinutesState.ARCHIVED
    assert ledger.verify().fault == ""


def test_m2_announced_at_the_latest_the_second_day():
    assert latest_announcement(date(2026, 3, 10)) == date(2026, 3, 12)


def test_m6_a_joint_committee_counts_from_the_last_board(early):
    held = early(joint=True)
    boards = announcing.boards_of(held.minutes)
    assert len(boards) == 3
    announce(held, date(2026, 3, 2), board=boards[0])
    assert held.decision("Budget").status.appealable_to is None
    announce(held, date(2026, 3, 3), board=boards[1])
    notice = announce(held, date(2026, 3, 5), board=boards[2])
    assert held.decision("Budget").status.appealable_to == date(2026, 3, 26)
    assert announcing.takedown_day(notice) == date(2026, 3, 27)
    with pytest.raises(RuleBroken, match="already up"):
        announce(held, date(2026, 3, 5), board=boards[2])


def test_time_of_appeal_ends_by_the_clock(early):
    held = early()
    announce(held, date(2026, 3, 2))
    assert status.settle_appeal_times(today=date(2026, 3, 23)) == 0
    assert status.settle_appeal_times(today=date(2026, 3, 24)) == 3
    assert held.decision("Budget").status.state == DecisionState.LEGALLY_BINDING


def test_an_appealed_decision_is_annulled_or_stands(early):
    held = early()
    announce(held, date(2026, 3, 2))
    first, second = held.decision("Budget"), held.decision("Plan")
    for decision in (first, second):
        status.record_appeal(by=SYSTEM, decision=decision, event="appeal")
    status.record_appeal(by=SYSTEM, decision=first, event="annul")
    status.record_appeal(by=SYSTEM, decision=second, event="dismiss_appeal")
    assert held.decision("Budget").status.state == DecisionState.ANNULLED
    assert held.decision("Plan").status.state == DecisionState.LEGALLY_BINDING
    with pytest.raises(RuleBroken):
        status.record_appeal(by=SYSTEM, decision=first, event="appeal")


def test_a_council_announces_nothing_and_files_at_once():
    held = adjusted()
    with pytest.raises(RuleBroken, match="notice board"):
        announce(held, timezone.localdate())
    announcing.archive_minutes(by=SYSTEM, minutes=held.minutes)
    held.meeting.refresh_from_db()
    assert (held.minutes.state, held.meeting.state) == ("archived", "archived")


def test_nothing_is_announced_before_adjustment_or_for_a_day_to_come(early):
    body = committee(3, slug="annan", registry_code="ANN", name="Annan nämnd")
    only_municipality(body)
    held = hold(body)
    with pytest.raises(RuleBroken):
        announce(held, timezone.localdate())
    other = early()
    with pytest.raises(RuleBroken, match="not come"):
        announce(other, date(2026, 7, 1))
    with pytest.raises(RuleBroken, match="had not been adjusted"):
        announce(other, date(2026, 2, 1))


def test_late_minutes_are_told_of_once():
    held = hold()
    assert reminders.remind_of_minutes(today=held.minutes.due_on) == 0
    late = date.fromordinal(held.minutes.due_on.toordinal() + 1)
    assert reminders.remind_of_minutes(today=late) == 1
    told = Notification.objects.filter(kind="minutes-overdue").count()
    reminders.remind_of_minutes(today=late)
    assert told == Notification.objects.filter(kind="minutes-overdue").count() == 2


def test_adjusted_minutes_are_never_late():
    adjusted()
    assert reminders.remind_of_minutes(today=date(2030, 1, 1)) == 0
    assert AdjustedParagraph.objects.count() == 3
    assert Minutes.objects.overdue(date(2030, 1, 1)).count() == 0


@pytest.fixture
def at_once(monkeypatch):
    """Return a committee's meeting in which one § was adjusted at once on 13 January 2026."""
    body = committee(3)
    only_municipality(body)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 1, 13, 12, tzinfo=UTC))
    held = begin(body, "Ett", "Två", at=LONG_AGO)
    version = adjusting.adjust_at_once(
        by=SYSTEM, meeting=held.meeting,
        item=held.item("Två"), reservations_asked=True,
    )  # fmt: skip
    for user in held.signers():
        sign(version, user)
    return held


def test_a_paragraph_adjusted_at_once_is_announced_by_itself(client, root, at_once):
    item = at_once.item("Två")
    assert announcing.to_announce(at_once.minutes) == [item]
    client.force_login(at_once.body.fresh(at_once.body.secretary))
    place = [at_once.meeting.council.slug, at_once.meeting.pk]
    page = client.get(reverse("governance:minutes", args=place)).content.decode()
    assert f'<option value="{item.pk}">§ {item.paragraph} Två</option>' in page

    sent = {"item": item.pk, "put_up_on": "2026-01-13", "kept_at": "Kansliet"}
    answer = client.post(reverse("governance:minutes_command", args=[*place, "anslag"]), sent)

    assert answer.status_code == 302
    status_now = at_once.decision("Två").status
    assert (status_now.state, status_now.appealable_to) == ("announced", date(2026, 2, 3))
    assert announcing.to_announce(at_once.minutes) == []


def test_the_secretary_is_told_on_the_last_day_of_announcing(at_once):
    assert reminders.remind_of_minutes(today=date(2026, 1, 14)) == 0
    assert reminders.remind_of_minutes(today=date(2026, 1, 15)) == 1
    told = Notification.objects.get(kind="notice-to-put-up")
    assert told.user == at_once.body.secretary
    announce(at_once, date(2026, 1, 13), item=at_once.item("Två"))
    assert reminders.remind_of_minutes(today=date(2026, 1, 16)) == 0


def test_an_appeal_in_time_counts_though_it_is_learnt_of_later(early):
    held = early()
    announce(held, date(2026, 3, 2))
    status.settle_appeal_times(today=date(2026, 3, 24))
    decision = held.decision("Budget")
    known = {"by": SYSTEM, "decision": decision, "event": "appeal"}
    with pytest.raises(RuleBroken, match="after the last day"):
        status.record_appeal(**known, on=date(2026, 3, 24))
    with pytest.raises(RuleBroken, match="not come"):
        status.record_appeal(**known, on=date(2026, 7, 1))
    now = status.record_appeal(**known, on=date(2026, 3, 23))
    assert (now.state, now.valid_from) == (DecisionState.APPEALED, None)
    now = status.record_appeal(by=SYSTEM, decision=decision, event="annul", on=date(2026, 5, 4))
    assert (now.state, now.valid_to) == (DecisionState.ANNULLED, date(2026, 5, 4))
