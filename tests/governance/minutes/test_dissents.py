"""Reservations and statements, follow-up and extracts: within time, by the right people."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.actions import SYSTEM, deliver_due
from core.exceptions import RuleBroken
from core.models import OutboxMessage
from governance import poll_records
from governance.actions.minutes import dissents, extracts, follow_up, reminders
from governance.choices import DissentKind
from governance.models import FollowUp, RollPerson
from governance.poll_records import PollRecord
from members.models import User
from notifications.models import Notification
from tests.factories.minutes import HELD, adjust, adjusted, begin, close, hold, send

pytestmark = pytest.mark.django_db
AFTER = HELD + timedelta(hours=6)


def announce(held, person, kind=DissentKind.RESERVATION, **more):
    facts = {"by": SYSTEM, "text": "Emot."} | more
    return dissents.announce_dissent(
        meeting=held.meeting, item=held.item("Budget"), person=person.name, kind=kind, **facts
    )


@pytest.fixture
def polls(monkeypatch):
    """Let a poll on any item have these choices by person, for the person's seat."""

    def by_seat(choices):
        rows = RollPerson.objects.filter(roll_seat__isnull=False)
        seats = dict(rows.values_list("person", "roll_seat__seat"))
        return {seats[person]: choice for choice, person in choices.items()}

    def with_choices(**choices):
        def source(items):
            return {
                item: [
                    PollRecord(
                        poll=1, number=1, is_election=False, is_secret=False, question={},
                        result={}, choices=by_seat(choices),
                    )
                ]
                for item in items
            }  # fmt: skip

        monkeypatch.setattr(poll_records, "_sources", [source])

    return with_choices


def test_a_reservation_is_printed_with_its_reasons():
    held = begin()
    row = announce(held, held.body.ordinary[2])
    dissents.write_dissent(by=held.body.ordinary[2], dissent=row, text="Skälen.")
    version = send(close(held))
    matter = version.content["paragraphs"][1]["fields"]["matter"]["value"]
    assert [d["text"] for d in matter["dissents"]] == ["Skälen."]


@pytest.mark.parametrize("kind", DissentKind.values)
def test_j4_after_the_meeting_closed_it_is_refused(kind):
    held = hold()
    with pytest.raises(RuleBroken, match="before the meeting closes"):
        announce(held, held.body.ordinary[2], kind)
    with pytest.raises(RuleBroken, match="before the meeting closes"):
        announce(held, held.body.ordinary[2], kind, at=AFTER)


def test_the_secretary_enters_what_was_announced_in_time():
    held = hold()
    row = announce(held, held.body.ordinary[2], at=HELD + timedelta(hours=1))
    assert row.announced_at == HELD + timedelta(hours=1)


def test_j5_who_abstained_cannot_reserve_but_who_lost_can(polls):
    held = begin()
    polls(abstain=held.body.ordinary[1].name_id, no=held.body.ordinary[2].name_id)
    with pytest.raises(RuleBroken, match="abstained"):
        announce(held, held.body.ordinary[1])
    assert announce(held, held.body.ordinary[1], DissentKind.STATEMENT).pk
    assert announce(held, held.body.ordinary[2]).pk


def test_only_who_took_part_and_only_once():
    held = begin()
    with pytest.raises(RuleBroken, match="took part"):
        announce(held, held.body.substitutes[0])
    announce(held, held.body.ordinary[2])
    with pytest.raises(RuleBroken, match="already"):
        announce(held, held.body.ordinary[2])


def test_reasons_are_the_persons_own_and_end_with_adjustment():
    held = begin()
    row = announce(held, held.body.ordinary[2])
    with pytest.raises(PermissionDenied):
        dissents.write_dissent(by=held.body.ordinary[1], dissent=row, text="Annat.")
    adjust(close(held))
    row.refresh_from_db()
    with pytest.raises(RuleBroken, match="no longer change"):
        dissents.write_dissent(by=held.body.ordinary[2], dissent=row, text="För sent.")


def test_nothing_before_the_decision():
    held = begin(decided=False)
    with pytest.raises(RuleBroken, match="Nothing has been decided"):
        announce(held, held.body.ordinary[2])


def test_an_extract_is_sent_delivered_and_confirmed():
    held = adjusted()
    item, secretary = held.item("Budget"), User.objects.get(pk=held.body.secretary.pk)
    with pytest.raises(RuleBroken, match="to whom"):
        extracts.certify_extract(by=secretary, item=item)
    extracts.add_recipient(
        by=secretary, item=item, name="Ekonomi (exempel)", email="ekonomi@exempel.invalid"
    )
    OutboxMessage.objects.all().delete()
    extract = extracts.certify_extract(by=secretary, item=item)
    delivery = extract.deliveries.get()
    assert (delivery.delivered_at, delivery.confirmed_on) == (None, None)
    with extract.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"
    while deliver_due():
        pass
    delivery = extract.deliveries.select_related("message").get()
    assert delivery.delivered_at is not None
    extracts.confirm_delivery(by=secretary, delivery=delivery, on=date(2026, 3, 1), how="Mejl")
    delivery.refresh_from_db()
    assert delivery.confirmed_on == date(2026, 3, 1)


def test_no_extract_before_adjustment():
    held = hold()
    secretary = User.objects.get(pk=held.body.secretary.pk)
    with pytest.raises(RuleBroken, match="adjusted"):
        extracts.certify_extract(by=secretary, item=held.item("Budget"))


def test_a_decision_is_followed_up_and_reported():
    held = adjusted()
    owner = User.objects.get(pk=held.body.ordinary[2].pk)
    due = timezone.localdate() + timedelta(days=30)
    row = follow_up.assign_follow_up(
        by=SYSTEM, decision=held.decision("Budget"), owner=owner.name, due_on=due
    )
    assert Notification.objects.filter(user=owner, kind="follow-up-given").count() == 1
    assert reminders.remind_of_minutes(today=due - timedelta(days=14)) == 1
    assert reminders.remind_of_minutes(today=due + timedelta(days=1)) == 1
    assert Notification.objects.filter(user=owner, kind="follow-up-due").count() == 2
    with pytest.raises(PermissionDenied):
        follow_up.report_follow_up(
            by=held.body.ordinary[0], follow_up=row, state="done", text="Klart."
        )
    follow_up.report_follow_up(by=owner, follow_up=row, state="under_way", text="Påbörjat.")
    follow_up.report_follow_up(by=owner, follow_up=row, state="done", text="Klart.")
    assert FollowUp.objects.get().state == "done"
    assert Notification.objects.filter(kind="follow-up-reported").count() == 4
    with pytest.raises(RuleBroken, match="finished"):
        follow_up.report_follow_up(by=owner, follow_up=row, state="done", text="Igen.")
    with pytest.raises(RuleBroken):
        follow_up.report_follow_up(by=owner, follow_up=row, state="under_way", text="Igen.")
