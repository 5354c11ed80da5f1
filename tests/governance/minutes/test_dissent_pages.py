"""The page of reservations: the reasons are kept as they were written, or not at all."""

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.minutes import dissents
from governance.choices import DissentKind
from tests.factories.minutes import begin, close, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return begin()


@pytest.fixture
def row(held):
    return dissents.announce_dissent(
        by=SYSTEM, meeting=held.meeting, item=held.item("Budget"),
        person=held.body.ordinary[2].name, kind=DissentKind.RESERVATION, text="Emot.",
    )  # fmt: skip


def write(client, held, row, text):
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    address = reverse("governance:dissents", args=[held.meeting.council.slug, held.meeting.pk])
    return client.post(address, {"reservation": row.pk, "text": text})


def test_reasons_are_refused_with_what_was_typed_kept(client, root, held, row):
    answer = write(client, held, row, "Nytt skäl " + "x" * 10_000)
    assert answer.status_code == 422
    assert "Nytt" in answer.content.decode()
    row.refresh_from_db()
    assert row.text == "Emot."
    assert write(client, held, row, "Nytt\x00 skäl.").status_code == 302
    row.refresh_from_db()
    assert row.text == "Nytt skäl."


def test_what_the_minutes_already_say_is_refused_with_what_was_typed_kept(client, root, held, row):
    send(close(held))
    answer = write(client, held, row, "Nytt skäl.")
    assert answer.status_code == 422
    assert "Nytt skäl." in answer.content.decode()


def test_too_long_reasons_are_never_cut(held, row):
    with pytest.raises(RuleBroken, match="too long"):
        dissents.write_dissent(by=held.body.ordinary[2], dissent=row, text="x" * 10_001)
    with pytest.raises(RuleBroken, match="too long"):
        dissents.announce_dissent(
            by=SYSTEM, meeting=held.meeting, item=held.item("Plan"), text="x" * 10_001,
            person=held.body.ordinary[2].name, kind=DissentKind.STATEMENT,
        )  # fmt: skip
