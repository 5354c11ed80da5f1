"""A § adjusted at once, between the text that is presented and the last signature, and after."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.minutes import adjusting, announcing, dissents, signing
from governance.actions.room import correcting
from governance.choices import DissentKind, EventKind
from governance.minutes_states import MinutesState
from governance.models import (
    AdjustedParagraph,
    DecisionFlag,
    Dissent,
    MinutesRemark,
    MinutesVersion,
)
from tests.factories.minutes import begin, close, send, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return begin(None, "Ett", "Två")


def present(held, signers=3):
    """Present the text of the § "Två", and let so many sign it."""
    version = adjusting.adjust_at_once(
        by=SYSTEM, meeting=held.meeting, item=held.item("Två"), reservations_asked=True
    )
    for user in held.signers()[:signers]:
        sign(version, user)
    return version


def reserve(held):
    return dissents.announce_dissent(
        by=SYSTEM, meeting=held.meeting, item=held.item("Två"), text="Emot.",
        person=held.body.ordinary[2].name, kind=DissentKind.RESERVATION,
    )  # fmt: skip


def reword(held):
    return correcting.reword_decision(
        by=SYSTEM, meeting=held.meeting, decision=held.decision("Två"),
        clauses=["annan lydelse"], reason="Skrivfel",
    )  # fmt: skip


def test_the_chair_first_says_what_a_correction_means_for_the_paragraph(held):
    correcting.add_late(
        by=SYSTEM, meeting=held.meeting, kind=EventKind.LEFT, person=held.body.ordinary[2].name,
        at=held.meeting.opened_at + timedelta(minutes=15), reason="Noterades sent",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Answer first what the corrections mean"):
        present(held)
    assert MinutesVersion.objects.count() == 0
    flag = DecisionFlag.objects.get()
    chair = held.body.fresh(held.body.ordinary[0])
    correcting.answer_flag(by=chair, meeting=held.meeting, flag=flag, answer="Står fast.")
    assert AdjustedParagraph.objects.filter(version=present(held)).exists()


def test_a_paragraph_not_signed_by_all_at_the_close_is_adjusted_with_the_others(held):
    alone = present(held, signers=2)
    close(held)
    with pytest.raises(RuleBroken, match="not waiting"):
        sign(alone, held.signers()[2])
    assert not MinutesVersion.objects.of_paragraphs_in(held.meeting.pk).exists()
    reword(held)
    whole = send(held)
    with pytest.raises(RuleBroken, match="not waiting"):
        sign(alone, held.signers()[2])
    for user in held.signers():
        sign(whole, user)
    rows = AdjustedParagraph.objects.values_list("item__title", "version", "immediately")
    assert ("Två", whole.pk, False) in rows
    assert held.minutes.state == MinutesState.ADJUSTED


def test_a_paragraph_reworded_after_its_text_was_presented_is_not_signed(held):
    version = present(held, signers=2)
    reword(held)
    with pytest.raises(RuleBroken, match="has been corrected"):
        sign(version, held.signers()[2])


def test_who_comes_and_goes_meanwhile_hinders_no_signature(held):
    version = present(held, signers=2)
    correcting.add_late(
        by=SYSTEM, meeting=held.meeting, kind=EventKind.LEFT, at=timezone.now(), reason="Gick",
        person=held.body.ordinary[2].name,
    )  # fmt: skip
    sign(version, held.signers()[2])
    assert AdjustedParagraph.objects.get().item == held.item("Två")


def test_a_reservation_announced_while_the_text_is_signed_is_appended(held):
    version = present(held, signers=2)
    row = reserve(held)
    sign(version, held.signers()[2])
    assert not Dissent.objects.all().adjusted().exists()
    # Its reasons may follow until all is adjusted, for they stand in no text yet.
    dissents.write_dissent(by=held.body.ordinary[2], dissent=row, text="Skälen.")
    whole = send(close(held))
    item = held.item("Två").pk
    fields = next(p for p in whole.content["paragraphs"] if p["item"] == item)["fields"]
    assert fields["matter"]["value"]["dissents"] == []
    assert [d["text"] for d in fields["appended"]["value"]["dissents"]] == ["Skälen."]
    for user in held.signers():
        sign(whole, user)
    assert list(Dissent.objects.all().adjusted()) == [row]


def test_the_reasons_stand_still_with_the_text_they_are_in(held):
    row = reserve(held)
    version = present(held, signers=2)
    with pytest.raises(RuleBroken, match="no longer change"):
        dissents.write_dissent(by=held.body.ordinary[2], dissent=row, text="Andra.")
    sign(version, held.signers()[2])
    with pytest.raises(RuleBroken, match="no longer change"):
        dissents.write_dissent(by=held.body.ordinary[2], dissent=row, text="Andra.")
    whole = send(close(held))
    item = held.item("Två").pk
    fields = next(p for p in whole.content["paragraphs"] if p["item"] == item)["fields"]
    assert "appended" not in fields


def test_an_adjusted_paragraph_is_not_reworded_from_the_room(client, root, held):
    present(held)
    client.force_login(held.body.fresh(held.body.secretary))
    address = reverse(
        "governance:room_command", args=[held.meeting.council.slug, held.meeting.pk, "andra-beslut"]
    )
    decision = held.decision("Två")
    answer = client.post(address, {"beslut": decision.pk, "att": "annat", "skal": "Fel"})
    assert answer.status_code == 422
    with pytest.raises(RuleBroken):
        reword(held)


def test_a_forgotten_recusal_is_not_entered_in_an_adjusted_paragraph(held):
    item = held.item("Två")
    facts = {
        "by": SYSTEM, "meeting": held.meeting, "kind": EventKind.RECUSED, "item": item,
        "person": held.body.ordinary[2].name, "at": item.opened_at, "reason": "Glömt",
    }  # fmt: skip
    event = correcting.add_late(**facts)
    present(held)
    with pytest.raises(RuleBroken, match="rectification"):
        correcting.strike_out(by=SYSTEM, meeting=held.meeting, event=event, reason="Fel")
    with pytest.raises(RuleBroken, match="rectification"):
        correcting.add_late(**facts | {"person": held.body.ordinary[1].name})


def test_an_adjuster_sends_the_text_of_a_paragraph_back(client, root, held):
    version = present(held, signers=2)
    adjuster = held.body.fresh(held.body.ordinary[1])
    with pytest.raises(RuleBroken, match="what is wrong"):
        signing.reject_minutes(by=adjuster, version=version, remark=" ")
    client.force_login(adjuster)
    args = [held.meeting.council.slug, held.meeting.pk]
    page = client.get(reverse("governance:minutes", args=args)).content.decode()
    assert f'name="version" value="{version.number}"' in page
    address = reverse("governance:minutes_command", args=[*args, "avvisa"])
    assert client.post(address, {"version": version.number}).status_code == 422
    done = client.post(address, {"version": version.number, "remark": "Fel belopp."})
    assert done.status_code == 302
    assert MinutesRemark.objects.get().version == version
    with pytest.raises(RuleBroken):
        sign(version, adjuster)
    again = present(held)
    assert AdjustedParagraph.objects.get().version == again
    assert held.minutes.state == MinutesState.DRAFT


def rectify(held, title):
    return announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=held.item(title) if title else None,
        stood="1 000 kr", shall_stand="10 000 kr", reason="Skrivfel", decided_by="Ordföranden",
        decided_on=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip


def test_an_adjusted_paragraph_is_rectified_before_the_others_are_adjusted(client, root, held):
    present(held)
    for title in ("Ett", None):
        with pytest.raises(RuleBroken):
            rectify(held, title)
    assert rectify(held, "Två").item == held.item("Två")
    client.force_login(held.body.fresh(held.body.secretary))
    args = [held.meeting.council.slug, held.meeting.pk]
    page = client.get(reverse("governance:minutes", args=args)).content.decode()
    assert reverse("governance:minutes_command", args=[*args, "rattelse"]) in page
    facts = {
        "stood": "a", "shall_stand": "b", "reason": "c", "decided_by": "d",
        "decided_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    address = reverse("governance:minutes_command", args=[*args, "rattelse"])
    assert client.post(address, facts | {"item": held.item("Ett").pk}).status_code == 422
    assert client.post(address, facts | {"item": held.item("Två").pk}).status_code == 302
    assert held.minutes.rectifications.count() == 2


def test_minutes_whose_every_paragraph_is_adjusted_at_once_are_signed_all_the_same(held):
    for title in ("Val av justerare", "Ett", "Två"):
        version = adjusting.adjust_at_once(
            by=SYSTEM, meeting=held.meeting, item=held.item(title), reservations_asked=True
        )
        for user in held.signers():
            sign(version, user)
    whole = send(close(held))
    for user in held.signers()[:2]:
        sign(whole, user)
    assert held.minutes.state == MinutesState.ADJUSTED
