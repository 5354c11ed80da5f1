"""What waits for somebody who sits on a body, as Min sida words it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from governance.boxes import my_tasks
from governance.minutes_tasks import my_minutes_tasks
from governance.models import Meeting
from governance.states import MeetingState
from tests.factories.governance import make_body, make_meeting
from tests.factories.minutes import hold, send

pytestmark = pytest.mark.django_db


def test_each_signer_is_told_of_which_meeting_and_as_what():
    held = hold(None, "Ett")
    send(held)
    name = held.meeting.council.name
    told = []
    for user in held.signers():
        with override("sv"):
            [task] = my_minutes_tasks(held.body.fresh(user))
        told.append((task.title, task.text))
    assert told == [
        ("Skriv under protokollet från 10 februari 2026", f"{name}. Du är sekreterare."),
        ("Skriv under protokollet från 10 februari 2026", f"{name}. Du var ordförande."),
        ("Skriv under protokollet från 10 februari 2026", f"{name}. Du är justerare."),
    ]


@pytest.mark.parametrize(
    ("items", "words"), [(1, "1 punkt på dagordningen."), (3, "3 punkter på dagordningen.")]
)
def test_a_summons_says_which_day_and_how_much_is_on_the_agenda(items, words):
    body = make_body(2)
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20))
    meeting.items.exclude(pk__in=meeting.items.values("pk")[:items]).delete()
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED)
    with override("sv"):
        [task] = my_tasks(body.fresh(body.ordinary[0]))
    assert task.text == f"{body.council.name}. {words}"
    assert str(meeting.held_on.day) in task.title


def test_the_page_of_the_body_tells_that_minutes_are_being_adjusted(client, root):
    held = hold(None, "Ett")
    page = reverse("governance:council_detail", args=[held.meeting.council.slug])
    told = "Protokollet justeras senast 24 februari 2026"
    assert told not in client.get(page).content.decode()
    send(held)
    assert told in client.get(page).content.decode()
