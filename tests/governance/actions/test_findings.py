"""What the chair may find carried: proposals that exclude each other are never carried together."""

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.room import deciding, items
from governance.choices import ItemKind, MotionKind, Outcome
from governance.states import MotionState
from tests.factories.governance import add_items, make_body, make_meeting, open_room
from tests.governance.polls.builders import (
    _open,
    approved,
    close_debate,
    debated,
    find,
    move,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(3, substitutes=False)


@pytest.fixture
def meeting(body):
    return open_room(body, items=("Budget", "Annat"))


@pytest.fixture
def item(body, meeting):
    return debated(body, meeting)


def gavel(meeting, item):
    return deciding.gavel(by=SYSTEM, meeting=meeting, item=item)


def states(item):
    return list(item.motions.order_by("number").values_list("state", flat=True))


def test_a_motion_of_approval_that_is_carried_is_the_proposal_carried(body, meeting, item):
    approval = move(meeting, item, body.ordinary[1], MotionKind.APPROVE)
    move(meeting, item, body.ordinary[2], MotionKind.REJECT)
    close_debate(meeting, item)
    find(meeting, item, motions=[approval])
    decision = gavel(meeting, item)
    assert (decision.clauses, decision.outcome) == (["godkänna förslaget"], Outcome.CARRIED)
    assert states(item) == [MotionState.CARRIED, MotionState.REJECTED]


def test_the_proposal_is_the_main_one_in_the_poll_after_approval_was_found(body, meeting, item):
    approval = move(meeting, item, body.ordinary[1], MotionKind.APPROVE)
    close_debate(meeting, item)
    find(meeting, item, motions=[approval])
    poll = approved(body, meeting, item)[0]
    assert (poll.yes_key, poll.no_key) == ("proposal", "reject")


def test_only_one_of_the_proposals_that_exclude_each_other_is_carried(body, meeting, item):
    first = move(meeting, item, body.ordinary[1], MotionKind.AMEND, "höja med fem")
    second = move(meeting, item, body.ordinary[2], MotionKind.AMEND, "höja med tio")
    approval = move(meeting, item, body.ordinary[0], MotionKind.APPROVE)
    close_debate(meeting, item)
    for found in (
        {"proposal": True, "motions": [first]},
        {"motions": [first, second]},
        {"motions": [approval, second]},
    ):
        with pytest.raises(RuleBroken, match="exclude each other"):
            find(meeting, item, **found)
    find(meeting, item, motions=[second])
    assert gavel(meeting, item).clauses == ["höja med tio"]
    assert states(item) == [MotionState.REJECTED, MotionState.CARRIED, MotionState.REJECTED]


def test_a_rejection_excludes_everything_else_and_is_recorded_as_one(body, meeting, item):
    rejection = move(meeting, item, body.ordinary[1], MotionKind.REJECT)
    addition = move(meeting, item, body.ordinary[2], MotionKind.ADD, "följa upp i juni")
    close_debate(meeting, item)
    for found in (
        {"proposal": True, "motions": [rejection]},
        {"motions": [rejection, addition]},
    ):
        with pytest.raises(RuleBroken, match="excludes every other"):
            find(meeting, item, **found)
    with pytest.raises(RuleBroken, match="together with what it adds to"):
        find(meeting, item, motions=[addition])
    find(meeting, item, motions=[rejection])
    decision = gavel(meeting, item)
    assert (decision.clauses, decision.outcome) == (["avslå förslaget"], Outcome.REJECTED)
    assert states(item) == [MotionState.CARRIED, MotionState.REJECTED]


def test_a_motion_of_another_item_with_the_same_number_is_refused(body, meeting, item):
    other = move(meeting, item, body.ordinary[1], MotionKind.AMEND, "A")
    close_debate(meeting, item)
    find(meeting, item, motions=[other])
    gavel(meeting, item)
    second = debated(body, meeting, name="Annat")
    move(meeting, second, body.ordinary[1], MotionKind.AMEND, "B")
    close_debate(meeting, second)
    with pytest.raises(RuleBroken, match="Only motions that have been put"):
        find(meeting, second, motions=[other])


def test_the_room_offers_the_proposal_once(client, body, meeting, item, root):
    approval = move(meeting, item, body.ordinary[1], MotionKind.APPROVE)
    addition = move(meeting, item, body.ordinary[2], MotionKind.ADD, "följa upp i juni")
    close_debate(meeting, item)
    client.force_login(body.secretary)
    page = client.get(meeting.room_url).content.decode()
    assert f'id="finn-{addition.pk}"' in page
    assert 'id="finn-forslag"' in page
    assert f'id="finn-{approval.pk}"' not in page
    address = reverse("governance:room_command", args=[body.council.slug, meeting.pk, "finn"])
    data = {"punkt": item.pk, "bifall": [approval.pk, addition.pk]}
    assert client.post(address, data).status_code == 302
    assert gavel(meeting, item).clauses == ["godkänna förslaget", "följa upp i juni"]


def test_a_motion_on_information_lapses_when_it_is_noted(body):
    meeting = make_meeting(body)
    add_items(meeting, "Lägesrapport", kind=ItemKind.INFORMATION, proposal=[])
    meeting = _open(body, meeting)
    item = debated(body, meeting, name="Lägesrapport")
    move(meeting, item, body.ordinary[1], MotionKind.AMEND, "göra mer")
    items.note_item(by=SYSTEM, meeting=meeting, item=item)
    assert states(item) == [MotionState.LAPSED]
