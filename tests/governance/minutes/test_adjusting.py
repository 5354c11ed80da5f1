"""From the close of a meeting to adjusted minutes: who signs, what comes back, what is frozen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import triggers
from core.actions import SYSTEM
from core.exceptions import RuleBroken
from core.models import OutboxMessage
from governance.actions import ledger
from governance.actions.minutes import adjusting, announcing, dissents, signing, status, writing
from governance.actions.minutes.signers import missing
from governance.actions.room import correcting, opening
from governance.choices import DissentKind, SignerRole
from governance.commitments import masked, minutes_hash
from governance.minutes_states import DecisionState, MinutesState
from governance.models import (
    AdjustedParagraph,
    AgendaItem,
    Decision,
    Meeting,
    MeetingEvent,
    Minutes,
    MinutesRemark,
    MinutesText,
    Motion,
)
from governance.states import MeetingState
from tests.factories.governance import item_named, make_body
from tests.factories.minutes import (
    HELD,
    adjust,
    adjusted,
    begin,
    close,
    decide,
    hold,
    send,
    sign,
)

pytestmark = pytest.mark.django_db


def test_minutes_are_written_from_what_happened():
    held = hold()
    version = send(held)
    head = version.content["head"]
    assert (head["opened"], head["closed"]) == ("2026-02-10T10:00+01:00", "2026-02-10T12:00+01:00")
    assert (head["first"], head["last"]) == (1, 3)
    assert [row["serves"] for row in head["present"]] == [True, True, True]
    assert head["adjusters"] == [str(held.body.ordinary[1].name)]
    budget = version.content["paragraphs"][1]["fields"]["matter"]["value"]
    assert budget["title"] == "Budget"
    assert budget["decisions"][0]["clauses"] == ["godkänna budget"]
    assert len(budget["took_part"]) == 3
    assert budget["presided"] == str(held.body.ordinary[0].name)
    assert version.sha256 == minutes_hash(version.content) == minutes_hash(masked(version.content))


def test_everyone_signs_the_same_text():
    held = hold()
    version = send(held)
    assert [(r.role, r.person_id) for r in missing(version)] == [
        (SignerRole.SECRETARY, held.body.secretary.name_id),
        (SignerRole.PRESIDING, held.body.ordinary[0].name_id),
        (SignerRole.ADJUSTER, held.body.ordinary[1].name_id),
    ]
    for user in held.signers():
        assert held.minutes.state == MinutesState.IN_ADJUSTMENT
        sign(version, user)
    held.meeting.refresh_from_db()
    assert (held.minutes.state, held.meeting.state) == (
        MinutesState.ADJUSTED,
        MeetingState.ADJUSTED,
    )
    assert AdjustedParagraph.objects.count() == 3
    assert held.decision("Budget").status.state == DecisionState.IN_FORCE
    assert ledger.verify().fault == ""


def test_m8_a_text_that_changed_is_not_the_one_that_was_signed():
    held = hold()
    first = send(held)
    sign(first, held.body.ordinary[0])
    signing.reject_minutes(by=held.body.ordinary[1], version=first, remark="Fel belopp i § 2.")
    assert held.minutes.state == MinutesState.DRAFT
    writing.write_text(by=SYSTEM, minutes=held.minutes, item=held.item("Budget"), text="Rättat.")
    second = send(held)
    assert second.sha256 != first.sha256
    with pytest.raises(RuleBroken, match="not waiting"):
        sign(first, held.body.ordinary[1])
    with pytest.raises(RuleBroken, match="another than the one you read"):
        sign(second, held.body.ordinary[1], sha256=first.sha256)
    sign(second, held.body.ordinary[1])
    sign(second, held.body.secretary)
    assert held.minutes.state == MinutesState.IN_ADJUSTMENT
    sign(second, held.body.ordinary[0])
    assert held.minutes.state == MinutesState.ADJUSTED
    assert MinutesRemark.objects.count() == 0


@pytest.mark.parametrize("shown", [None, timedelta(minutes=6)])
def test_a_signature_needs_a_fresh_second_factor(shown):
    held = hold()
    moment = None if shown is None else timezone.now() - shown
    with pytest.raises(RuleBroken, match="second factor"):
        sign(send(held), held.body.ordinary[0], second_factor_at=moment)


def test_only_those_who_sign_may_sign_or_reject_and_only_once():
    held = hold()
    version = send(held)
    with pytest.raises(PermissionDenied):
        sign(version, held.body.ordinary[2])
    with pytest.raises(PermissionDenied):
        signing.reject_minutes(by=held.body.ordinary[2], version=version, remark="Nej")
    with pytest.raises(RuleBroken, match="what is wrong"):
        signing.reject_minutes(by=held.body.ordinary[1], version=version, remark=" ")
    sign(version, held.body.ordinary[1])
    with pytest.raises(RuleBroken, match="already signed"):
        sign(version, held.body.ordinary[1])


def test_nothing_is_edited_once_it_is_sent():
    held = hold()
    send(held)
    with pytest.raises(RuleBroken, match="draft"):
        writing.write_text(by=SYSTEM, minutes=held.minutes, item=None, text="Tyst ändring.")
    assert MinutesText.objects.count() == 0


def test_who_presided_over_a_paragraph_signs_for_it():
    held = begin(None, "Budget", "Plan", decided=False)
    decide(held.meeting, item_named(held.meeting, "Budget"), HELD + timedelta(minutes=10))
    opening.leave(
        by=SYSTEM, meeting=held.meeting, person=held.body.ordinary[0].name,
        at=HELD + timedelta(minutes=30),
    )  # fmt: skip
    opening.arrive(
        by=SYSTEM, meeting=held.meeting, person=held.body.substitutes[0].name,
        at=HELD + timedelta(minutes=31),
    )  # fmt: skip
    decide(held.meeting, item_named(held.meeting, "Plan"), HELD + timedelta(minutes=40))
    version = send(close(held))
    plan, budget = held.item("Plan").pk, held.item("Budget").pk
    wanted = {(r.role, r.person_id): r.items for r in missing(version)}
    # The vice chair presided over Plan, so the chosen substitute adjusts that one.
    assert plan not in wanted[SignerRole.PRESIDING, held.body.ordinary[0].name_id]
    assert wanted[SignerRole.PRESIDING, held.body.ordinary[1].name_id] == [plan]
    assert budget in wanted[SignerRole.ADJUSTER, held.body.ordinary[1].name_id]
    assert wanted[SignerRole.ADJUSTER, held.body.ordinary[2].name_id] == [plan]


def test_a_substitute_signs_for_one_who_cannot():
    held = hold()
    version = send(held)
    signer = version.signers.get(role=SignerRole.ADJUSTER)
    with pytest.raises(RuleBroken, match="substitute whom the meeting chose"):
        signing.replace_signer(
            by=SYSTEM, version=version, signer=signer, reason="Sjuk",
            substitute=held.body.ordinary[0].name,
        )  # fmt: skip
    signing.replace_signer(
        by=SYSTEM, version=version, signer=signer, reason="Sjuk",
        substitute=held.body.ordinary[2].name,
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        sign(version, held.body.ordinary[1])
    for user in (held.body.secretary, held.body.ordinary[0], held.body.ordinary[2]):
        sign(version, user)
    assert held.minutes.state == MinutesState.ADJUSTED


def test_the_next_meeting_adjusts_what_was_referred_to_it():
    held = hold()
    send(held)
    signing.refer_minutes(by=SYSTEM, minutes=held.minutes)
    assert held.minutes.state == MinutesState.REFERRED
    with pytest.raises(RuleBroken, match="next meeting"):
        signing.adjust_by_meeting(
            by=SYSTEM, minutes=held.minutes, decision=held.decision("Budget"), approved=True
        )
    later = hold(held.body, "Justering av protokoll", at=HELD + timedelta(days=30))
    decision = later.decision("Justering av protokoll")
    signing.adjust_by_meeting(by=SYSTEM, minutes=held.minutes, decision=decision, approved=True)
    assert (held.minutes.state, held.minutes.adjusted_by_decision) == ("adjusted", decision)
    assert ledger.verify().fault == ""


def test_the_next_meeting_may_send_them_back():
    held = hold()
    send(held)
    signing.refer_minutes(by=SYSTEM, minutes=held.minutes)
    later = hold(held.body, "Justering av protokoll", at=HELD + timedelta(days=30))
    decision = later.decision("Justering av protokoll")
    signing.adjust_by_meeting(
        by=SYSTEM, minutes=held.minutes, decision=decision, approved=False, remark="Fel i § 2."
    )
    assert held.minutes.state == MinutesState.DRAFT


def test_m9_one_paragraph_is_adjusted_at_once():
    held = begin(None, "Ett", "Två", "Tre")
    item = held.item("Två")
    with pytest.raises(RuleBroken, match="reservation"):
        adjusting.adjust_at_once(
            by=SYSTEM, meeting=held.meeting, item=item, reservations_asked=False
        )
    version = adjusting.adjust_at_once(
        by=SYSTEM, meeting=held.meeting, item=item, reservations_asked=True
    )
    for user in held.signers():
        sign(version, user)
    adjusted_now = set(AdjustedParagraph.objects.values_list("item__title", flat=True))
    assert adjusted_now == {"Två"}
    assert [d.item.title for d in Decision.objects.visible_to(None) if d.kind == "matter"] == [
        "Två"
    ]
    late = dissents.announce_dissent(
        by=SYSTEM, meeting=held.meeting, item=item, person=held.body.ordinary[2].name,
        kind=DissentKind.RESERVATION, text="Emot.", at=timezone.now(),
    )  # fmt: skip
    opening.close_meeting(by=SYSTEM, meeting=held.meeting, put_off_rest=True)
    whole = send(held)
    paragraph = next(p for p in whole.content["paragraphs"] if p["item"] == item.pk)
    first = next(p for p in version.content["paragraphs"] if p["item"] == item.pk)
    assert paragraph["fields"]["matter"] == first["fields"]["matter"]
    assert paragraph["fields"]["appended"]["value"]["dissents"][0]["text"] == "Emot."
    for user in held.signers():
        sign(whole, user)
    assert AdjustedParagraph.objects.get(item=item).version == version
    assert held.minutes.state == MinutesState.ADJUSTED
    assert late.announced_at > AdjustedParagraph.objects.get(item=item).adjusted_at
    assert ledger.verify().fault == ""


def test_m1_late_from_day_fifteen():
    minutes = hold(at=datetime(2026, 2, 10, 9, tzinfo=UTC)).minutes
    assert minutes.due_on == date(2026, 2, 24)
    assert (minutes.is_overdue(date(2026, 2, 24)), minutes.is_overdue(date(2026, 2, 25))) == (
        False,
        True,
    )


FROZEN = {
    "event": lambda m: MeetingEvent.objects.create(
        meeting=m, number=999, kind="left", effective_at=HELD, recorded_at=HELD
    ),
    "motion": lambda m: Motion.objects.create(
        item=m.items.get(title="Budget"), number=9, kind="approve",
        mover=m.adjusters.first().person,
    ),
    "decision": lambda m: Decision.objects.create(
        council=m.council, item=m.items.get(title="Budget"), kind="matter", outcome="carried",
        decided_at=HELD, recorded_at=HELD,
    ),
    "heading": lambda m: AgendaItem.objects.filter(title="Budget").update(title="Annan"),
    "item": lambda m: AgendaItem.objects.filter(title="Budget")._raw_delete("default"),
    "place": lambda m: Meeting.objects.filter(pk=m.pk).update(place="Annan plats"),
    "state": lambda m: Meeting.objects.filter(pk=m.pk).update(state="closed"),
    "text": lambda m: MinutesText.objects.create(minutes=m.minutes, text="Ny text"),
    "adjusters": lambda m: m.adjusters.all()._raw_delete("default"),
    "minutes": lambda m: Minutes.objects.update(place="Annan plats"),
    "undo": lambda m: Minutes.objects.update(adjusted_at=None, state="draft"),
    "version": lambda m: m.minutes.versions.update(sha256="0" * 64),
    "signature": lambda m: m.minutes.versions.first().signatures.all()._raw_delete("default"),
}  # fmt: skip


@pytest.mark.parametrize("what", FROZEN)
def test_m7_the_database_refuses_every_change_after_adjustment(what):
    held = adjusted()
    meeting = Meeting.objects.get(pk=held.meeting.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        FROZEN[what](meeting)


@pytest.mark.parametrize("what", sorted(set(FROZEN) - {"version", "signature", "undo", "item"}))
def test_before_adjustment_the_same_change_passes(what):
    held = hold()
    meeting = Meeting.objects.get(pk=held.meeting.pk)
    with transaction.atomic():
        FROZEN[what](meeting)


def test_m7_the_actions_refuse_and_a_rectification_is_accepted():
    held = adjusted()
    with pytest.raises(RuleBroken):
        correcting.reword_decision(
            by=SYSTEM, meeting=held.meeting, decision=held.decision("Budget"),
            clauses=["annat"], reason="fel",
        )  # fmt: skip
    with pytest.raises(RuleBroken):
        writing.write_text(by=SYSTEM, minutes=held.minutes, item=None, text="Ny")
    row = announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=held.item("Budget"), stood="1 000 kr",
        shall_stand="10 000 kr", reason="Skrivfel", decided_by="Ordföranden",
        decided_on=date(2026, 3, 1),
    )  # fmt: skip
    assert row.pk
    assert ledger.verify().fault == ""
    with pytest.raises(RuleBroken, match="what stood"):
        announcing.rectify(
            by=SYSTEM, minutes=held.minutes, item=None, stood="", shall_stand="x", reason="x",
            decided_by="x", decided_on=date(2026, 3, 1),
        )  # fmt: skip


def test_a_changed_version_is_found_by_the_ledger():
    held = adjusted()
    version = held.minutes.versions.get()
    content = version.content | {"head": version.content["head"] | {"place": "Annan"}}

    triggers.drop_for_tests(connection)
    held.minutes.versions.update(content=content)
    assert f"minutes_version {version.pk} differs" in ledger.verify().fault


def test_signers_are_told():
    held = hold()
    OutboxMessage.objects.all().delete()
    send(held)
    assert OutboxMessage.objects.filter(recipient=held.body.ordinary[0].email).count() == 1


def test_a_replaced_decision_links_both_ways():
    held = adjusted()
    later = adjusted(held.body, "Ny budget", at=HELD + timedelta(days=30))
    old, new = held.decision("Budget"), later.decision("Ny budget")
    with pytest.raises(RuleBroken, match="later decision"):
        status.replace_decision(by=SYSTEM, decision=new, successor=old)
    status.replace_decision(by=SYSTEM, decision=old, successor=new)
    old.status.refresh_from_db()
    assert (old.status.state, old.status.successor) == (DecisionState.REPLACED, new)
    assert [row.decision for row in new.predecessors.all()] == [old]


def test_minutes_of_a_body_that_could_not_decide_have_no_paragraphs():
    body = make_body(3)
    held = begin(body, "Budget", decided=False)
    for user in body.ordinary[1:]:
        opening.leave(by=SYSTEM, meeting=held.meeting, person=user.name)
    opening.close_meeting(by=SYSTEM, meeting=held.meeting)
    adjust(held)
    assert held.minutes.state == MinutesState.ADJUSTED
