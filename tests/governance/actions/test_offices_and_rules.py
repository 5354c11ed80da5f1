"""Elections that fill the offices of a body, rules with their text, delegates for several seats."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import councils, delegates, planning
from governance.actions.room import deciding, items, motions, opening
from governance.choices import BodyKind, ItemKind, MotionKind, OfficeKind, PresenceMode
from governance.models import Meeting, Office
from governance.states import MeetingState
from governance.views.room_page import longest_sitting
from tests.factories.files import small_pdf
from tests.factories.governance import LONG_AGO, item_named, make_body, make_meeting, open_room
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 9, tzinfo=UTC)


def elect(body, meeting, title, name="", nominee=None):
    """Nominate and decide an election by acclamation."""
    item = item_named(meeting, title)
    items.open_item(by=SYSTEM, meeting=meeting, item=item, at=AT)
    motions.make_motion(
        by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[0].name,
        kind=MotionKind.NOMINATE, text=name, nominee=nominee,
    )  # fmt: skip
    items.close_debate(by=SYSTEM, meeting=meeting, item=item, at=AT)
    put = list(item.motions.filter(kind=MotionKind.NOMINATE))
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=item, motions=put, at=AT)
    return deciding.gavel(by=SYSTEM, meeting=meeting, item=item, at=AT)


def offices(body, kind):
    """Return who holds an office, with first and last day."""
    rows = Office.objects.filter(council=body.council, kind=kind).order_by("starts_on", "pk")
    return [(row.person_id, row.starts_on, row.ends_on) for row in rows]


@pytest.fixture
def body(root):
    return make_body(3)


def test_the_constituting_meeting_gives_chair_and_vice_chair_their_offices(body):
    meeting = open_room(body, at=AT, is_constituting=True)
    old, new = body.ordinary[0].name_id, body.ordinary[2].name_id
    decision = elect(body, meeting, "Val av ordförande", str(body.ordinary[2].name))
    assert offices(body, OfficeKind.CHAIR) == [
        (old, LONG_AGO, date(2026, 3, 11)),
        (new, DAY, None),
    ]
    office = Office.objects.get(council=body.council, kind=OfficeKind.CHAIR, person=new)
    paragraph = decision.item.paragraph
    assert office.appointed_reference == f"{body.council.name} § {paragraph}/2026"
    # The roll of the meeting stays: the old chair presides until it is closed.
    assert meeting.room().presiding == old
    elect(body, meeting, "Val av vice ordförande", nominee=body.substitutes[0].name)
    assert offices(body, OfficeKind.VICE_CHAIR)[-1] == (body.substitutes[0].name_id, DAY, None)


def test_an_election_to_an_office_names_somebody_on_the_roll(body):
    meeting = open_room(body, at=AT, is_constituting=True)
    item = item_named(meeting, "Val av ordförande")
    items.open_item(by=SYSTEM, meeting=meeting, item=item, at=AT)
    wanted = {"by": SYSTEM, "meeting": meeting, "item": item, "person": body.ordinary[0].name}
    outsider = UserFactory().name
    for fields in ({"text": "Någon annan"}, {"nominee": outsider}):
        with pytest.raises(RuleBroken, match="those who sit on the body"):
            motions.make_motion(kind=MotionKind.NOMINATE, **wanted, **fields)
    with pytest.raises(RuleBroken, match="Write whom you nominate"):
        motions.make_motion(kind=MotionKind.NOMINATE, **wanted)


def test_namesakes_are_told_apart_on_the_ballot(body):
    first, second = body.ordinary[1].name, body.ordinary[2].name
    second.given_name, second.family_name = first.given_name, first.family_name
    second.save()
    meeting = open_room(body, at=AT, is_constituting=True)
    decision = elect(body, meeting, "Val av ordförande", nominee=second)
    assert decision.clauses == [f"välja {second}, {body.seats[2].organisation}"]
    assert offices(body, OfficeKind.CHAIR)[-1] == (second.pk, DAY, None)


def test_another_election_changes_no_office(body):
    meeting = open_room(body, at=AT, items=())
    planning.add_item(by=SYSTEM, meeting=meeting, title="Val av ombud", kind=ItemKind.ELECTION)
    planning.confirm_item(
        by=SYSTEM, meeting=meeting, item=item_named(meeting, "Val av ombud"), all_agree=True
    )
    before = offices(body, OfficeKind.CHAIR)
    elect(body, meeting, "Val av ombud", "Någon annan")
    assert offices(body, OfficeKind.CHAIR) == before


def adopt(body, **changes):
    """Adopt rules that change these settings."""
    return councils.adopt_rules(
        by=SYSTEM, council=body.council, changes=changes, valid_from=date(2026, 1, 1),
        adopted_reference="Rådet § 2/2026",
    )  # fmt: skip


def test_nobody_takes_part_at_a_distance_where_the_rules_forbid_it(body):
    adopt(body, distance="forbidden")
    meeting = open_room(body, body.who(0, 1), at=AT, mode="both")
    with pytest.raises(RuleBroken, match="nobody take part at a distance"):
        opening.arrive(
            by=SYSTEM, meeting=meeting, person=body.ordinary[2].name, mode=PresenceMode.DISTANCE
        )
    opening.arrive(by=SYSTEM, meeting=meeting, person=body.ordinary[2].name)
    assert len(meeting.room().serving) == 3


def test_who_has_sat_the_longest_leads_only_where_the_rules_say_so(body):
    meeting = make_meeting(body)
    assert longest_sitting(meeting) == body.ordinary[0].name
    adopt(body, longest_serving_leads=False)
    assert longest_sitting(meeting) is None


def general_meeting(limit):
    """Return a general meeting whose delegate holds the proxies of all three members."""
    body = make_body(3, kind=BodyKind.GENERAL_MEETING)
    adopt(body, proxy_limit=limit)
    meeting = make_meeting(body, starts_at=AT)
    planning.add_item(by=SYSTEM, meeting=meeting, title="Stadgar", proposal=["anta stadgarna"])
    return body, meeting


def hand_in(meeting, seat, person):
    """Enter a proxy."""
    file = SimpleUploadedFile("fullmakt.pdf", small_pdf(1))
    return delegates.enter_proxy(
        by=SYSTEM, meeting=meeting, seat=seat, person=person, dated_on=DAY, file=file
    )


def test_a_delegate_serves_as_many_seats_as_the_rules_allow(root):
    body, meeting = general_meeting(2)
    delegate = UserFactory().name
    for seat in body.seats[:2]:
        hand_in(meeting, seat, delegate)
    with pytest.raises(RuleBroken, match="may speak for 2"):
        hand_in(meeting, body.seats[2], delegate)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED)
    meeting.refresh_from_db()
    present = {delegate.pk: "room", body.ordinary[2].name_id: "room"}
    meeting = opening.open_meeting(
        by=SYSTEM, meeting=meeting, present=present, chair=delegate, at=AT
    )
    assert meeting.room().serving == {
        body.seats[0].pk: delegate.pk,
        body.seats[1].pk: delegate.pk,
        body.seats[2].pk: body.ordinary[2].name_id,
    }
    opening.leave(by=SYSTEM, meeting=meeting, person=delegate)
    assert meeting.room().serving == {body.seats[2].pk: body.ordinary[2].name_id}
