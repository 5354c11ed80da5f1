"""Who took part by what is known now: corrections before adjustment count (rules.md 1.7)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import seats
from governance.actions.minutes import dissents, writing
from governance.actions.minutes.presence import took_part_in
from governance.actions.proof.evidence import adjusted_version, evidence_text
from governance.actions.room import correcting
from governance.choices import DecisionMethod, DissentKind, EventKind, OfficeKind, SignerRole
from governance.minutes_states import MinutesState
from governance.models import Decision, DecisionFlag
from tests.factories.governance import LONG_AGO, make_body
from tests.factories.members import UserFactory
from tests.factories.minutes import begin, close, hold, send, sign
from tests.governance.proof.verifier import VERIFIER

pytestmark = pytest.mark.django_db


def leaves(held, user, minutes=7):
    """Enter afterwards that somebody left, before the first decision unless said otherwise."""
    return correcting.add_late(
        by=SYSTEM, meeting=held.meeting, kind=EventKind.LEFT, person=user.name,
        at=held.meeting.opened_at + timedelta(minutes=minutes), reason="Noterades sent",
    )  # fmt: skip


def answer_all(held):
    for flag in DecisionFlag.objects.filter(event__meeting=held.meeting, seen_at__isnull=True):
        correcting.answer_flag(
            by=held.body.fresh(held.body.secretary), meeting=held.meeting, flag=flag,
            answer="Beslutet står fast.",
        )  # fmt: skip


def matter_of(version, held, title):
    item = held.item(title).pk
    paragraph = next(p for p in version.content["paragraphs"] if p["item"] == item)
    return paragraph["fields"]["matter"]["value"]


def test_who_is_found_to_have_left_took_no_part_and_adjusts_nothing_of_it(client, root):
    held = hold(None, "Ett", "Två")
    adjuster = held.body.ordinary[1]
    leaves(held, adjuster, minutes=15)
    answer_all(held)
    version = send(held)
    absent = str(adjuster.name)
    assert absent in [row["name"] for row in matter_of(version, held, "Ett")["took_part"]]
    assert absent not in [row["name"] for row in matter_of(version, held, "Två")["took_part"]]
    two = held.item("Två").pk
    signs = {row.person_id: row.items for row in version.signers.filter(role=SignerRole.ADJUSTER)}
    assert two not in signs[adjuster.name_id]
    assert signs[held.body.ordinary[2].name_id] == [two]
    for user in (*held.signers(), held.body.ordinary[2]):
        sign(version, user)
    assert held.minutes.state == MinutesState.ADJUSTED
    VERIFIER.verify(
        evidence_text(held.minutes, adjusted_version(held.minutes), whole=False).encode()
    )
    args = [held.meeting.council.slug, *(getattr(held.item("Två"), name) for name in (
        "paragraph_year", "paragraph"))]  # fmt: skip
    page = client.get(reverse("governance:decision_detail", args=args))
    assert str(held.body.ordinary[0].name) in page.context["took_part"]
    assert absent not in page.context["took_part"]


def test_who_is_found_to_have_left_the_chair_did_not_preside():
    held = hold(None, "Ett", "Två")
    leaves(held, held.body.ordinary[0], minutes=15)
    answer_all(held)
    version = send(held)
    assert matter_of(version, held, "Ett")["presided"] == str(held.body.ordinary[0].name)
    assert matter_of(version, held, "Två")["presided"] == str(held.body.ordinary[1].name)


def test_a_reworded_decision_has_those_who_took_part_in_what_it_replaces():
    held = hold(None, "Ett", "Två")
    leaves(held, held.body.ordinary[2], minutes=15)
    decision = correcting.reword_decision(
        by=SYSTEM, meeting=held.meeting, decision=held.decision("Två"), clauses=["annat"],
        reason="Skrivfel",
    )  # fmt: skip
    took_part = [person for __, person in took_part_in(decision)]
    assert held.body.ordinary[2].name_id not in took_part
    assert len(took_part) == 2
    assert len(took_part_in(held.decision("Ett"))) == 3


def test_who_answered_without_a_meeting_took_part_whoever_was_in_the_room():
    held = hold(None, "Ett", "Två")
    leaves(held, held.body.ordinary[2], minutes=15)
    decision = held.decision("Två")
    decision.method = DecisionMethod.PER_CAPSULAM
    assert took_part_in(decision) == Decision.objects.get(pk=decision.pk).participants


def test_who_took_no_part_after_all_cannot_make_a_reservation():
    held = begin(None, "Ett", "Två")
    leaves(held, held.body.ordinary[2], minutes=15)
    facts = {
        "by": SYSTEM, "meeting": held.meeting, "person": held.body.ordinary[2].name,
        "kind": DissentKind.RESERVATION, "text": "Emot.",
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="took part"):
        dissents.announce_dissent(item=held.item("Två"), **facts)
    assert dissents.announce_dissent(item=held.item("Ett"), **facts).pk


def test_nothing_is_sent_before_the_chair_has_said_what_a_correction_means():
    held = hold(None, "Ett", "Två")
    leaves(held, held.body.ordinary[2])
    writing.finish_minutes(by=SYSTEM, minutes=held.minutes)
    with pytest.raises(RuleBroken, match="what the corrections mean"):
        writing.send_for_adjustment(by=SYSTEM, minutes=held.minutes)
    answer_all(held)
    writing.send_for_adjustment(by=SYSTEM, minutes=held.minutes)
    assert held.minutes.state == MinutesState.IN_ADJUSTMENT


def test_others_are_those_who_were_there_and_who_kept_the_minutes():
    body = make_body(3)
    there, away = UserFactory(), UserFactory()
    for user in (there, away):
        seats.give_office(
            by=SYSTEM, council=body.council, person=user.name, kind=OfficeKind.COOPTED,
            starts_on=LONG_AGO, appointed_reference="§ 1",
        )  # fmt: skip
    held = begin(body, "Ett")
    correcting.add_late(
        by=SYSTEM, meeting=held.meeting, kind=EventKind.ARRIVED, person=there.name, mode="room",
        at=held.meeting.opened_at + timedelta(minutes=1), reason="Noterades sent",
    )  # fmt: skip
    head = send(close(held)).content["head"]
    assert [row["name"] for row in head["others"]] == [str(body.secretary.name), str(there.name)]
    assert head["others"][0]["role"] == "Sekreterare"
