"""Rights follow the calendar day on which the item is opened, also after an adjournment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import councils, planning, seats
from governance.actions.room import items, motions, opening
from governance.choices import MotionKind
from governance.models import AgendaItem, Meeting
from governance.states import ItemState
from tests.factories.governance import add_items, item_named, make_body, make_meeting, open_room
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

LAST = date(2026, 3, 12)
EVENING = datetime(2026, 3, 12, 17, tzinfo=UTC)
MORNING = datetime(2026, 3, 13, 8, tzinfo=UTC)


def move(meeting, item, user):
    return motions.make_motion(
        by=SYSTEM, meeting=meeting, item=item, person=user.name, kind=MotionKind.APPROVE
    )


def test_a_mandate_holds_through_its_last_day_and_not_after_the_adjournment():
    body = make_body(3)
    mandate = body.seats[2].mandates.get(position=0)
    seats.end_mandate(by=SYSTEM, mandate=mandate, on=LAST)
    meeting = open_room(body, items=("Ett", "Två"), at=EVENING)
    first = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Ett"), at=EVENING)
    move(meeting, first, body.ordinary[2])
    opening.adjourn(by=SYSTEM, meeting=meeting, at=EVENING + timedelta(hours=1))
    opening.resume(by=SYSTEM, meeting=meeting, present=body.who(0, 1, 2), at=MORNING)
    # The item was opened on the last day: the right to take part in it lasts.
    move(meeting, first, body.ordinary[2])
    items.withdraw_item(by=SYSTEM, meeting=meeting, item=first, at=MORNING)
    second = items.open_item(
        by=SYSTEM, meeting=meeting, item=item_named(meeting, "Två"), at=MORNING
    )
    with pytest.raises(RuleBroken, match="who serve"):
        move(meeting, second, body.ordinary[2])
    assert len(meeting.room().seats) == 3


def test_a_seat_that_ends_no_longer_counts_after_its_last_day():
    body = make_body(4)
    seats.end_seat(by=SYSTEM, seat=body.seats[3], on=LAST)
    meeting = open_room(body, items=("Ett",), at=EVENING)
    assert (len(meeting.room().seats), meeting.room().needed) == (4, 3)
    opening.adjourn(by=SYSTEM, meeting=meeting, at=EVENING + timedelta(hours=1))
    opening.resume(by=SYSTEM, meeting=meeting, present=body.who(0, 1), at=MORNING)
    assert (len(meeting.room().seats), meeting.room().needed) == (3, 2)
    items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Ett"), at=MORNING)


def test_nothing_changes_a_meeting_already_opened():
    body = make_body(3)
    meeting = open_room(body, at=EVENING)
    before = meeting.room()
    councils.adopt_weights(
        by=SYSTEM, council=body.council, table="inhabitants", valid_from=LAST,
        adopted_reference="§ 9",
    )  # fmt: skip
    councils.adopt_rules(
        by=SYSTEM, council=body.council, changes={"quorum": False}, valid_from=LAST,
        adopted_reference="§ 9",
    )  # fmt: skip
    seats.end_mandate(
        by=SYSTEM, mandate=body.seats[2].mandates.get(position=0), on=date(2026, 1, 1)
    )
    assert Meeting.objects.get(pk=meeting.pk).room() == before


def test_w09_weights_are_frozen_at_opening():
    body = make_body(2)
    councils.adopt_weights(
        by=SYSTEM, council=body.council, table="ten_thousands", valid_from=LAST,
        adopted_reference="§ 9",
    )  # fmt: skip
    assert set(open_room(body, at=EVENING).room().weights.values()) == {1}


def test_n1_numbers_begin_anew_with_the_year_and_n6_follow_the_opening():
    body = make_body(3)
    councils.set_first_numbers(
        by=SYSTEM, council=body.council, last_paragraph=46, last_registry=0, year=2025
    )
    old = open_room(body, items=("Sist",), at=datetime(2025, 12, 11, 9, tzinfo=UTC))
    item = items.open_item(by=SYSTEM, meeting=old, item=item_named(old, "Sist"))
    assert (item.paragraph, item.paragraph_year) == (47, 2025)
    # 23.00 on the last day of the year, in Sweden; the item is opened after midnight.
    late = datetime(2025, 12, 31, 22, tzinfo=UTC)
    night = open_room(body, items=("Natt",), at=late)
    item = items.open_item(
        by=SYSTEM, meeting=night, item=item_named(night, "Natt"), at=late + timedelta(hours=2)
    )
    assert (item.paragraph, item.paragraph_year) == (48, 2025)
    new = open_room(body, items=("Ny",), at=datetime(2026, 1, 15, 9, tzinfo=UTC))
    item = items.open_item(by=SYSTEM, meeting=new, item=item_named(new, "Ny"))
    assert (item.paragraph, item.paragraph_year) == (1, 2026)


def test_n2_two_bodies_have_each_their_paragraphs():
    for number, body in enumerate((make_body(1), make_body(1, slug="b", registry_code="B"))):
        meeting = open_room(body, items=(f"P{number}",))
        item = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, f"P{number}"))
        assert item.paragraph == 1


def test_n4_a_withdrawn_item_keeps_its_paragraph():
    meeting = open_room(make_body(3), items=("Ett", "Två"))
    first = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Ett"))
    first = items.withdraw_item(by=SYSTEM, meeting=meeting, item=first)
    second = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Två"))
    assert (first.state, first.paragraph, second.paragraph) == (ItemState.WITHDRAWN, 1, 2)


def test_two_secretaries_on_one_item():
    meeting = open_room(make_body(3))
    first, second = (item_named(meeting, "Budget") for __ in range(2))
    items.open_item(by=SYSTEM, meeting=meeting, item=first)
    with pytest.raises(RuleBroken):
        items.open_item(by=SYSTEM, meeting=meeting, item=second)
    assert AgendaItem.objects.get(pk=first.pk).paragraph == 1


def test_a_chair_who_leaves_is_followed_by_the_vice_and_then_by_the_chosen():
    body = make_body(5)
    meeting = open_room(body)
    opening.leave(by=SYSTEM, meeting=meeting, person=body.ordinary[0].name)
    assert meeting.room().presiding == body.ordinary[1].name_id
    opening.leave(by=SYSTEM, meeting=meeting, person=body.ordinary[1].name)
    assert opening.longest_serving(meeting) == body.ordinary[2].name
    with pytest.raises(RuleBroken, match="who serves"):
        opening.choose_chair(by=SYSTEM, meeting=meeting, person=UserFactory().name)
    opening.choose_chair(by=SYSTEM, meeting=meeting, person=body.ordinary[3].name)
    assert meeting.room().presiding == body.ordinary[3].name_id


def test_cases_return_to_the_next_agenda():
    body = make_body(3)
    meeting = open_room(body, items=("Ett",), at=EVENING)
    later = make_meeting(body, starts_at=MORNING + timedelta(days=30))
    add_items(later, "Annat")
    case = planning.Case.objects.create(
        council=body.council, series="FR-PROV", year=2026, number=1, subject="Väntar",
        state="ready", registered_on=LAST,
    )  # fmt: skip
    opening.close_meeting(by=SYSTEM, meeting=meeting, put_off_rest=True)
    case.refresh_from_db()
    assert (case.state, case.items.get().meeting) == ("on_agenda", later)
    assert item_named(meeting, "Ett").state == ItemState.NOT_REACHED
