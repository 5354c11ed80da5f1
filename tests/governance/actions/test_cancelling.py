"""A cancelled meeting leaves the calendars: METHOD:CANCEL, the same UID, the next SEQUENCE."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from core.actions import SYSTEM, deliver_due
from core.exceptions import RuleBroken
from governance.actions import summoning
from governance.models import LedgerEntry
from governance.states import MeetingState
from tests.factories.governance import add_items, make_body, make_meeting

pytestmark = pytest.mark.django_db


def entries(mails):
    """Return method, and the entry's UID, SEQUENCE, status and guest, by each calendar file."""
    found = []
    for mail in mails:
        for name, content, kind in mail.attachments:
            if name != "mote.ics":
                continue
            calendar = Calendar.from_ical(content)
            (event,) = calendar.walk("VEVENT")
            assert kind == f"text/calendar; method={calendar['METHOD']}; charset=utf-8"
            assert str(event["ATTENDEE"]) == f"mailto:{mail.to[0]}"
            found.append(
                (
                    str(calendar["METHOD"]),
                    str(event["UID"]),
                    event["SEQUENCE"],
                    str(event["STATUS"]),
                )
            )
    return found


@pytest.mark.parametrize("summonses", [1, 2])
def test_the_entry_that_was_sent_is_cancelled(mailoutbox, summonses):
    body = make_body(1)
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=30))
    add_items(meeting, "Budget")
    for turn in range(summonses):
        add_items(meeting, f"Punkt {turn}")
        summoning.send_summons(by=SYSTEM, meeting=meeting)
    deliver_due()
    sent = entries(mailoutbox)
    uid = sent[0][1]
    assert sent == [
        ("REQUEST", uid, n + 1, "CONFIRMED") for n in range(summonses) for __ in range(3)
    ]
    mailoutbox.clear()
    summoning.cancel_meeting(by=SYSTEM, meeting=meeting, reason="För få kunde komma.")
    deliver_due()
    assert entries(mailoutbox) == [("CANCEL", uid, summonses + 1, "CANCELLED")] * 3
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_reason) == (
        MeetingState.CANCELLED, "För få kunde komma.",
    )  # fmt: skip
    assert LedgerEntry.objects.filter(kind="meeting_event").last().content["data"]["kind"] == (
        "cancelled"
    )


def test_a_draft_that_is_cancelled_tells_nobody_and_a_reason_is_needed(mailoutbox):
    meeting = make_meeting(make_body(1), starts_at=timezone.now() + timedelta(days=30))
    with pytest.raises(RuleBroken, match="Say why"):
        summoning.cancel_meeting(by=SYSTEM, meeting=meeting, reason=" ")
    summoning.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Inget att ta upp.")
    deliver_due()
    assert mailoutbox == []


def test_a_cancelled_meeting_is_not_in_the_calendar_to_subscribe_to(client, root):
    body = make_body(1)
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=30))
    add_items(meeting, "Budget")
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    address = f"{body.council.get_absolute_url()}kalender.ics"
    assert len(Calendar.from_ical(client.get(address).content).walk("VEVENT")) == 1
    summoning.cancel_meeting(by=SYSTEM, meeting=meeting, reason="För få kunde komma.")
    assert Calendar.from_ical(client.get(address).content).walk("VEVENT") == []
