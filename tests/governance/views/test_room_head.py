"""The band above the room says on which day of the week the body meets."""

from datetime import UTC, datetime

import pytest

from tests.factories.governance import make_body, open_room

pytestmark = pytest.mark.django_db


def test_the_room_shows_the_weekday(client, root):
    body = make_body(2)
    meeting = open_room(body, at=datetime(2026, 3, 12, 8, tzinfo=UTC))
    client.force_login(body.secretary)
    assert "<p>Torsdag 12 mars 2026, " in client.get(meeting.room_url).content.decode()
