"""What is signed and what is recorded say the same: a text that waits to be signed stands still."""

from datetime import timedelta

import pytest

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.minutes import dissents, signing, writing
from governance.actions.room import correcting
from governance.choices import DissentKind, EventKind
from governance.minutes_states import MinutesState
from governance.models import Decision, MinutesText
from tests.factories.minutes import begin, close, hold, send, sign

pytestmark = pytest.mark.django_db
FIXED = ["ready", "in_adjustment", "referred"]


def reword(held, title="Budget"):
    return correcting.reword_decision(
        by=SYSTEM, meeting=held.meeting, decision=held.decision(title),
        clauses=["avslå allt"], reason="Skrivfel",
    )  # fmt: skip


def reserve(held, **more):
    return dissents.announce_dissent(
        by=SYSTEM, meeting=held.meeting, item=held.item("Budget"),
        person=held.body.ordinary[2].name, kind=DissentKind.RESERVATION, text="Emot.", **more,
    )  # fmt: skip


def bring_to(held, state):
    if state == "ready":
        writing.finish_minutes(by=SYSTEM, minutes=held.minutes)
        return
    send(held)
    if state == "referred":
        signing.refer_minutes(by=SYSTEM, minutes=held.minutes)


def late(held, **more):
    facts = {
        "kind": EventKind.LEFT, "person": held.body.ordinary[2].name, "reason": "Noterades sent",
        "at": held.meeting.opened_at + timedelta(minutes=7),
    }  # fmt: skip
    return correcting.add_late(by=SYSTEM, meeting=held.meeting, **facts | more)


@pytest.mark.parametrize("state", FIXED)
def test_nothing_is_corrected_while_the_text_is_fixed(state):
    held = hold()
    arrived = held.meeting.events.filter(kind=EventKind.ARRIVED).first()
    bring_to(held, state)
    assert held.minutes.state == state
    facts = {"by": SYSTEM, "meeting": held.meeting, "event": arrived, "reason": "Fel"}
    for attempt in (
        lambda: reword(held),
        lambda: late(held),
        lambda: correcting.strike_out(**facts),
        lambda: correcting.move_in_time(at=held.meeting.opened_at, **facts),
    ):
        with pytest.raises(RuleBroken, match="sent back to a draft"):
            attempt()
    assert not Decision.objects.filter(replaces__isnull=False).exists()


@pytest.mark.parametrize("state", FIXED)
def test_no_reservation_is_entered_and_no_reasons_written_while_the_text_is_fixed(state):
    held = begin()
    row = reserve(held)
    bring_to(close(held), state)
    with pytest.raises(RuleBroken, match="sent back to a draft"):
        dissents.write_dissent(by=held.body.ordinary[2], dissent=row, text="Andra skäl.")
    with pytest.raises(RuleBroken, match="sent back to a draft"):
        dissents.announce_dissent(
            by=SYSTEM, meeting=held.meeting, item=held.item("Plan"), text="Emot.",
            person=held.body.ordinary[2].name, kind=DissentKind.STATEMENT,
            at=held.meeting.closed_at,
        )  # fmt: skip


def test_what_came_back_as_a_draft_is_corrected_and_signed_as_corrected():
    held = hold()
    version = send(held)
    signing.reject_minutes(by=held.body.ordinary[1], version=version, remark="Fel lydelse.")
    reword(held)
    again = send(held)
    matter = again.content["paragraphs"][1]["fields"]["matter"]["value"]
    assert matter["decisions"][0]["clauses"] == ["avslå allt"]
    for user in held.signers():
        sign(again, user)
    assert held.minutes.state == MinutesState.ADJUSTED


def test_a_text_that_no_longer_says_what_is_known_is_not_signed():
    held = hold()
    version = send(held)
    MinutesText.objects.create(minutes=held.minutes, item=held.item("Plan"), text="Tillagt.")
    with pytest.raises(RuleBroken, match="has been corrected"):
        sign(version, held.body.ordinary[1])
    MinutesText.objects.all().delete()
    sign(version, held.body.ordinary[1])


def test_a_name_on_the_dispatch_list_hinders_no_signature():
    held = hold()
    version = send(held)
    held.item("Plan").recipients.create(name="Ekonomi", email="ekonomi@exempel.invalid")
    for user in held.signers():
        sign(version, user)
    assert held.minutes.state == MinutesState.ADJUSTED
