"""What is written in the room is not lost, and what is struck out no longer holds."""

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from governance.actions.room import correcting, items, opening, recusals
from governance.choices import EventKind, RecusalState
from governance.models import Motion, Recusal
from tests.factories.governance import item_named, make_body, open_room

pytestmark = pytest.mark.django_db

WRITTEN = "följa upp budgeten <i>i juni</i>"
SAFE = "följa upp budgeten &lt;i&gt;i juni&lt;/i&gt;"


@pytest.fixture
def body(root):
    return make_body(3)


@pytest.fixture
def meeting(body):
    meeting = open_room(body)
    items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    return meeting


def send(client, meeting, name, **data):
    address = reverse("governance:room_command", args=[meeting.council.slug, meeting.pk, name])
    return client.post(address, data)


def kept(response):
    """Return what the box of unsent text holds, or None when the box is hidden."""
    page = response.content.decode()
    start = page.index('id="rum-kvar"')
    box = page[start : page.index("</section>", start)]
    if " hidden" in box[: box.index(">")]:
        return None
    return box.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]


def move(client, body, meeting, text=WRITTEN):
    """Let the first member make a motion."""
    client.force_login(body.ordinary[0])
    item = item_named(meeting, "Budget")
    return send(
        client, meeting, "yrka", punkt=item.pk, person=body.ordinary[0].name_id, slag="add",
        text=text,
    )  # fmt: skip


def test_a_motion_sent_after_the_debate_keeps_its_text(client, body, meeting):
    items.close_debate(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    answer = move(client, body, meeting)
    assert answer.status_code == 422
    assert kept(answer) == SAFE
    assert Motion.objects.count() == 0


def test_a_motion_sent_after_an_adjournment_keeps_its_text(client, body, meeting):
    opening.adjourn(by=SYSTEM, meeting=meeting)
    answer = move(client, body, meeting)
    assert (answer.status_code, kept(answer)) == (422, SAFE)


def test_a_refused_form_that_is_shown_again_holds_its_text_itself(client, body, meeting):
    client.force_login(body.secretary)
    item = item_named(meeting, "Budget")
    answer = send(
        client, meeting, "yrka", punkt=item.pk, person=body.substitutes[0].name_id, slag="add",
        text=WRITTEN,
    )  # fmt: skip
    assert answer.status_code == 422
    assert kept(answer) is None
    assert f">{SAFE}</textarea>" in answer.content.decode()


def test_a_motion_in_time_leaves_no_box(client, body, meeting):
    assert move(client, body, meeting).status_code == 302
    page = client.get(reverse("governance:room", args=[meeting.council.slug, meeting.pk]))
    assert kept(page) is None


def recuse(body, meeting):
    """Announce the jäv of the third member on the open item."""
    return recusals.announce_recusal(
        by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"),
        person=body.ordinary[2].name, ground="Anställd hos anbudsgivaren",
    )  # fmt: skip


def test_a_recusal_that_is_struck_out_is_no_longer_in_force(body, meeting):
    recusal = recuse(body, meeting)
    assert recusal.state == RecusalState.IN_FORCE
    assert body.ordinary[2].name_id in meeting.room().recused
    event = meeting.events.get(kind=EventKind.RECUSED)
    correcting.strike_out(by=SYSTEM, meeting=meeting, event=event, reason="Fel person")
    recusal.refresh_from_db()
    assert recusal.state == RecusalState.WITHDRAWN
    assert body.ordinary[2].name_id not in meeting.room().recused
    # The same person may announce it again.
    assert recuse(body, meeting).state == RecusalState.IN_FORCE


def test_a_recusal_entered_anew_stays_when_its_first_entry_is_moved(body, meeting):
    recuse(body, meeting)
    first = meeting.events.get(kind=EventKind.RECUSED)
    opened = item_named(meeting, "Budget").opened_at
    correcting.move_in_time(by=SYSTEM, meeting=meeting, event=first, at=opened, reason="Tidigare")
    assert Recusal.objects.get().state == RecusalState.IN_FORCE
