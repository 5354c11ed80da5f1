"""Every step and every guard: one that allows, one that refuses, and the words the person sees."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation

from catalogue.actions import admission, agreements, completion, dossier, leaving, participations
from catalogue.actions.guards import CHECKS, refusal
from catalogue.actions.transitions import move_participation
from catalogue.joining_states import (
    BEFORE_SIGNING,
    REFUSALS,
    TRANSITIONS,
    Guard,
    ParticipationState,
    Side,
    steps_from,
)
from catalogue.models import Participation, ParticipationChange, Termination
from core.exceptions import RuleBroken
from members.models import Membership

S = ParticipationState


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refused(story, row, new, **more):
    with pytest.raises(RuleBroken) as caught:
        story.move(row, new, **more)
    row.refresh_from_db()
    assert row.state != new
    return caught.value.message


def words(guard):
    return str(REFUSALS[guard])


def test_every_guard_of_the_table_has_a_check_and_words():
    assert set(CHECKS) == set(REFUSALS) == set(Guard)


def test_no_step_comes_twice():
    pairs = [(row.old, row.new) for row in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


def test_closed_states_lead_nowhere():
    assert [steps_from(s) for s in (S.ENDED, S.WITHDRAWN, S.DECLINED)] == [[], [], []]


def test_the_whole_way_is_logged(story):
    row = story.winding_up()
    story.wind_up(row)
    Participation.objects.filter(pk=row.pk).update(
        starts_on=story.start - timedelta(days=10), ends_on=story.start - timedelta(days=1)
    )
    story.move(row, S.ENDED)
    steps = list(
        ParticipationChange.objects.filter(field="state").values_list("old", "new", "acting_for")
    )
    own, office = story.world.own.pk, story.world.office.pk
    assert steps == [
        ("", "interest", own),
        ("interest", "dialogue", office),
        ("dialogue", "decision-pending", own),
        ("decision-pending", "decided", own),
        ("decided", "agreement-sent", office),
        ("agreement-sent", "agreement-signed", office),
        ("agreement-signed", "onboarding", office),
        ("onboarding", "production", office),
        ("production", "terminated", own),
        ("terminated", "winding-up", office),
        ("winding-up", "ended", office),
    ]


def every_pair():
    known = {(row.old, row.new) for row in TRANSITIONS}
    return [(a, b) for a in S for b in S if a != b and (a, b) not in known]


@pytest.mark.parametrize(("old", "new"), every_pair())
def test_a_step_outside_the_table_is_refused_by_the_database(story, old, new):
    row = story.interested()
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipationChange.objects.create(
            participation=row, field="state", old=old, new=new, happened_at=timezone.now()
        )


def test_a_jump_is_refused_in_words(story):
    row = story.interested()
    message = refused(story, row, S.PRODUCTION)
    assert message == "A participation cannot go from “Interest” to “In use”."


def test_an_unknown_state_is_refused(story):
    with pytest.raises(RuleBroken):
        story.move(story.interested(), "nonsense")


def test_a_step_of_another_action_is_not_taken_by_hand(story):
    row = story.decided()
    story.prepare(row)
    with pytest.raises(RuleBroken, match="taken by the action"):
        move_participation(by=story.handler, participation=row, new=S.AGREEMENT_SENT)


def test_the_log_cannot_be_changed(story):
    row = story.interested()
    for change in (
        lambda: ParticipationChange.objects.update(reason="x"),
        lambda: ParticipationChange.objects.filter(participation=row).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# --- Sides ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "new", "wrong"),
    [
        ("interested", S.DIALOGUE, "runner"),
        ("in_dialogue", S.DECISION_PENDING, "handler"),
        ("interested", S.DECLINED, "runner"),
        ("interested", S.WITHDRAWN, "handler"),
        ("signed", S.ONBOARDING, "runner"),
    ],
)
def test_the_other_side_cannot_take_a_step(story, state, new, wrong):
    row = getattr(story, state)()
    with pytest.raises(PermissionDenied):
        story.move(row, new, by=getattr(story, wrong), reason="Skäl")
    story.move(row, new, reason="Skäl")
    assert Participation.objects.get(pk=row.pk).state == new


@pytest.mark.parametrize(
    "who", ["own:reader", "own:signatory", "other:coordinator", "auditor", "editor", "nobody"]
)
def test_nobody_else_moves_a_participation(story, who):
    row = story.in_dialogue()
    for new in (S.DECISION_PENDING, S.PAUSED, S.WITHDRAWN, S.DECLINED):
        with pytest.raises(PermissionDenied):
            story.move(row, new, by=story.world[who], reason="Skäl")


# --- Guards, in the order of the way ----------------------------------------------------------
def test_decision_is_needed(story):
    row = story.deciding()
    assert refused(story, row, S.DECIDED) == words(Guard.DECISION)
    story.register_decision(row)
    assert story.move(row, S.DECIDED).state == S.DECIDED


def test_membership_is_needed(story):
    Membership.objects.filter(organisation=story.world.own).update(ends_on="2021-01-01")
    row = story.deciding()
    story.register_decision(row)
    assert refused(story, row, S.DECIDED) == words(Guard.MEMBERSHIP)
    admission.note_membership_application(
        by=story.runner, participation=row, applied_on=story.start
    )
    assert story.move(row, S.DECIDED).state == S.DECIDED


def send(story, row):
    agreements.send_agreements(by=story.handler, participation=row)


def test_legal_basis_is_needed(story):
    row = story.decided()
    story.prepare(row)
    Participation.objects.update(legal_basis="")
    with pytest.raises(RuleBroken) as caught:
        send(story, row)
    assert caught.value.message == words(Guard.LEGAL_BASIS)


@pytest.mark.parametrize(
    ("kind", "guard"),
    [("accession", Guard.AGREEMENT_READY), ("dpa", Guard.DATA_PROTECTION_READY)],
)
def test_both_agreements_are_needed(story, kind, guard):
    row = story.decided()
    story.prepare(row)
    row.agreements.filter(kind=kind).delete()
    with pytest.raises(RuleBroken) as caught:
        send(story, row)
    assert caught.value.message == words(guard)
    story.prepare(row)
    send(story, row)
    row.refresh_from_db()
    assert row.state == S.AGREEMENT_SENT


def test_no_personal_data_needs_a_service_that_says_so_and_a_reason(story):
    row = story.decided()
    with pytest.raises(RuleBroken, match="not marked as processing no personal data"):
        participations.arrange_data_protection(
            by=story.handler, participation=row, arrangement="none", reason="Inga"
        )
    story.service.personal_data = "no"
    story.service.save()
    with pytest.raises(RuleBroken, match="Give the reason"):
        participations.arrange_data_protection(
            by=story.handler, participation=row, arrangement="none"
        )
    participations.arrange_data_protection(
        by=story.handler, participation=row, arrangement="none", reason="Bara öppna data"
    )
    story.prepare(row)
    send(story, row)
    assert [a.kind for a in row.agreements.filter(state="sent")] == ["accession"]
    story.sign_all(row)
    row.refresh_from_db()
    assert row.state == S.AGREEMENT_SIGNED


def test_a_service_that_begins_to_process_personal_data_needs_the_agreement(story):
    story.service.personal_data = "no"
    story.service.save()
    row = story.decided()
    participations.arrange_data_protection(
        by=story.handler, participation=row, arrangement="none", reason="Bara öppna data"
    )
    story.prepare(row)
    story.service.personal_data = "yes"
    story.service.save()
    with pytest.raises(RuleBroken, match="needs a reason, and the service must be marked"):
        send(story, row)


@pytest.mark.parametrize("kind", ["accession", "dpa"])
def test_one_agreement_signed_is_not_enough(story, kind):
    row = story.sent()
    agreement = row.agreements.get(kind=kind)
    for who, organisation in (
        ("own:signatory", story.world.own),
        ("own:signatory2", story.world.own),
        ("office:signatory", story.world.office),
    ):
        story.sign(agreement, who, organisation)
    row.refresh_from_db()
    assert row.state == S.AGREEMENT_SENT
    story.sign_all(row)
    row.refresh_from_db()
    assert row.state == S.AGREEMENT_SIGNED


def test_signing_guards_say_why(story):
    row = story.sent()
    row.agreements.update(agreed_start=None)
    step = next(t for t in TRANSITIONS if t.new == S.AGREEMENT_SIGNED)
    said = [refusal(guard, row, step) for guard in step.guards]
    assert said == [words(guard) for guard in step.guards]


def test_the_agreed_day_stands_for_the_first_day_until_everyone_has_signed(story):
    row = story.sent()
    step = next(t for t in TRANSITIONS if t.new == S.AGREEMENT_SIGNED)
    assert row.starts_on is None
    assert refusal(Guard.START_DATE, row, step) == ""


def test_start_date_is_needed_in_the_database_too(story):
    row = story.signed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=row.pk).update(starts_on=None)


def test_real_data_waits_for_the_agreement_on_data(story):
    row = story.signed()
    row.agreements.filter(kind="dpa").update(state="replaced")
    assert refused(story, row, S.ONBOARDING) == words(Guard.DATA_PROTECTION_SIGNED)
    row.agreements.filter(kind="dpa").update(state="signed")
    assert story.move(row, S.ONBOARDING).state == S.ONBOARDING


def test_acceptance_and_contacts_are_needed(story):
    row = story.onboarding()
    assert refused(story, row, S.PRODUCTION) == words(Guard.ACCEPTANCE)
    dossier.accept_delivery(by=story.runner, participation=row, accepted_on=story.start)
    assert refused(story, row, S.PRODUCTION) == words(Guard.CONTACTS)
    row = Participation.objects.get(pk=row.pk)
    row.acceptance.delete()
    story.equip(Participation.objects.get(pk=row.pk))
    moved = story.move(row, S.PRODUCTION)
    assert (moved.state, moved.production_on) == (S.PRODUCTION, story.start)


@pytest.mark.parametrize("state", ["in_dialogue", "onboarding"])
def test_pause_and_resume(story, state):
    row = getattr(story, state)()
    before = row.state
    assert refused(story, row, S.PAUSED) == "Give the reason."
    row = story.move(row, S.PAUSED, reason="Ny budget")
    other = S.ONBOARDING if before == S.DIALOGUE else S.DIALOGUE
    assert refused(story, row, other) == words(Guard.SAME_AS_BEFORE)
    assert story.move(row, before).state == before


@pytest.mark.parametrize("state", ["interested", "in_dialogue", "deciding", "decided", "sent"])
@pytest.mark.parametrize("way", [S.WITHDRAWN, S.DECLINED])
def test_ways_out_before_signing_need_a_reason(story, state, way):
    row = getattr(story, state)()
    assert row.state in BEFORE_SIGNING
    assert refused(story, row, way) == "Give the reason."
    moved = story.move(row, way, reason="Valde annat")
    assert moved.state == way
    assert moved.changes.get(field="state", new=way).reason == "Valde annat"


def test_no_way_out_after_signing(story):
    row = story.signed()
    for way in (S.WITHDRAWN, S.DECLINED):
        with pytest.raises(RuleBroken, match="cannot go from"):
            story.move(row, way, reason="Skäl")


@pytest.mark.parametrize("state", ["signed", "onboarding", "in_use"])
def test_terminate_and_withdraw_goes_back(story, state):
    row = getattr(story, state)()
    before = row.state
    story.terminate(row)
    assert row.state == S.TERMINATED
    leaving.agree_to_withdraw(by=story.runner, participation=row)
    row.refresh_from_db()
    assert row.state == S.TERMINATED
    leaving.agree_to_withdraw(by=story.handler, participation=row)
    row.refresh_from_db()
    assert (row.state, row.ends_on) == (before, None)


def test_withdrawing_needs_both(story):
    row = story.terminated()
    step = next(t for t in TRANSITIONS if (t.old, t.new) == (S.TERMINATED, S.PRODUCTION))
    assert refusal(Guard.BOTH_AGREE, row, step) == words(Guard.BOTH_AGREE)
    leaving.agree_to_withdraw(by=story.runner, participation=row)
    with pytest.raises(RuleBroken, match="Your side has already agreed"):
        leaving.agree_to_withdraw(by=story.runner, participation=row)


def test_a_paused_introduction_can_be_terminated(story):
    row = story.move(story.onboarding(), S.PAUSED, reason="Byte av system")
    story.terminate(row)
    assert (row.state, row.terminated_from) == (S.TERMINATED, S.PAUSED)
    for by in (story.runner, story.handler):
        leaving.agree_to_withdraw(by=by, participation=row)
    row.refresh_from_db()
    assert (row.state, row.paused_from) == (S.PAUSED, S.ONBOARDING)
    assert story.move(row, S.ONBOARDING).state == S.ONBOARDING


def test_a_paused_dialogue_cannot_be_terminated(story):
    row = story.move(story.in_dialogue(), S.PAUSED, reason="Ny budget")
    with pytest.raises(RuleBroken) as caught:
        story.terminate(row)
    assert caught.value.message == words(Guard.SIGNED_BEFORE_PAUSE)
    assert not Termination.objects.exists()


@pytest.mark.parametrize("state", ["interested", "decided", "sent"])
def test_nothing_to_terminate_before_signing(story, state):
    row = getattr(story, state)()
    with pytest.raises(RuleBroken, match="cannot go from"):
        story.terminate(row)


def test_notice_and_end_date_guards(story):
    row = story.in_use()
    step = next(t for t in TRANSITIONS if (t.old, t.new) == (S.PRODUCTION, S.TERMINATED))
    assert [refusal(g, row, step) for g in step.guards] == [
        words(Guard.NOTICE),
        words(Guard.END_DATE),
    ]
    story.terminate(row)
    assert [refusal(g, row, step) for g in step.guards] == ["", ""]


def test_everything_is_left_in_order_before_the_end(story):
    row = story.winding_up()
    by, on = story.handler, story.start
    assert refused(story, row, S.ENDED) == words(Guard.END_REACHED)
    Participation.objects.filter(pk=row.pk).update(
        starts_on=on - timedelta(days=9), ends_on=on - timedelta(days=1)
    )
    assert refused(story, row, S.ENDED) == words(Guard.DATA_RETURNED)
    with pytest.raises(RuleBroken, match="returned before it is deleted"):
        leaving.certify_deletion(by=by, participation=row, certificate=story.document(row), on=on)
    leaving.note_left(by=by, participation=row, field="data_returned_on", on=on)
    assert refused(story, row, S.ENDED) == words(Guard.DELETION_CERTIFIED)
    leaving.certify_deletion(by=by, participation=row, certificate=story.document(row), on=on)
    assert refused(story, row, S.ENDED) == words(Guard.ACCOUNTS_CLOSED)
    leaving.note_left(by=by, participation=row, field="accounts_closed_on", on=on)
    assert refused(story, row, S.ENDED) == words(Guard.SETTLED)
    leaving.settle(by=by, participation=row, amount=12_345, on=on)
    assert story.move(row, S.ENDED).state == S.ENDED


def test_the_last_day_itself_is_not_past(story):
    row = story.winding_up()
    story.wind_up(row)
    Participation.objects.filter(pk=row.pk).update(ends_on=story.start)
    assert refused(story, row, S.ENDED) == words(Guard.END_REACHED)


def test_winding_up_needs_an_end_in_the_database_too(story):
    row = story.terminated()
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=row.pk).update(ends_on=None)


def test_a_return_is_linked_to_the_earlier_one(story):
    row = story.winding_up()
    story.wind_up(row)
    Participation.objects.filter(pk=row.pk).update(
        starts_on=story.start - timedelta(days=9), ends_on=story.start - timedelta(days=1)
    )
    story.move(row, S.ENDED)
    assert story.interested().previous == row


def test_every_step_by_hand_is_tried_above():
    by_hand = {(t.old, t.new) for t in TRANSITIONS if t.by_hand and t.side != Side.EITHER}
    assert len(by_hand) == 17


def test_the_checklist_comes_with_the_last_signature(story):
    row = story.signed()
    assert list(row.onboarding.values_list("title", "due_on")) == [
        ("Utse kontakter", story.start + timedelta(days=14)),
        ("Utbilda", story.start + timedelta(days=28)),
    ]
    assert completion.copy_checklist(row, story.start) == []
