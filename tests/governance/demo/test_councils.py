"""The demo's bodies obey the rules they show."""

import pytest

from core.templatetags.ui_tags import swedish_date
from governance.actions import ledger
from governance.deadlines import earliest_takedown, last_appeal_day
from governance.demo import load_councils
from governance.demo.bodies import BODIES
from governance.models import Council, Meeting, Minutes, Notice, Rectification
from governance.states import MeetingState

pytestmark = pytest.mark.django_db


def test_the_demo_shows_every_state_and_is_unbroken(stand):
    assert load_councils(stand) == len(BODIES)
    states = set(Meeting.objects.values_list("state", flat=True))
    assert states == {
        MeetingState.DRAFT, MeetingState.SUMMONED, MeetingState.OPEN, MeetingState.ADJOURNED,
        MeetingState.CLOSED, MeetingState.ADJUSTED, MeetingState.CANCELLED,
    }  # fmt: skip
    states = set(Minutes.objects.values_list("state", flat=True))
    assert states == {"adjusted", "announced", "in_adjustment"}
    assert Rectification.objects.count() == 1
    assert ledger.verify().fault == ""
    assert not Council.objects.filter(is_example=False).exists()
    assert load_councils(stand) == 0


def test_a_joint_committee_announces_on_every_board_with_the_last_day_of_appeal(stand, client):
    load_councils(stand)
    page = client.get("/forvaltningsrad/gemensam-namnd/").content.decode()
    assert 'href="/forvaltningsrad/gemensam-namnd/anslagstavla/"' in page
    board = client.get("/forvaltningsrad/gemensam-namnd/anslagstavla/").content.decode()
    last = last_appeal_day(stand.today)
    assert board.count(f"<dd>{swedish_date(last)}</dd>") == Notice.objects.count() == 3
    assert f"Tidigast {swedish_date(earliest_takedown(stand.today))}" in board
