"""The band above the room says on which day of the week the body meets."""

from datetime import UTC, datetime

import pytest

from tests.factories.governance import make_body, open_room
from tests.factories.members import UserFactory
from tests.factories.minutes import hold

pytestmark = pytest.mark.django_db


def test_the_room_shows_the_weekday(client, root):
    body = make_body(2)
    meeting = open_room(body, at=datetime(2026, 3, 12, 8, tzinfo=UTC))
    client.force_login(body.secretary)
    page = client.get(meeting.room_url).content.decode()
    assert '<p>Torsdag <span class="nowrap">12 mars</span> 2026, ' in page


@pytest.mark.parametrize("place", ["secretary", "visitor"])
def test_the_closed_room_shows_the_way_to_the_minutes_to_those_who_may_read_them(
    client, root, place
):
    held = hold(None, "Ett")
    user = held.body.secretary if place == "secretary" else UserFactory()
    client.force_login(held.body.fresh(user))
    page = client.get(held.meeting.room_url).content.decode()
    link = f'href="{held.minutes.get_absolute_url()}"'
    assert (link in page) == (place == "secretary")
    assert ("Reservationer och särskilda yttranden" in page) == (place == "secretary")
