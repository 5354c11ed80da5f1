"""Any sequence in a room, through the actions and the database: the invariants hold (rules 1.1).

The pure room has a machine of its own in tests/governance/test_serving.py, with many more steps.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.room import correcting, items, opening, recusals
from governance.choices import EventKind
from governance.states import MeetingState
from tests.factories.governance import item_named, make_body, open_room

pytestmark = pytest.mark.django_db

SEATS = 4
TITLES = ("Ett", "Två", "Tre")
people = st.integers(0, 2 * SEATS - 1)
steps = st.one_of(
    st.tuples(st.sampled_from(["arrive", "leave", "recuse"]), people),
    st.tuples(st.sampled_from(["open", "withdraw"]), st.integers(0, len(TITLES) - 1)),
    st.tuples(st.sampled_from(["adjourn", "resume"]), st.just(0)),
    st.tuples(st.sampled_from(["late departure", "strike out", "move"]), people),
)


def take(body, meeting, step, everyone):
    """Do one thing; what the rules refuse leaves the room as it was."""
    what, number = step
    person = everyone[number].name
    item = meeting.items.in_hand().first()
    entry = meeting.events.filter(
        kind__in=[EventKind.ARRIVED, EventKind.LEFT], person=person, corrected_by__isnull=True
    ).last()
    late = {"by": SYSTEM, "meeting": meeting, "reason": "Prov"}
    soon = meeting.opened_at + timedelta(minutes=number)
    deeds = {
        "arrive": lambda: opening.arrive(by=SYSTEM, meeting=meeting, person=person),
        "leave": lambda: opening.leave(by=SYSTEM, meeting=meeting, person=person),
        "recuse": lambda: item and recusals.announce_recusal(
            by=SYSTEM, meeting=meeting, item=item, person=person, ground="Prov"
        ),
        "open": lambda: items.open_item(
            by=SYSTEM, meeting=meeting, item=item_named(meeting, TITLES[number % len(TITLES)])
        ),
        "withdraw": lambda: item and items.withdraw_item(by=SYSTEM, meeting=meeting, item=item),
        "adjourn": lambda: opening.adjourn(by=SYSTEM, meeting=meeting),
        "resume": lambda: opening.resume(by=SYSTEM, meeting=meeting),
        "late departure": lambda: correcting.add_late(
            kind=EventKind.LEFT, person=person, at=soon, **late
        ),
        "strike out": lambda: entry and correcting.strike_out(event=entry, **late),
        "move": lambda: entry and correcting.move_in_time(event=entry, at=soon, **late),
    }  # fmt: skip
    deeds[what]()


def check(body, meeting):
    """Hold the room to the invariants."""
    room = meeting.room()
    assert len(room.serving) <= len(room.seats) == SEATS
    assert max(Counter(room.serving.values()).values(), default=0) <= 1
    assert not set(room.serving.values()) & room.recused
    assert set(room.serving.values()) <= set(room.present)
    for seat, person in room.serving.items():
        sitting = {row.person for row in meeting.body().sitters if row.seat == seat}
        assert person in sitting
    assert room.may_decide is (2 * len(room.serving) > SEATS)
    assert room.needed == SEATS // 2 + 1
    if room.presiding is not None:
        assert room.serves(room.presiding)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(script=st.lists(steps, min_size=5, max_size=25))
def test_any_sequence_keeps_the_room_in_order(db, script):
    with transaction.atomic():
        body = make_body(SEATS)
        everyone = body.ordinary + body.substitutes
        start = timezone.now() - timedelta(hours=1)
        meeting = open_room(body, items=TITLES, at=start)
        for step in script:
            try:
                with transaction.atomic():
                    take(body, meeting, step, everyone)
            except RuleBroken:
                pass
            meeting.refresh_from_db()
            check(body, meeting)
        assert meeting.state in {MeetingState.OPEN, MeetingState.ADJOURNED}
        assert ledger.verify().fault == ""
        transaction.set_rollback(True)
