"""Matters that nobody was summoned to: proposed, and taken up only when all present agree."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import cases, ledger, planning, summoning
from governance.actions.room import items, opening
from governance.choices import BodyKind, EventKind, ItemKind, OfficeKind
from governance.models import LedgerEntry
from governance.states import ItemState
from tests.factories.governance import add_items, item_named, make_body, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(3, substitutes=False, kind=BodyKind.ASSEMBLY)


@pytest.fixture
def meeting(body):
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=30))
    add_items(meeting, "Budget", "Avgift")
    return summon(meeting)


def summon(meeting):
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def begin(body, meeting, present=(0, 1, 2)):
    return opening.open_meeting(by=SYSTEM, meeting=meeting, present=body.who(*present))


def change(meeting, heading, **changes):
    item = item_named(meeting, heading)
    return planning.change_item(by=SYSTEM, meeting=meeting, item=item, **changes)


def confirm(meeting, item, *, all_agree=True):
    return planning.confirm_item(by=SYSTEM, meeting=meeting, item=item, all_agree=all_agree)


def test_what_is_added_after_the_summons_is_proposed_until_a_new_one_tells_of_it(body, meeting):
    item = add_items(meeting, "Försäljning")[0]
    assert item.state == ItemState.PROPOSED
    assert item_named(meeting, "Budget").state == ItemState.CONFIRMED
    summon(meeting)
    item.refresh_from_db()
    assert item.state == ItemState.CONFIRMED
    assert meeting.summonses.first().difference == ["Added: Försäljning"]


def test_a_case_put_on_a_sent_agenda_is_proposed(body, meeting):
    case = cases.register_case(by=SYSTEM, council=body.council, subject="Avtal")
    cases.propose_decision(by=SYSTEM, case=case, proposal=["teckna avtalet"])
    case = cases.make_case_ready(by=SYSTEM, case=case)
    item = planning.put_case_on_agenda(by=SYSTEM, meeting=meeting, case=case)
    assert item.state == ItemState.PROPOSED
    summon(meeting)
    item.refresh_from_db()
    assert item.state == ItemState.CONFIRMED


def test_another_matter_under_a_summoned_item_is_proposed_and_the_same_is_not(meeting):
    for changes in ({"title": "Försäljning"}, {"proposal": ["sälja bolaget"]}):
        item = item_named(meeting, "Budget")
        before = {name: getattr(item, name) for name in changes}
        changed = planning.change_item(by=SYSTEM, meeting=meeting, item=item, **changes)
        assert changed.state == ItemState.PROPOSED
        back = planning.change_item(by=SYSTEM, meeting=meeting, item=item, **before)
        assert back.state == ItemState.CONFIRMED
    assert change(meeting, "Budget", minutes_planned=30).state == ItemState.CONFIRMED


def test_a_proposed_item_is_not_opened_and_waits_for_all(body, meeting):
    item = add_items(meeting, "Försäljning")[0]
    with pytest.raises(RuleBroken, match="not in progress"):
        confirm(meeting, item)
    meeting = begin(body, meeting)
    with pytest.raises(RuleBroken):
        items.open_item(by=SYSTEM, meeting=meeting, item=item)
    with pytest.raises(RuleBroken, match="all present agree"):
        confirm(meeting, item, all_agree=False)
    confirm(meeting, item)
    assert items.open_item(by=SYSTEM, meeting=meeting, item=item).state == ItemState.OPENED


def test_the_consent_is_an_event_that_names_who_served(body, meeting):
    meeting = begin(body, meeting, (0, 2))
    item = add_items(meeting, "Försäljning")[0]
    confirm(meeting, item)
    event = meeting.events.get(kind=EventKind.ITEM_AGREED)
    serving = sorted([body.seats[n].pk, body.ordinary[n].name_id] for n in (0, 2))
    assert (event.item, sorted(map(list, event.data["agreed"]))) == (item, serving)
    entry = LedgerEntry.objects.filter(kind="meeting_event").latest("number")
    assert entry.content["data"]["kind"] == EventKind.ITEM_AGREED
    assert ledger.verify().fault == ""


def test_too_few_cannot_agree_to_another_matter(body, meeting):
    meeting = begin(body, meeting, (0, 1))
    item = add_items(meeting, "Försäljning")[0]
    opening.leave(by=SYSTEM, meeting=meeting, person=body.ordinary[1].name)
    with pytest.raises(RuleBroken, match="Too few"):
        confirm(meeting, item)
    item.refresh_from_db()
    assert item.state == ItemState.PROPOSED


def test_the_matter_of_an_item_stands_while_the_meeting_runs(body, meeting):
    meeting = begin(body, meeting)
    for changes in (
        {"title": "Försäljning"},
        {"proposal": ["sälja bolaget"]},
        {"kind": ItemKind.INFORMATION},
        {"kind": ItemKind.ELECTION, "elects_to": OfficeKind.CHAIR},
    ):
        with pytest.raises(RuleBroken, match="as it was summoned to"):
            change(meeting, "Budget", **changes)
    assert change(meeting, "Budget", title="Budget", minutes_planned=30).minutes_planned == 30
    proposed = add_items(meeting, "Försälning")[0]
    renamed = planning.change_item(by=SYSTEM, meeting=meeting, item=proposed, title="Försäljning")
    assert (renamed.title, renamed.state) == ("Försäljning", ItemState.PROPOSED)


def test_the_agenda_says_what_is_not_in_the_summons(client, body, meeting, root):
    client.force_login(body.secretary)
    address = reverse("governance:agenda", args=[body.council.slug, meeting.pk])
    data = {
        "gor": "add", "add-title": "Försäljning", "add-kind": "decision", "add-proposal": "sälja",
        "add-minutes_planned": "10", "add-positions": "1",
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    assert item_named(meeting, "Försäljning").state == ItemState.PROPOSED
    edit = reverse(
        "governance:item_edit",
        args=[body.council.slug, meeting.pk, item_named(meeting, "Budget").pk],
    )
    begin(body, meeting)
    data = {"title": "Annat", "kind": "decision", "minutes_planned": "10", "positions": "1"}
    assert client.post(edit, data).status_code == 422
